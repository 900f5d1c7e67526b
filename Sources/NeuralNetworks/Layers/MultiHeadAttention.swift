import Tensors

/// Lets every token look at every other: attention with several heads, each over its share of the
/// features.
///
/// `forward` is self-attention, `[N, T, D]` to `[N, T, D]`. One linear layer makes queries, keys and
/// values of all heads, which are read where they lie. Parameters, as those of
/// `torch.nn.MultiheadAttention`: `in_proj_weight` `[3 D, D]`, `in_proj_bias` `[3 D]`,
/// `out_proj.weight` `[D, D]` and `out_proj.bias` `[D]`.
/// Source: Vaswani et al., "Attention Is All You Need", 2017.
///
///     MultiHeadAttention(embedding: 192, heads: 3)(Tensor.zeros([8, 65, 192])).shape  // [8, 65, 192]
public final class MultiHeadAttention: Layer {
    /// The number of features of a token, D.
    public let embedding: Int
    /// How many heads share them.
    public let heads: Int
    /// The share of attention that is set to 0 in training.
    public let dropout: Double
    /// `in_proj_weight`: rows for queries, then keys, then values.
    public let inputWeight: Parameter
    /// `in_proj_bias`.
    public let inputBias: Parameter?
    /// `out_proj`.
    public let outputProjection: Linear

    /// Attention over `embedding` features with `heads` heads; stops the program where the arguments
    /// make no layer.
    public convenience init(embedding: Int, heads: Int, bias: Bool = true, dropout: Double = 0) {
        self.init(
            trapping {
                try Arguments(embedding: embedding, heads: heads, bias: bias, dropout: dropout)
            })
    }

    /// The same, throwing where a number is not positive, the features do not split into heads or
    /// `dropout` lies outside 0...1.
    public convenience init(
        features embedding: Int, heads: Int, bias: Bool = true, dropout: Double = 0
    ) throws {
        self.init(
            try Arguments(embedding: embedding, heads: heads, bias: bias, dropout: dropout))
    }

    private struct Arguments {
        let embedding, heads: Int
        let dropout: Double
        let inputWeight: Parameter
        let inputBias: Parameter?
        let outputProjection: Linear

        init(embedding: Int, heads: Int, bias: Bool, dropout: Double) throws {
            try LayerError.require("MultiHeadAttention", "embedding", embedding, atLeast: 1)
            try LayerError.require("MultiHeadAttention", "heads", heads, atLeast: 1)
            guard embedding % heads == 0, embedding < .max / 3 else {
                throw LayerError.indivisible(
                    "MultiHeadAttention", "embedding", embedding, into: heads, called: "heads")
            }
            try LayerError.requireShare("MultiHeadAttention", "dropout", dropout)
            self.embedding = embedding
            self.heads = heads
            self.dropout = dropout
            inputWeight = try Parameter([3 * embedding, embedding], .xavierUniform())
            inputBias = bias ? try Parameter([3 * embedding], .constant(0)) : nil
            outputProjection = try Linear(inputs: embedding, outputs: embedding, bias: bias)
            try outputProjection.bias?.initialize(.constant(0))
        }
    }

    private init(_ arguments: Arguments) {
        embedding = arguments.embedding
        heads = arguments.heads
        dropout = arguments.dropout
        inputWeight = arguments.inputWeight
        inputBias = arguments.inputBias
        outputProjection = arguments.outputProjection
    }

    private init(copying other: MultiHeadAttention) {
        embedding = other.embedding
        heads = other.heads
        dropout = other.dropout
        inputWeight = other.inputWeight.copy()
        inputBias = other.inputBias?.copy()
        outputProjection = other.outputProjection.copy()
    }

    public func forward(_ x: Tensor) throws -> Tensor { try attend(x) }

    /// Self-attention of tokens `[N, T, D]` with a mask: where a bool mask is true a token sees
    /// another, a mask of numbers is added to the scores; it broadcasts to `[N, heads, T, T]`. With
    /// `isCausal` a token sees those up to itself.
    ///
    /// `torch.nn.MultiheadAttention` means bool masks the other way round.
    public func attend(
        _ x: Tensor, mask: Tensor? = nil, isCausal: Bool = false
    ) throws -> Tensor {
        try check(x, "x")
        let packed = try linear(x, inputWeight.value(for: x), bias: inputBias?.value(for: x))
        let mixed = try selfAttention(
            packed, heads: heads, mask: mask, isCausal: isCausal, dropout: dropout,
            training: Context.current.isTraining)
        return try outputProjection.call(mixed, as: "out_proj")
    }

    /// Attention of queries `[N, T, D]` to keys and values `[N, S, D]`, giving `[N, T, D]`; a mask
    /// broadcasts to `[N, heads, T, S]`.
    public func attend(
        query: Tensor, key: Tensor, value: Tensor, mask: Tensor? = nil, isCausal: Bool = false
    ) throws -> Tensor {
        let (queries, keys, values) = try projected(query: query, key: key, value: value)
        let mixed = try scaledDotProductAttention(
            queries, keys, values, mask: mask, isCausal: isCausal, dropout: dropout,
            training: Context.current.isTraining)
        return try outputProjection.call(
            mixed.transposed(0, 2, 1, 3).reshaped(query.shape), as: "out_proj")
    }

    /// How much each token of `x` `[N, T, D]` looks at each other: `[N, heads, T, T]`, rows adding up
    /// to 1. For looking at; `forward` does not compute it.
    public func attentionWeights(_ x: Tensor) throws -> Tensor {
        let (queries, keys, _) = try projected(query: x, key: x, value: x)
        let scale = 1 / Double(embedding / heads).squareRoot()
        let scores = try queries.matmul(keys.transposed(0, 1, 3, 2))
        return try Tensor.multiplying(scores, .real(scale)).softmax(axis: -1)
    }

    /// Queries, keys and values `[N, heads, T, D / heads]`.
    private func projected(
        query: Tensor, key: Tensor, value: Tensor
    ) throws -> (Tensor, Tensor, Tensor) {
        let weights = try inputWeight.value(for: query).split(parts: 3)
        let biases = try inputBias?.value(for: query).split(parts: 3)
        let split = try zip([query, key, value], ["query", "key", "value"]).enumerated().map {
            part, input in
            try check(input.0, input.1)
            let features = try linear(input.0, weights[part], bias: biases?[part])
            let shape = [features.shape[0], features.shape[1], heads, embedding / heads]
            return try features.reshaped(shape).transposed(0, 2, 1, 3)
        }
        return (split[0], split[1], split[2])
    }

    private func check(_ x: Tensor, _ argument: String) throws {
        guard x.rank == 3, x.shape[2] == embedding else {
            throw TensorError(
                .shape, "MultiHeadAttention", "'\(argument)' is not tokens of its embedding",
                expected: "[N, T, \(embedding)]", got: "\(x.shape)", operands: [x.spec])
        }
    }

    public func copy() -> MultiHeadAttention { MultiHeadAttention(copying: self) }
    public var kind: String { "MultiHeadAttention" }
    public var children: [(name: String, layer: any Layer)] { [("out_proj", outputProjection)] }

    public var ownParameters: [(name: String, parameter: Parameter)] {
        [("in_proj_weight", inputWeight)] + (inputBias.map { [("in_proj_bias", $0)] } ?? [])
    }

    public var details: String {
        var text = "embedding: \(embedding), heads: \(heads)"
        if inputBias == nil { text += ", bias: false" }
        return dropout == 0 ? text : text + ", dropout: \(dropout)"
    }

    /// In one line although there is a layer inside.
    public var description: String { "\(kind)(\(details))" }
}
