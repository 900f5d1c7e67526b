import Language

/// Lets a table of rows be written one below the other; each row is type-checked alone, which keeps
/// long tables quick to compile.
@resultBuilder
enum RowBuilder {
    static func buildExpression(_ row: Binding) -> [Binding] { [row] }
    static func buildExpression(_ rows: [Binding]) -> [Binding] { rows }
    static func buildBlock(_ rows: [Binding]...) -> [Binding] { rows.flatMap { $0 } }
    static func buildArray(_ rows: [[Binding]]) -> [Binding] { rows.flatMap { $0 } }
}
