// Optionals in patterns.
let values: [Int?] = [1, nil, 3]
for case let v? in values { print(v, terminator: " ") }
print() // expect: 1 3 
for case .some(let v) in values where v > 1 { print(v) } // expect: 3
func name(_ n: Int?) -> String {
    switch n {
    case nil: "nothing"
    case 0?: "zero"
    case let x? where x < 0: "negative"
    case .some(let x): "number \(x)"
    }
}
print(name(nil), name(0), name(-2), name(7)) // expect: nothing zero negative number 7
if case let x? = values[0] { print("got", x) } // expect: got 1
if case .none = values[1] { print("none") } // expect: none
guard case let last? = values.last, let inner = last else { fatalError() }
print(inner) // expect: 3
switch (values[0], values[1]) {
case (let a?, let b?): print(a, b)
case (let a?, nil): print("only", a)
case (nil, _): print("no first")
}
// expect: only 1
