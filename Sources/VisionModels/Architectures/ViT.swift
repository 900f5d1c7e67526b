// swift-format-ignore-file: AlwaysUseLowerCamelCase
import NeuralNetworks
import Tensors

/// What a vision transformer is made of.
///
/// The image is cut into patches, each of which becomes a token with a learned position; blocks of
/// attention let all tokens look at all others, and a token of its own collects what the image shows.
///
/// Source: Dosovitskiy et al., "An Image is Worth 16x16 Words: Transformers for Image Recognition at
/// Scale", 2021. Names and numbers are torchvision's.
public struct ViTConfig: Architecture {
    public var name: String
    /// Height and width of a patch, in pixels.
    public var patch: Int
    /// The number of blocks.
    public var depth: Int
    /// How many heads share the features of a token.
    public var heads: Int
    /// The features of a token.
    public var embedding: Int
    /// The features of the hidden layer in each block.
    public var hidden: Int
    /// The share of elements that training drops of tokens and in the branches of each block.
    public var dropout = 0.0
    /// The share of attention weights that training drops.
    public var attentionDropout = 0.0
    /// How often a branch of the last block is left out in training; it rises from 0.
    public var dropPath = 0.0
    /// Height and width of the images, a multiple of `patch`; the network takes no others.
    public var imageSize = 224
    public var classes = 1000
    public var inputChannels = 3

    /// A network whose hidden layers are four times as wide as its tokens.
    public init(_ name: String, patch: Int, depth: Int, heads: Int, embedding: Int) {
        self.name = name
        self.patch = patch
        self.depth = depth
        self.heads = heads
        self.embedding = embedding
        hidden = 4 &* embedding
    }

    /// The base network with patches of 16x16 pixels.
    public static let b16 = Self("ViT_B16", patch: 16, depth: 12, heads: 12, embedding: 768)
    /// The base network with patches of 32x32 pixels.
    public static let b32 = Self("ViT_B32", patch: 32, depth: 12, heads: 12, embedding: 768)
    /// The large network with patches of 16x16 pixels.
    public static let l16 = Self("ViT_L16", patch: 16, depth: 24, heads: 16, embedding: 1024)
    /// A network for small images: patches of 4x4 pixels, five narrow blocks.
    public static let mini: Self = {
        var config = Self("ViTMini", patch: 4, depth: 5, heads: 3, embedding: 96)
        config.imageSize = 32
        config.classes = 10
        return config
    }()

    public func layers() throws -> Sequential {
        let grid = try PatchGrid(name, imageSize: imageSize, patch: patch, depth: depth)
        let small = Initializer.normal(standardDeviation: 0.02)
        let network = try Sequential {
            grid.check(channels: inputChannels).spread()
            try Conv2d(inputs: inputChannels, outputs: embedding, kernel: patch, stride: patch)
                .named("conv_proj")
            try classToken("class_token", embedding, .constant(0)).spread()
            try Sequential {
                try positions("pos_embedding", grid.tokens + 1, embedding, small).spread()
                try Dropout(probability: dropout).named("dropout")
                try Sequential {
                    for position in 0..<depth {
                        try block(dropPath: dropPath * Double(position) / Double(max(1, depth - 1)))
                            .named("encoder_layer_\(position)")
                    }
                }.named("layers")
                try LayerNorm(shape: [embedding], epsilon: 1e-6).named("ln")
            }.named("encoder")
            Lambda("class token") { try $0.indexed(by: [0..., 0]) }.named("token")
            try Sequential {
                try Linear(inputs: embedding, outputs: classes).named("head")
            }.named("heads")
        }
        try begin(network)
        return network
    }

    private func block(dropPath: Double) throws -> Sequential {
        try transformerBlock(
            norms: ("ln_1", "ln_2"),
            attention: MultiHeadAttention(
                features: embedding, heads: heads, dropout: attentionDropout
            ).named("self_attention"),
            perceptron: perceptron(embedding, hidden, dropout: dropout).named("mlp"),
            embedding: embedding, epsilon: 1e-6, dropout: dropout, dropPath: dropPath)
    }

    /// The first weights, as torchvision's.
    private func begin(_ network: Sequential) throws {
        let patchDeviation = (1 / Double(inputChannels * patch * patch)).squareRoot()
        try network.initialize(.truncatedNormal(standardDeviation: patchDeviation)) { name, _ in
            name == "conv_proj.weight"
        }
        try network.initialize(.xavierUniform()) { name, shape in
            name.contains(".mlp.") && shape.count == 2
        }
        try network.initialize(.normal(standardDeviation: 1e-6)) { name, shape in
            name.contains(".mlp.") && shape.count == 1
        }
        try network.initialize(.constant(0)) { name, _ in
            name.hasPrefix("heads.") || name == "conv_proj.bias"
        }
    }
}

/// ViT-B/16 with 86,567,656 parameters, for images of 224x224 pixels or of `imageSize`, a multiple
/// of 16.
///
///     try ViT_B16(classes: 10, imageSize: 32)(Tensor.zeros([1, 3, 32, 32])).shape  // [1, 10]
///
/// Throws where a number is not positive or the patches do not divide the images.
public func ViT_B16(
    classes: Int = 1000, inputChannels: Int = 3, imageSize: Int = 224
) throws -> Network {
    try ViTConfig.b16.network(
        classes: classes, inputChannels: inputChannels, imageSize: imageSize)
}

/// ViT-B/32 with 88,224,232 parameters, for images of 224x224 pixels or of `imageSize`, a multiple
/// of 32.
///
///     try ViT_B32(classes: 10, imageSize: 64)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive or the patches do not divide the images.
public func ViT_B32(
    classes: Int = 1000, inputChannels: Int = 3, imageSize: Int = 224
) throws -> Network {
    try ViTConfig.b32.network(
        classes: classes, inputChannels: inputChannels, imageSize: imageSize)
}

/// ViT-L/16 with 304,326,632 parameters, for images of 224x224 pixels or of `imageSize`, a multiple
/// of 16.
///
///     try ViT_L16(classes: 10, imageSize: 32).classes  // 10
///
/// Throws where a number is not positive or the patches do not divide the images.
public func ViT_L16(
    classes: Int = 1000, inputChannels: Int = 3, imageSize: Int = 224
) throws -> Network {
    try ViTConfig.l16.network(
        classes: classes, inputChannels: inputChannels, imageSize: imageSize)
}

/// A vision transformer for images of 32x32 pixels or of `imageSize`, a multiple of 4: patches of
/// 4x4 pixels, five blocks of 96 features with three heads; 571,402 parameters.
///
///     try ViTMini(inputChannels: 1, imageSize: 28)(Tensor.zeros([1, 1, 28, 28])).shape  // [1, 10]
///
/// Throws where a number is not positive or the patches do not divide the images.
public func ViTMini(
    classes: Int = 10, inputChannels: Int = 3, imageSize: Int = 32
) throws -> Network {
    try ViTConfig.mini.network(
        classes: classes, inputChannels: inputChannels, imageSize: imageSize)
}

extension ViTConfig {
    /// The network for images of another size.
    fileprivate func network(
        classes: Int, inputChannels: Int, imageSize: Int
    ) throws -> Network {
        var changed = self
        changed.imageSize = imageSize
        return try changed.network(classes: classes, inputChannels: inputChannels)
    }
}
