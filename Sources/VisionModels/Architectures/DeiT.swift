// swift-format-ignore-file: AlwaysUseLowerCamelCase
import NeuralNetworks
import Tensors

/// What a DeiT is made of.
///
/// Vision transformers of modest size, trained on ImageNet alone by means of strong augmentation.
///
/// Source: Touvron et al., "Training data-efficient image transformers & distillation through
/// attention", 2021. Names and numbers are timm's.
public struct DeiTConfig: Architecture {
    public var name: String
    /// Height and width of a patch, in pixels.
    public var patch = 16
    /// The number of blocks.
    public var depth = 12
    /// How many heads share the features of a token.
    public var heads: Int
    /// The features of a token.
    public var embedding: Int
    /// How often a branch of the last block is left out in training; it rises from 0.
    public var dropPath = 0.1
    /// Height and width of the images, a multiple of `patch`; the network takes no others.
    public var imageSize = 224
    public var classes = 1000
    public var inputChannels = 3

    /// A network of 12 blocks.
    public init(_ name: String, heads: Int, embedding: Int) {
        self.name = name
        self.heads = heads
        self.embedding = embedding
    }

    /// The smallest network of the paper.
    public static let tiny = Self("DeiTTiny", heads: 3, embedding: 192)
    /// The one after it.
    public static let small = Self("DeiTSmall", heads: 6, embedding: 384)

    public func layers() throws -> Sequential {
        let grid = try PatchGrid(name, imageSize: imageSize, patch: patch, depth: depth)
        let small = Initializer.truncatedNormal(standardDeviation: 0.02)
        let network = try Sequential {
            grid.check(channels: inputChannels).spread()
            try Sequential {
                try Conv2d(inputs: inputChannels, outputs: embedding, kernel: patch, stride: patch)
                    .named("proj")
            }.named("patch_embed")
            try classToken("cls_token", embedding, .normal(standardDeviation: 1e-6)).spread()
            try positions("pos_embed", grid.tokens + 1, embedding, small).spread()
            try Sequential {
                for position in 0..<depth {
                    try block(dropPath: dropPath * Double(position) / Double(max(1, depth - 1)))
                }
            }.named("blocks")
            try LayerNorm(shape: [embedding], epsilon: 1e-6).named("norm")
            Lambda("class token") { try $0.indexed(by: [0..., 0]) }.named("token")
            try Linear(inputs: embedding, outputs: classes).named("head")
        }
        try network.initialize(small) { _, shape in shape.count == 2 }
        try network.initialize(.constant(0)) { name, _ in
            name.hasSuffix("bias") && name != "patch_embed.proj.bias"
        }
        return network
    }

    private func block(dropPath: Double) throws -> Sequential {
        try transformerBlock(
            norms: ("norm1", "norm2"), attention: attention().named("attn"),
            perceptron: Sequential {
                try Linear(inputs: embedding, outputs: 4 &* embedding).named("fc1")
                GELU().named("act")
                try Linear(inputs: 4 &* embedding, outputs: embedding).named("fc2")
            }.named("mlp"),
            embedding: embedding, epsilon: 1e-6, dropPath: dropPath)
    }

    /// As `MultiHeadAttention`, under timm's names.
    private func attention() throws -> Sequential {
        guard heads > 0, embedding % heads == 0 else {
            throw LayerError(
                layer: name, problem: "'embedding' cannot be split into heads",
                expected: "a multiple of \(heads)", got: "\(embedding)")
        }
        return try Sequential {
            try Linear(inputs: embedding, outputs: 3 &* embedding).named("qkv")
            Lambda("\(heads) heads") { [heads] in try selfAttention($0, heads: heads) }
                .named("heads")
            try Linear(inputs: embedding, outputs: embedding).named("proj")
        }
    }
}

/// DeiT-Tiny with 5,717,416 parameters, for images of 224x224 pixels or of `imageSize`, a multiple
/// of 16.
///
///     try DeiTTiny(classes: 10, imageSize: 64)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive or the patches do not divide the images.
public func DeiTTiny(
    classes: Int = 1000, inputChannels: Int = 3, imageSize: Int = 224
) throws -> Network {
    var config = DeiTConfig.tiny
    config.imageSize = imageSize
    return try config.network(classes: classes, inputChannels: inputChannels)
}

/// DeiT-Small with 22,050,664 parameters, for images of 224x224 pixels or of `imageSize`, a multiple
/// of 16.
///
///     try DeiTSmall(classes: 10, imageSize: 64)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive or the patches do not divide the images.
public func DeiTSmall(
    classes: Int = 1000, inputChannels: Int = 3, imageSize: Int = 224
) throws -> Network {
    var config = DeiTConfig.small
    config.imageSize = imageSize
    return try config.network(classes: classes, inputChannels: inputChannels)
}
