struct Counter { static var n = 0; static func next() -> Int { n += 1; return n }; lazy var slow = Counter.next() * 100 }
print(Counter.next()) // expect: 1
// cell
var c = Counter()
print(Counter.next(), Counter.n) // expect: 2 2
// cell
print(c.slow, c.slow, Counter.n) // expect: 300 300 3
Counter.n = 40
print(Counter.next()) // expect: 41
