// swift-format-ignore-file: AlwaysUseLowerCamelCase
import NeuralNetworks
import Tensors

/// What a Swin transformer is made of.
///
/// A transformer in stages like those of a convolutional network: attention stays inside windows,
/// which are shifted from block to block, and between stages four pixels become one.
///
/// Source: Liu et al., "Swin Transformer: Hierarchical Vision Transformer using Shifted Windows",
/// 2021. Names and numbers are torchvision's.
public struct SwinConfig: Architecture {
    public var name: String
    /// Height and width of a patch, in pixels.
    public var patch = 4
    /// The features of a pixel in the first stage; each stage after it doubles them.
    public var embedding: Int
    /// The number of blocks in each stage.
    public var blocks: [Int]
    /// The number of heads in each stage.
    public var heads: [Int]
    /// Height and width of a window.
    public var window = 7
    /// How often a branch of the last block is left out in training; it rises from 0.
    public var dropPath: Double
    public var classes = 1000
    public var inputChannels = 3
    public var imageSize: Int { 224 }

    /// A network with as many blocks and heads in each stage.
    public init(_ name: String, embedding: Int, blocks: [Int], heads: [Int], dropPath: Double) {
        self.name = name
        self.embedding = embedding
        self.blocks = blocks
        self.heads = heads
        self.dropPath = dropPath
    }

    /// The smallest network of the paper.
    public static let tiny = Self(
        "SwinTiny", embedding: 96, blocks: [2, 2, 6, 2], heads: [3, 6, 12, 24], dropPath: 0.2)

    public func layers() throws -> Sequential {
        guard !blocks.isEmpty, blocks.count == heads.count, blocks.count < 16,
            (1...1 << 20).contains(embedding)
        else {
            throw LayerError(
                layer: name, problem: "the configuration makes no network",
                expected: "as many blocks as heads, for 1 to 15 stages",
                got: "\(blocks), \(heads) and an embedding of \(embedding)")
        }
        let last = embedding << (blocks.count - 1)
        let network = try Sequential {
            try features().named("features")
            try LayerNorm(shape: [last]).named("norm")
            Lambda("channels first") { try $0.transposed(0, 3, 1, 2) }.named("permute")
            GlobalAvgPool2d().named("avgpool")
            try Linear(inputs: last, outputs: classes).named("head")
        }
        try network.initialize(.truncatedNormal(standardDeviation: 0.02)) { _, shape in
            shape.count == 2
        }
        try network.initialize(.normal(standardDeviation: 1e-6)) { name, _ in
            name.contains(".mlp.") && name.hasSuffix("bias")
        }
        try network.initialize(.constant(0)) { name, _ in name == "head.bias" }
        return network
    }

    private func features() throws -> Sequential {
        var parts: [any Layer] = [
            try Sequential {
                try Conv2d(inputs: inputChannels, outputs: embedding, kernel: patch, stride: patch)
                Lambda("channels last") { try $0.transposed(0, 2, 3, 1) }
                try LayerNorm(shape: [embedding])
            }
        ]
        let total = blocks.reduce(0) { $0 + max(0, $1) }
        var done = 0
        for (stage, count) in blocks.enumerated() {
            if stage > 0 { parts.append(try merging(embedding << (stage - 1))) }
            parts.append(
                try Sequential(
                    layers: (0..<max(0, count)).map { position in
                        try block(
                            embedding << stage, heads[stage],
                            shift: position % 2 == 0 ? 0 : window / 2,
                            dropPath: dropPath * Double(done + position) / Double(max(1, total - 1))
                        )
                    }))
            done += max(0, count)
        }
        return try Sequential(layers: parts)
    }

    private func block(
        _ embedding: Int, _ heads: Int, shift: Int, dropPath: Double
    ) throws -> Sequential {
        try transformerBlock(
            norms: ("norm1", "norm2"),
            attention: WindowAttention(
                features: embedding, heads: heads, window: window, shift: shift
            ).named("attn"),
            perceptron: perceptron(embedding, 4 &* embedding).named("mlp"),
            embedding: embedding, epsilon: 1e-5, dropPath: dropPath)
    }

    /// Puts the features of 2x2 pixels side by side and makes half as many of them.
    private func merging(_ embedding: Int) throws -> Sequential {
        try Sequential {
            Lambda("2x2 pixels as one") { x in
                let x = try x.padded(toMultiplesOf: [1, 2, 2, 1])
                let (height, width) = (x.shape[1] / 2, x.shape[2] / 2)
                return try x.reshaped([x.shape[0], height, 2, width, 2, embedding])
                    .transposed(0, 1, 3, 4, 2, 5)
                    .reshaped([x.shape[0], height, width, 4 * embedding])
            }.named("merge")
            try LayerNorm(shape: [4 &* embedding]).named("norm")
            try Linear(inputs: 4 &* embedding, outputs: 2 &* embedding, bias: false)
                .named("reduction")
        }
    }
}

/// Swin-T with 28,288,354 parameters, for images of any size; it was published for 224x224.
///
///     try SwinTiny(classes: 10)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func SwinTiny(classes: Int = 1000, inputChannels: Int = 3) throws -> Network {
    try SwinConfig.tiny.network(classes: classes, inputChannels: inputChannels)
}
