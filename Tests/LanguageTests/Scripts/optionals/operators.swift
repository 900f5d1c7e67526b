// ?? ! map flatMap and comparison with nil.
let a: Int? = 4, b: Int? = nil
print(a ?? 0, b ?? 0, b ?? a ?? 0, a!) // expect: 4 0 4 4
print(a.map { $0 * 2 } ?? -1, b.map { $0 * 2 } ?? -1, a.flatMap { $0 > 3 ? $0 : nil } ?? -1) // expect: 8 -1 4
print(a == 4, a == nil, b == nil, a != b, a == Optional(4)) // expect: true false true true true
func compute() -> Int { print("computed", terminator: " "); return 1 }
print(a ?? compute()) // expect: 4
print(b ?? compute()) // expect: computed 1
let c = a.map { "\($0)" }
print(c!, a.flatMap { Int("\($0)0") }!) // expect: 4 40
var v: Int? = 1
v? += 5
v! *= 2
print(v!) // expect: 12
v = nil
v? += 1
print(v ?? -1) // expect: -1
