enum Celsius {
    case cold, warm
    static let boundary = 20
    static func of(_ degrees: Int) -> Celsius { degrees < boundary ? .cold : .warm }
    init(_ degrees: Int) { self = degrees < Celsius.boundary ? .cold : .warm }
    init?(text: String) {
        switch text {
        case "cold": self = .cold
        case "warm": self = .warm
        default: return nil
        }
    }
}
print(Celsius.of(3), Celsius(25), Celsius(text: "cold") ?? .warm, Celsius(text: "hot") == nil)
// expect: cold warm cold true
