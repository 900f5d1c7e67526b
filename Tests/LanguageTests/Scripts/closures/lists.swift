// A capture list takes the values of the moment.
var n = 1
let now = { [n] in n * 10 }
let later = { n * 10 }
n = 5
print(now(), later()) // expect: 10 50
let doubled = { [m = n * 2, s = "s"] in "\(m)\(s)\(n)" }
n = 7
print(doubled()) // expect: 10s7
var list = [1]
let kept = { [list] (k: Int) -> Int in list.count + k }
list.append(2)
print(kept(10), list.count) // expect: 11 2
var fs: [() -> Int] = []
var i = 0
while i < 3 { fs.append { [i] in i }; i += 1 }
print(fs.map { $0() }) // expect: [0, 1, 2]
