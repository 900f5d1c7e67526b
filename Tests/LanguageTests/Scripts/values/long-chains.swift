// A list of many links is built, walked and let go of.
indirect enum List { case end, link(Int, List) }
var list = List.end
for i in 0..<2_000 { list = .link(i, list) }
var sum = 0
var rest = list
while case .link(let n, let next) = rest {
    sum += n
    rest = next
}
print(sum)
list = .end
print(list)
// expect: 1999000
// expect: end
