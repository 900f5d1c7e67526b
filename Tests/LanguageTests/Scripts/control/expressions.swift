// if and switch as values.
let n = 7
let size = if n > 5 { "big" } else { "small" }
let word = switch n % 3 { case 0: "none"; case 1: "one"; default: "two" }
print(size, word) // expect: big one
func sign(_ x: Int) -> Int { if x < 0 { -1 } else if x > 0 { 1 } else { 0 } }
print(sign(-4), sign(0), sign(9)) // expect: -1 0 1
var value = 0
value = switch size { case "big": n * 2; default: 0 }
print(value) // expect: 14
let f: (Int) -> String = { n in
    switch n {
    case ..<0: "below"
    case 0: "zero"
    default: "above"
    }
}
print(f(-1), f(0), f(1)) // expect: below zero above
let d: Double = if n > 100 { 1 } else { 2.5 }
let o: Int? = if n > 5 { nil } else { 3 }
print(d, o as Any) // expect: 2.5 nil
let checked = if let i = Int("12") { i } else { 0 }
print(checked) // expect: 12
func late(_ n: Int) -> Int { return if n > 1 { n } else { 1 } }
print(late(0)) // expect: 1
