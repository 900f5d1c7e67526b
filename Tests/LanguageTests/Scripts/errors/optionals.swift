// nil where a value is needed.
let n: Int? = nil
print(n!) // expect error: found nil while unwrapping
// ---
let n: Int? = 3
print(n + 1) // expect error: unwrap it: n ?? 0
// ---
let n: Int? = 3
let m: Int = n // expect error: unwrap it
// ---
let n = 3
print(n ?? 4) // expect error: needs an optional on its left
// ---
let n = 3
print(n!) // expect error: '!' needs an optional
// ---
let s: String? = "a"
print(s.count) // expect error: write s?.count
// ---
let v: Any = "text"
print(v as! Int) // expect error: cannot cast String "text" to Int
// ---
let a: [Int]? = [1]
for x in a { print(x) } // expect error: unwrap it with ?? [] first
// ---
let a: Int? = 1
if a { print("yes") } // expect error: expected Bool, got Int?
