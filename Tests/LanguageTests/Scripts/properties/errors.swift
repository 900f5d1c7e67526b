struct P { static let k = 1; func f() -> Int { k } } // expect error: write Self.k
// ---
struct P { static let k = 1 }
print(P().k) // expect error: write P.k
// ---
struct P { var k = 1 }
print(P.k) // expect error: belongs to the values of P
// ---
struct P { private var n = 0 }
print(P().n) // expect error: 'n' is private to P
// ---
struct P { private(set) var n = 0 }
var p = P()
p.n = 3 // expect error: 'n' can only be set inside P
// ---
struct P { private func f() {} }
P().f() // expect error: 'f' is private to P
// ---
struct P { lazy var x = 1 }
let p = P()
print(p.x) // expect error: 'p' is a constant, but reading 'x' changes it
// ---
struct P { lazy var x: Int } // expect error: a lazy property needs a value
// ---
struct P { static var x: Int } // expect error: a static property needs a value
// ---
struct P { var x } // expect error: a property needs a type or a value
// ---
struct P { var x: Int { didSet { } get { 1 } } } // expect error: one willSet and one didSet
// ---
struct P { let x: Int = 1 { didSet { } } } // expect error: only a plain var can be observed
// ---
struct P { var list = [] } // expect error: an empty array literal has no type
// ---
struct P { static let a = b; static let b = a } // expect error: depends on itself
// ---
struct P { weak var x: Int? } // expect error: 'weak' here is not part of this language
// ---
enum E { case a; var x = 1 } // expect error: an enum has no stored properties
// ---
struct P { var a = 1 }
extension P { var b = 2 } // expect error: a stored property belongs into the struct itself
