import Tensors

/// A stack of transformer blocks: `[N, T, D]` keeps its shape.
///
/// With `normFirst`, as in vision transformers, a last norm follows the stack. Layers are named as
/// those of `torch.nn.TransformerEncoder`: `layers.0`, `layers.1` and so on, and `norm`.
/// Source: Vaswani et al., 2017; Dosovitskiy et al., "An Image is Worth 16x16 Words", 2021.
///
///     let vit = Sequential {
///         PatchEmbedding(3, 192, patch: 4, imageSize: 32, classToken: true)
///         TransformerEncoder(embedding: 192, heads: 3, depth: 12)
///         Lambda("class token") { $0[0..., 0] }
///         Linear(192, 10)
///     }
public final class TransformerEncoder: Layer {
    /// The blocks in order.
    public let layers: [TransformerEncoderLayer]
    /// What follows them; `nil` unless `normFirst`.
    public let norm: LayerNorm?
    private let arguments: TransformerEncoderLayer.Arguments

    /// A stack of `depth` blocks with `heads` heads over `embedding` features, whose networks have
    /// `hidden` features, by default four times as many; stops the program where the arguments make
    /// no layer.
    ///
    /// - Parameters:
    ///   - embedding: D of the tokens `[N, T, D]`.
    ///   - heads: how many heads share the features, a divisor of `embedding`.
    ///   - depth: how many blocks there are, in 1...4096.
    ///   - hidden: the features inside each block's network; `nil` for `4 * embedding`.
    ///   - dropout: what is dropped in training after attention, inside and after the networks.
    ///   - attentionDropout: the share of attention that is dropped.
    ///   - dropPath: how often a branch of the last block is left out for a sample; it rises from 0
    ///     in the first block.
    ///   - activation: what stands between the two linear layers; each block has a copy.
    ///   - normFirst: whether norms come before attention and network rather than after the sums.
    ///   - epsilon: what the norms add to the variance under the root; torchvision's ViT has 1e-6.
    public convenience init(
        embedding: Int, heads: Int, depth: Int, hidden: Int? = nil, dropout: Double = 0,
        attentionDropout: Double = 0, dropPath: Double = 0, activation: any Layer = GELU(),
        normFirst: Bool = true, epsilon: Double = 1e-5
    ) {
        do {
            try self.init(
                features: embedding, heads: heads, depth: depth, hidden: hidden,
                dropout: dropout, attentionDropout: attentionDropout, dropPath: dropPath,
                activation: activation, normFirst: normFirst, epsilon: epsilon)
        } catch { preconditionFailure(String(describing: error)) }
    }

    /// The same, throwing where a number is not positive, the features do not split into heads or a
    /// share lies outside 0...1.
    public init(
        features embedding: Int, heads: Int, depth: Int, hidden: Int? = nil, dropout: Double = 0,
        attentionDropout: Double = 0, dropPath: Double = 0, activation: any Layer = GELU(),
        normFirst: Bool = true, epsilon: Double = 1e-5
    ) throws {
        guard (1...4096).contains(depth) else {
            throw LayerError(
                layer: "TransformerEncoder", problem: "'depth' is out of range",
                expected: "1...4096", got: "\(depth)")
        }
        try LayerError.requireShare("TransformerEncoder", "dropPath", dropPath)
        let arguments = TransformerEncoderLayer.Arguments(
            embedding: embedding, heads: heads, hidden: hidden ?? 4 &* embedding,
            dropout: dropout, attentionDropout: attentionDropout, dropPath: dropPath,
            activation: activation, normFirst: normFirst, epsilon: epsilon)
        self.arguments = arguments
        layers = try (0..<depth).map { position in
            var arguments = arguments
            arguments.dropPath = dropPath * Double(position) / Double(max(1, depth - 1))
            arguments.activation = try activation.copy()
            return try TransformerEncoderLayer(arguments)
        }
        norm = normFirst ? try LayerNorm(shape: [embedding], epsilon: epsilon) : nil
    }

    private init(copying other: TransformerEncoder) throws {
        arguments = other.arguments
        layers = try other.layers.map { try $0.copy() }
        norm = other.norm?.copy()
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        var x = x
        for (position, layer) in layers.enumerated() {
            x = try layer.call(x, as: "layers.\(position)")
        }
        return try norm?.call(x, as: "norm") ?? x
    }

    public var children: [(name: String, layer: any Layer)] {
        layers.enumerated().map { ("layers.\($0)", $1) } + (norm.map { [("norm", $0)] } ?? [])
    }

    public var ownParameters: [(name: String, parameter: Parameter)] { [] }
    public var kind: String { "TransformerEncoder" }

    public var details: String {
        arguments.details.replacing(
            "heads: \(arguments.heads)", with: "heads: \(arguments.heads), depth: \(layers.count)",
            maxReplacements: 1)
    }

    /// The same stack, freshly initialised, for tokens of other features.
    package func accepting(embedding: Int) throws -> TransformerEncoder {
        let other = arguments.accepting(embedding: embedding)
        return try TransformerEncoder(
            features: embedding, heads: other.heads, depth: layers.count, hidden: other.hidden,
            dropout: other.dropout, attentionDropout: other.attentionDropout,
            dropPath: other.dropPath, activation: other.activation, normFirst: other.normFirst,
            epsilon: other.epsilon)
    }

    public func copy() throws -> TransformerEncoder { try TransformerEncoder(copying: self) }
}
