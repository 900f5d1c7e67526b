import Language
import VisionEngine

private let differing = """
    let before = Sequential { Conv2d(1, 4, kernel: 3); ReLU() }
    let after = Sequential { Conv2d(1, 4, kernel: 3); BatchNorm2d(4); ReLU() }
    let difference = diff(before, after, input: [1, 8, 8])

    """
private let counted = """
    let model = Sequential { Conv2d(1, 4, kernel: 3); BatchNorm2d(4); GlobalAvgPool2d() }
    let costs = model.summary(input: [1, 8, 8]).costs(convention: .fvcore)

    """

/// What tells models apart.
@RowBuilder func modelDifferenceRows() -> [Binding] {
    Binding.function(
        "diff", arg("before", AnyLayer.self, label: nil), arg("after", AnyLayer.self, label: nil),
        arg("input", [Int]?.self, default: nil, "[C, H, W]; else what each was made for"),
        summary: "What was added, removed and changed between two models, side by side.",
        example: differing + "difference"
    ) { before, after, input in try diff(before.layer, after.layer, input: input) }
    Binding.property(
        "rows", of: ModelDifference.self, summary: "All layers, side by side.",
        example: differing + "difference.rows.count"
    ) { $0.rows }
    Binding.property(
        "added", of: ModelDifference.self, summary: "Layers that only the second has.",
        example: differing + "difference.added"
    ) { $0.added }
    Binding.property(
        "removed", of: ModelDifference.self, summary: "Layers that only the first has.",
        example: differing + "difference.removed.count"
    ) { $0.removed }
    Binding.property(
        "changed", of: ModelDifference.self, summary: "Layers of one kind with other arguments.",
        example: differing + "difference.changed.count"
    ) { $0.changed }
    Binding.property(
        "parameters", of: ModelDifference.self,
        summary: "Numbers in weights that the second has more than the first.",
        example: differing + "difference.parameters"
    ) { $0.parameters }
    Binding.property(
        "change", of: ModelDifference.Row.self, summary: "What became of the layer.",
        example: differing + "difference.added[0].change"
    ) { $0.change }
    Binding.property(
        "note", of: ModelDifference.Row.self, summary: "Which arguments changed.",
        example: differing + "difference.rows[0].note"
    ) { $0.note }
    Binding.property(
        "parameters", of: ModelDifference.Row.self,
        summary: "Numbers in weights, more than before.",
        example: differing + "difference.added[0].parameters"
    ) { $0.parameters }
    Binding.property(
        "multiplyAccumulates", of: ModelDifference.Row.self,
        summary: "Multiply-accumulates, more than before.",
        example: differing + "difference.added[0].multiplyAccumulates"
    ) { $0.multiplyAccumulates }
}

/// What models cost, by both ways of counting.
@RowBuilder func modelCostRows() -> [Binding] {
    Binding.method(
        "costs", of: ModelSummary.self,
        arg("convention", CostConvention.self, default: .torchvision),
        summary: "What the input costs by a way of counting, with the difference itemised.",
        example: counted + "costs"
    ) { summary, convention in summary.costs(convention: convention) }
    Binding.staticProperty(
        "torchvision", of: CostConvention.self,
        summary: "Convolutions, linear layers and matrix products count.",
        example: "print(CostConvention.torchvision)"
    ) { CostConvention.torchvision }
    Binding.staticProperty(
        "fvcore", of: CostConvention.self,
        summary: "Normalisations, adaptive means and bilinear enlargements count, too.",
        example: "print(CostConvention.fvcore)"
    ) { CostConvention.fvcore }
    Binding.property(
        "items", of: ModelCosts.self, summary: "The kinds of layers that count.",
        example: counted + "costs.items.map { $0.kind }"
    ) { $0.items }
    Binding.property(
        "multiplyAccumulates", of: ModelCosts.self, summary: "What the model costs.",
        example: counted + "costs.multiplyAccumulates"
    ) { $0.multiplyAccumulates }
    Binding.property(
        "difference", of: ModelCosts.self, summary: "How much more that is than the other way.",
        example: counted + "costs.difference"
    ) { $0.difference }
    Binding.property(
        "kind", of: ModelCosts.Item.self, summary: "The kind of layer.",
        example: counted + "costs.items[0].kind"
    ) { $0.kind }
    Binding.property(
        "layers", of: ModelCosts.Item.self, summary: "How many of them count.",
        example: counted + "costs.items[0].layers"
    ) { $0.layers }
    Binding.property(
        "multiplyAccumulates", of: ModelCosts.Item.self, summary: "What they cost.",
        example: counted + "costs.items[0].multiplyAccumulates"
    ) { $0.multiplyAccumulates }
    Binding.property(
        "difference", of: ModelCosts.Item.self,
        summary: "How much more that is than the other way.",
        example: counted + "costs.items[0].difference"
    ) { $0.difference }
}
