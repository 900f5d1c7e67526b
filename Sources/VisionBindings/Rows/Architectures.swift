import Language
import VisionEngine

private func classes(_ usual: Int = 1000) -> Argument<Int> {
    arg("classes", Int.self, default: usual)
}

private func channels(_ usual: Int = 3) -> Argument<Int> {
    arg("inputChannels", Int.self, default: usual)
}

private func imageSize(_ usual: Int, _ note: String = "a multiple of the patch") -> Argument<Int> {
    arg("imageSize", Int.self, default: usual, note)
}

/// Networks of convolutions.
@RowBuilder func convolutionalNetworkRows() -> [Binding] {
    Binding.function(
        "LeNet", classes(10), channels(1), imageSize(28, "height and width"),
        summary: "LeNet-5, for small images such as digits: 61,706 parameters.",
        example: "LeNet().summary(input: [1, 28, 28])"
    ) { try LeNet(classes: $0, inputChannels: $1, imageSize: $2) }
    Binding.function(
        "AlexNet", classes(), channels(),
        summary: "AlexNet, for images from 63x63 pixels: 61 million parameters.",
        example: "AlexNet(classes: 10).parameterCount"
    ) { try AlexNet(classes: $0, inputChannels: $1) }
    for (name, depth, make) in vggNetworks {
        Binding.function(
            name, classes(), channels(),
            arg("batchNorm", Bool.self, default: false, "after each convolution"),
            summary: "VGG with \(depth) layers of weights, for images from 32x32 pixels.",
            example: "\(name)(classes: 10, batchNorm: true).parameterCount", call: make)
    }
    for (name, what, make) in residualNetworks {
        Binding.function(
            name, classes(), channels(),
            arg("smallImages", Bool.self, default: false, "begins gently, for 28x28 or 32x32"),
            summary: "\(what), for images of any size.",
            example: "\(name)(classes: 10, inputChannels: 1).parameterCount", call: make)
    }
    Binding.function(
        "ResNet20", classes(10), channels(),
        summary: "ResNet with 20 layers of weights, for images of 28x28 or 32x32 pixels.",
        example: "ResNet20(inputChannels: 1).summary(input: [1, 28, 28])"
    ) { try ResNet20(classes: $0, inputChannels: $1) }
    for (name, what, auxiliary, make) in inceptionNetworks {
        Binding.function(
            name, classes(), channels(),
            arg("auxiliaryHeads", Bool.self, default: auxiliary, "that help in training"),
            arg("transformInput", Bool.self, default: false, "as published weights want it"),
            summary: "\(what).", example: "\(name)(classes: 10).parameterCount", call: make)
    }
    for (name, what, make) in otherConvolutionalNetworks {
        Binding.function(
            name, classes(), channels(), summary: "\(what).",
            example: "\(name)(classes: 10).parameterCount", call: make)
    }
}

/// Networks of attention.
@RowBuilder func transformerRows() -> [Binding] {
    for (name, what, make) in transformers {
        Binding.function(
            name, classes(), channels(), imageSize(224), summary: "\(what).",
            example: "\(name)(classes: 10, imageSize: 64).parameterCount", call: make)
    }
    Binding.function(
        "ViTMini", classes(10), channels(), imageSize(32, "a multiple of 4"),
        summary: "A vision transformer for small images: patches of 4x4 pixels.",
        example: "ViTMini(inputChannels: 1, imageSize: 28).summary(input: [1, 28, 28])"
    ) { try ViTMini(classes: $0, inputChannels: $1, imageSize: $2) }
    Binding.function(
        "SwinTiny", classes(), channels(),
        summary: "Swin-T: attention in shifted windows, for images of any size.",
        example: "SwinTiny(classes: 10).parameterCount"
    ) { try SwinTiny(classes: $0, inputChannels: $1) }
    Binding.initializer(
        of: WindowAttention.self, arg("embedding", Int.self, "features of a pixel"),
        arg("heads", Int.self, "a divisor of embedding"), arg("window", SizeArgument.self),
        arg("shift", SizeArgument.self, default: 0, "less than the window"),
        summary: "Lets pixels look at those of their window: [N, H, W, embedding], shape kept.",
        example: "WindowAttention(embedding: 96, heads: 3, window: 7, shift: 3)"
    ) { embedding, heads, window, shift in
        try WindowAttention(
            features: embedding, heads: heads, window: window.size, shift: shift.size)
    }
}

/// What networks of published architectures can do beside what all layers can.
@RowBuilder func networkMemberRows() -> [Binding] {
    let network = "let net = GoogLeNet(classes: 10, auxiliaryHeads: true)\n"
    Binding.property(
        "classes", of: Network.self, summary: "How many classes it tells apart.",
        example: network + "net.classes"
    ) { $0.classes }
    Binding.property(
        "inputChannels", of: Network.self, summary: "How many channels its images have.",
        example: network + "net.inputChannels"
    ) { $0.inputChannels }
    Binding.method(
        "outputs", of: Network.self, arg("x", Tensor.self, label: nil, "[N, C, H, W]"),
        summary: "The scores, and those of GoogLeNet's and Inception's auxiliary heads.",
        example: network + "net.outputs(Tensor.zeros([1, 3, 32, 32])).auxiliary.count"
    ) { net, x in
        let (scores, auxiliary) = try net.outputs(x)
        return NetworkOutputs(scores: scores, auxiliary: auxiliary)
    }
    Binding.method(
        "features", of: AnyLayer.self, arg("of", Tensor.self), arg("upTo", String.self, "a name"),
        summary: "What a layer inside the model makes of an input.",
        example:
            "let net = LeNet()\nnet.features(of: Tensor.zeros([1, 1, 28, 28]), upTo: \"pool1\")"
    ) { model, x, name in try model.layer.features(of: x, upTo: name) }
}

/// Scores of a network and of the heads in the middle of it.
private struct NetworkOutputs: ScriptConvertible {
    let scores: Tensor
    let auxiliary: [Tensor]

    static var scriptType: ScriptType {
        .tuple([Tensor.scriptType, [Tensor].scriptType], labels: ["scores", "auxiliary"])
    }

    static func fromScript(_ value: Value) -> NetworkOutputs? {
        guard case .tuple(let tuple) = value, tuple.elements.count == 2,
            let scores = Tensor.fromScript(tuple.elements[0]),
            let auxiliary = [Tensor].fromScript(tuple.elements[1])
        else { return nil }
        return NetworkOutputs(scores: scores, auxiliary: auxiliary)
    }

    var scriptValue: Value {
        .tuple(
            ScriptTuple(
                [scores.scriptValue, auxiliary.scriptValue], labels: ["scores", "auxiliary"]))
    }
}

extension Network: ForeignConvertible {
    public static var foreignName: String { "Network" }
}

extension WindowAttention: ForeignConvertible {
    public static var foreignName: String { "WindowAttention" }
}

extension LayerNorm2d: ForeignConvertible {
    public static var foreignName: String { "LayerNorm2d" }
}

extension HardSigmoid: ForeignConvertible {
    public static var foreignName: String { "HardSigmoid" }
}

private typealias Maker = @Sendable (_ classes: Int, _ inputChannels: Int) throws -> Network
private typealias SwitchedMaker =
    @Sendable (
        _ classes: Int, _ inputChannels: Int, _ option: Bool
    ) throws -> Network
private typealias SizedMaker =
    @Sendable (
        _ classes: Int, _ inputChannels: Int, _ imageSize: Int
    ) throws -> Network

private let vggNetworks: [(String, Int, SwitchedMaker)] = [
    ("VGG11", 11, { try VGG11(classes: $0, inputChannels: $1, batchNorm: $2) }),
    ("VGG13", 13, { try VGG13(classes: $0, inputChannels: $1, batchNorm: $2) }),
    ("VGG16", 16, { try VGG16(classes: $0, inputChannels: $1, batchNorm: $2) }),
    ("VGG19", 19, { try VGG19(classes: $0, inputChannels: $1, batchNorm: $2) }),
]

private let residualNetworks: [(String, String, SwitchedMaker)] = [
    (
        "ResNet18", "ResNet with 18 layers of weights",
        { try ResNet18(classes: $0, inputChannels: $1, smallImages: $2) }
    ),
    (
        "ResNet34", "ResNet with 34 layers of weights",
        { try ResNet34(classes: $0, inputChannels: $1, smallImages: $2) }
    ),
    (
        "ResNet50", "ResNet with 50 layers of weights",
        { try ResNet50(classes: $0, inputChannels: $1, smallImages: $2) }
    ),
    (
        "ResNet101", "ResNet with 101 layers of weights",
        { try ResNet101(classes: $0, inputChannels: $1, smallImages: $2) }
    ),
    (
        "ResNet152", "ResNet with 152 layers of weights",
        { try ResNet152(classes: $0, inputChannels: $1, smallImages: $2) }
    ),
    (
        "ResNeXt50", "ResNeXt-50 32x4d, a ResNet with grouped convolutions",
        { try ResNeXt50(classes: $0, inputChannels: $1, smallImages: $2) }
    ),
    (
        "WideResNet50", "Wide ResNet-50-2, a ResNet of twice the width",
        { try WideResNet50(classes: $0, inputChannels: $1, smallImages: $2) }
    ),
]

private typealias InceptionMaker = @Sendable (Int, Int, Bool, Bool) throws -> Network

private let inceptionNetworks: [(String, String, Bool, InceptionMaker)] = [
    (
        "GoogLeNet", "The first Inception network, for images from 15x15 pixels", false,
        {
            try GoogLeNet(
                classes: $0, inputChannels: $1, auxiliaryHeads: $2, transformInput: $3)
        }
    ),
    (
        "InceptionV3", "The third Inception network, for images from 75x75 pixels", true,
        {
            try InceptionV3(
                classes: $0, inputChannels: $1, auxiliaryHeads: $2, transformInput: $3)
        }
    ),
]

private let otherConvolutionalNetworks: [(String, String, Maker)] = [
    (
        "DenseNet121", "DenseNet with 121 layers of weights, for images from 29x29 pixels",
        { try DenseNet121(classes: $0, inputChannels: $1) }
    ),
    (
        "MobileNetV2", "MobileNetV2, small and quick: 3.5 million parameters",
        { try MobileNetV2(classes: $0, inputChannels: $1) }
    ),
    (
        "MobileNetV3Small", "The small MobileNetV3: 2.5 million parameters",
        { try MobileNetV3Small(classes: $0, inputChannels: $1) }
    ),
    (
        "MobileNetV3Large", "The large MobileNetV3: 5.5 million parameters",
        { try MobileNetV3Large(classes: $0, inputChannels: $1) }
    ),
    (
        "EfficientNetB0", "EfficientNet-B0: 5.3 million parameters",
        { try EfficientNetB0(classes: $0, inputChannels: $1) }
    ),
    (
        "EfficientNetLite0", "EfficientNet-Lite0, for small processors: 4.7 million parameters",
        { try EfficientNetLite0(classes: $0, inputChannels: $1) }
    ),
    (
        "ConvNeXtTiny", "ConvNeXt-T, for images from 32x32 pixels: 29 million parameters",
        { try ConvNeXtTiny(classes: $0, inputChannels: $1) }
    ),
]

private let transformers: [(String, String, SizedMaker)] = [
    (
        "ViT_B16", "ViT-B/16, a vision transformer: 87 million parameters",
        { try ViT_B16(classes: $0, inputChannels: $1, imageSize: $2) }
    ),
    (
        "ViT_B32", "ViT-B/32, a vision transformer: 88 million parameters",
        { try ViT_B32(classes: $0, inputChannels: $1, imageSize: $2) }
    ),
    (
        "ViT_L16", "ViT-L/16, a large vision transformer: 304 million parameters",
        { try ViT_L16(classes: $0, inputChannels: $1, imageSize: $2) }
    ),
    (
        "DeiTTiny", "DeiT-Tiny, a vision transformer: 5.7 million parameters",
        { try DeiTTiny(classes: $0, inputChannels: $1, imageSize: $2) }
    ),
    (
        "DeiTSmall", "DeiT-Small, a vision transformer: 22 million parameters",
        { try DeiTSmall(classes: $0, inputChannels: $1, imageSize: $2) }
    ),
]
