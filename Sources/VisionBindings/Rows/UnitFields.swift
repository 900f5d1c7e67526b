import Language
import VisionEngine

private let seen = """
    let model = Sequential { Conv2d(3, 4, kernel: 3); MaxPool2d(2) }
    let field = receptiveField(of: model, layer: "1", unit: (2, 3), input: [3, 16, 16])

    """

/// `(3, 4)`: a row and a column.
struct UnitPlace: ScriptConvertible {
    let row: Int
    let column: Int

    static var scriptType: ScriptType { .tuple([.int, .int], labels: ["", ""]) }

    static func fromScript(_ value: Value) -> UnitPlace? {
        guard case .tuple(let tuple) = value, tuple.elements.count == 2,
            let row = Int.fromScript(tuple.elements[0]),
            let column = Int.fromScript(tuple.elements[1])
        else { return nil }
        return UnitPlace(row: row, column: column)
    }

    var scriptValue: Value {
        .tuple(ScriptTuple([.int(row), .int(column)]))
    }
}

/// What one unit of a layer sees.
@RowBuilder func unitFieldRows() -> [Binding] {
    Binding.function(
        "receptiveField", arg("model", AnyLayer.self, label: "of"),
        arg("name", String.self, label: "layer"),
        arg("unit", UnitPlace?.self, default: nil, "its row and column; else the middle"),
        arg("photo", Image?.self, label: "in", default: nil),
        arg("input", [Int]?.self, default: nil, "[C, H, W], without a photo"),
        summary: "What one unit of a layer sees of an image, in theory and by its gradient.",
        example: seen + "field"
    ) { model, name, unit, photo, input in
        try receptiveField(
            of: model.layer, layer: name, unit: unit.map { ($0.row, $0.column) }, in: photo,
            input: input)
    }
    Binding.property(
        "theoretical", of: UnitField.self,
        summary: "The pixels that windows and strides let it see; nil for all of the image.",
        example: seen + "field.theoretical?.height ?? 0"
    ) { $0.theoretical }
    Binding.property(
        "measured", of: UnitField.self, summary: "The pixels whose gradient is not 0.",
        example: seen + "field.measured?.width ?? 0"
    ) { $0.measured }
    Binding.property(
        "gradient", of: UnitField.self, summary: "How much the unit changes with each pixel.",
        example: seen + "field.gradient.shape"
    ) { $0.gradient }
    Binding.property(
        "picture", of: UnitField.self,
        summary: "The image with the gradient and both rectangles over it.",
        example: seen + "field.picture"
    ) { $0.picture }
    Binding.property(
        "map", of: UnitField.self, summary: "The height and width of the layer's map.",
        example: seen + "field.map"
    ) { $0.map }
    Binding.property(
        "top", of: PixelRectangle.self, summary: "The first row; negative beyond the image.",
        example: seen + "field.theoretical?.top ?? 0"
    ) { $0.top }
    Binding.property(
        "left", of: PixelRectangle.self, summary: "The first column; negative beyond the image.",
        example: seen + "field.theoretical?.left ?? 0"
    ) { $0.left }
    Binding.property(
        "height", of: PixelRectangle.self, summary: "How many rows.",
        example: seen + "field.theoretical?.height ?? 0"
    ) { $0.height }
    Binding.property(
        "width", of: PixelRectangle.self, summary: "How many columns.",
        example: seen + "field.theoretical?.width ?? 0"
    ) { $0.width }
}
