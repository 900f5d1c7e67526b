// where in loops, cases and catches.
for n in 1...20 where n % 7 == 0 { print(n, terminator: " ") }
print() // expect: 7 14 
for (i, c) in "swift".enumerated() where i % 2 == 0 { print(c, terminator: "") }
print() // expect: sit
func check(_ a: Int, _ b: Int) -> String {
    switch (a, b) {
    case let (x, y) where x == y: "equal"
    case let (x, y) where x > y && y > 0: "more"
    case (let x, _) where x < 0, (_, let x) where x < 0: "negative \(x)"
    default: "less"
    }
}
print(check(1, 1), check(3, 2), check(-1, 5), check(5, -2), check(1, 9)) // expect: equal more negative -1 negative -2 less
struct Code: Error { let n: Int }
for n in [1, 50] {
    do { throw Code(n: n) }
    catch let e as Code where e.n > 10 { print("large", e.n) }
    catch { print("small") }
}
// expect: small
// expect: large 50
