// Assignment operators on variables, elements and properties.
var n = 1
n += 4; n *= 3; n -= 1; n /= 2; n %= 4
print(n) // expect: 3
var x = 2.0
x += 1; x *= 2; x -= 0.5; x /= 2
print(x) // expect: 2.75
var a = [1, 2, 3]
a[1] += 10; a[0] *= 5; a[2] -= 3
print(a) // expect: [5, 12, 0]
var t = (1, 2)
t.0 += 5; t.1 *= t.0
print(t) // expect: (6, 12)
var s = "a"
s += "b"
var list = [1]
list += [2, 3]
print(s, list) // expect: ab [1, 2, 3]
