/// The operators on two values that the machine knows.
enum BinaryOperator: UInt8 {
    case add, subtract, multiply, divide, remainder, power
    case addWrapping, subtractWrapping, multiplyWrapping
    case and, or, xor, shiftLeft, shiftRight
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual

    init?(_ name: String) {
        switch name {
        case "+": self = .add
        case "-": self = .subtract
        case "*": self = .multiply
        case "/": self = .divide
        case "%": self = .remainder
        case "**": self = .power
        case "&+": self = .addWrapping
        case "&-": self = .subtractWrapping
        case "&*": self = .multiplyWrapping
        case "&": self = .and
        case "|": self = .or
        case "^": self = .xor
        case "<<": self = .shiftLeft
        case ">>": self = .shiftRight
        case "==": self = .equal
        case "!=": self = .notEqual
        case "<": self = .less
        case "<=": self = .lessOrEqual
        case ">": self = .greater
        case ">=": self = .greaterOrEqual
        default: return nil
        }
    }

    var symbol: String {
        switch self {
        case .add: "+"
        case .subtract: "-"
        case .multiply: "*"
        case .divide: "/"
        case .remainder: "%"
        case .power: "**"
        case .addWrapping: "&+"
        case .subtractWrapping: "&-"
        case .multiplyWrapping: "&*"
        case .and: "&"
        case .or: "|"
        case .xor: "^"
        case .shiftLeft: "<<"
        case .shiftRight: ">>"
        case .equal: "=="
        case .notEqual: "!="
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        }
    }

    var isComparison: Bool { rawValue >= BinaryOperator.equal.rawValue }
    var isArithmetic: Bool { rawValue <= BinaryOperator.power.rawValue }
    var isEquality: Bool { self == .equal || self == .notEqual }
}
