// swift-format-ignore-file: AlwaysUseLowerCamelCase
import NeuralNetworks

/// What a GoogLeNet is made of.
///
/// The first Inception network: modules that look at their input with windows of several sizes at
/// once, made cheap by 1x1 convolutions before the larger ones.
///
/// Source: Szegedy et al., "Going Deeper with Convolutions", 2015. Names and numbers are
/// torchvision's: with batch normalisation, and 3x3 windows where the paper has 5x5.
public struct GoogLeNetConfig: Architecture {
    /// The channels of an Inception module's branches: 1x1, 3x3 with what comes before it, 5x5
    /// with what comes before it, and the one after pooling.
    struct Module {
        let one: Int
        let three: (before: Int, after: Int)
        let five: (before: Int, after: Int)
        let pooled: Int

        init(_ one: Int, _ three: (Int, Int), _ five: (Int, Int), _ pooled: Int) {
            self.one = one
            self.three = three
            self.five = five
            self.pooled = pooled
        }
    }

    public var name = "GoogLeNet"
    /// Whether the two heads in the middle are there, which help in training.
    public var auxiliaryHeads = false
    /// Whether images normalised by ImageNet's statistics are brought to -1...1 first, as the
    /// published weights want it.
    public var transformsInput = false
    /// The share of features that training drops in front of the classifier.
    public var dropout = 0.2
    /// The share of features that training drops in each of the two heads in the middle.
    public var auxiliaryDropout = 0.7
    public var classes = 1000
    public var inputChannels = 3
    public var imageSize: Int { 224 }

    public init() {}

    /// The network of the paper.
    public static let googLeNet = Self()

    public func layers() throws -> Sequential {
        try requireColors(name, transformsInput, inputChannels)
        let network = try Sequential {
            if transformsInput { inputTransform().named("transform_input") }
            try inceptionUnit(
                inputChannels, 64,
                InceptionWindow(kernel: [7, 7], stride: 2, padding: [3, 3])
            ).named("conv1")
            MaxPool2d(3, stride: 2, ceilMode: true).named("maxpool1")
            try inceptionUnit(64, 64).named("conv2")
            try inceptionUnit(64, 192, .same(3, 3)).named("conv3")
            MaxPool2d(3, stride: 2, ceilMode: true).named("maxpool2")
            try module(192, Module(64, (96, 128), (16, 32), 32)).named("inception3a")
            try module(256, Module(128, (128, 192), (32, 96), 64)).named("inception3b")
            MaxPool2d(3, stride: 2, ceilMode: true).named("maxpool3")
            try module(480, Module(192, (96, 208), (16, 48), 64)).named("inception4a")
            if auxiliaryHeads { try head(512).named("aux1") }
            try module(512, Module(160, (112, 224), (24, 64), 64)).named("inception4b")
            try module(512, Module(128, (128, 256), (24, 64), 64)).named("inception4c")
            try module(512, Module(112, (144, 288), (32, 64), 64)).named("inception4d")
            if auxiliaryHeads { try head(528).named("aux2") }
            try module(528, Module(256, (160, 320), (32, 128), 128)).named("inception4e")
            MaxPool2d(2, stride: 2, ceilMode: true).named("maxpool4")
            try module(832, Module(256, (160, 320), (32, 128), 128)).named("inception5a")
            try module(832, Module(384, (192, 384), (48, 128), 128)).named("inception5b")
            GlobalAvgPool2d().named("avgpool")
            try Dropout(probability: dropout).named("dropout")
            try Linear(inputs: 1024, outputs: classes).named("fc")
        }
        try network.initialize(.truncatedNormal(standardDeviation: 0.01))
        return network
    }

    private func module(_ inputs: Int, _ module: Module) throws -> Parallel {
        try Parallel(branches: [
            inceptionUnit(inputs, module.one).named("branch1"),
            Sequential {
                try inceptionUnit(inputs, module.three.before)
                try inceptionUnit(module.three.before, module.three.after, .same(3, 3))
            }.named("branch2"),
            Sequential {
                try inceptionUnit(inputs, module.five.before)
                try inceptionUnit(module.five.before, module.five.after, .same(3, 3))
            }.named("branch3"),
            Sequential {
                MaxPool2d(3, stride: 1, padding: 1, ceilMode: true)
                try inceptionUnit(inputs, module.pooled)
            }.named("branch4"),
        ])
    }

    private func head(_ inputs: Int) throws -> AuxiliaryHead {
        try AuxiliaryHead {
            AdaptiveAvgPool2d(4).named("pool")
            try inceptionUnit(inputs, 128).named("conv")
            Flatten().named("flatten")
            try Linear(inputs: 2048, outputs: 1024).named("fc1")
            ReLU().named("relu")
            try Dropout(probability: auxiliaryDropout).named("dropout")
            try Linear(inputs: 1024, outputs: classes).named("fc2")
        }
    }
}

/// Throws where an input that is to be transformed does not have ImageNet's three channels.
func requireColors(_ name: String, _ transformsInput: Bool, _ inputChannels: Int) throws {
    guard transformsInput, inputChannels != 3 else { return }
    throw LayerError(
        layer: name, problem: "'transformInput' needs colour images",
        expected: "inputChannels: 3", got: "\(inputChannels)")
}

/// GoogLeNet with 6,624,904 parameters, 13,004,888 with its auxiliary heads, for images of 15x15
/// pixels or more.
///
///     try GoogLeNet(classes: 10)(Tensor.zeros([1, 3, 96, 96])).shape  // [1, 10]
///
/// `transformInput` brings images that were normalised by ImageNet's statistics to -1...1, which the
/// published weights want. Throws where a number is not positive.
public func GoogLeNet(
    classes: Int = 1000, inputChannels: Int = 3, auxiliaryHeads: Bool = false,
    transformInput: Bool = false
) throws -> Network {
    var config = GoogLeNetConfig.googLeNet
    config.auxiliaryHeads = auxiliaryHeads
    config.transformsInput = transformInput
    return try config.network(classes: classes, inputChannels: inputChannels)
}
