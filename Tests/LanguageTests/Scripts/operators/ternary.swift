// The ternary operator and what type it gives.
let n = 5
print(n > 3 ? "big" : "small", n % 2 == 0 ? "even" : "odd") // expect: big odd
let d = n > 3 ? 1.5 : 2
print(d) // expect: 1.5
let o: Int? = n > 3 ? nil : 1
print(o ?? -1) // expect: -1
print(n < 3 ? "a" : n < 6 ? "b" : "c") // expect: b
var a = 0, b = 0
if n > 0 { a = n > 9 ? 9 : n } else { b = 1 }
print(a, b) // expect: 5 0
print((n > 3 ? [1] : [2, 3]).count, (n > 3 ? max : min)(1, 2)) // expect: 1 2
