/// The infix operators of the language with Swift's precedences, and those LANGUAGE adds.
enum Precedence {
    struct Entry {
        let level: Int
        var isRight = false
        var isNonAssociative = false
    }

    static let assignment = 1
    static let ternary = 2
    static let cast = 8

    /// The entry of an operator; `nil` where there is no such operator.
    static func of(_ name: String) -> Entry? {
        switch name {
        case "=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "&+=", "&-=", "&*=",
            "**=":
            Entry(level: assignment, isRight: true)
        case "?:": Entry(level: ternary, isRight: true)
        case "||", ".|", ".^": Entry(level: 3)
        case "&&", ".&": Entry(level: 4)
        case "<", "<=", ">", ">=", "==", "!=", "===", "!==", "~=", ".<", ".<=", ".>", ".>=", ".==",
            ".!=":
            Entry(level: 5, isNonAssociative: true)
        case "??": Entry(level: 6, isRight: true)
        case "is", "as": Entry(level: cast)
        case "..<", "...": Entry(level: 9, isNonAssociative: true)
        case "+", "-", "&+", "&-", "|", "^": Entry(level: 10)
        case "*", "/", "%", "&*", "&", "•": Entry(level: 11)
        case "<<", ">>": Entry(level: 12, isNonAssociative: true)
        case "**": Entry(level: 13, isRight: true)
        default: nil
        }
    }
}
