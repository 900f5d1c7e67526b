import Language
import VisionEngine

/// The layers of vision transformers, and the attention that convolutional networks use.
@RowBuilder func attentionLayerRows() -> [Binding] {
    let tokens = "Tensor.rand([1, 5, 8])"
    let attention = "let attention = MultiHeadAttention(embedding: 8, heads: 2)\n"
    let width = arg("embedding", Int.self, "features of a token")
    let heads = arg("heads", Int.self, "a divisor of embedding")
    let hidden = arg("hidden", Int?.self, default: nil, "4 * embedding unless given")
    let dropout = arg("dropout", Double.self, default: 0)
    let attentionDropout = arg("attentionDropout", Double.self, default: 0)
    let dropPath = arg("dropPath", Double.self, default: 0)
    let activation = arg("activation", AnyLayer.self, default: AnyLayer(GELU()))
    let normFirst = arg("normFirst", Bool.self, default: true, "norms before, not after")
    let epsilon = arg("epsilon", Double.self, default: 1e-5)
    let mask = arg("mask", Tensor?.self, default: nil, "bool: true takes part; or added")
    let isCausal = arg("isCausal", Bool.self, default: false, "none sees what comes later")
    Binding.initializer(
        of: PatchEmbedding.self, arg("inputs", Int.self, label: nil, "channels"),
        arg("embedding", Int.self, label: nil, "features of a token"),
        arg("patch", SizeArgument.self),
        arg("imageSize", SizeArgument?.self, default: nil, "gives each token a position"),
        arg("classToken", Bool.self, default: false, "puts a token for the image first"),
        summary: "An image as tokens, one for every patch: [N, C, H, W] to [N, T, embedding].",
        example: "PatchEmbedding(3, 192, patch: 4, imageSize: 32)"
    ) { inputs, embedding, patch, imageSize, classToken in
        try PatchEmbedding(
            inputs: inputs, embedding: embedding, patch: patch.size, imageSize: imageSize?.size,
            classToken: classToken)
    }
    Binding.initializer(
        of: MultiHeadAttention.self, width, heads, arg("bias", Bool.self, default: true), dropout,
        summary: "Lets every token look at all others: [N, T, embedding], shape kept.",
        example: "MultiHeadAttention(embedding: 192, heads: 3)"
    ) { width, heads, bias, dropout in
        try MultiHeadAttention(features: width, heads: heads, bias: bias, dropout: dropout)
    }
    Binding.method(
        "attend", of: MultiHeadAttention.self, arg("x", Tensor.self, label: nil, "[N, T, D]"),
        mask, isCausal, summary: "Self-attention with a mask.",
        example: attention + "attention.attend(\(tokens), isCausal: true).shape"
    ) { attention, x, mask, isCausal in
        try attention.attend(x, mask: mask, isCausal: isCausal)
    }
    Binding.method(
        "attend", of: MultiHeadAttention.self, arg("query", Tensor.self, "[N, T, D]"),
        arg("key", Tensor.self, "[N, S, D]"), arg("value", Tensor.self, "[N, S, D]"), mask,
        isCausal, summary: "Attention of some tokens to others.",
        example: attention
            + "let x = \(tokens)\nattention.attend(query: x, key: x, value: x).shape"
    ) { attention, query, key, value, mask, isCausal in
        try attention.attend(query: query, key: key, value: value, mask: mask, isCausal: isCausal)
    }
    Binding.method(
        "attentionWeights", of: MultiHeadAttention.self,
        arg("x", Tensor.self, label: nil, "[N, T, D]"),
        summary: "How much each token looks at each other: [N, heads, T, T].",
        example: attention + "attention.attentionWeights(\(tokens)).shape"
    ) { attention, x in try attention.attentionWeights(x) }
    Binding.initializer(
        of: TransformerEncoderLayer.self, width, heads, hidden, dropout, attentionDropout,
        dropPath, activation, normFirst, epsilon,
        summary: "Attention and a small network, both added to what came in; keeps the shape.",
        example: "TransformerEncoderLayer(embedding: 192, heads: 3)"
    ) { width, heads, hidden, dropout, attentionDropout, dropPath, activation, normFirst, epsilon in
        try TransformerEncoderLayer(
            features: width, heads: heads, hidden: hidden, dropout: dropout,
            attentionDropout: attentionDropout, dropPath: dropPath, activation: activation.layer,
            normFirst: normFirst, epsilon: epsilon)
    }
    Binding.initializer(
        of: TransformerEncoder.self, width, heads, arg("depth", Int.self, "how many blocks"),
        hidden, dropout, attentionDropout, dropPath, activation, normFirst, epsilon,
        summary: "A stack of transformer blocks: [N, T, embedding], shape kept.",
        example: "TransformerEncoder(embedding: 64, heads: 4, depth: 2)"
    ) {
        width, heads, depth, hidden, dropout, attentionDropout, dropPath, activation, normFirst,
        epsilon in
        try TransformerEncoder(
            features: width, heads: heads, depth: depth, hidden: hidden, dropout: dropout,
            attentionDropout: attentionDropout, dropPath: dropPath, activation: activation.layer,
            normFirst: normFirst, epsilon: epsilon)
    }
    Binding.initializer(
        of: SqueezeExcitation.self, arg("channels", Int.self, label: nil),
        arg("squeezed", Int.self, "channels of the small network between"),
        arg("activation", AnyLayer.self, default: AnyLayer(ReLU())),
        arg("gate", AnyLayer.self, default: AnyLayer(Sigmoid())),
        summary: "Scales every channel by what a small network makes of all channels' means.",
        example: "SqueezeExcitation(64, squeezed: 16)"
    ) { channels, squeezed, activation, gate in
        try SqueezeExcitation(
            channels: channels, squeezed: squeezed, activation: activation.layer, gate: gate.layer)
    }
}
