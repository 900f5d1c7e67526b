import Language
import VisionEngine

/// A size of an input: a number, or a name such as `h`.
struct NamedSizeArgument: ScriptConvertible {
    let size: Size

    static var scriptType: ScriptType { .oneOf("IntOrSize", [.int, .named("Size")]) }

    static func fromScript(_ value: Value) -> NamedSizeArgument? {
        if case .int(let number) = value { return NamedSizeArgument(size: Size(number)) }
        return Size.fromScript(value).map { NamedSizeArgument(size: $0) }
    }

    var scriptValue: Value { size.scriptValue }
}

extension Size: ForeignConvertible {
    public static var foreignName: String { "Size" }
}

extension ModelShapes: ForeignConvertible {
    public static var foreignName: String { "ModelShapes" }
}

extension ModelShapes.Row: ForeignConvertible {
    public static var foreignName: String { "ShapeRow" }
}

extension ModelShapes.Condition: ForeignConvertible {
    public static var foreignName: String { "ShapeCondition" }
}

extension ModelShapes.Refusal: ForeignConvertible {
    public static var foreignName: String { "ShapeRefusal" }
}

extension LayerSolutions: ForeignConvertible {
    public static var foreignName: String { "LayerSolutions" }
}

extension ModelDifference: ForeignConvertible {
    public static var foreignName: String { "ModelDifference" }
}

extension ModelDifference.Row: ForeignConvertible {
    public static var foreignName: String { "DifferenceRow" }
}

extension ModelDifference.Change: ForeignConvertible {
    public static var foreignName: String { "LayerChange" }
}

extension CostConvention: ForeignConvertible {
    public static var foreignName: String { "CostConvention" }
}

extension ModelCosts: ForeignConvertible {
    public static var foreignName: String { "ModelCosts" }
}

extension ModelCosts.Item: ForeignConvertible {
    public static var foreignName: String { "CostItem" }
}

extension ModelProfile: ForeignConvertible {
    public static var foreignName: String { "ModelProfile" }
}

extension ModelProfile.Row: ForeignConvertible {
    public static var foreignName: String { "ProfileRow" }
}

extension ModelGraph: ForeignConvertible {
    public static var foreignName: String { "ModelGraph" }
}

extension ModelGraph.Node: ForeignConvertible {
    public static var foreignName: String { "GraphNode" }
}

extension ModelGraph.Edge: ForeignConvertible {
    public static var foreignName: String { "GraphEdge" }
}

extension UnitField: ForeignConvertible {
    public static var foreignName: String { "UnitField" }
}

extension PixelRectangle: ForeignConvertible {
    public static var foreignName: String { "PixelRectangle" }
}

/// The types of questions about shapes.
func shapeTypes() -> [ForeignType] {
    [
        ForeignType("Size", Size.self, summary: "A size that may depend on sizes with names."),
        ForeignType(
            "ModelShapes", ModelShapes.self, summary: "What layers make of sizes with names."),
        ForeignType(
            "ShapeRow", ModelShapes.Row.self, summary: "One layer of a model's shapes.",
            description: { "\($0.name) \($0.kind) \($0.output.map { "\($0)" } ?? "not known")" }),
        ForeignType(
            "ShapeCondition", ModelShapes.Condition.self, summary: "What a layer asks of sizes."),
        ForeignType(
            "ShapeRefusal", ModelShapes.Refusal.self, summary: "Why an input is refused.",
            description: { "\($0.input) at \($0.layer) \($0.signature): \($0.reason)" }),
        ForeignType(
            "LayerSolutions", LayerSolutions.self,
            summary: "The layers that turn one shape into another."),
        ForeignType(
            "ModelDifference", ModelDifference.self, summary: "What tells two models apart."),
        ForeignType(
            "DifferenceRow", ModelDifference.Row.self, summary: "A layer of two models.",
            description: {
                "\($0.change) \($0.before?.signature ?? "nothing") -> "
                    + "\($0.after?.signature ?? "nothing")"
            }),
        ForeignType(
            "LayerChange", ModelDifference.Change.self, summary: "What became of a layer.",
            description: { ".\($0.rawValue)" }),
        ForeignType(
            "CostConvention", CostConvention.self, summary: "Whose way of counting is followed.",
            description: { ".\($0.rawValue)" }),
        ForeignType("ModelCosts", ModelCosts.self, summary: "What a model costs, itemised."),
        ForeignType(
            "CostItem", ModelCosts.Item.self, summary: "What all layers of a kind cost.",
            description: { "\($0.kind) \($0.multiplyAccumulates)" }),
        ForeignType("ModelProfile", ModelProfile.self, summary: "How long layers take."),
        ForeignType(
            "ProfileRow", ModelProfile.Row.self, summary: "How long one layer takes.",
            description: { "\($0.name) \($0.kind) \($0.forward * 1e3) ms" }),
        ForeignType("ModelGraph", ModelGraph.self, summary: "A model as boxes and arrows."),
        ForeignType(
            "GraphNode", ModelGraph.Node.self, summary: "A box of a model's graph.",
            description: { "\($0.name) \($0.kind)" }),
        ForeignType(
            "GraphEdge", ModelGraph.Edge.self, summary: "An arrow of a model's graph.",
            description: { "\($0.from) -> \($0.to) \($0.shape)" }),
        ForeignType("UnitField", UnitField.self, summary: "What one unit of a layer sees."),
        ForeignType("PixelRectangle", PixelRectangle.self, summary: "A rectangle of pixels."),
    ]
}
