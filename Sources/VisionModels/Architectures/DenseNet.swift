// swift-format-ignore-file: AlwaysUseLowerCamelCase
import NeuralNetworks

/// What a DenseNet is made of.
///
/// Networks in which each layer sees what all layers before it in its block have found, so that each
/// needs to find only little.
///
/// Source: Huang et al., "Densely Connected Convolutional Networks", 2017 (DenseNet-BC). Names and
/// numbers are torchvision's.
public struct DenseNetConfig: Architecture {
    public var name: String
    /// The number of layers in each block; channels and image are halved between blocks.
    public var blocks: [Int]
    /// How many channels each layer adds.
    public var growth = 32
    /// The channels before the first block.
    public var width = 64
    /// How many times `growth` the 1x1 convolution of a layer leaves of its input.
    public var bottleneck = 4
    /// The share of the elements of what a layer adds that training drops; 0 for none.
    public var dropout = 0.0
    public var classes = 1000
    public var inputChannels = 3
    public var imageSize: Int { 224 }

    /// A network with as many layers in each block.
    public init(_ name: String, blocks: [Int]) {
        self.name = name
        self.blocks = blocks
    }

    /// 121 layers of weights.
    public static let denseNet121 = Self("DenseNet121", blocks: [6, 12, 24, 16])

    public func layers() throws -> Sequential {
        let (features, channels) = try features()
        let network = try Sequential {
            features.named("features")
            ReLU().named("relu")
            GlobalAvgPool2d().named("avgpool")
            try Linear(inputs: channels, outputs: classes).named("classifier")
        }
        try network.initialize(.kaimingNormal()) { _, shape in shape.count == 4 }
        try network.initialize(.constant(0)) { name, _ in name == "classifier.bias" }
        return network
    }

    /// All but the head, and the channels that come out.
    private func features() throws -> (Sequential, channels: Int) {
        var channels = width
        var parts: [any Layer] = [
            try Conv2d(
                inputs: inputChannels, outputs: width, kernel: 7, stride: 2, padding: 3,
                bias: false
            ).named("conv0"),
            try BatchNorm2d(features: width).named("norm0"), ReLU().named("relu0"),
            MaxPool2d(3, stride: 2, padding: 1).named("pool0"),
        ]
        for (position, count) in blocks.enumerated() {
            parts.append(try block(channels, count).named("denseblock\(position + 1)"))
            channels = channels &+ count &* growth
            if position < blocks.count - 1 {
                parts.append(try transition(channels).named("transition\(position + 1)"))
                channels /= 2
            }
        }
        parts.append(try BatchNorm2d(features: channels).named("norm5"))
        return (try Sequential(layers: parts), channels)
    }

    /// Layers of which each adds its channels to what came in.
    private func block(_ inputs: Int, _ count: Int) throws -> Sequential {
        try Sequential {
            for position in 0..<max(0, count) {
                try Parallel(branches: [
                    Identity().spread(),
                    layer(inputs &+ position &* growth).named("denselayer\(position + 1)"),
                ]).spread()
            }
        }
    }

    private func layer(_ inputs: Int) throws -> Sequential {
        try Sequential {
            try BatchNorm2d(features: inputs).named("norm1")
            ReLU().named("relu1")
            try convolution(inputs, bottleneck &* growth, kernel: 1).named("conv1")
            try BatchNorm2d(features: bottleneck &* growth).named("norm2")
            ReLU().named("relu2")
            try convolution(bottleneck &* growth, growth).named("conv2")
            if dropout > 0 { try Dropout(probability: dropout).named("dropout") }
        }
    }

    /// Halves channels, height and width.
    private func transition(_ channels: Int) throws -> Sequential {
        try Sequential {
            try BatchNorm2d(features: channels).named("norm")
            ReLU().named("relu")
            try convolution(channels, channels / 2, kernel: 1).named("conv")
            AvgPool2d(2).named("pool")
        }
    }
}

/// DenseNet-121 with 7,978,856 parameters, for images of 29x29 pixels or more.
///
///     try DenseNet121(classes: 10)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func DenseNet121(classes: Int = 1000, inputChannels: Int = 3) throws -> Network {
    try DenseNetConfig.denseNet121.network(classes: classes, inputChannels: inputChannels)
}
