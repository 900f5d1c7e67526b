struct Temperature: CustomStringConvertible {
    var degrees: Double
    var description: String { "\(degrees)°" }
}
enum Side: CustomStringConvertible {
    case left, right
    var description: String { self == .left ? "L" : "R" }
}
let t = Temperature(degrees: 21.5)
print(t, [t, t], ["now": t], Optional(t) as Any, (t, Side.left))
print("It is \(t) on the \(Side.right)", String(describing: Side.left), t.description.count)
struct Room { var t: Temperature; var side: Side }
print(Room(t: t, side: .right))
// expect: 21.5° [21.5°, 21.5°] ["now": 21.5°] Optional(21.5°) (21.5°, L)
// expect: It is 21.5° on the R L 5
// expect: Room(t: 21.5°, side: R)
