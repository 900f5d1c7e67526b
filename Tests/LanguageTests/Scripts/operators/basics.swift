print(7 / 2, -7 / 2, 7 % 3, -7 % 3, 2 ** 10, 2 ** 3 ** 2) // expect: 3 -3 1 -1 1024 512
// ---
print(1 + 2 * 3, (1 + 2) * 3, 10 - 2 - 3) // expect: 7 9 5
// ---
let i = 3, d = 0.5
print(i * d, d + i, i < d, i / 2) // expect: 1.5 3.5 false 1
// ---
print(true && false || true, !true, 1 < 2 ? "y" : "n") // expect: true false y
// ---
print(6 & 3, 6 | 3, 6 ^ 3, ~0, 1 << 4, -16 >> 2) // expect: 2 7 5 -1 16 -4
// ---
print(Int.max &+ 1 == Int.min) // expect: true
// ---
var s = "a"
s += "b"
var n = 1
n += 4; n *= 3; n -= 1; n /= 2; n %= 4
print(s, n) // expect: ab 3
// ---
let x: Int? = nil
print(x ?? 7, (x ?? nil) == nil) // expect: 7 true
// ---
print("a" < "b", [1, 2] == [1, 2], (1, 2) < (1, 3), "a" + "b") // expect: true true true ab
// ---
let v: Any = 5
print(v is Int, v is String, v as? Int, v as! Int + 1) // expect: true false Optional(5) 6
// ---
print(Int.max + 1) // expect error: ArithmeticError: overflow: 9223372036854775807 + 1 does not fit in Int
// ---
let z = 0
print(1 / z) // expect error: division by zero: 1 / 0
// ---
let v: Any = "text"
print(v as! Int) // expect error: cannot cast String "text" to Int
// ---
print("a" + 1) // expect error: cannot apply '+' to String and Int
// ---
struct V: Equatable { var x: Int; static func + (a: V, b: V) -> V { V(x: a.x + b.x) } }
print(V(x: 1) + V(x: 2), V(x: 1) == V(x: 1)) // expect: V(x: 3) true
