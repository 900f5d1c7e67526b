// swift-format-ignore-file: AlwaysUseLowerCamelCase
import NeuralNetworks

/// What a MobileNetV2 is made of.
///
/// A network for telephones: convolutions are taken apart into one of each channel and one across
/// channels, and residuals connect the narrow layers between wide ones.
///
/// Source: Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", 2018. Names and
/// numbers are torchvision's.
public struct MobileNetV2Config: Architecture {
    /// Blocks of one kind: how many times wider they are inside, their channels, how many there
    /// are, and the stride of the first.
    public struct Stage: Sendable {
        /// How many times the input's channels a block has inside; t of the paper.
        public var expansion: Int
        /// The channels that come out, before `width` multiplies them; c of the paper.
        public var channels: Int
        /// How many blocks there are; n of the paper.
        public var repeats: Int
        /// The stride of the first block, the others having 1; s of the paper.
        public var stride: Int

        /// A stage of blocks, in the order of the columns of the paper's table 2: t, c, n, s.
        public init(expansion: Int, channels: Int, repeats: Int, stride: Int) {
            self.expansion = expansion
            self.channels = channels
            self.repeats = repeats
            self.stride = stride
        }
    }

    public var name = "MobileNetV2"
    /// The stages between the first convolution and the last, by default those of the paper.
    public var stages: [Stage] = [
        (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2),
        (6, 320, 1, 1),
    ].map { Stage(expansion: $0, channels: $1, repeats: $2, stride: $3) }
    /// By what all channels are multiplied.
    public var width = 1.0
    /// The share of features that training drops in front of the classifier.
    public var dropout = 0.2
    public var classes = 1000
    public var inputChannels = 3
    public var imageSize: Int { 224 }

    public init() {}

    /// The network of the paper.
    public static let mobileNetV2 = Self()

    public func layers() throws -> Sequential {
        guard (0.01...100).contains(width) else {
            throw LayerError(
                layer: name, problem: "'width' is out of range", expected: "0.01...100",
                got: "\(width)")
        }
        let last = roundedChannels(1280 * max(1, width))
        let network = try Sequential {
            try features(last: last).named("features")
            GlobalAvgPool2d().named("avgpool")
            try Sequential {
                try Dropout(probability: dropout)
                try Linear(inputs: last, outputs: classes)
            }.named("classifier")
        }
        try beginAsMobileNets(network)
        return network
    }

    private func features(last: Int) throws -> Sequential {
        var channels = roundedChannels(32 * width)
        var blocks: [any Layer] = [
            try convolutionUnit(inputChannels, channels, stride: 2, activation: ReLU6())
        ]
        for stage in stages {
            let outputs = roundedChannels(Double(stage.channels) * width)
            for position in 0..<max(0, stage.repeats) {
                blocks.append(
                    try block(
                        channels, outputs, stride: position == 0 ? stage.stride : 1,
                        expansion: stage.expansion))
                channels = outputs
            }
        }
        blocks.append(try convolutionUnit(channels, last, kernel: 1, activation: ReLU6()))
        return try Sequential(layers: blocks)
    }

    private func block(
        _ inputs: Int, _ outputs: Int, stride: Int, expansion: Int
    ) throws -> any Layer {
        let inner = inputs &* expansion
        return try residualBlock(
            "InvertedResidual", keepsShape: stride == 1 && inputs == outputs
        ) {
            try Sequential {
                if expansion != 1 {
                    try convolutionUnit(inputs, inner, kernel: 1, activation: ReLU6())
                }
                try convolutionUnit(
                    inner, inner, stride: stride, groups: inner, activation: ReLU6())
                try convolution(inner, outputs, kernel: 1)
                try BatchNorm2d(features: outputs)
            }.named("conv")
        }
    }
}

/// The first weights of MobileNets, as torchvision's.
func beginAsMobileNets(_ network: Sequential) throws {
    try network.initialize(.kaimingNormal(mode: .fanOut)) { _, shape in shape.count == 4 }
    try network.initialize(.normal(standardDeviation: 0.01)) { _, shape in shape.count == 2 }
    try network.initialize(.constant(0)) { name, _ in name.hasSuffix("bias") }
}

/// MobileNetV2 with 3,504,872 parameters, for images of any size.
///
///     try MobileNetV2(classes: 10)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func MobileNetV2(classes: Int = 1000, inputChannels: Int = 3) throws -> Network {
    try MobileNetV2Config.mobileNetV2.network(classes: classes, inputChannels: inputChannels)
}
