/// Collects the layers written in the braces of a `Sequential`: layers, arrays of layers, `if`,
/// `if`-`else`, `switch`, `if #available` and `for`.
@resultBuilder
public enum LayerBuilder {
    public static func buildExpression(_ layer: any Layer) -> [any Layer] { [layer] }
    public static func buildExpression(_ layer: (any Layer)?) -> [any Layer] {
        layer.map { [$0] } ?? []
    }
    public static func buildExpression(_ layers: [any Layer]) -> [any Layer] { layers }
    public static func buildExpression(_ nothing: Void) -> [any Layer] { [] }
    public static func buildBlock(_ parts: [any Layer]...) -> [any Layer] { parts.flatMap { $0 } }
    public static func buildOptional(_ part: [any Layer]?) -> [any Layer] { part ?? [] }
    public static func buildEither(first part: [any Layer]) -> [any Layer] { part }
    public static func buildEither(second part: [any Layer]) -> [any Layer] { part }
    public static func buildArray(_ parts: [[any Layer]]) -> [any Layer] { parts.flatMap { $0 } }
    public static func buildLimitedAvailability(_ part: [any Layer]) -> [any Layer] { part }
}
