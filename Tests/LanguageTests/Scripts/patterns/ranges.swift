// Ranges and expressions as patterns.
func grade(_ n: Int) -> Character {
    switch n {
    case 90...: "A"
    case 80..<90: "B"
    case 70..<80, 60..<70: "C"
    case ..<0: "?"
    default: "F"
    }
}
print([95, 85, 65, 10, -5].map(grade)) // expect: ["A", "B", "C", "F", "?"]
func letter(_ c: Character) -> String {
    switch c {
    case "a"..."z": "small"
    case "A"..."Z": "capital"
    case "0"..."9": "digit"
    case "_", "-": "mark"
    default: "other"
    }
}
print("aZ5_!".map(letter)) // expect: ["small", "capital", "digit", "mark", "other"]
func near(_ x: Double) -> String { switch x { case -0.5...0.5: "zero"; case 0.5...: "up"; default: "down" } }
print(near(0.2), near(3), near(-2)) // expect: zero up down
let limit = 10
switch 12 { case limit: print("limit"); case (limit + 1)...(limit * 2): print("above"); default: print("else") } // expect: above
if case "m"..."z" = "p" { print("second half") } // expect: second half
