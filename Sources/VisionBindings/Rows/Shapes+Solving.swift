import Language
import VisionEngine

private let solved = """
    let found = solve(Conv2d(3, 8, kernel: .any, stride: .any, padding: .any),
        from: [3, 32, 32], to: [8, 16, 16])

    """

/// Layers found from shapes.
@RowBuilder func solvingRows() -> [Binding] {
    Binding.function(
        "solve", arg("layer", AnyLayer.self, label: nil, "with .any for what is to be found"),
        arg("input", [Int].self, label: "from", "[C, H, W]"),
        arg("output", [Int].self, label: "to", "[C, H, W]"),
        arg("limit", Int.self, default: 32, "the largest kernel and stride"),
        summary: "Every choice of .any that turns one shape into another, the simplest first.",
        example: solved + "found"
    ) { layer, from, to, limit in try solve(layer.layer, from: from, to: to, limit: limit) }
    Binding.staticProperty(
        "any", of: SizeArgument.self, summary: "A kernel or stride that solve is to find.",
        example: "Conv2d(3, 8, kernel: .any)"
    ) { SizeArgument.any }
    Binding.staticProperty(
        "any", of: PaddingArgument.self, summary: "A padding that solve is to find.",
        example: "Conv2d(3, 8, kernel: 3, padding: .any)"
    ) { PaddingArgument.any }
    Binding.property(
        "count", of: LayerSolutions.self, summary: "How many solutions there are.",
        example: solved + "found.count"
    ) { $0.count }
    Binding.property(
        "first", of: LayerSolutions.self, summary: "The simplest, with fresh weights.",
        example: solved + "found.first != nil"
    ) { $0.first.map { AnyLayer($0) } }
    Binding.subscript(
        of: LayerSolutions.self, arg("position", Int.self, label: nil),
        summary: "The layer of a solution, with fresh weights.", example: solved + "found[1]"
    ) { solutions, position in AnyLayer(try solutions[position]) }
    Binding.method(
        "appendingHead", of: AnyLayer.self, arg("classes", Int.self),
        arg("input", [Int]?.self, default: nil, "[C, H, W], where the features depend on it"),
        summary: "The model with the Linear layer behind it that fits what comes out.",
        example: "Sequential { Conv2d(3, 16, kernel: 3); ReLU() }.appendingHead(classes: 10)"
    ) { layer, classes, input in try layer.layer.appendingHead(classes: classes, input: input) }
}
