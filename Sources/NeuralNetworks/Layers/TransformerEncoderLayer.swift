import Tensors

/// One block of a transformer's encoder: attention between tokens, then a small network on each
/// token, both added to what came in. `[N, T, D]` keeps its shape.
///
/// With `normFirst`, as in vision transformers, x + attention(norm1(x)), then
/// x + linear2(activation(linear1(norm2(x)))); otherwise, as in the first transformer, the norms
/// follow the sums. Layers are named as those of `torch.nn.TransformerEncoderLayer`: `self_attn`,
/// `linear1`, `linear2`, `norm1`, `norm2`.
/// Source: Vaswani et al., 2017; Dosovitskiy et al., "An Image is Worth 16x16 Words", 2021.
///
///     TransformerEncoderLayer(embedding: 192, heads: 3)(Tensor.zeros([8, 65, 192])).shape
public final class TransformerEncoderLayer: Layer {
    /// What a block is made of, shared by the blocks of a stack.
    struct Arguments {
        var embedding: Int
        var heads: Int
        var hidden: Int
        var dropout: Double
        var attentionDropout: Double
        var dropPath: Double
        var activation: any Layer
        var normFirst: Bool
        var epsilon: Double

        /// The same for tokens of other features, with the most heads that divide them.
        func accepting(embedding: Int) -> Arguments {
            var changed = self
            changed.embedding = embedding
            changed.heads = (1...max(1, heads)).last { embedding % $0 == 0 } ?? 1
            if hidden == 4 &* self.embedding { changed.hidden = 4 &* embedding }
            return changed
        }

        /// The arguments as one writes them.
        var details: String {
            var text = "embedding: \(embedding), heads: \(heads)"
            if hidden != 4 &* embedding { text += ", hidden: \(hidden)" }
            for (name, value) in [
                ("dropout", dropout), ("attentionDropout", attentionDropout),
                ("dropPath", dropPath),
            ] where value != 0 { text += ", \(name): \(value)" }
            if activation.signature != "GELU()" { text += ", activation: \(activation.signature)" }
            if !normFirst { text += ", normFirst: false" }
            return epsilon == 1e-5 ? text : text + ", epsilon: \(epsilon)"
        }
    }

    /// `self_attn`.
    public let attention: MultiHeadAttention
    /// The first half of the network on each token, to the hidden features.
    public let linear1: Linear
    /// The second half, back from them.
    public let linear2: Linear
    /// The norm of the attention branch.
    public let norm1: LayerNorm
    /// The norm of the network branch.
    public let norm2: LayerNorm
    /// Whether the norms come before attention and network rather than after the sums.
    public let normFirst: Bool
    private let activation: any Layer
    /// The activation where `linear1` can do it in the same pass.
    private let fused: Activation?
    private let dropout: Dropout
    private let dropPath: DropPath
    private let arguments: Arguments

    /// A block with `heads` heads over `embedding` features, whose network has `hidden` features, by
    /// default four times as many; stops the program where the arguments make no layer.
    ///
    /// - Parameters:
    ///   - embedding: D of the tokens `[N, T, D]`.
    ///   - heads: how many heads share the features, a divisor of `embedding`.
    ///   - hidden: the features inside the network; `nil` for `4 * embedding`.
    ///   - dropout: what is dropped in training after attention, inside and after the network.
    ///   - attentionDropout: the share of attention that is dropped.
    ///   - dropPath: how often either branch is left out for a sample.
    ///   - activation: what stands between the two linear layers.
    ///   - normFirst: whether norms come before attention and network rather than after the sums.
    ///   - epsilon: what the norms add to the variance under the root.
    public convenience init(
        embedding: Int, heads: Int, hidden: Int? = nil, dropout: Double = 0,
        attentionDropout: Double = 0, dropPath: Double = 0, activation: any Layer = GELU(),
        normFirst: Bool = true, epsilon: Double = 1e-5
    ) {
        do {
            try self.init(
                features: embedding, heads: heads, hidden: hidden, dropout: dropout,
                attentionDropout: attentionDropout, dropPath: dropPath, activation: activation,
                normFirst: normFirst, epsilon: epsilon)
        } catch { preconditionFailure(String(describing: error)) }
    }

    /// The same, throwing where a number is not positive, the features do not split into heads or a
    /// share lies outside 0...1.
    public convenience init(
        features embedding: Int, heads: Int, hidden: Int? = nil, dropout: Double = 0,
        attentionDropout: Double = 0, dropPath: Double = 0, activation: any Layer = GELU(),
        normFirst: Bool = true, epsilon: Double = 1e-5
    ) throws {
        try self.init(
            Arguments(
                embedding: embedding, heads: heads, hidden: hidden ?? 4 &* embedding,
                dropout: dropout, attentionDropout: attentionDropout, dropPath: dropPath,
                activation: activation, normFirst: normFirst, epsilon: epsilon))
    }

    init(_ arguments: Arguments) throws {
        let features = arguments.embedding
        try LayerError.require("TransformerEncoderLayer", "embedding", features, atLeast: 1)
        try LayerError.require("TransformerEncoderLayer", "hidden", arguments.hidden, atLeast: 1)
        self.arguments = arguments
        normFirst = arguments.normFirst
        attention = try MultiHeadAttention(
            features: features, heads: arguments.heads, dropout: arguments.attentionDropout)
        linear1 = try Linear(inputs: features, outputs: arguments.hidden)
        linear2 = try Linear(inputs: arguments.hidden, outputs: features)
        norm1 = try LayerNorm(shape: [features], epsilon: arguments.epsilon)
        norm2 = try LayerNorm(shape: [features], epsilon: arguments.epsilon)
        activation = arguments.activation
        fused = (activation as? any ActivationLayer)?.activation
        dropout = try Dropout(probability: arguments.dropout)
        dropPath = try DropPath(probability: arguments.dropPath)
    }

    private init(copying other: TransformerEncoderLayer) throws {
        arguments = other.arguments
        normFirst = other.normFirst
        attention = other.attention.copy()
        linear1 = other.linear1.copy()
        linear2 = other.linear2.copy()
        norm1 = other.norm1.copy()
        norm2 = other.norm2.copy()
        activation = try other.activation.copy()
        fused = other.fused
        dropout = other.dropout
        dropPath = other.dropPath
    }

    public func forward(_ x: Tensor) throws -> Tensor { try encode(x) }

    /// The same with an attention mask, which means what it does in `MultiHeadAttention.attend`.
    public func encode(
        _ x: Tensor, mask: Tensor? = nil, isCausal: Bool = false
    ) throws -> Tensor {
        func attended(_ x: Tensor) throws -> Tensor {
            let context = Context.current
            // With a mask the layer's method is called, which a trace cannot follow by itself.
            guard mask != nil || isCausal else { return try attention.call(x, as: "self_attn") }
            return try context.withLayer("self_attn", kind: attention.kind) {
                try attention.attend(x, mask: mask, isCausal: isCausal)
            }
        }
        func branch(_ x: Tensor, _ y: Tensor) throws -> Tensor {
            try Tensor.adding(x, dropPath.forward(dropout.forward(y)))
        }
        if normFirst {
            let x = try branch(x, attended(norm1.call(x, as: "norm1")))
            return try branch(x, network(norm2.call(x, as: "norm2")))
        }
        let x = try norm1.call(branch(x, attended(x)), as: "norm1")
        return try norm2.call(branch(x, network(x)), as: "norm2")
    }

    private func network(_ x: Tensor) throws -> Tensor {
        let active: Tensor
        if let fused, Context.current.trace == nil {
            active = try linear1.call(x, activation: fused, as: "linear1")
        } else {
            active = try activation.call(linear1.call(x, as: "linear1"), as: "activation")
        }
        return try linear2.call(dropout.forward(active), as: "linear2")
    }

    /// The same block, freshly initialised, for tokens of other features.
    package func accepting(embedding: Int) throws -> TransformerEncoderLayer {
        try TransformerEncoderLayer(arguments.accepting(embedding: embedding))
    }

    public func copy() throws -> TransformerEncoderLayer {
        try TransformerEncoderLayer(copying: self)
    }

    public var kind: String { "TransformerEncoderLayer" }
    public var details: String { arguments.details }
    public var ownParameters: [(name: String, parameter: Parameter)] { [] }

    public var children: [(name: String, layer: any Layer)] {
        [
            ("self_attn", attention), ("linear1", linear1), ("activation", activation),
            ("linear2", linear2), ("norm1", norm1), ("norm2", norm2),
        ]
    }
}
