import Language
import VisionEngine

private let net = """
    let net = Sequential { Conv2d(3, 4, kernel: 3); ReLU(); Flatten(); Linear(784, 3) }
    let photo = Tensor.rand([3, 16, 16])

    """
private let vit = """
    let vit = ViTMini()
    let photo = Tensor.rand([3, 32, 32])

    """

/// Why a model said what it said.
@RowBuilder func explanationRows() -> [Binding] {
    insideRows()
    gradientExplanationRows()
    mapExplanationRows()
    attentionRows()
    explanationMemberRows()
}

private let picture = "an image, or a tensor as the model takes it"
private let target = "a class, by default the likeliest"

@RowBuilder private func insideRows() -> [Binding] {
    Binding.method(
        "activations", of: AnyLayer.self, arg("photo", PictureArgument.self, label: nil, picture),
        arg("layer", String.self, label: "at", "its full name"),
        summary: "What comes out of a layer inside the model when it is shown a picture.",
        example: net + "net.activations(photo, at: \"1\")"
    ) { model, photo, layer in try model.layer.activations(photo.picture, at: layer) }
    Binding.method(
        "gradients", of: AnyLayer.self, arg("photo", PictureArgument.self, label: nil, picture),
        arg("layer", String.self, label: "at", "its full name"),
        arg("target", Int?.self, default: nil, target),
        summary: "The gradient of a class's score at a layer inside the model.",
        example: net + "net.gradients(photo, at: \"2\").values.shape"
    ) { model, photo, layer, target in
        try model.layer.gradients(photo.picture, at: layer, target: target)
    }
    Binding.method(
        "filters", of: AnyLayer.self, arg("layer", String.self, label: "at", "its full name"),
        summary: "The filters of a convolution inside the model.",
        example: net + "net.filters(at: \"0\")"
    ) { model, layer in try model.layer.filters(at: layer) }
    let maps = net + "let maps = net.activations(photo, at: \"1\")\n"
    Binding.property(
        "layer", of: FeatureMaps.self, summary: "The full name of the layer.",
        example: maps + "maps.layer"
    ) { $0.layer }
    Binding.property(
        "values", of: FeatureMaps.self, summary: "What came out, without the batch.",
        example: maps + "maps.values.shape"
    ) { $0.values }
    Binding.property(
        "isGradient", of: FeatureMaps.self, summary: "Whether it is the gradient of a score.",
        example: maps + "maps.isGradient"
    ) { $0.isGradient }
    Binding.property(
        "strongest", of: FeatureMaps.self, summary: "The channels that answer most, by number.",
        example: maps + "maps.strongest"
    ) { try $0.strongest }
    Binding.property(
        "strengths", of: FeatureMaps.self, summary: "The mean size of each channel's numbers.",
        example: maps + "maps.strengths"
    ) { try $0.strengths }
    Binding.property(
        "zeroShare", of: FeatureMaps.self, summary: "The share of the numbers that are zero.",
        example: maps + "maps.zeroShare"
    ) { try $0.zeroShare }
    Binding.property(
        "picture", of: FeatureMaps.self, summary: "The strongest maps as a sheet.",
        example: maps + "maps.picture"
    ) { try $0.picture }
    Binding.property(
        "layer", of: Filters.self, summary: "The full name of the layer.",
        example: net + "net.filters(at: \"0\").layer"
    ) { $0.layer }
    Binding.property(
        "values", of: Filters.self, summary: "The filters, [K, C, h, w].",
        example: net + "net.filters(at: \"0\").values.shape"
    ) { $0.values }
    Binding.property(
        "picture", of: Filters.self, summary: "The filters as a sheet.",
        example: net + "net.filters(at: \"0\").picture"
    ) { try $0.picture }
}

@RowBuilder private func gradientExplanationRows() -> [Binding] {
    Binding.method(
        "saliency", of: AnyLayer.self, arg("photo", PictureArgument.self, label: nil, picture),
        arg("target", Int?.self, default: nil, target),
        summary: "Which pixels a class's score depends on most: the size of its gradient.",
        example: net + "net.saliency(photo)"
    ) { model, photo, target in try model.layer.saliency(photo.picture, target: target) }
    Binding.method(
        "smoothGrad", of: AnyLayer.self, arg("photo", PictureArgument.self, label: nil, picture),
        arg("target", Int?.self, default: nil, target),
        arg("samples", Int.self, default: 25, "noisy copies"),
        arg("noise", Double.self, default: 0.15, "a share of the input's range"),
        arg("seed", Int.self, default: 0),
        summary: "Saliency without its noise: its mean at noisy copies of the picture.",
        example: net + "net.smoothGrad(photo, samples: 5)"
    ) { model, photo, target, samples, noise, seed in
        try model.layer.smoothGrad(
            photo.picture, target: target, samples: samples, noise: noise, seed: seed)
    }
    Binding.method(
        "guidedBackpropagation", of: AnyLayer.self,
        arg("photo", PictureArgument.self, label: nil, picture),
        arg("target", Int?.self, default: nil, target),
        summary: "Which pixels speak for a class where rectifiers let back only what is positive.",
        example: net + "net.guidedBackpropagation(photo)"
    ) { model, photo, target in
        try model.layer.guidedBackpropagation(photo.picture, target: target)
    }
    Binding.method(
        "integratedGradients", of: AnyLayer.self,
        arg("photo", PictureArgument.self, label: nil, picture),
        arg("target", Int?.self, default: nil, target), arg("steps", Int.self, default: 50),
        arg("baseline", Tensor?.self, default: nil, "what says nothing; zeros"),
        summary: "How much each number of the picture adds to a class's score.",
        example: net + "net.integratedGradients(photo, steps: 10)[\"completeness\"] ?? 0"
    ) { model, photo, target, steps, baseline in
        try model.layer.integratedGradients(
            photo.picture, target: target, steps: steps, baseline: baseline)
    }
}

@RowBuilder private func mapExplanationRows() -> [Binding] {
    let layer = "a layer's full name, by default the last with maps"
    Binding.method(
        "gradCAM", of: AnyLayer.self, arg("photo", PictureArgument.self, label: nil, picture),
        arg("layer", String?.self, label: "at", default: nil, layer),
        arg("target", Int?.self, default: nil, target),
        summary: "Where in the picture a layer found what speaks for a class.",
        example: net + "net.gradCAM(photo)"
    ) { model, photo, layer, target in
        try model.layer.gradCAM(photo.picture, at: layer, target: target)
    }
    Binding.method(
        "scoreCAM", of: AnyLayer.self, arg("photo", PictureArgument.self, label: nil, picture),
        arg("layer", String?.self, label: "at", default: nil, layer),
        arg("target", Int?.self, default: nil, target),
        arg("channels", Int?.self, default: nil, "how many maps are tried; all"),
        summary: "Grad-CAM without gradients: maps weighted by the score under each.",
        example: net + "net.scoreCAM(photo)"
    ) { model, photo, layer, target, channels in
        try model.layer.scoreCAM(
            photo.picture, at: layer, target: target, channels: channels)
    }
    Binding.method(
        "occlusion", of: AnyLayer.self, arg("photo", PictureArgument.self, label: nil, picture),
        arg("target", Int?.self, default: nil, target),
        arg("window", SizeArgument?.self, default: nil, "an eighth of the picture"),
        arg("stride", SizeArgument?.self, default: nil, "half a window"),
        arg("baseline", Tensor?.self, default: nil, "what hides; zeros"),
        summary: "How much a class's score falls where a window of the picture is hidden.",
        example: net + "net.occlusion(photo, window: 4)[\"greatest drop\"] ?? 0"
    ) { model, photo, target, window, stride, baseline in
        try model.layer.occlusion(
            photo.picture, target: target, window: window?.size, stride: stride?.size,
            baseline: baseline)
    }
}

@RowBuilder private func attentionRows() -> [Binding] {
    Binding.method(
        "attention", of: AnyLayer.self, arg("photo", PictureArgument.self, label: nil, picture),
        summary: "How much the tokens of a vision transformer look at each other.",
        example: vit + "vit.attention(photo)"
    ) { model, photo in try model.layer.attention(photo.picture) }
    Binding.method(
        "attentionRollout", of: AnyLayer.self,
        arg("photo", PictureArgument.self, label: nil, picture),
        summary: "Which patches a vision transformer's answer came from, over all layers.",
        example: vit + "vit.attentionRollout(photo)"
    ) { model, photo in try model.layer.attentionRollout(photo.picture) }
    let maps = vit + "let attention = vit.attention(photo)\n"
    Binding.property(
        "layers", of: AttentionMaps.self, summary: "The full names of the layers.",
        example: maps + "attention.layers"
    ) { $0.layers }
    Binding.property(
        "weights", of: AttentionMaps.self, summary: "Each layer's weights, [heads, T, T].",
        example: maps + "attention.weights[0].shape"
    ) { $0.weights }
    Binding.property(
        "grid", of: AttentionMaps.self, summary: "How many patches there are down and across.",
        example: maps + "attention.grid"
    ) { $0.grid }
    Binding.property(
        "firstPatch", of: AttentionMaps.self, summary: "How many tokens stand before the patches.",
        example: maps + "attention.firstPatch"
    ) { $0.firstPatch }
    Binding.property(
        "count", of: AttentionMaps.self, summary: "The number of layers.",
        example: maps + "attention.count"
    ) { $0.count }
    Binding.property(
        "heads", of: AttentionMaps.self, summary: "The number of heads of each layer.",
        example: maps + "attention.heads"
    ) { $0.heads }
    Binding.method(
        "maps", of: AttentionMaps.self, arg("layer", Int.self, default: -1, "from 0, or from -1"),
        summary: "What the first token looks at, a map of patches for each head.",
        example: maps + "attention.maps().shape"
    ) { attention, layer in try attention.maps(layer: layer) }
    Binding.method(
        "picture", of: AttentionMaps.self,
        arg("layer", Int.self, default: -1, "from 0, or from -1"),
        summary: "The maps of a layer's heads over the picture, side by side.",
        example: maps + "attention.picture(layer: 0)"
    ) { attention, layer in try attention.picture(layer: layer) }
    Binding.method(
        "rollout", of: AttentionMaps.self,
        summary: "What the first token gathers from each patch over all layers.",
        example: maps + "attention.rollout()"
    ) { try $0.rollout() }
}

@RowBuilder private func explanationMemberRows() -> [Binding] {
    let why = net + "let why = net.gradCAM(photo)\n"
    Binding.property(
        "method", of: Explanation.self, summary: "What the method is called.",
        example: why + "why.method"
    ) { $0.method }
    Binding.property(
        "target", of: Explanation.self, summary: "The class that was asked about.",
        example: why + "why.target"
    ) { $0.target }
    Binding.property(
        "label", of: Explanation.self, summary: "Its name.", example: why + "why.label"
    ) { $0.label }
    Binding.property(
        "score", of: Explanation.self, summary: "The model's score for it, before any softmax.",
        example: why + "why.score"
    ) { $0.score }
    Binding.property(
        "probability", of: Explanation.self, summary: "How likely the model says it is, 0...1.",
        example: why + "why.probability"
    ) { $0.probability }
    Binding.property(
        "layer", of: Explanation.self, summary: "The layer that was looked at, if any.",
        example: why + "why.layer ?? \"\""
    ) { $0.layer }
    Binding.property(
        "values", of: Explanation.self, summary: "The method's own numbers.",
        example: why + "why.values.shape"
    ) { $0.values }
    Binding.property(
        "map", of: Explanation.self, summary: "A number for each pixel, [H, W].",
        example: why + "why.map.shape"
    ) { $0.map }
    Binding.property(
        "photo", of: Explanation.self, summary: "What the model sees.", example: why + "why.photo"
    ) { $0.photo }
    Binding.property(
        "picture", of: Explanation.self, summary: "The picture beside the map over it.",
        example: why + "why.picture"
    ) { try $0.picture }
    Binding.property(
        "overlay", of: Explanation.self, summary: "The map over the picture.",
        example: why + "why.overlay"
    ) { try $0.overlay }
    Binding.property(
        "figures", of: Explanation.self, summary: "The method's figures about itself.",
        example: net + "net.integratedGradients(photo, steps: 5).figures"
    ) { $0.figures.map { NamedFigure(name: $0.name, value: $0.value) } }
    Binding.subscript(
        of: Explanation.self, arg("name", String.self, label: nil),
        summary: "A figure by its name.",
        example: net + "net.integratedGradients(photo, steps: 5)[\"completeness\"] ?? 0"
    ) { why, name in why[name] }
}

extension Explanation: ForeignConvertible {
    public static var foreignName: String { "Explanation" }
}

extension FeatureMaps: ForeignConvertible {
    public static var foreignName: String { "FeatureMaps" }
}

extension Filters: ForeignConvertible {
    public static var foreignName: String { "Filters" }
}

extension AttentionMaps: ForeignConvertible {
    public static var foreignName: String { "AttentionMaps" }
}

/// The types of these rows.
func explanationTypes() -> [ForeignType] {
    [
        ForeignType(
            "Explanation", Explanation.self, summary: "Why a model gives a picture its score."),
        ForeignType("FeatureMaps", FeatureMaps.self, summary: "What came out of a layer."),
        ForeignType("Filters", Filters.self, summary: "The filters of a convolution."),
        ForeignType(
            "AttentionMaps", AttentionMaps.self, summary: "How much tokens look at each other."),
    ]
}
