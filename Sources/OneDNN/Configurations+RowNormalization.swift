internal import COneDNN

/// Normalisation of each row of a matrix (`dnnl_layer_normalization_*`), with scale and shift for
/// each column where asked for.
public struct LayerNormalizationConfiguration: PrimitiveConfiguration {
    public var isForward: Bool
    /// `[rows, columns]`.
    public var data: MemoryDescriptor
    public var hasScale, hasShift: Bool
    public var epsilon: Float

    public init(
        isForward: Bool, data: MemoryDescriptor, hasScale: Bool, hasShift: Bool, epsilon: Float
    ) {
        self.isForward = isForward
        self.data = data
        self.hasScale = hasScale
        self.hasShift = hasShift
        self.epsilon = epsilon
    }

    public func makePrimitive() throws(OneDNNError) -> Primitive {
        let statistics = try MemoryDescriptor(shape: [data.shape[0]])
        let vector = try MemoryDescriptor(shape: [data.shape[1]])
        var others: [Role: MemoryDescriptor] = [.mean: statistics, .variance: statistics]
        if hasScale { others[.scale] = vector }
        if hasShift { others[.shift] = vector }
        let forward = try description(isForward: true, statistics, hint: nil)
        if isForward {
            return try forward.primitive(
                source: .source, weights: nil, bias: nil, others: others)
        }
        if hasScale { others[.scaleGradient] = vector }
        if hasShift { others[.shiftGradient] = vector }
        others[.source] = data
        let backward = try description(isForward: false, statistics, hint: forward)
        return try backward.primitive(
            source: .sourceGradient, weights: nil, bias: nil, others: others)
    }

    private func description(
        isForward: Bool, _ statistics: MemoryDescriptor, hint: PrimitiveDescription?
    ) throws(OneDNNError) -> PrimitiveDescription {
        var raw = dnnl_layer_normalization_desc_t()
        var data = self.data.box.raw
        var gradient = self.data.box.raw
        var statistics = statistics.box.raw
        var flags: UInt32 = 0
        if hasScale { flags |= dnnl_use_scale.rawValue }
        if hasShift { flags |= dnnl_use_shift.rawValue }
        if isForward {
            try check(
                dnnl_layer_normalization_forward_desc_init(
                    &raw, dnnl_forward_training, &data, &statistics, epsilon, flags),
                "dnnl_layer_normalization_forward_desc_init")
        } else {
            let kind = hasScale || hasShift ? dnnl_backward : dnnl_backward_data
            try check(
                dnnl_layer_normalization_backward_desc_init(
                    &raw, kind, &gradient, &data, &statistics, epsilon, flags),
                "dnnl_layer_normalization_backward_desc_init")
        }
        return try PrimitiveDescription(&raw, hint: hint, isForward: isForward)
    }
}

/// Local response normalisation across channels (`dnnl_lrn_*`):
/// `y = x (k + alpha / size * sum(x^2))^-beta` over `size` neighbouring channels, an odd number.
public struct LocalResponseNormalizationConfiguration: PrimitiveConfiguration {
    public var isForward: Bool
    public var data: MemoryDescriptor
    public var size: Int
    public var alpha, beta, k: Float

    public init(
        isForward: Bool, data: MemoryDescriptor, size: Int, alpha: Float, beta: Float, k: Float
    ) {
        self.isForward = isForward
        self.data = data
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.k = k
    }

    public func makePrimitive() throws(OneDNNError) -> Primitive {
        let forward = try description(isForward: true, hint: nil)
        if isForward {
            return try forward.primitive(source: .source, weights: nil, bias: nil)
        }
        let backward = try description(isForward: false, hint: forward)
        return try backward.primitive(
            source: .sourceGradient, weights: nil, bias: nil, others: [.source: data])
    }

    private func description(
        isForward: Bool, hint: PrimitiveDescription?
    ) throws(OneDNNError) -> PrimitiveDescription {
        var raw = dnnl_lrn_desc_t()
        var data = self.data.box.raw
        var gradient = self.data.box.raw
        if isForward {
            try check(
                dnnl_lrn_forward_desc_init(
                    &raw, dnnl_forward_training, dnnl_lrn_across_channels, &data, Int64(size),
                    alpha, beta, k), "dnnl_lrn_forward_desc_init")
        } else {
            try check(
                dnnl_lrn_backward_desc_init(
                    &raw, dnnl_lrn_across_channels, &gradient, &data, Int64(size), alpha, beta, k),
                "dnnl_lrn_backward_desc_init")
        }
        return try PrimitiveDescription(&raw, hint: hint, isForward: isForward)
    }
}
