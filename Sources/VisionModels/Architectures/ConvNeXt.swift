// swift-format-ignore-file: AlwaysUseLowerCamelCase
import NeuralNetworks
import Tensors

/// What a ConvNeXt is made of.
///
/// A convolutional network with what was learnt from transformers: patches, 7x7 windows of each
/// channel, wide layers across channels, layer normalisation and few activations.
///
/// Source: Liu et al., "A ConvNet for the 2020s", 2022. Names and numbers are torchvision's.
public struct ConvNeXtConfig: Architecture {
    public var name: String
    /// The number of blocks in each stage.
    public var blocks: [Int]
    /// The channels of each stage.
    public var channels: [Int]
    /// How often the branch of the last block is left out in training; it rises from 0.
    public var dropPath: Double
    public var classes = 1000
    public var inputChannels = 3
    public var imageSize: Int { 224 }

    /// A network with as many blocks and channels in each stage.
    public init(_ name: String, blocks: [Int], channels: [Int], dropPath: Double) {
        self.name = name
        self.blocks = blocks
        self.channels = channels
        self.dropPath = dropPath
    }

    /// The smallest network of the paper.
    public static let tiny = Self(
        "ConvNeXtTiny", blocks: [3, 3, 9, 3], channels: [96, 192, 384, 768], dropPath: 0.1)

    public func layers() throws -> Sequential {
        guard let last = channels.last, channels.count == blocks.count else {
            throw LayerError(
                layer: name, problem: "the stages do not fit together",
                expected: "as many channels as blocks", got: "\(channels) and \(blocks)")
        }
        let network = try Sequential {
            try features().named("features")
            AdaptiveAvgPool2d(1).named("avgpool")
            try Sequential {
                try LayerNorm2d(features: last, epsilon: 1e-6)
                Flatten()
                try Linear(inputs: last, outputs: classes)
            }.named("classifier")
        }
        try network.initialize(.truncatedNormal(standardDeviation: 0.02)) { name, shape in
            shape.count > 1 && !name.hasSuffix("layer_scale")
        }
        try network.initialize(.constant(0)) { name, _ in name.hasSuffix("bias") }
        return network
    }

    private func features() throws -> Sequential {
        var parts: [any Layer] = [
            try Sequential {
                try Conv2d(inputs: inputChannels, outputs: channels[0], kernel: 4, stride: 4)
                try LayerNorm2d(features: channels[0], epsilon: 1e-6)
            }
        ]
        let total = blocks.reduce(0) { $0 + max(0, $1) }
        var done = 0
        for (stage, count) in blocks.enumerated() {
            if stage > 0 {
                parts.append(
                    try Sequential {
                        try LayerNorm2d(features: channels[stage - 1], epsilon: 1e-6)
                        try Conv2d(
                            inputs: channels[stage - 1], outputs: channels[stage], kernel: 2,
                            stride: 2)
                    })
            }
            parts.append(
                try Sequential(
                    layers: (0..<max(0, count)).map { position in
                        try block(
                            channels[stage],
                            dropPath: dropPath * Double(done + position) / Double(max(1, total - 1))
                        )
                    }))
            done += max(0, count)
        }
        return try Sequential(layers: parts)
    }

    private func block(_ channels: Int, dropPath: Double) throws -> Residual {
        try Residual(kind: "CNBlock") {
            try Sequential {
                try convolution(channels, channels, kernel: 7, groups: channels, bias: true)
                Lambda("channels last") { try $0.transposed(0, 2, 3, 1) }
                try LayerNorm(shape: [channels], epsilon: 1e-6)
                try Linear(inputs: channels, outputs: 4 &* channels)
                GELU()
                try Linear(inputs: 4 &* channels, outputs: channels)
                Lambda("channels first") { try $0.transposed(0, 3, 1, 2) }
            }.named("block")
            LearnedFunction("layer_scale", try Parameter([channels, 1, 1], .constant(1e-6))) {
                try Tensor.multiplying($0, $1)
            }.spread()
            try DropPath(probability: dropPath).named("stochastic_depth")
        }
    }
}

/// ConvNeXt-Tiny with 28,589,128 parameters, for images of 32x32 pixels or more.
///
///     try ConvNeXtTiny(classes: 10)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func ConvNeXtTiny(classes: Int = 1000, inputChannels: Int = 3) throws -> Network {
    try ConvNeXtConfig.tiny.network(classes: classes, inputChannels: inputChannels)
}
