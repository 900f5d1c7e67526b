// swift-format-ignore-file: AlwaysUseLowerCamelCase
import NeuralNetworks

/// What a MobileNetV3 is made of.
///
/// MobileNetV2's blocks, arranged by a search for what is fast on a telephone, with attention between
/// channels and an activation that is cheap to compute.
///
/// Source: Howard et al., "Searching for MobileNetV3", 2019. Names and numbers are torchvision's.
public struct MobileNetV3Config: Architecture {
    /// One block: its window, its channels inside and those that come out, whether it has attention
    /// between channels, whether its activation is HardSwish rather than ReLU, and its stride.
    public struct Block: Sendable {
        /// Height and width of the depthwise window.
        public var kernel: Int
        /// The channels inside, where the depthwise convolution works.
        public var inner: Int
        /// The channels that come out.
        public var channels: Int
        /// Whether a `SqueezeExcitation` follows the depthwise convolution.
        public var isAttending: Bool
        /// Whether the activation is `HardSwish` rather than `ReLU`.
        public var isSwish: Bool
        /// The stride of the depthwise convolution, 1 or 2.
        public var stride: Int

        /// A block, in the order of the columns of the paper's tables 1 and 2.
        public init(
            kernel: Int, inner: Int, channels: Int, isAttending: Bool, isSwish: Bool, stride: Int
        ) {
            self.kernel = kernel
            self.inner = inner
            self.channels = channels
            self.isAttending = isAttending
            self.isSwish = isSwish
            self.stride = stride
        }
    }

    public var name: String
    /// The blocks between the first convolution and the last.
    public var blocks: [Block]
    /// The features of the hidden linear layer.
    public var hidden: Int
    /// The share of features that training drops in front of the classifier.
    public var dropout = 0.2
    public var classes = 1000
    public var inputChannels = 3
    public var imageSize: Int { 224 }

    /// A network of the given blocks.
    public init(_ name: String, blocks: [Block], hidden: Int) {
        self.name = name
        self.blocks = blocks
        self.hidden = hidden
    }

    private init(_ name: String, _ rows: [(Int, Int, Int, Bool, Bool, Int)], hidden: Int) {
        self.init(
            name,
            blocks: rows.map {
                Block(
                    kernel: $0, inner: $1, channels: $2, isAttending: $3, isSwish: $4, stride: $5)
            }, hidden: hidden)
    }

    /// The larger of the paper's networks.
    public static let large = Self(
        "MobileNetV3Large",
        [
            (3, 16, 16, false, false, 1), (3, 64, 24, false, false, 2),
            (3, 72, 24, false, false, 1), (5, 72, 40, true, false, 2),
            (5, 120, 40, true, false, 1), (5, 120, 40, true, false, 1),
            (3, 240, 80, false, true, 2), (3, 200, 80, false, true, 1),
            (3, 184, 80, false, true, 1), (3, 184, 80, false, true, 1),
            (3, 480, 112, true, true, 1), (3, 672, 112, true, true, 1),
            (5, 672, 160, true, true, 2), (5, 960, 160, true, true, 1),
            (5, 960, 160, true, true, 1),
        ], hidden: 1280)
    /// The smaller of the paper's networks.
    public static let small = Self(
        "MobileNetV3Small",
        [
            (3, 16, 16, true, false, 2), (3, 72, 24, false, false, 2),
            (3, 88, 24, false, false, 1), (5, 96, 40, true, true, 2),
            (5, 240, 40, true, true, 1), (5, 240, 40, true, true, 1),
            (5, 120, 48, true, true, 1), (5, 144, 48, true, true, 1),
            (5, 288, 96, true, true, 2), (5, 576, 96, true, true, 1),
            (5, 576, 96, true, true, 1),
        ], hidden: 1024)

    private var norm: BatchNormSettings { BatchNormSettings(epsilon: 1e-3, momentum: 0.01) }

    public func layers() throws -> Sequential {
        let stem = 16
        let narrow = blocks.last?.channels ?? stem
        let last = 6 &* narrow
        let network = try Sequential {
            try Sequential {
                try convolutionUnit(
                    inputChannels, stem, stride: 2, norm: norm, activation: HardSwish())
                for (position, block) in blocks.enumerated() {
                    try self.block(position == 0 ? stem : blocks[position - 1].channels, block)
                }
                try convolutionUnit(narrow, last, kernel: 1, norm: norm, activation: HardSwish())
            }.named("features")
            GlobalAvgPool2d().named("avgpool")
            try Sequential {
                try Linear(inputs: last, outputs: hidden)
                HardSwish()
                try Dropout(probability: dropout)
                try Linear(inputs: hidden, outputs: classes)
            }.named("classifier")
        }
        try beginAsMobileNets(network)
        return network
    }

    private func block(_ inputs: Int, _ block: Block) throws -> any Layer {
        let activation: any Layer = block.isSwish ? HardSwish() : ReLU()
        let inner = block.inner
        return try residualBlock(
            "InvertedResidual", keepsShape: block.stride == 1 && inputs == block.channels
        ) {
            try Sequential {
                if inner != inputs {
                    try convolutionUnit(
                        inputs, inner, kernel: 1, norm: norm, activation: activation)
                }
                try convolutionUnit(
                    inner, inner, kernel: block.kernel, stride: block.stride, groups: inner,
                    norm: norm, activation: activation)
                if block.isAttending {
                    try SqueezeExcitation(
                        channels: inner, squeezed: roundedChannels(Double(inner / 4)),
                        gate: HardSigmoid())
                }
                try convolutionUnit(inner, block.channels, kernel: 1, norm: norm, activation: nil)
            }.named("block")
        }
    }
}

/// The large MobileNetV3 with 5,483,032 parameters, for images of any size.
///
///     try MobileNetV3Large(classes: 10)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func MobileNetV3Large(classes: Int = 1000, inputChannels: Int = 3) throws -> Network {
    try MobileNetV3Config.large.network(classes: classes, inputChannels: inputChannels)
}

/// The small MobileNetV3 with 2,542,856 parameters, for images of any size.
///
///     try MobileNetV3Small(classes: 10)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func MobileNetV3Small(classes: Int = 1000, inputChannels: Int = 3) throws -> Network {
    try MobileNetV3Config.small.network(classes: classes, inputChannels: inputChannels)
}
