// Several names in one declaration, with and without types.
var a = 1, b = 2.5, c = "x"
let d: Int, e: String
d = 4; e = "late"
var f, g: Double
f = 1; g = f * 2
let (h, i) = (1, "two"), j = [3]
print(a, b, c, d, e, f, g, h, i, j) // expect: 1 2.5 x 4 late 1.0 2.0 1 two [3]
a += 1; b *= 2; c += "y"
print(a, b, c) // expect: 2 5.0 xy
let _ = 5
_ = a + d
var (x, y) = (1, 2)
x += y
y = 0
print(x, y) // expect: 3 0
let k: [Int] = [], l: [String: Double] = ["z": 1], m: Int? = nil, n: (Int, Bool) = (1, true)
print(k, l, m as Any, n) // expect: [] ["z": 1.0] nil (1, true)
