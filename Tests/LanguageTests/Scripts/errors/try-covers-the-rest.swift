// A `try` covers everything to its right.
struct E: Error {}
func one() throws -> Int { 1 }
func none() throws -> Int { throw E() }
let a = try? one() + 1
print(a as Any) // expect: Optional(2)
let b = try? none() + 1
print(b as Any) // expect: nil
print((try? none() + 1) == nil) // expect: true
print((try? one() + 1) ?? 0) // expect: 2
let c = try? one() + none() * 2
print(c as Any) // expect: nil
let d = try! one() + 2
print(d) // expect: 3
var kept = 5
try? kept = none() + 1
print(kept) // expect: 5
try? kept += one()
print(kept) // expect: 6
let e = kept > 3 ? try? one() * 10 : nil
print(e as Any) // expect: Optional(10)
var list = [1, 2]
try list[0] = one() + 7
print(list) // expect: [8, 2]
// ---
func one() throws -> Int { 1 }
let x = 1 + try one() // expect error: it cannot stand right of an operator
// ---
func one() throws -> Int { 1 }
let x = 1 + (try one())
print(x) // expect: 2
