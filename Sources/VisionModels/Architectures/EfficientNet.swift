// swift-format-ignore-file: AlwaysUseLowerCamelCase
import NeuralNetworks

/// What an EfficientNet is made of.
///
/// MobileNet's blocks with attention between channels, in proportions of depth, width and image size
/// that a search found to be best for their cost.
///
/// Source: Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks",
/// 2019. Names and numbers are torchvision's.
public struct EfficientNetConfig: Architecture {
    /// Blocks of one kind: how many times wider they are inside, their window, the stride of the
    /// first, their channels, and how many there are.
    public struct Stage: Sendable {
        /// How many times the input's channels a block has inside.
        public var expansion: Int
        /// Height and width of the depthwise window.
        public var kernel: Int
        /// The stride of the first block; the others have 1.
        public var stride: Int
        /// The channels that come out of each block.
        public var channels: Int
        /// How many blocks there are.
        public var repeats: Int

        /// Such blocks; B0's third stage is (6, 5, 2, 40, 2) in this order.
        public init(expansion: Int, kernel: Int, stride: Int, channels: Int, repeats: Int) {
            self.expansion = expansion
            self.kernel = kernel
            self.stride = stride
            self.channels = channels
            self.repeats = repeats
        }
    }

    public var name: String
    /// The stages between the first convolution and the last, by default those of B0.
    public var stages: [Stage] = [
        (1, 3, 1, 16, 1), (6, 3, 2, 24, 2), (6, 5, 2, 40, 2), (6, 3, 2, 80, 3), (6, 5, 1, 112, 3),
        (6, 5, 2, 192, 4), (6, 3, 1, 320, 1),
    ].map { Stage(expansion: $0, kernel: $1, stride: $2, channels: $3, repeats: $4) }
    /// The share of features that training drops in front of the classifier.
    public var dropout = 0.2
    /// How often the branch of the last block is left out in training; it rises from 0.
    public var dropPath = 0.2
    public var classes = 1000
    public var inputChannels = 3
    public var imageSize: Int { 224 }

    /// A network of the paper's blocks.
    public init(_ name: String) { self.name = name }

    /// The network that the others are scaled from.
    public static let b0 = Self("EfficientNetB0")

    public func layers() throws -> Sequential {
        let narrow = stages.last?.channels ?? 32
        let network = try Sequential {
            try features(last: narrow).named("features")
            GlobalAvgPool2d().named("avgpool")
            try Sequential {
                try Dropout(probability: dropout)
                try Linear(inputs: 4 &* narrow, outputs: classes)
            }.named("classifier")
        }
        let bound = 1 / Double(classes).squareRoot()
        try network.initialize(.kaimingNormal(mode: .fanOut)) { _, shape in shape.count == 4 }
        try network.initialize(.uniform(-bound, bound)) { _, shape in shape.count == 2 }
        try network.initialize(.constant(0)) { name, _ in name.hasSuffix("bias") }
        return network
    }

    private func features(last narrow: Int) throws -> Sequential {
        let count = stages.reduce(0) { $0 + max(0, $1.repeats) }
        var parts: [any Layer] = [
            try convolutionUnit(inputChannels, 32, stride: 2, activation: SiLU())
        ]
        var channels = 32
        var done = 0
        for stage in stages {
            var blocks: [any Layer] = []
            for position in 0..<max(0, stage.repeats) {
                blocks.append(
                    try block(
                        channels, stage, stride: position == 0 ? stage.stride : 1,
                        dropPath: dropPath * Double(done) / Double(count)))
                channels = stage.channels
                done += 1
            }
            parts.append(try Sequential(layers: blocks))
        }
        parts.append(try convolutionUnit(narrow, 4 &* narrow, kernel: 1, activation: SiLU()))
        return try Sequential(layers: parts)
    }

    private func block(
        _ inputs: Int, _ stage: Stage, stride: Int, dropPath: Double
    ) throws -> any Layer {
        let inner = roundedChannels(Double(inputs &* stage.expansion))
        let keepsShape = stride == 1 && inputs == stage.channels
        return try residualBlock("MBConv", keepsShape: keepsShape) {
            try Sequential {
                if inner != inputs {
                    try convolutionUnit(inputs, inner, kernel: 1, activation: SiLU())
                }
                try convolutionUnit(
                    inner, inner, kernel: stage.kernel, stride: stride, groups: inner,
                    activation: SiLU())
                try SqueezeExcitation(
                    channels: inner, squeezed: max(1, inputs / 4), activation: SiLU())
                try convolutionUnit(inner, stage.channels, kernel: 1, activation: nil)
            }.named("block")
            if keepsShape { try DropPath(probability: dropPath).named("stochastic_depth") }
        }
    }
}

/// EfficientNet-B0 with 5,288,548 parameters, for images of any size.
///
///     try EfficientNetB0(classes: 10)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func EfficientNetB0(classes: Int = 1000, inputChannels: Int = 3) throws -> Network {
    try EfficientNetConfig.b0.network(classes: classes, inputChannels: inputChannels)
}
