import NeuralNetworks
import Tensors
import Testing

@Suite struct TransformerTests {
    /// Attention by its definition, head by head, in float64-like small sizes.
    private func byHand(
        _ layer: MultiHeadAttention, query: Tensor, key: Tensor, value: Tensor,
        mask: Tensor? = nil
    ) throws -> Tensor {
        let size = layer.embedding
        let width = size / layer.heads
        func projected(_ x: Tensor, _ part: Int) throws -> Tensor {
            let weight = try layer.inputWeight.value.split(parts: 3)[part]
            let y = try x.matmul(weight.transposed())
            guard let bias = layer.inputBias else { return y }
            return try Tensor.adding(y, bias.value.split(parts: 3)[part])
        }
        let (q, k, v) = (
            try projected(query, 0), try projected(key, 1), try projected(value, 2)
        )
        let heads = try (0..<layer.heads).map { head in
            let columns = head * width..<(head + 1) * width
            let parts = try [q, k, v].map { try $0.indexed(by: [0..., 0..., columns]) }
            var scores = try Tensor.multiplying(
                parts[0].matmul(parts[1].transposed(0, 2, 1)),
                .real(1 / Double(width).squareRoot()))
            if let mask { scores = try Tensor.adding(scores, mask) }
            return try scores.softmax(axis: -1).matmul(parts[2])
        }
        return try layer.outputProjection.call(concatenated(heads, axis: 2))
    }

    @Test func attentionIsItsDefinition() throws {
        seed(1)
        let x = try Tensor.randn([2, 5, 12])
        let others = try Tensor.randn([2, 7, 12])
        for bias in [true, false] {
            let layer = MultiHeadAttention(embedding: 12, heads: 3, bias: bias)
            try layer.inputBias?.initialize(.normal())
            try expectElements(
                layer.call(x),
                byHand(layer, query: x, key: x, value: x).scalars(as: Double.self),
                shape: [2, 5, 12], tolerance: 1e-5)
            try expectElements(
                layer.attend(query: x, key: others, value: others),
                byHand(layer, query: x, key: others, value: others).scalars(as: Double.self),
                shape: [2, 5, 12], tolerance: 1e-5)
        }
    }

    @Test func masksHideTokens() throws {
        seed(2)
        let layer = MultiHeadAttention(embedding: 6, heads: 2)
        let x = try Tensor.randn([1, 4, 6])
        let lower = try Tensor(
            (0..<16).map { $0 % 4 <= $0 / 4 ? Float(0) : -.infinity }, shape: [4, 4])
        let expected = try byHand(layer, query: x, key: x, value: x, mask: lower)
            .scalars(as: Double.self)
        let seen = try Tensor((0..<16).map { $0 % 4 <= $0 / 4 }, shape: [4, 4])
        for y in [
            try layer.attend(x, mask: lower), try layer.attend(x, mask: seen),
            try layer.attend(x, isCausal: true),
            try layer.attend(query: x, key: x, value: x, mask: seen),
        ] { try expectElements(y, expected, tolerance: 1e-5) }
        let weights = try layer.attentionWeights(x)
        #expect(weights.shape == [1, 2, 4, 4])
        try expectElements(
            weights.sum(axis: -1), Array(repeating: 1, count: 8), tolerance: 1e-5)
    }

    @Test func aBlockIsItsFormula() throws {
        seed(3)
        let x = try Tensor.randn([2, 3, 8])
        let first = TransformerEncoderLayer(embedding: 8, heads: 2)
        let a = try Tensor.adding(x, first.attention.call(first.norm1.call(x)))
        let b = try Tensor.adding(
            a, first.linear2.call(first.linear1.call(first.norm2.call(a)).gelu()))
        try expectElements(first.call(x), b.scalars(as: Double.self), tolerance: 1e-5)
        let last = TransformerEncoderLayer(
            embedding: 8, heads: 2, hidden: 10, activation: ReLU(), normFirst: false)
        let c = try last.norm1.call(Tensor.adding(x, last.attention.call(x)))
        let d = try last.norm2.call(
            Tensor.adding(c, last.linear2.call(last.linear1.call(c).relu())))
        try expectElements(last.call(x), d.scalars(as: Double.self), tolerance: 1e-5)
    }

    @Test func namesAreThoseOfPyTorch() throws {
        let encoder = TransformerEncoder(embedding: 8, heads: 2, depth: 2)
        let block = [
            "self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight",
            "self_attn.out_proj.bias", "linear1.weight", "linear1.bias", "linear2.weight",
            "linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias",
        ]
        #expect(
            encoder.parameters.map(\.name) == [0, 1].flatMap { layer in
                block.map { "layers.\(layer).\($0)" }
            } + ["norm.weight", "norm.bias"])
        #expect(try encoder["layers.1.self_attn.in_proj_weight"].shape == [24, 8])
        #expect(try encoder["layers.0.linear1.weight"].shape == [32, 8])
        let patches = PatchEmbedding(3, 8, patch: 4, imageSize: [8, 16], classToken: true)
        #expect(
            patches.parameters.map { "\($0.name) \($0.value.shape)" } == [
                "cls_token [1, 1, 8]", "pos_embed [1, 9, 8]", "proj.weight [8, 3, 4, 4]",
                "proj.bias [8]",
            ])
        #expect(TransformerEncoder(embedding: 8, heads: 2, depth: 1, normFirst: false).norm == nil)
    }

    @Test func patchesAreTokensRowByRow() throws {
        seed(4)
        let layer = PatchEmbedding(1, 2, patch: 2, imageSize: [4, 6], classToken: true)
        let image = try Tensor.randn([1, 1, 4, 6])
        let tokens = try layer.call(image)
        #expect(tokens.shape == [1, 7, 2])
        let position = try #require(layer.positions).value
        let first = try Tensor.adding(
            #require(layer.classToken).value, position.indexed(by: [0..., 0..<1]))
        try expectElements(
            tokens.indexed(by: [0..., 0..<1]), first.scalars(as: Double.self), tolerance: 1e-6)
        // Patch 4 is the second of the second row of three.
        let patch = try layer.projection.call(image.indexed(by: [0..., 0..., 2..<4, 2..<4]))
        try expectElements(
            tokens.indexed(by: [0, 5]),
            Tensor.adding(patch.flattened(), position.indexed(by: [0, 5]))
                .scalars(as: Double.self), tolerance: 1e-5)
    }

    @Test func aVisionTransformerFitsInASequential() throws {
        seed(5)
        let model = Sequential {
            PatchEmbedding(3, 12, patch: 4, imageSize: 16, classToken: true)
            TransformerEncoder(embedding: 12, heads: 3, depth: 2, dropPath: 0.1)
            Lambda("class token") { try $0.indexed(by: [0..., 0]) }
            Linear(12, 10)
        }
        #expect(try model.call(Tensor.randn([2, 3, 16, 16])).shape == [2, 10])
        let trace = model.trace(TensorSpec([2, 3, 16, 16]))
        #expect(trace.failure == nil)
        let names = trace.visits.map { $0.path.joined(separator: ".") }
        #expect(names.contains("1.layers.1.self_attn.out_proj"))
        #expect(names.contains("0.proj") && names.contains("1.norm"))
        #expect(
            model.description.contains("0: Conv2d") == false
                && model.description.contains("Lambda(\"class token\")"))
        #expect(
            errorText { _ = try model.call(Tensor.zeros([2, 3, 12, 12])) }
                .contains("its positions are those of images of another size"))
        let copy = try model.copy()
        try copy.initialize(.constant(0)) { _, _ in true }
        #expect(try model["0.cls_token"].scalars(as: Float.self).contains { $0 != 0 })
        #expect(copy.parameterCount == model.parameterCount)
    }

    @Test func tokensOfAnotherWidthAreErrors() {
        #expect(
            errorText {
                _ = try MultiHeadAttention(embedding: 8, heads: 2).call(Tensor.zeros([2, 3, 6]))
            }.contains("'x' is not tokens of its embedding, expected [N, T, 8], got [2, 3, 6]"))
    }
}
