// swift-format-ignore-file: AlwaysUseLowerCamelCase
import NeuralNetworks

/// What an EfficientNet-Lite is made of.
///
/// EfficientNet for processors of phones: without attention between channels, with `ReLU6` in place
/// of `SiLU`, which 8-bit arithmetic does well.
///
/// Sources: Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks",
/// 2019; Liu, "Higher accuracy on vision models with EfficientNet-Lite", 2020. Names are timm's;
/// padding is TensorFlow's, whose odd pixel goes to the bottom and the right.
public struct EfficientNetLiteConfig: Architecture {
    /// Blocks of one kind after each other, the first of which has the stride.
    public struct Stage: Sendable, Hashable {
        /// Height and width of the depthwise window.
        public var kernel: Int
        /// How many blocks there are.
        public var blocks: Int
        /// The stride of the first block; the others have 1.
        public var stride: Int
        /// How many times the input's channels the depthwise convolution has.
        public var expansion: Int
        /// The channels that come out.
        public var channels: Int

        /// A stage of `blocks` alike blocks, the first of which may change channels and size.
        public init(kernel: Int, blocks: Int, stride: Int, expansion: Int, channels: Int) {
            self.kernel = kernel
            self.blocks = blocks
            self.stride = stride
            self.expansion = expansion
            self.channels = channels
        }
    }

    public var name: String
    /// The channels of the first convolution.
    public var stem = 32
    /// The stages between the first convolution and the last.
    public var stages: [Stage]
    /// The features in front of the classifier.
    public var features = 1280
    /// The share of features that training drops.
    public var dropout = 0.2
    public var classes = 1000
    public var inputChannels = 3
    public let imageSize = 224

    /// A network of the given stages.
    public init(_ name: String, stages: [Stage]) {
        self.name = name
        self.stages = stages
    }

    /// The smallest of the family.
    public static let lite0 = Self(
        "EfficientNetLite0",
        stages: [
            (3, 1, 1, 1, 16), (3, 2, 2, 6, 24), (5, 2, 2, 6, 40), (3, 3, 2, 6, 80),
            (5, 3, 1, 6, 112), (5, 4, 2, 6, 192), (3, 1, 1, 6, 320),
        ].map {
            Stage(kernel: $0.0, blocks: $0.1, stride: $0.2, expansion: $0.3, channels: $0.4)
        })

    public func layers() throws -> Sequential {
        let inputs = [stem] + stages.map(\.channels)
        let network = try Sequential {
            try convolution(inputChannels, stem, kernel: 3, stride: 2).named("conv_stem")
            try norm(stem).named("bn1")
            ReLU6().named("act1")
            try Sequential {
                for (inputs, stage) in zip(inputs, stages) { try layers(of: stage, inputs) }
            }.named("blocks")
            try convolution(inputs[stages.count], features, kernel: 1).named("conv_head")
            try norm(features).named("bn2")
            ReLU6().named("act2")
            GlobalAvgPool2d().named("global_pool")
            try Dropout(probability: dropout).named("drop")
            try Linear(inputs: features, outputs: classes).named("classifier")
        }
        try network.initialize(.kaimingNormal(mode: .fanOut)) { _, shape in shape.count == 4 }
        return network
    }

    private func layers(of stage: Stage, _ inputs: Int) throws -> Sequential {
        try Sequential {
            for position in 0..<max(0, stage.blocks) {
                let isFirst = position == 0
                try block(
                    of: stage, isFirst ? inputs : stage.channels, stride: isFirst ? stage.stride : 1
                )
            }
        }
    }

    /// An inverted bottleneck: more channels, a convolution of each alone, fewer channels.
    private func block(of stage: Stage, _ inputs: Int, stride: Int) throws -> any Layer {
        let inner = inputs &* stage.expansion
        let body = { () throws -> [any Layer] in
            let depthwise = try convolution(
                inner, inner, kernel: stage.kernel, stride: stride, groups: inner)
            guard stage.expansion != 1 else {
                return try [
                    depthwise.named("conv_dw"), norm(inner).named("bn1"), ReLU6().named("act1"),
                    convolution(inner, stage.channels, kernel: 1).named("conv_pw"),
                    norm(stage.channels).named("bn2"),
                ]
            }
            return try [
                convolution(inputs, inner, kernel: 1).named("conv_pw"), norm(inner).named("bn1"),
                ReLU6().named("act1"), depthwise.named("conv_dw"), norm(inner).named("bn2"),
                ReLU6().named("act2"),
                convolution(inner, stage.channels, kernel: 1).named("conv_pwl"),
                norm(stage.channels).named("bn3"),
            ]
        }
        guard stride == 1, inputs == stage.channels else {
            return try Sequential(layers: body())
        }
        return try Residual(kind: "InvertedResidual") { for layer in try body() { layer } }
    }

    private func convolution(
        _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int = 1, groups: Int = 1
    ) throws -> Conv2d {
        try Conv2d(
            inputs: inputs, outputs: outputs, kernel: kernel, stride: stride, padding: .same,
            groups: groups, bias: false)
    }

    private func norm(_ features: Int) throws -> BatchNorm2d {
        try BatchNorm2d(features: features, epsilon: 1e-3)
    }
}

/// EfficientNet-Lite0, 4,652,008 parameters, for images of any size, published for 224x224.
///
///     try EfficientNetLite0(classes: 10)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func EfficientNetLite0(classes: Int = 1000, inputChannels: Int = 3) throws -> Network {
    try EfficientNetLiteConfig.lite0.network(classes: classes, inputChannels: inputChannels)
}
