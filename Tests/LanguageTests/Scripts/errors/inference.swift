// Literals and closures whose types are not clear.
let a = [1, "a"] // expect error: write its type: [Any]
// ---
let d = ["a": 1, "b": true] // expect error: write its type: [String: Any]
// ---
let f = { $0 + 1 } // expect error: the type of this closure's parameter '$0' is not known
// ---
let f = { x in print(x) } // expect error: write it: { (x: Int) in ... }
// ---
let i = 1, d = 2.5
let a = [i, d] // expect error: this literal holds Int and Double
// ---
let e = [] // expect error: an empty array literal has no type
// ---
let n = nil // expect error: nil alone has no type
// ---
let s: Set = [1, 2]
let n: String = s.first! // expect error: expected String, got Int
