import OneDNN

/// Multi-head self-attention of queries, keys and values that lie beside each other, as one linear
/// layer makes them: `[..., T, 3 * heads * D]`. A mask may follow.
///
/// Nothing is transposed, split or joined in memory, forward or backward.
struct SelfAttention: Operation {
    let heads: Int
    let settings: AttentionSettings
    let name = "selfAttention"
    private let run: AttentionRun

    init(heads: Int, _ settings: AttentionSettings) {
        self.heads = heads
        self.settings = settings
        run = AttentionRun(settings)
    }

    func receptiveField(
        _ fields: [ReceptiveField], inputs: [TensorSpec], outputs: [TensorSpec]
    ) -> ReceptiveField? {
        ReceptiveField.union(fields)?.whole
    }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let x = inputs[0]
        guard x.rank >= 2, x.dtype.isFloatingPoint else {
            throw TensorError(
                x.rank >= 2 ? .dtype : .shape, name,
                "queries, keys and values lie beside each other",
                expected: "a real tensor [..., T, 3 * heads * D]", got: "\(x)")
        }
        let features = x.shape[x.rank - 1]
        guard heads >= 1, features > 0, features % 3 == 0, features / 3 % heads == 0 else {
            throw TensorError(
                .shape, name, "\(heads) heads do not divide the features of \(x.shape)",
                expected: "3 * heads * D features", got: "\(features)")
        }
        try settings.check(name)
        if inputs.count > 1 {
            try settings.check(mask: inputs[1], scores: sizes(x).scores, name)
        }
        return [TensorSpec(Array(x.shape.dropLast()) + [features / 3], x.dtype)]
    }

    private func sizes(_ x: TensorSpec) -> AttentionSizes {
        let tokens = x.shape[x.rank - 2]
        let width = x.shape[x.rank - 1] / 3 / heads
        return AttentionSizes(
            leading: Array(x.shape.dropLast(2)) + [heads], rows: tokens, columns: tokens,
            width: width, valueWidth: width)
    }

    /// The matrices of each head in a tensor `[..., T, parts * heads * D]`.
    private func heads<Element: LaneElement>(
        _ storage: Storage, _ offset: Int, _ sizes: AttentionSizes, parts: Int, _: Element.Type
    ) -> [MatrixStack<Element>] {
        let own = heads * sizes.width
        let row = parts * own
        let samples = TensorSpec(sizes.leading.dropLast() + [sizes.rows, row])
        let strides = Array(samples.contiguousStrides.dropLast(2)) + [sizes.width]
        return (0..<parts).map { part in
            MatrixStack(
                storage, offset + part * own, leading: sizes.leading, strides: strides, row: row,
                Element.self)
        }
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        guard spec.count > 0 else { return [try Tensor.zeros(spec.shape, dtype: spec.dtype)] }
        try Allocator.shared.checkRoom(byteCount: spec.byteCount)
        return [
            computesInBFloat16(spec.dtype)
                ? try forward(BFloat16.self, inputs, spec)
                : try forward(Float.self, inputs, spec)
        ]
    }

    private func forward<Element: LaneElement>(
        _: Element.Type, _ inputs: [Tensor], _ spec: TensorSpec
    ) throws -> Tensor {
        let sizes = sizes(inputs[0].spec)
        let x = try inputs[0].converted(to: Element.dtype).dense()
        let packed = heads(x.storage, x.offset, sizes, parts: 3, Element.self)
        let result = TensorSpec(spec.shape, Element.dtype)
        let storage = try Storage(byteCount: result.byteCount)
        try run.forward(
            sizes, query: packed[0], key: packed[1], value: packed[2],
            mask: inputs.count > 1 ? inputs[1] : nil,
            output: heads(storage, 0, sizes, parts: 1, Element.self)[0],
            keeps: Context.current.isGradientEnabled
                && inputs.contains(where: \.handle.isTracked))
        return try Tensor(result, dense: storage).converted(to: spec.dtype)
    }

    var savesForBackward: SavedTensors { .inputs }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return inputs.map { _ in nil } }
        guard gradient.count > 0 else { return try inputs.map { try Tensor.zeros($0.shape) } }
        return computesInBFloat16(inputs[0].dtype)
            ? try backward(BFloat16.self, gradient, inputs, needs)
            : try backward(Float.self, gradient, inputs, needs)
    }

    private func backward<Element: LaneElement>(
        _: Element.Type, _ gradient: Tensor, _ inputs: [Tensor], _ needs: [Bool]
    ) throws -> [Tensor?] {
        let sizes = sizes(inputs[0].spec)
        let x = try inputs[0].converted(to: Element.dtype).dense()
        let given = try gradient.converted(to: Element.dtype).dense()
        let packed = heads(x.storage, x.offset, sizes, parts: 3, Element.self)
        let spec = TensorSpec(inputs[0].shape, Element.dtype)
        let storage = try Storage(byteCount: spec.byteCount)
        let results = heads(storage, 0, sizes, parts: 3, Element.self)
        let masked = inputs.count > 1
        let scores = try run.backward(
            sizes, query: packed[0], key: packed[1], value: packed[2],
            mask: masked ? inputs[1] : nil,
            gradient: heads(given.storage, given.offset, sizes, parts: 1, Element.self)[0],
            queryGradient: results[0], keyGradient: results[1], valueGradient: results[2],
            needsMask: masked && needs[1])
        return [Tensor(spec, dense: storage)]
            + (masked ? [try scores?.summed(to: inputs[1].shape)] : [])
    }

    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost {
        sizes(inputs[0]).cost(inputs + outputs)
    }
}

/// Self-attention of several heads, all samples and heads at once: `scaledDotProductAttention` of
/// the queries, keys and values that one linear layer puts beside each other, without copying them
/// apart.
///
/// `packed` is `[..., T, 3 * heads * D]`: of each token the queries of all heads, then the keys,
/// then the values. Gives `[..., T, heads * D]`. The other arguments are those of
/// `scaledDotProductAttention`; a mask broadcasts to `[..., heads, T, T]`.
///
///     let y = try selfAttention(linear(x, inWeights, bias: inBias), heads: 3)
public func selfAttention(
    _ packed: Tensor, heads: Int, mask: Tensor? = nil, isCausal: Bool = false,
    scale: Double? = nil, dropout: Double = 0, training: Bool = true
) throws -> Tensor {
    let settings = AttentionSettings(
        scale: scale, isCausal: isCausal, dropout: training ? dropout : 0)
    return try apply(
        SelfAttention(heads: heads, settings),
        [Context.current.lowered(packed)] + [mask].compactMap(\.self))[0]
}
