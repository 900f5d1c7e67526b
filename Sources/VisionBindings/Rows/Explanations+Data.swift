import Language
import VisionEngine

private let net = """
    let net = Sequential { Conv2d(1, 4, kernel: 3); ReLU(); Flatten(); Linear(2704, 10) }
    let data = try FashionMNIST().test.prefix(40)

    """
private let points = """
    let x = Tensor.randn([40, 6])
    let names = (0..<40).map { $0 % 2 == 0 ? "even" : "odd" }

    """

/// Explanations that try many pictures, look at a data set, or change a picture or the weights.
@RowBuilder func experimentRows() -> [Binding] {
    let picture = "an image, or a tensor as the model takes it"
    Binding.method(
        "lime", of: AnyLayer.self, arg("photo", PictureArgument.self, label: nil, picture),
        arg("target", Int?.self, default: nil, "a class, by default the likeliest"),
        arg("segments", Int.self, default: 50, "parts of similar colour"),
        arg("samples", Int.self, default: 500, "pictures that are tried"),
        arg("seed", Int.self, default: 0),
        summary: "Which parts of a picture make a class likely: a linear model of its probability.",
        example: net + "net.lime(data[0].image, segments: 9, samples: 40)[\"fit\"] ?? 0"
    ) { model, photo, target, segments, samples, seed in
        try model.layer.lime(
            photo.picture, target: target, segments: segments, samples: samples, seed: seed)
    }
    Binding.method(
        "topPatches", of: AnyLayer.self, arg("data", ImageDataset.self, label: nil),
        arg("layer", String.self, label: "at", "its full name"), arg("channel", Int.self),
        arg("count", Int.self, default: 9),
        summary: "The parts of pictures to which a channel of a layer answers most.",
        example: net + "net.topPatches(data, at: \"1\", channel: 2, count: 4)"
    ) { model, data, layer, channel, count in
        try model.layer.topPatches(data, at: layer, channel: channel, count: count)
    }
    Binding.method(
        "fgsm", of: AnyLayer.self, arg("photo", PictureArgument.self, label: nil, picture),
        arg("epsilon", Double.self, default: 0.01, "how far numbers are moved"),
        arg("target", Int?.self, label: "towards", default: nil, "a class"),
        summary: "The picture changed a little so that the model is most mistaken.",
        example: net + "net.fgsm(data[0].image, epsilon: 0.05)"
    ) { model, photo, epsilon, target in
        try model.layer.fgsm(photo.picture, epsilon: epsilon, towards: target)
    }
    Binding.function(
        "lossSurface", arg("model", AnyLayer.self, label: nil),
        arg("data", ImageDataset.self, label: "on"),
        arg("resolution", Int.self, default: 15, "places each way, odd"),
        arg("range", Double.self, default: 1, "1: as far as weights are long"),
        arg("samples", Int.self, default: 256, "pictures"), arg("seed", Int.self, default: 0),
        summary: "The loss around a model's weights, along two random directions.",
        example: net + "lossSurface(net, on: data, resolution: 3, samples: 20).least"
    ) { model, data, resolution, range, samples, seed in
        try lossSurface(
            model.layer, on: data, resolution: resolution, range: range, samples: samples,
            seed: seed)
    }
    patchMemberRows()
    changeMemberRows()
}

@RowBuilder private func patchMemberRows() -> [Binding] {
    let patches = net + "let patches = net.topPatches(data, at: \"1\", channel: 2, count: 4)\n"
    Binding.property(
        "layer", of: TopPatches.self, summary: "The full name of the layer.",
        example: patches + "patches.layer"
    ) { $0.layer }
    Binding.property(
        "channel", of: TopPatches.self, summary: "The channel.",
        example: patches + "patches.channel"
    ) { $0.channel }
    Binding.property(
        "count", of: TopPatches.self, summary: "The number of parts.",
        example: patches + "patches.count"
    ) { $0.count }
    Binding.property(
        "patches", of: TopPatches.self, summary: "The parts, the strongest answer first.",
        example: patches + "patches.patches.map { $0.value }"
    ) { $0.patches }
    Binding.method(
        "patch", of: TopPatches.self, arg("position", Int.self, label: "at"),
        summary: "A part, the strongest answer at 0.", example: patches + "patches.patch(at: 0)"
    ) { patches, position in try patches.patch(at: position) }
    Binding.property(
        "picture", of: TopPatches.self, summary: "The parts as a sheet.",
        example: patches + "patches.picture"
    ) { try $0.picture }
    Binding.property(
        "image", of: TopPatches.Patch.self, summary: "The part of the picture.",
        example: patches + "patches.patch(at: 0).image"
    ) { $0.image }
    Binding.property(
        "index", of: TopPatches.Patch.self, summary: "The picture's position in the data set.",
        example: patches + "patches.patch(at: 0).index"
    ) { $0.index }
    Binding.property(
        "value", of: TopPatches.Patch.self, summary: "The channel's answer.",
        example: patches + "patches.patch(at: 0).value"
    ) { $0.value }
    Binding.property(
        "x", of: TopPatches.Patch.self, summary: "The part's first column.",
        example: patches + "patches.patch(at: 0).x"
    ) { $0.x }
    Binding.property(
        "y", of: TopPatches.Patch.self, summary: "The part's first row.",
        example: patches + "patches.patch(at: 0).y"
    ) { $0.y }
}

@RowBuilder private func changeMemberRows() -> [Binding] {
    let fooled = net + "let fooled = net.fgsm(data[0].image, epsilon: 0.05)\n"
    Binding.property(
        "before", of: AdversarialExample.self, summary: "What the model took the picture for.",
        example: fooled + "fooled.before.label"
    ) { Guess(label: $0.before.label, probability: $0.before.probability) }
    Binding.property(
        "after", of: AdversarialExample.self, summary: "What it takes the changed picture for.",
        example: fooled + "fooled.after.probability"
    ) { Guess(label: $0.after.label, probability: $0.after.probability) }
    Binding.property(
        "succeeded", of: AdversarialExample.self,
        summary: "Whether the model takes it for something else.",
        example: fooled + "fooled.succeeded"
    ) { $0.succeeded }
    Binding.property(
        "input", of: AdversarialExample.self, summary: "The changed picture as the model takes it.",
        example: fooled + "fooled.input.shape"
    ) { $0.input }
    Binding.property(
        "difference", of: AdversarialExample.self, summary: "What was added.",
        example: fooled + "fooled.difference.abs().max()"
    ) { $0.difference }
    Binding.property(
        "image", of: AdversarialExample.self, summary: "What the changed picture looks like.",
        example: fooled + "fooled.image"
    ) { $0.image }
    Binding.property(
        "photo", of: AdversarialExample.self, summary: "The picture as it was.",
        example: fooled + "fooled.photo"
    ) { $0.photo }
    Binding.property(
        "epsilon", of: AdversarialExample.self, summary: "How far numbers were moved.",
        example: fooled + "fooled.epsilon"
    ) { $0.epsilon }
    Binding.property(
        "picture", of: AdversarialExample.self, summary: "The pictures and the change.",
        example: fooled + "fooled.picture"
    ) { try $0.picture }
    let surface = net + "let surface = lossSurface(net, on: data, resolution: 3, samples: 20)\n"
    Binding.property(
        "losses", of: LossSurface.self, summary: "The losses, the model in the middle.",
        example: surface + "surface.losses"
    ) { $0.losses }
    Binding.property(
        "steps", of: LossSurface.self, summary: "How far the weights were moved.",
        example: surface + "surface.steps"
    ) { $0.steps }
    Binding.property(
        "center", of: LossSurface.self, summary: "The loss of the model itself.",
        example: surface + "surface.center"
    ) { try $0.center }
    Binding.property(
        "least", of: LossSurface.self, summary: "The least loss that was found.",
        example: surface + "surface.least"
    ) { try $0.least }
    Binding.property(
        "picture", of: LossSurface.self, summary: "The losses as a map.",
        example: surface + "surface.picture"
    ) { try $0.picture }
}

/// Features as points of a plane.
@RowBuilder func embeddingMapRows() -> [Binding] {
    Binding.function(
        "tsne", arg("features", Tensor.self, label: nil, "[N, D]"),
        arg("labels", [String].self, default: [], "a name for each row"),
        arg("perplexity", Double.self, default: 30, "about how many neighbours"),
        arg("iterations", Int.self, default: 1000),
        arg("angle", Double.self, default: 0.5, "0 is exact"),
        summary: "Features as points of a plane, near where they are near: t-SNE.",
        example: points + "tsne(x, labels: names, perplexity: 5, iterations: 50)"
    ) { features, labels, perplexity, iterations, angle in
        try tsne(
            features, labels: labels, perplexity: perplexity, iterations: iterations, angle: angle)
    }
    Binding.function(
        "umap", arg("features", Tensor.self, label: nil, "[N, D]"),
        arg("labels", [String].self, default: [], "a name for each row"),
        arg("neighbors", Int.self, default: 15),
        arg("minDistance", Double.self, default: 0.1, "how close points may be"),
        arg("epochs", Int?.self, default: nil, "500, of many rows 200"),
        arg("seed", Int.self, default: 0),
        summary: "Features as points of a plane, neighbours beside each other: UMAP.",
        example: points + "umap(x, labels: names, neighbors: 5, epochs: 20)"
    ) { features, labels, neighbors, minDistance, epochs, seed in
        try umap(
            features, labels: labels, neighbors: neighbors, minDistance: minDistance,
            epochs: epochs, seed: seed)
    }
    Binding.initializer(
        of: EmbeddingMap.self, arg("points", Tensor.self, label: nil, "[N, 2]"),
        arg("labels", [String].self, default: []),
        arg("method", String.self, default: "Points", "the title"),
        summary: "Points of a plane that were found elsewhere, such as by PCA.",
        example: points + "EmbeddingMap(x[0..., 0..<2], labels: names)"
    ) { points, labels, method in try EmbeddingMap(points, labels: labels, method: method) }
    let map = points + "let map = umap(x, labels: names, neighbors: 5, epochs: 20)\n"
    Binding.property(
        "method", of: EmbeddingMap.self, summary: "How the points were found.",
        example: map + "map.method"
    ) { $0.method }
    Binding.property(
        "points", of: EmbeddingMap.self, summary: "The points, [N, 2].",
        example: map + "map.points.shape"
    ) { $0.points }
    Binding.property(
        "labels", of: EmbeddingMap.self, summary: "The label of each point.",
        example: map + "map.labels.count"
    ) { $0.labels }
    Binding.property(
        "figures", of: EmbeddingMap.self, summary: "The method's figures.",
        example: map + "map.figures"
    ) { $0.figures.map { NamedFigure(name: $0.name, value: $0.value) } }
    Binding.subscript(
        of: EmbeddingMap.self, arg("name", String.self, label: nil),
        summary: "A figure by its name.", example: map + "map[\"a\"] ?? 0"
    ) { map, name in map[name] }
    Binding.method(
        "plot", of: EmbeddingMap.self, summary: "The points, a colour for each label.",
        example: map + "map.plot()"
    ) { $0.plot() }
    Binding.method(
        "trustworthiness", of: EmbeddingMap.self, arg("features", Tensor.self, label: "of"),
        arg("neighbors", Int.self, default: 5),
        summary: "Whether neighbours in the plane are neighbours in the features, 0...1.",
        example: map + "map.trustworthiness(of: x)"
    ) { map, features, neighbors in
        try map.trustworthiness(of: features, neighbors: neighbors)
    }
}

extension TopPatches: ForeignConvertible {
    public static var foreignName: String { "TopPatches" }
}

extension TopPatches.Patch: ForeignConvertible {
    public static var foreignName: String { "Patch" }
}

extension AdversarialExample: ForeignConvertible {
    public static var foreignName: String { "AdversarialExample" }
}

extension LossSurface: ForeignConvertible {
    public static var foreignName: String { "LossSurface" }
}

extension EmbeddingMap: ForeignConvertible {
    public static var foreignName: String { "EmbeddingMap" }
}

/// The types of these rows.
func experimentTypes() -> [ForeignType] {
    [
        ForeignType(
            "TopPatches", TopPatches.self, summary: "Parts of pictures that a channel answers to."),
        ForeignType(
            "Patch", TopPatches.Patch.self, summary: "A part of a picture.",
            description: { "Patch(picture \($0.index), x: \($0.x), y: \($0.y))" }),
        ForeignType(
            "AdversarialExample", AdversarialExample.self,
            summary: "A picture changed to mislead a model."),
        ForeignType(
            "LossSurface", LossSurface.self, summary: "The loss around a model's weights."),
        ForeignType("EmbeddingMap", EmbeddingMap.self, summary: "Features as points of a plane."),
    ]
}
