// All mistakes of a cell are told of that have nothing to do with each other.
let a = nope // expect error: there is no 'nope' here
let b: Int = "text" // expect error: expected Int, got String
print(a, b)
for i in 0..<3 {
    print(i.foo) // expect error: Int has no 'foo'
}
func f() -> Int { "a" } // expect error: expected Int, got String
struct S {
    var x = 1
    func g() { print(missing) } // expect error: there is no 'missing' here
}
// ---
// What follows from a mistake is none.
guard let value = wrong() else { fatalError() } // expect error: there is no 'wrong' here
print(value + 1)
let (p, q) = alsoWrong // expect error: there is no 'alsoWrong' here
print(p.anything, q)
func g(_ n: Int) -> Int {
    if n > 0 { return bad } // expect error: there is no 'bad' here
    return worse // expect error: there is no 'worse' here
}
