// Loops of each kind.
for i in 0..<3 { print(i, terminator: " ") }
for i in stride(from: 10, to: 0, by: -4) { print(i, terminator: " ") }
print() // expect: 0 1 2 10 6 2 
for (i, c) in "ab".enumerated() { print(i, c, terminator: ";") }
for _ in 1...2 { print("x", terminator: "") }
print() // expect: 0 a;1 b;xx
var n = 3
while n > 0 { n -= 1; if n == 1 { continue }; print(n, terminator: " ") }
repeat { n += 1 } while n < 5
print(n) // expect: 2 0 5
for x in [1, 2, 3, 4, 5, 6] where x % 2 == 0 { if x == 6 { break }; print(x, terminator: " ") }
print() // expect: 2 4 
for (a, b) in zip([1, 2], ["x", "y"]) { print(a, b, terminator: " ") }
for case let (i, v?) in [nil, 5].enumerated() { print(i, v) } // expect: 1 x 2 y 1 5
for i in 0..<0 { print("never", i) }
var list = [1, 2]
for v in list { list.append(v * 10) }
print(list) // expect: [1, 2, 10, 20]
