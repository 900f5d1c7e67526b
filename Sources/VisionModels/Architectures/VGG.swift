// swift-format-ignore-file: AlwaysUseLowerCamelCase
import NeuralNetworks

/// What a VGG is made of.
///
/// Networks of nothing but 3x3 convolutions, maxima and three linear layers: two 3x3 windows see as
/// much as one of 5x5, with fewer weights and one more rectifier.
///
/// Source: Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image
/// Recognition", 2015. Names and numbers are torchvision's.
public struct VGGConfig: Architecture {
    public var name: String
    /// How many convolutions stand before each of the five poolings.
    public var convolutions: [Int]
    /// The channels of the five stages.
    public var channels = [64, 128, 256, 512, 512]
    /// Whether batch normalisation follows each convolution.
    public var batchNorm = false
    /// The features of the two hidden linear layers.
    public var hidden = 4096
    /// The share of features that training drops behind each hidden linear layer.
    public var dropout = 0.5
    public var classes = 1000
    public var inputChannels = 3
    public var imageSize: Int { 224 }

    /// A network with as many convolutions in each stage.
    public init(_ name: String, convolutions: [Int]) {
        self.name = name
        self.convolutions = convolutions
    }

    /// Configuration A of the paper.
    public static let vgg11 = Self("VGG11", convolutions: [1, 1, 2, 2, 2])
    /// Configuration B of the paper.
    public static let vgg13 = Self("VGG13", convolutions: [2, 2, 2, 2, 2])
    /// Configuration D of the paper.
    public static let vgg16 = Self("VGG16", convolutions: [2, 2, 3, 3, 3])
    /// Configuration E of the paper.
    public static let vgg19 = Self("VGG19", convolutions: [2, 2, 4, 4, 4])

    public func layers() throws -> Sequential {
        guard let last = channels.last, channels.count == convolutions.count else {
            throw LayerError(
                layer: name, problem: "the stages do not fit together",
                expected: "as many channels as convolutions",
                got: "\(channels) and \(convolutions)")
        }
        let network = try Sequential {
            try features().named("features")
            AdaptiveAvgPool2d(7).named("avgpool")
            Flatten().named("flatten")
            try Sequential {
                try Linear(inputs: last &* 7 &* 7, outputs: hidden)
                ReLU()
                try Dropout(probability: dropout)
                try Linear(inputs: hidden, outputs: hidden)
                ReLU()
                try Dropout(probability: dropout)
                try Linear(inputs: hidden, outputs: classes)
            }.named("classifier")
        }
        try network.initialize(.kaimingNormal(mode: .fanOut)) { _, shape in shape.count == 4 }
        try network.initialize(.normal(standardDeviation: 0.01)) { _, shape in
            shape.count == 2
        }
        try network.initialize(.constant(0)) { name, _ in name.hasSuffix("bias") }
        return network
    }

    private func features() throws -> Sequential {
        let inputs = [inputChannels] + channels
        return try Sequential {
            for (stage, count) in convolutions.enumerated() {
                for position in 0..<max(0, count) {
                    try convolution(
                        position == 0 ? inputs[stage] : channels[stage], channels[stage],
                        bias: true)
                    if batchNorm { try BatchNorm2d(features: channels[stage]) }
                    ReLU()
                }
                MaxPool2d(2)
            }
        }
    }

    func network(classes: Int, inputChannels: Int, batchNorm: Bool) throws -> Network {
        var changed = self
        changed.batchNorm = batchNorm
        return try changed.network(classes: classes, inputChannels: inputChannels)
    }
}

/// VGG with 11 layers of weights, 132,863,336 parameters (132,868,840 with `batchNorm`), for images
/// of 32x32 pixels or more.
///
///     try VGG11(classes: 10, batchNorm: true)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func VGG11(
    classes: Int = 1000, inputChannels: Int = 3, batchNorm: Bool = false
) throws -> Network {
    try VGGConfig.vgg11.network(
        classes: classes, inputChannels: inputChannels, batchNorm: batchNorm)
}

/// VGG with 13 layers of weights, 133,047,848 parameters (133,053,736 with `batchNorm`), for images
/// of 32x32 pixels or more.
///
///     try VGG13(classes: 10)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func VGG13(
    classes: Int = 1000, inputChannels: Int = 3, batchNorm: Bool = false
) throws -> Network {
    try VGGConfig.vgg13.network(
        classes: classes, inputChannels: inputChannels, batchNorm: batchNorm)
}

/// VGG with 16 layers of weights, 138,357,544 parameters (138,365,992 with `batchNorm`), for images
/// of 32x32 pixels or more.
///
///     try VGG16(classes: 10)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func VGG16(
    classes: Int = 1000, inputChannels: Int = 3, batchNorm: Bool = false
) throws -> Network {
    try VGGConfig.vgg16.network(
        classes: classes, inputChannels: inputChannels, batchNorm: batchNorm)
}

/// VGG with 19 layers of weights, 143,667,240 parameters (143,678,248 with `batchNorm`), for images
/// of 32x32 pixels or more.
///
///     try VGG19(classes: 10)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func VGG19(
    classes: Int = 1000, inputChannels: Int = 3, batchNorm: Bool = false
) throws -> Network {
    try VGGConfig.vgg19.network(
        classes: classes, inputChannels: inputChannels, batchNorm: batchNorm)
}
