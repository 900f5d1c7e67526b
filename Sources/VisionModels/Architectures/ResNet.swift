// swift-format-ignore-file: AlwaysUseLowerCamelCase
import NeuralNetworks

/// What a residual network is made of.
///
/// Networks of residual blocks, which add what they find to what they were given, so that a hundred
/// layers train as well as ten.
///
/// Sources: He et al., "Deep Residual Learning for Image Recognition", 2016; Xie et al., "Aggregated
/// Residual Transformations for Deep Neural Networks", 2017 (ResNeXt); Zagoruyko and Komodakis,
/// "Wide Residual Networks", 2016. Names and numbers are torchvision's: the stride of a bottleneck
/// lies in its 3x3 convolution.
public struct ResNetConfig: Architecture {
    public var name: String
    /// The number of blocks in each stage; each stage after the first halves the image and
    /// doubles the channels.
    public var blocks: [Int]
    /// Whether blocks are 1x1, 3x3 and 1x1 convolutions, rather than two of 3x3.
    public var isBottleneck = false
    /// How many groups the 3x3 convolution of a bottleneck has.
    public var groups = 1
    /// The channels of a group in the first stage, if that has 64.
    public var widthPerGroup = 64
    /// The channels of the first stage.
    public var width = 64
    /// Whether the network begins with a 3x3 window without stride or pooling, as it should for
    /// images of 28x28 or 32x32 pixels, rather than with one of 7x7.
    public var smallImages = false
    public var classes = 1000
    public var inputChannels = 3
    public var imageSize: Int { smallImages ? 32 : 224 }

    /// A network with as many blocks in each stage.
    public init(_ name: String, blocks: [Int], isBottleneck: Bool = false) {
        self.name = name
        self.blocks = blocks
        self.isBottleneck = isBottleneck
    }

    /// 18 layers of weights.
    public static let resNet18 = Self("ResNet18", blocks: [2, 2, 2, 2])
    /// 34 layers of weights.
    public static let resNet34 = Self("ResNet34", blocks: [3, 4, 6, 3])
    /// 50 layers of weights.
    public static let resNet50 = Self("ResNet50", blocks: [3, 4, 6, 3], isBottleneck: true)
    /// 101 layers of weights.
    public static let resNet101 = Self(
        "ResNet101", blocks: [3, 4, 23, 3], isBottleneck: true)
    /// 152 layers of weights.
    public static let resNet152 = Self(
        "ResNet152", blocks: [3, 8, 36, 3], isBottleneck: true)
    /// ResNeXt-50 32x4d: 32 groups of 4 channels.
    public static let resNeXt50: Self = {
        var config = Self("ResNeXt50", blocks: [3, 4, 6, 3], isBottleneck: true)
        config.groups = 32
        config.widthPerGroup = 4
        return config
    }()
    /// Wide ResNet-50-2: bottlenecks of twice the channels.
    public static let wideResNet50: Self = {
        var config = Self("WideResNet50", blocks: [3, 4, 6, 3], isBottleneck: true)
        config.widthPerGroup = 128
        return config
    }()
    /// The paper's network for images of 32x32 pixels, with 20 layers of weights in three
    /// stages of 16, 32 and 64 channels.
    public static let resNet20: Self = {
        var config = Self("ResNet20", blocks: [3, 3, 3])
        config.width = 16
        config.smallImages = true
        config.classes = 10
        return config
    }()

    public func layers() throws -> Sequential {
        guard !blocks.isEmpty, blocks.count < 16, width > 0, width < 1 << 20 else {
            throw LayerError(
                layer: name, problem: "the configuration makes no network",
                expected: "blocks for 1 to 15 stages and a width from 1",
                got: "\(blocks) and \(width)")
        }
        let network = try Sequential {
            try Conv2d(
                inputs: inputChannels, outputs: width, kernel: smallImages ? 3 : 7,
                stride: smallImages ? 1 : 2, padding: smallImages ? 1 : 3, bias: false
            ).named("conv1")
            try BatchNorm2d(features: width).named("bn1")
            ReLU().named("relu")
            if !smallImages { MaxPool2d(3, stride: 2, padding: 1).named("maxpool") }
            for stage in blocks.indices {
                try self.stage(stage).named("layer\(stage + 1)")
            }
            GlobalAvgPool2d().named("avgpool")
            try Linear(inputs: outputs(of: blocks.count - 1), outputs: classes).named("fc")
        }
        try network.initialize(.kaimingNormal(mode: .fanOut)) { _, shape in shape.count == 4 }
        return network
    }

    /// The channels that come out of a stage.
    private func outputs(of stage: Int) -> Int { (width << stage) * (isBottleneck ? 4 : 1) }

    private func stage(_ stage: Int) throws -> Sequential {
        try Sequential {
            for position in 0..<max(0, blocks[stage]) {
                let isFirst = position == 0
                let inputs =
                    isFirst ? (stage == 0 ? width : outputs(of: stage - 1)) : outputs(of: stage)
                try block(inputs, width << stage, stride: isFirst && stage > 0 ? 2 : 1)
            }
        }
    }

    private func block(_ inputs: Int, _ channels: Int, stride: Int) throws -> Residual {
        let outputs = channels * (isBottleneck ? 4 : 1)
        let changes = stride != 1 || inputs != outputs
        let shortcut =
            changes
            ? try convolutionUnit(inputs, outputs, kernel: 1, stride: stride, activation: nil)
                .named("downsample") : nil
        return isBottleneck
            ? try bottleneck(inputs, channels, outputs, stride: stride, shortcut: shortcut)
            : try basicBlock(inputs, outputs, stride: stride, shortcut: shortcut)
    }

    private func basicBlock(
        _ inputs: Int, _ outputs: Int, stride: Int, shortcut: (any Layer)?
    ) throws -> Residual {
        try Residual(kind: "BasicBlock", shortcut: shortcut, activation: ReLU().named("relu")) {
            try convolution(inputs, outputs, stride: stride).named("conv1")
            try BatchNorm2d(features: outputs).named("bn1")
            ReLU().named("relu1")
            try convolution(outputs, outputs).named("conv2")
            try BatchNorm2d(features: outputs).named("bn2")
        }
    }

    private func bottleneck(
        _ inputs: Int, _ channels: Int, _ outputs: Int, stride: Int, shortcut: (any Layer)?
    ) throws -> Residual {
        let inner = channels &* widthPerGroup / 64 &* groups
        return try Residual(
            kind: "Bottleneck", shortcut: shortcut, activation: ReLU().named("relu")
        ) {
            try convolution(inputs, inner, kernel: 1).named("conv1")
            try BatchNorm2d(features: inner).named("bn1")
            ReLU().named("relu1")
            try convolution(inner, inner, stride: stride, groups: groups).named("conv2")
            try BatchNorm2d(features: inner).named("bn2")
            ReLU().named("relu2")
            try convolution(inner, outputs, kernel: 1).named("conv3")
            try BatchNorm2d(features: outputs).named("bn3")
        }
    }

    func network(classes: Int, inputChannels: Int, smallImages: Bool) throws -> Network {
        var changed = self
        changed.smallImages = smallImages
        return try changed.network(classes: classes, inputChannels: inputChannels)
    }
}
