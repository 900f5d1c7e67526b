import OneDNN

/// What both forms of attention are told beside their tensors.
struct AttentionSettings: Sendable {
    /// `1 / sqrt(D)` unless given.
    var scale: Double?
    var isCausal = false
    var dropout = 0.0

    func check(_ operation: String) throws {
        guard dropout >= 0, dropout <= 1 else {
            throw TensorError(
                .value, operation, "dropout is a share of the probabilities", expected: "0...1",
                got: "\(dropout)")
        }
    }

    /// Throws unless the mask broadcasts to the scores, which are `[..., T, S]`.
    func check(mask: TensorSpec, scores: [Int], _ operation: String) throws {
        guard mask.dtype == .bool || mask.dtype.isFloatingPoint else {
            throw TensorError(
                .dtype, operation, "a mask says which keys count, or is added to the scores",
                expected: "bool or float32", got: "\(mask.dtype)")
        }
        guard broadcastShape(mask.shape, scores) == scores else {
            throw TensorError(
                .shape, operation, "mask \(mask.shape) does not broadcast to the scores",
                expected: "sizes of \(scores) or 1, from the last axis on", got: "\(mask.shape)")
        }
    }
}

/// The sizes of one call: matrices before the last two axes, queries, keys, and their widths.
struct AttentionSizes {
    let leading: [Int]
    let rows, columns, width, valueWidth: Int

    var scores: [Int] { leading + [rows, columns] }
    var isEmpty: Bool { leading.contains(0) || rows == 0 || valueWidth == 0 }

    func cost(_ specs: [TensorSpec]) -> Cost {
        Cost(
            multiplyAccumulates: TensorSpec(scores).count &* (width &+ valueWidth),
            bytes: specs.reduce(0) { $0 &+ $1.byteCount })
    }
}

/// One call of attention, from its forward to its backward pass.
final class AttentionRun: @unchecked Sendable {
    // Invariant: used by one forward pass and its backward pass, on one thread.
    private let settings: AttentionSettings
    private var kept: Storage?
    private var random: IndexedRandom?

    /// Probabilities up to this many bytes wait for the backward pass; beyond it they are computed
    /// again, so that memory does not grow with the square of the length.
    private static let keptBytes = 64 << 20

    init(_ settings: AttentionSettings) { self.settings = settings }

    func forward<Element: LaneElement>(
        _ sizes: AttentionSizes, query: MatrixStack<Element>, key: MatrixStack<Element>,
        value: MatrixStack<Element>, mask: Tensor?, output: MatrixStack<Element>, keeps: Bool
    ) throws {
        if settings.dropout > 0 { random = IndexedRandom(&Context.current.generator) }
        let (mask, storage) = try additive(mask, sizes)
        let kernel: AttentionKernel<Element> = kernel(sizes, mask)
        let bytes =
            Double(query.offsets.count) * Double(sizes.rows) * Double(kernel.padded)
            * Double(MemoryLayout<Float>.stride)
        let context = Context.current
        let fits = bytes <= Double(Self.keptBytes)
        if keeps && fits || context.watchesAttention {
            kept = try Storage(byteCount: Int(min(bytes, 0x1p62)))
        }
        try kernel.forward(
            query: query, key: key, value: value, output: output, kept: keptElements())
        withExtendedLifetime(storage) {}
        guard context.watchesAttention, let kept else { return }
        try context.show(attention: Self.weights(kept, sizes, row: kernel.padded))
        if !keeps || !fits { self.kept = nil }
    }

    /// Kept probabilities as a tensor in the scores' shape.
    private static func weights(
        _ kept: Storage, _ sizes: AttentionSizes, row: Int
    ) throws -> Tensor {
        let spec = TensorSpec(sizes.scores)
        let storage = try Storage(byteCount: spec.byteCount)
        let from = kept.pointer.assumingMemoryBound(to: Float.self)
        let to = storage.pointer.assumingMemoryBound(to: Float.self)
        for index in 0..<(sizes.columns > 0 ? spec.count / sizes.columns : 0) {
            (to + index * sizes.columns).update(from: from + index * row, count: sizes.columns)
        }
        return Tensor(spec, dense: storage)
    }

    /// The gradient of an additive mask comes back where it is wanted, in the scores' shape.
    func backward<Element: LaneElement>(
        _ sizes: AttentionSizes, query: MatrixStack<Element>, key: MatrixStack<Element>,
        value: MatrixStack<Element>, mask: Tensor?, gradient: MatrixStack<Element>,
        queryGradient: MatrixStack<Element>, keyGradient: MatrixStack<Element>,
        valueGradient: MatrixStack<Element>, needsMask: Bool
    ) throws -> Tensor? {
        let (added, storage) = try additive(mask, sizes)
        let kernel: AttentionKernel<Element> = kernel(sizes, added)
        let spec = TensorSpec(sizes.scores)
        let scores = needsMask ? try Storage(byteCount: spec.byteCount) : nil
        try kernel.backward(
            query: query, key: key, value: value, gradient: gradient, kept: keptElements(),
            queryGradient: queryGradient, keyGradient: keyGradient, valueGradient: valueGradient,
            maskGradient: scores?.pointer.assumingMemoryBound(to: Float.self))
        return withExtendedLifetime((storage, kept)) { scores.map { Tensor(spec, dense: $0) } }
    }

    private func keptElements() -> UnsafeMutablePointer<Float>? {
        kept?.pointer.assumingMemoryBound(to: Float.self)
    }

    private func kernel<Element: LaneElement>(
        _ sizes: AttentionSizes, _ mask: AttentionMask?
    ) -> AttentionKernel<Element> {
        AttentionKernel(
            rows: sizes.rows, columns: sizes.columns, width: sizes.width,
            valueWidth: sizes.valueWidth,
            scale: Float(settings.scale ?? 1 / Double(sizes.width).squareRoot()),
            isCausal: settings.isCausal, mask: mask,
            dropout: random.map { (Float(settings.dropout), $0) })
    }

    /// The mask as numbers to add: a bool mask gives 0 where it is true, else negative infinity.
    private func additive(
        _ mask: Tensor?, _ sizes: AttentionSizes
    ) throws -> (AttentionMask?, Storage?) {
        guard let mask else { return (nil, nil) }
        var elements: StridedElements
        if mask.dtype == .bool {
            let source = try mask.dense()
            let storage = try Storage(byteCount: mask.count * MemoryLayout<Float>.size)
            let bits = source.pointer(Bool.self)
            let values = storage.pointer.assumingMemoryBound(to: Float.self)
            for index in 0..<mask.count { values[index] = bits[index] ? 0 : -.infinity }
            withExtendedLifetime(source.storage) {}
            elements = StridedElements(
                storage: storage, offset: 0, strides: mask.spec.contiguousStrides)
        } else {
            elements = try mask.converted(to: .float32).strided()
        }
        let strides = broadcastStrides(elements.strides, shape: mask.shape, to: sizes.scores)
        let stack = MatrixStack(
            elements.storage, elements.offset, leading: sizes.leading,
            strides: Array(strides.dropLast(2)), row: strides[strides.count - 2], Float.self)
        return (AttentionMask(values: stack, column: strides[strides.count - 1]), elements.storage)
    }
}

/// Attention of queries `[..., T, D]` to keys `[..., S, D]` with values `[..., S, V]`; a mask that
/// broadcasts to `[..., T, S]` may follow.
struct Attention: Operation {
    let settings: AttentionSettings
    let name = "scaledDotProductAttention"
    private let run: AttentionRun

    init(_ settings: AttentionSettings) {
        self.settings = settings
        run = AttentionRun(settings)
    }

    func receptiveField(
        _ fields: [ReceptiveField], inputs: [TensorSpec], outputs: [TensorSpec]
    ) -> ReceptiveField? {
        ReceptiveField.union(fields)?.whole
    }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let sizes = try self.sizes(inputs)
        return [TensorSpec(sizes.leading + [sizes.rows, sizes.valueWidth], inputs[0].dtype)]
    }

    private func sizes(_ inputs: [TensorSpec]) throws -> AttentionSizes {
        let (q, k, v) = (inputs[0], inputs[1], inputs[2])
        let shapes = "query \(q.shape), key \(k.shape) and value \(v.shape)"
        guard q.rank >= 2, k.rank == q.rank, v.rank == q.rank,
            q.shape.dropLast(2) == k.shape.dropLast(2), k.shape.dropLast(2) == v.shape.dropLast(2)
        else {
            throw TensorError(
                .shape, name, "queries, keys and values do not belong together",
                expected: "query [..., T, D], key [..., S, D] and value [..., S, V] with the same "
                    + "axes before", got: shapes)
        }
        guard q.dtype.isFloatingPoint, k.dtype == q.dtype, v.dtype == q.dtype else {
            throw TensorError(
                .dtype, name, "queries, keys and values have one real type",
                expected: "float32 or bfloat16, as cast(to:) makes them",
                got: "\(q.dtype), \(k.dtype) and \(v.dtype)")
        }
        guard q.shape[q.rank - 1] == k.shape[k.rank - 1], q.shape[q.rank - 1] > 0 else {
            throw TensorError(
                .shape, name, "a query is compared with keys of its own width",
                expected: "one D of at least 1 in query [..., T, D] and key [..., S, D]",
                got: shapes)
        }
        guard k.shape[k.rank - 2] == v.shape[v.rank - 2] else {
            throw TensorError(
                .shape, name, "each key has a value",
                expected: "one S in key [..., S, D] and value [..., S, V]", got: shapes)
        }
        let sizes = measured(inputs)
        try settings.check(name)
        if inputs.count > 3 {
            try settings.check(mask: inputs[3], scores: sizes.scores, name)
        }
        return sizes
    }

    /// The sizes of inputs that belong together.
    private func measured(_ inputs: [TensorSpec]) -> AttentionSizes {
        let (q, k, v) = (inputs[0], inputs[1], inputs[2])
        return AttentionSizes(
            leading: Array(q.shape.dropLast(2)), rows: q.shape[q.rank - 2],
            columns: k.shape[k.rank - 2], width: q.shape[q.rank - 1],
            valueWidth: v.shape[v.rank - 1])
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        let sizes = measured(inputs.map(\.spec))
        guard !sizes.isEmpty, sizes.columns > 0 else {
            return [try Tensor.zeros(spec.shape, dtype: spec.dtype)]
        }
        try Allocator.shared.checkRoom(byteCount: spec.byteCount)
        return [
            computesInBFloat16(spec.dtype)
                ? try forward(BFloat16.self, inputs, sizes, spec)
                : try forward(Float.self, inputs, sizes, spec)
        ]
    }

    private func forward<Element: LaneElement>(
        _: Element.Type, _ inputs: [Tensor], _ sizes: AttentionSizes, _ spec: TensorSpec
    ) throws -> Tensor {
        let operands = try stacks(Element.self, inputs)
        let (result, output) = try tokensFirst(Element.self, spec.shape)
        try run.forward(
            sizes, query: operands[0], key: operands[1], value: operands[2],
            mask: inputs.count > 3 ? inputs[3] : nil, output: output,
            keeps: Context.current.isGradientEnabled
                && inputs.contains(where: \.handle.isTracked))
        return try result.converted(to: spec.dtype)
    }

    private func stacks<Element: LaneElement>(
        _: Element.Type, _ inputs: [Tensor]
    ) throws -> [MatrixStack<Element>] {
        try inputs.prefix(3).map {
            try MatrixStack($0.converted(to: Element.dtype), Element.self)
        }
    }

    /// A tensor of `shape` to be written. `[..., H, T, D]` lies in memory as `[..., T, H, D]`, so
    /// that its transposition back to tokens of `H * D` features copies nothing.
    private func tokensFirst<Element: LaneElement>(
        _: Element.Type, _ shape: [Int]
    ) throws -> (Tensor, MatrixStack<Element>) {
        let spec = TensorSpec(shape, Element.dtype)
        let storage = try Storage(byteCount: spec.byteCount)
        var strides = spec.contiguousStrides
        if shape.count >= 4 {
            strides[shape.count - 3] = shape[shape.count - 1]
            strides[shape.count - 2] = shape[shape.count - 1] * shape[shape.count - 3]
        }
        let stack = MatrixStack(
            storage, 0, leading: Array(shape.dropLast(2)), strides: Array(strides.dropLast(2)),
            row: strides[shape.count - 2], Element.self)
        return (Tensor(spec, storage, .strided(offset: 0, strides: strides)), stack)
    }

    var savesForBackward: SavedTensors { .inputs }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return inputs.map { _ in nil } }
        let sizes = measured(inputs.map(\.spec))
        guard !sizes.isEmpty, sizes.columns > 0 else {
            return try inputs.map { try Tensor.zeros($0.shape) }
        }
        return computesInBFloat16(inputs[0].dtype)
            ? try backward(BFloat16.self, gradient, inputs, sizes, needs)
            : try backward(Float.self, gradient, inputs, sizes, needs)
    }

    private func backward<Element: LaneElement>(
        _: Element.Type, _ gradient: Tensor, _ inputs: [Tensor], _ sizes: AttentionSizes,
        _ needs: [Bool]
    ) throws -> [Tensor?] {
        let operands = try stacks(Element.self, inputs)
        let results = try inputs.prefix(3).map { try tokensFirst(Element.self, $0.shape) }
        let masked = inputs.count > 3
        let scores = try run.backward(
            sizes, query: operands[0], key: operands[1], value: operands[2],
            mask: masked ? inputs[3] : nil,
            gradient: MatrixStack(gradient.converted(to: Element.dtype), Element.self),
            queryGradient: results[0].1, keyGradient: results[1].1, valueGradient: results[2].1,
            needsMask: masked && needs[3])
        return results.map { Optional($0.0) }
            + (masked ? [try scores?.summed(to: inputs[3].shape)] : [])
    }

    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost {
        measured(inputs).cost(inputs + outputs)
    }
}

/// Whether attention of tensors of `dtype` multiplies in bfloat16; otherwise it does in float32.
func computesInBFloat16(_ dtype: DType) -> Bool { dtype == .bfloat16 && hasBFloat16MatrixProduct }

/// Scaled dot-product attention (Vaswani et al. 2017, https://arxiv.org/abs/1706.03762):
/// `softmax(scale * query • key' + mask) • value`, as one operation.
///
/// query `[..., T, D]`, key `[..., S, D]` and value `[..., S, V]` give `[..., T, V]`; axes before
/// the last two broadcast. `scale` is `1 / sqrt(D)` unless given. A `mask` broadcasts to
/// `[..., T, S]`: bool, where `true` lets a query see a key, or numbers that are added to the
/// scores (and learn, where they require a gradient). `isCausal` lets query `t` see keys up to `t`.
/// In training, `dropout` sets that share of the probabilities to zero. A query that sees no key
/// gets zeros.
///
///     let y = try scaledDotProductAttention(q, k, v, isCausal: true)  // [N, heads, T, D]
public func scaledDotProductAttention(
    _ query: Tensor, _ key: Tensor, _ value: Tensor, mask: Tensor? = nil, isCausal: Bool = false,
    scale: Double? = nil, dropout: Double = 0, training: Bool = true
) throws -> Tensor {
    let context = Context.current
    var operands = try [query, key, value].map { try context.lowered($0) }
    let leading = operands.map { Array($0.shape.dropLast(2)) }
    if operands.allSatisfy({ $0.rank >= 2 }), leading[0] != leading[1] || leading[1] != leading[2],
        let common = broadcastShape(leading[0], leading[1]).flatMap({
            broadcastShape($0, leading[2])
        })
    {
        operands = try operands.map { try $0.broadcast(to: common + $0.shape.suffix(2)) }
    }
    let settings = AttentionSettings(
        scale: scale, isCausal: isCausal, dropout: training ? dropout : 0)
    return try apply(Attention(settings), operands + [mask].compactMap(\.self))[0]
}
