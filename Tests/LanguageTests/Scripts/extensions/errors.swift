extension Int { func twice() -> Int { self * 2 } } // expect error: an extension of 'Int' is not part of this language
// ---
struct A {}
extension A { case x } // expect error: a case belongs into the enum itself
// ---
extension Missing { } // expect error: there is no type 'Missing'
// ---
struct A { func f() {} }
extension A { func f() {} } // expect error: 'f' is declared twice in A
// ---
struct A<T> { var x: T } // expect error: a generic type is not part of this language
