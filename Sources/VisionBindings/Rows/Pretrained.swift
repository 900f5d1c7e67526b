import Language
import VisionEngine

private let guesses = """
    let model = Sequential { Flatten(); Linear(4, 3) }
    let guesses = model.classify(Image(Tensor.rand([1, 2, 2])))

    """

/// Networks with published weights, and what they say of photographs.
@RowBuilder func pretrainedRows() -> [Binding] {
    Binding.function(
        "pretrained",
        arg("name", String.self, label: nil, "such as \"resnet50\", or the path of a file"),
        arg("classes", Int?.self, default: nil, "of a new head, untrained"),
        arg("inputChannels", Int?.self, default: nil, "to which the first layer is adapted"),
        arg("imageSize", Int?.self, default: nil, "of a vision transformer"),
        summary: "A network with published weights, from this machine or the network.",
        example: "do { print(try pretrained(\"efficientnet_lite0\").parameterCount) }\n"
            + "catch { print(error) }"
    ) { name, classes, channels, size in
        AnyLayer(
            try pretrained(name, classes: classes, inputChannels: channels, imageSize: size))
    }
    publishedWeightsRows()
    Binding.method(
        "classify", of: AnyLayer.self, arg("image", Image.self, label: nil),
        arg("top", Int.self, default: 5, "how many classes"),
        summary: "What a network takes a photograph for, prepared as its weights expect it.",
        example: guesses + "guesses"
    ) { layer, image, top in try layer.layer.classify(image, top: top) }
    Binding.property(
        "count", of: Classification.self, summary: "The number of guesses.",
        example: guesses + "guesses.count"
    ) { $0.count }
    Binding.subscript(
        of: Classification.self, arg("position", Int.self, label: nil),
        summary: "A guess, the likeliest at 0.", example: guesses + "guesses[0].label"
    ) { guesses, position in try Guess(guesses.guess(at: position)) }
    Binding.property(
        "labels", of: Classification.self, summary: "The classes, the likeliest first.",
        example: guesses + "guesses.labels"
    ) { $0.labels }
    Binding.property(
        "probabilities", of: Classification.self, summary: "How likely they are, 0...1.",
        example: guesses + "guesses.probabilities"
    ) { $0.probabilities }
    Binding.property(
        "prediction", of: Classification.self, summary: "All classes, with the picture.",
        example: guesses + "guesses.prediction.label"
    ) { $0.prediction }
}

/// What is known of published weights without fetching them.
@RowBuilder private func publishedWeightsRows() -> [Binding] {
    let resnet = "let weights = try PublishedWeights.named(\"resnet50\")\n"
    Binding.staticProperty(
        "all", of: PublishedWeights.self, summary: "All weights that pretrained knows.",
        example: "PublishedWeights.all.map { $0.name }"
    ) { PublishedWeights.all }
    Binding.staticMethod(
        "named", of: PublishedWeights.self, arg("name", String.self, label: nil),
        summary: "The weights of a name.",
        example: "try PublishedWeights.named(\"resnet50\").accuracy"
    ) { name in try PublishedWeights.named(name) }
    Binding.property(
        "name", of: PublishedWeights.self, summary: "What pretrained calls it.",
        example: resnet + "weights.name"
    ) { $0.name }
    Binding.property(
        "file", of: PublishedWeights.self, summary: "The name of the file.",
        example: resnet + "weights.file"
    ) { $0.file }
    Binding.property(
        "licence", of: PublishedWeights.self, summary: "Under which terms it may be used.",
        example: resnet + "weights.licence"
    ) { $0.licence }
    Binding.property(
        "accuracy", of: PublishedWeights.self,
        summary: "The share of ImageNet's validation images guessed rightly, as published.",
        example: resnet + "weights.accuracy"
    ) { $0.accuracy }
    Binding.property(
        "topFiveAccuracy", of: PublishedWeights.self,
        summary: "The share whose class is among the first five guesses, where published.",
        example: resnet + "weights.topFiveAccuracy"
    ) { $0.topFiveAccuracy }
}

extension Guess {
    /// An element of what `classify` gives.
    init(_ guess: (label: String, probability: Double)) {
        self.init(label: guess.label, probability: guess.probability)
    }
}

extension PublishedWeights: ForeignConvertible {
    public static var foreignName: String { "PublishedWeights" }
}

extension Classification: ForeignConvertible {
    public static var foreignName: String { "Classification" }
}

/// The types of these rows.
func pretrainedTypes() -> [ForeignType] {
    [
        ForeignType(
            "PublishedWeights", PublishedWeights.self,
            summary: "What is known of weights that somebody published."),
        ForeignType(
            "Classification", Classification.self,
            summary: "What a network takes a photograph for, the likeliest first.",
            element: Guess.self,
            iterate: { guesses in
                var rest = guesses[...]
                return { rest.popFirst().map { Guess($0) } }
            }),
    ]
}

extension HubError: ScriptFault {
    public var faultName: String {
        switch kind {
        case .unknown: "NameError"
        case .unavailable: "FileError"
        case .download: "DownloadError"
        case .damaged: "WeightsError"
        }
    }
}
