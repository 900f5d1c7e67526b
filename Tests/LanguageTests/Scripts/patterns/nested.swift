// Patterns inside patterns.
let pairs: [(String, Int?)] = [("a", 1), ("b", nil), ("c", 30)]
for (name, value) in pairs {
    switch (name, value) {
    case ("a", let v?): print("a is", v)
    case (let n, .some(10...)): print(n, "is large")
    case (_, nil): print("nothing for", name)
    case (_, _): print("rest")
    }
}
// expect: a is 1
// expect: nothing for b
// expect: c is large
enum Expr { indirect case add(Expr, Expr), mul(Expr, Expr); case num(Int) }
func simplify(_ e: Expr) -> Expr {
    switch e {
    case .add(.num(0), let x), .add(let x, .num(0)): simplify(x)
    case .mul(.num(0), _), .mul(_, .num(0)): .num(0)
    case .mul(.num(1), let x), .mul(let x, .num(1)): simplify(x)
    case .add(let a, let b): .add(simplify(a), simplify(b))
    default: e
    }
}
print(simplify(.add(.num(0), .mul(.num(1), .num(7))))) // expect: num(7)
print(simplify(.mul(.num(5), .num(0)))) // expect: num(0)
let ((a, b), c) = ((1, 2), [3])
if case ((1, let second), let rest) = ((a, b), c), rest.count == 1 { print(second, rest) } // expect: 2 [3]
