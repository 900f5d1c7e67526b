import Hosting
import NeuralNetworks
import Tensors
import VisionData

extension Layer {
    /// How much the tokens of a vision transformer look at each other when it is shown a picture:
    /// the weights of every attention on the way.
    ///
    ///     let attention = try vit.attention(photo)
    ///     attention.weights[0].shape          // [heads, T, T]
    ///     attention.rollout().map.shape       // [224, 224]
    ///
    /// Throws where the model has no attention between tokens.
    public func attention(_ photo: any ModelPicture) throws -> AttentionMaps {
        let run = try Questioned("attention", self, photo)
        var layers: [String] = []
        var weights: [Tensor] = []
        let answer = try run.asking {
            try withoutGradient {
                let scores = try run.scores(run.input) { x in
                    try watchingAttention(on: x) { name, values in
                        layers.append(name)
                        weights.append(try values.withoutBatch())
                    }
                }
                return try run.answer(scores, nil)
            }
        }
        guard let first = weights.first else {
            throw TensorError(
                .value, "attention", "the model has no attention between tokens",
                expected: "a vision transformer", got: kind)
        }
        guard weights.allSatisfy({ $0.rank == 3 && $0.shape == first.shape }),
            first.shape[1] == first.shape[2],
            case .tokens(let before, let rows, let columns)? = SpatialLayout.grid(
                tokens: first.shape[1], height: run.height, width: run.width)
        else {
            throw TensorError(
                .shape, "attention", "the layers do not look at the same tokens",
                expected: "attention of all patches in every layer, not inside windows",
                got: weights.map { "\($0.shape)" }.prefix(3).joined(separator: ", "))
        }
        return AttentionMaps(
            layers: layers, weights: weights, grid: [rows, columns], firstPatch: before,
            run: run, answer: answer)
    }

    /// Which patches a vision transformer's answer came from, as far as attention tells: the
    /// product of what tokens look at over all layers.
    ///
    ///     try vit.attentionRollout(photo).picture
    ///
    /// The mean over the heads of each layer and the identity, which stands for what is passed on
    /// beside the attention, count half each. `values` is what the first token, or without one the
    /// mean of all tokens, gathers from each patch, `[rows, columns]`. Throws as `attention` does.
    /// Source: Abnar and Zuidema, "Quantifying Attention Flow in Transformers", 2020.
    public func attentionRollout(_ photo: any ModelPicture) throws -> Explanation {
        try attention(photo).rollout()
    }
}

/// How much the tokens of a vision transformer look at each other, layer by layer; shown as maps of
/// what the first token looks at in the last layer, its heads side by side.
public struct AttentionMaps {
    /// The full names of the layers, in the order in which they ran.
    public let layers: [String]
    /// The weights of each layer, `[heads, T, T]`, rows adding up to 1.
    public let weights: [Tensor]
    /// How many patches the picture has down and across.
    public let grid: [Int]
    /// The position of the first patch's token: how many tokens stand before it.
    public let firstPatch: Int
    private let run: Questioned
    private let answer: Answer

    init(
        layers: [String], weights: [Tensor], grid: [Int], firstPatch: Int, run: Questioned,
        answer: Answer
    ) {
        self.layers = layers
        self.weights = weights
        self.grid = grid
        self.firstPatch = firstPatch
        self.run = run
        self.answer = answer
    }

    /// The number of layers.
    public var count: Int { weights.count }
    /// The number of heads of each.
    public var heads: Int { weights.first?.shape[0] ?? 0 }

    /// What the first token, or without one the mean of all, looks at in a layer: a map of patches
    /// for each head, `[heads, rows, columns]`.
    ///
    /// Negative numbers count from the last layer. Throws where there is no such layer.
    public func maps(layer: Int = -1) throws -> Tensor {
        try patches(weights[position(layer)])
    }

    /// The maps of a layer's heads over the picture, side by side.
    ///
    /// Throws where there is no such layer.
    public func picture(layer: Int = -1) throws -> Image {
        let maps = try maps(layer: layer)
        let pictures = try (0..<maps.shape[0]).map { head in
            try HeatOverlay(run.enlarged(maps.indexed(by: [head])), over: run.photo).overlay
        }
        return try VisionData.grid(
            [HeatOverlay.enlarged(run.photo.flattened().converted(to: .rgb))] + pictures,
            captions: ["what the model sees"] + pictures.indices.map { "head \($0)" })
    }

    /// The product over the layers of the mean over the heads, half of it, and half the identity.
    ///
    /// See `attentionRollout`.
    public func rollout() throws -> Explanation {
        let identity = try Tensor.eye(weights[0].shape[1])
        var product = identity
        for layer in weights {
            // Rows of both add up to 1, and so do those of their mean.
            let mixed = try Tensor.multiplying(
                Tensor.adding(layer.mean(axis: 0), identity), 0.5)
            product = try mixed.matmul(product)
        }
        let values = try patches(product.expandedDimensions(axis: 0)).squeezed(axis: 0)
        return Explanation(
            "Attention rollout", run, answer, values: values, map: try run.enlarged(values))
    }

    private func position(_ layer: Int) throws -> Int {
        let position = layer < 0 ? layer + count : layer
        guard weights.indices.contains(position) else {
            throw TensorError(
                .index, "attention", "there is no layer \(layer)", expected: "\(-count)..<\(count)",
                got: "\(layer)")
        }
        return position
    }

    /// Of weights `[K, T, T]` what the first token looks at, `[K, rows, columns]`.
    private func patches(_ weights: Tensor) throws -> Tensor {
        let seen =
            try firstPatch > 0 ? weights.indexed(by: [0..., 0]) : weights.mean(axis: 1)
        return try seen.indexed(by: [0..., firstPatch..<firstPatch + grid[0] * grid[1]])
            .reshaped(weights.shape[0], grid[0], grid[1])
    }
}

extension AttentionMaps: CustomStringConvertible, Displayable {
    /// The number of layers, heads and tokens, and the layers' names.
    public var description: String {
        let tokens = weights.first?.shape[1] ?? 0
        return "attention of \(count) layers, \(heads) heads, \(tokens) tokens "
            + "(\(firstPatch) before \(grid[0])x\(grid[1]) patches)\n"
            + layers.map { "  \($0)" }.joined(separator: "\n")
    }

    /// The description, and the heads of the last layer side by side.
    public func mimeBundle() throws -> MIMEBundle {
        try picture().mimeBundle(describedBy: description)
    }
}
