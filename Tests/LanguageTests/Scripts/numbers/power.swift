// ** binds tighter than * and to the right.
print(2 ** 10, 2 ** 3 ** 2, 2 * 3 ** 2, 2.0 ** 0.5) // expect: 1024 512 18 1.4142135623730951
let n = 3, x = 1.5
print(n ** 2, x ** 2, x ** n, 10 ** 0, 2 ** 2 * 2) // expect: 9 2.25 3.375 1 8
let d: Double = 2 ** -1
print(d) // expect: 0.5
var p = 2
p **= 5
print(p) // expect: 32
