/// A checked statement.
final class Stmt {
    indirect enum Kind {
        case expression(Expr)
        /// The cell's last expression, whose value is its result.
        case result(Expr)
        case declare(Storage, Expr?)
        case destructure(Pattern, Expr)
        case block([Stmt])
        case `if`([Condition], [Stmt], [Stmt])
        case `while`([Condition], [Stmt], label: LoopLabel)
        case `repeat`([Stmt], Expr, label: LoopLabel)
        case forIn(Pattern, Expr, filter: Expr?, [Stmt], label: LoopLabel)
        case `switch`(Expr, [SwitchCase], label: LoopLabel)
        case `return`(Expr?)
        case `break`(LoopLabel)
        case `continue`(LoopLabel)
        case `fallthrough`
        case `throw`(Expr)
        case doCatch([Stmt], error: Variable, [CatchClause])
        case `defer`([Stmt])
        case localFunction(FunctionDeclaration, Variable)
        case collect(Expr)
    }

    let kind: Kind
    let span: Span

    init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }
}

/// Identifies a loop or switch for `break` and `continue`.
final class LoopLabel {
    let name: String?
    let isLoop: Bool
    /// Whether only a `break` with its name leaves it, as with a labelled `if` or `do`.
    let needsName: Bool
    init(name: String?, isLoop: Bool, needsName: Bool = false) {
        self.name = name
        self.isLoop = isLoop
        self.needsName = needsName
    }
}

enum Condition {
    case expression(Expr)
    /// `if let x = value`: a value that is there.
    case bind(Pattern, Expr)
    /// `if case pattern = value`.
    case match(Pattern, Expr)
}

struct SwitchCase {
    /// Any of the patterns with its condition; empty for `default`.
    let patterns: [(Pattern, Expr?)]
    let body: [Stmt]
}

struct CatchClause {
    let pattern: Pattern?
    let filter: Expr?
    let body: [Stmt]
}

indirect enum Pattern {
    case wildcard
    case bind(Storage)
    /// Equal to, or inside, a value.
    case value(Expr)
    case tuple([Pattern])
    case optional(Pattern)
    case isType(ScriptType)
    case cast(ScriptType, Pattern)
    case enumCase(DeclaredType, Int, [Pattern])
    /// A case whose values, as one tuple, are matched together.
    case payload(DeclaredType, Int, ScriptType, Pattern)
}

/// Where a name keeps its value.
enum Storage {
    case local(Variable)
    case global(Global)

    var type: ScriptType {
        switch self {
        case .local(let variable): variable.type
        case .global(let global): global.type
        }
    }
}
