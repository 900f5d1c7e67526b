import Language
import VisionEngine

private let asked = "let found = shapes(LeNet(), input: [1, h, w])\n"

/// Shapes with names in the place of sizes.
@RowBuilder func shapeRows() -> [Binding] {
    Binding.function(
        "shapes", arg("model", AnyLayer.self, label: nil),
        arg("input", [NamedSizeArgument].self, "[channels, h, w]"),
        summary: "What every layer makes of an input with named sizes, and which inputs it takes.",
        example: "shapes(LeNet(), input: [1, h, w])"
    ) { model, input in try shapes(model.layer, input: input.map(\.size)) }
    Binding.constant(
        "h", summary: "The height of an input, where it is not a number.",
        example: asked + "found.rows[0].output ?? []", h)
    Binding.constant(
        "w", summary: "The width of an input, where it is not a number.",
        example: asked + "found.input", w)
    Binding.initializer(
        of: Size.self, arg("name", String.self, label: nil), summary: "A size with a name.",
        example: "let side = Size(\"side\")\nshapes(LeNet(), input: [1, side, side]).smallest ?? []"
    ) { Size($0) }
    Binding.method(
        "value", of: Size.self, arg("sizes", [String: Int].self, label: nil),
        summary: "The number for given sizes.",
        example: asked + "found.rows[1].output?[1].value([\"h\": 28]) ?? 0"
    ) { size, sizes in try size.value(sizes) }
    Binding.property(
        "known", of: Size.self, summary: "The number, where it depends on nothing.",
        example: asked + "found.output?[0].known ?? 0"
    ) { $0.known }
    Binding.property(
        "variables", of: Size.self, summary: "The names it depends on.",
        example: asked + "found.input[1].variables"
    ) { $0.variables }
    modelShapesMemberRows()
}

@RowBuilder private func modelShapesMemberRows() -> [Binding] {
    Binding.property(
        "rows", of: ModelShapes.self, summary: "The layers, in order.",
        example: asked + "found.rows.count"
    ) { $0.rows }
    Binding.property(
        "input", of: ModelShapes.self, summary: "The sizes asked about.",
        example: asked + "found.input"
    ) { $0.input }
    Binding.property(
        "output", of: ModelShapes.self,
        summary: "The formulas of what comes out; nil where they are not known.",
        example: asked + "found.output ?? []"
    ) { $0.output }
    Binding.property(
        "conditions", of: ModelShapes.self, summary: "What layers ask of the named sizes.",
        example: asked + "found.conditions"
    ) { $0.conditions }
    Binding.property(
        "smallest", of: ModelShapes.self,
        summary: "The smallest input that the model takes, with one number for all names.",
        example: asked + "found.smallest ?? []"
    ) { $0.smallest }
    Binding.property(
        "refusal", of: ModelShapes.self, summary: "Why the next smaller input is refused.",
        example: asked + "found.refusal?.reason ?? \"\""
    ) { $0.refusal }
    Binding.property(
        "name", of: ModelShapes.Row.self, summary: "The layer's full name.",
        example: asked + "found.rows[0].name"
    ) { $0.name }
    Binding.property(
        "kind", of: ModelShapes.Row.self, summary: "The layer's type.",
        example: asked + "found.rows[0].kind"
    ) { $0.kind }
    Binding.property(
        "output", of: ModelShapes.Row.self,
        summary: "A formula for each size; nil where they are not known.",
        example: asked + "found.rows[0].output ?? []"
    ) { $0.output }
    Binding.property(
        "layer", of: ModelShapes.Condition.self, summary: "The full name of the layer.",
        example: asked + "found.conditions[0].layer"
    ) { $0.layer }
    Binding.property(
        "signature", of: ModelShapes.Condition.self, summary: "The layer as one writes it.",
        example: asked + "found.conditions[0].signature"
    ) { $0.signature }
    Binding.property(
        "input", of: ModelShapes.Refusal.self, summary: "The shape that is refused.",
        example: asked + "found.refusal?.input ?? []"
    ) { $0.input }
    Binding.property(
        "layer", of: ModelShapes.Refusal.self, summary: "The full name of the layer.",
        example: asked + "found.refusal?.layer ?? \"\""
    ) { $0.layer }
    Binding.property(
        "signature", of: ModelShapes.Refusal.self, summary: "The layer as one writes it.",
        example: asked + "found.refusal?.signature ?? \"\""
    ) { $0.signature }
    Binding.property(
        "reason", of: ModelShapes.Refusal.self, summary: "What the layer says.",
        example: asked + "found.refusal?.reason ?? \"\""
    ) { $0.reason }
}
