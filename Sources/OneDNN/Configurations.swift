internal import COneDNN

/// Which gradients a kernel computes.
public enum Direction: Hashable, Sendable {
    case forward, backwardData, backwardWeights
}

/// How a convolution is computed.
public enum ConvolutionAlgorithm: Hashable, Sendable {
    case direct
    /// By Winograd's algorithm where a kernel has it: fewer products, results that differ in the
    /// last bits and, around infinities and NaN, by more.
    case winogradOrDirect
}

/// Two-dimensional convolution (`dnnl_dilated_convolution_*`); weights `[K, C, h, w]`, or
/// `[G, K/G, C/G, h, w]` with groups.
public struct ConvolutionConfiguration: PrimitiveConfiguration {
    public var direction: Direction
    public var algorithm: ConvolutionAlgorithm
    public var source, weights, destination: MemoryDescriptor
    public var bias: MemoryDescriptor?
    public var strides, dilation, paddingLow, paddingHigh: [Int]
    /// Applied to the result of a forward pass.
    public var postOperation: PostOperation?
    /// Whether a tensor in the format of the destination is added to the result of a forward pass,
    /// before the post-operation.
    public var hasAddend = false
    /// Whether each thread of a parallel loop is to run such a kernel of its own.
    public var isForOneThread = false

    /// - Parameter dilation: 1 where kernel elements are adjacent.
    public init(
        _ direction: Direction, _ algorithm: ConvolutionAlgorithm = .direct,
        source: MemoryDescriptor, weights: MemoryDescriptor, bias: MemoryDescriptor?,
        destination: MemoryDescriptor, strides: [Int], dilation: [Int], paddingLow: [Int],
        paddingHigh: [Int], postOperation: PostOperation? = nil
    ) {
        self.direction = direction
        self.algorithm = algorithm
        self.source = source
        self.weights = weights
        self.bias = bias
        self.destination = destination
        self.strides = strides
        self.dilation = dilation
        self.paddingLow = paddingLow
        self.paddingHigh = paddingHigh
        self.postOperation = postOperation
    }

    public func makePrimitive() throws(OneDNNError) -> Primitive {
        isForOneThread
            ? try Parallel.alone { () throws(OneDNNError) in try makeOwnPrimitive() }
            : try makeOwnPrimitive()
    }

    private func makeOwnPrimitive() throws(OneDNNError) -> Primitive {
        guard algorithm == .winogradOrDirect else {
            return try makePrimitive(dnnl_convolution_direct)
        }
        do {
            return try makePrimitive(dnnl_convolution_winograd)
        } catch {
            guard error.isUnimplemented else { throw error }
            return try makePrimitive(dnnl_convolution_direct)
        }
    }

    private func makePrimitive(
        _ algorithm: dnnl_alg_kind_t
    ) throws(OneDNNError) -> Primitive {
        let forward = try forwardConfiguration().description(.forward, algorithm, hint: nil)
        guard direction != .forward else {
            return try forward.primitive(
                source: .source, weights: .weights, bias: .bias, addend: hasAddend)
        }
        let backward = try description(direction, algorithm, hint: forward)
        return direction == .backwardData
            ? try backward.primitive(source: .sourceGradient, weights: .weights, bias: nil)
            : try backward.primitive(
                source: .source, weights: .weightsGradient, bias: .biasGradient)
    }

    /// What the forward pass of a gradient is: its weights have the type of the source, while
    /// gradients of the weights may have another, and a format of its own choice.
    private func forwardConfiguration() throws(OneDNNError) -> ConvolutionConfiguration {
        guard direction != .forward, let type = source.type else { return self }
        var forward = self
        forward.weights = try .any(shape: weights.shape, type: type)
        return forward
    }

    private func description(
        _ direction: Direction, _ algorithm: dnnl_alg_kind_t, hint: PrimitiveDescription?
    ) throws(OneDNNError) -> PrimitiveDescription {
        var raw = dnnl_convolution_desc_t()
        var source = self.source.box.raw
        var weights = self.weights.box.raw
        var bias = self.bias?.box.raw ?? dnnl_memory_desc_t()
        var destination = self.destination.box.raw
        let strides = self.strides.map(Int64.init)
        let dilation = self.dilation.map { Int64($0 - 1) }
        let low = paddingLow.map(Int64.init)
        let high = paddingHigh.map(Int64.init)
        switch direction {
        case .forward:
            try check(
                dnnl_dilated_convolution_forward_desc_init(
                    &raw, dnnl_forward_training, algorithm, &source, &weights, &bias,
                    &destination, strides, dilation, low, high),
                "dnnl_dilated_convolution_forward_desc_init")
        case .backwardData:
            try check(
                dnnl_dilated_convolution_backward_data_desc_init(
                    &raw, algorithm, &source, &weights, &destination, strides,
                    dilation, low, high),
                "dnnl_dilated_convolution_backward_data_desc_init")
        case .backwardWeights:
            try check(
                dnnl_dilated_convolution_backward_weights_desc_init(
                    &raw, algorithm, &source, &weights, &bias, &destination, strides,
                    dilation, low, high),
                "dnnl_dilated_convolution_backward_weights_desc_init")
        }
        return try PrimitiveDescription(
            &raw, hint: hint, isForward: direction == .forward,
            postOperation: direction == .forward ? postOperation : nil,
            addend: direction == .forward && hasAddend ? self.destination : nil)
    }
}

/// Matrix product of the last two axes (`dnnl_matmul`): source `[..., M, K]`, weights `[..., K, N]`
/// and bias `[..., 1, N]` give the destination `[..., M, N]`; batch axes of size 1 broadcast.
public struct MatrixProductConfiguration: PrimitiveConfiguration {
    public var source, weights, destination: MemoryDescriptor
    public var bias: MemoryDescriptor?
    /// Applied to the result.
    public var postOperation: PostOperation?

    public init(
        source: MemoryDescriptor, weights: MemoryDescriptor, bias: MemoryDescriptor? = nil,
        destination: MemoryDescriptor, postOperation: PostOperation? = nil
    ) {
        self.source = source
        self.weights = weights
        self.bias = bias
        self.destination = destination
        self.postOperation = postOperation
    }

    public func makePrimitive() throws(OneDNNError) -> Primitive {
        var raw = dnnl_matmul_desc_t()
        var source = self.source.box.raw
        var weights = self.weights.box.raw
        var bias = self.bias?.box.raw ?? dnnl_memory_desc_t()
        var destination = self.destination.box.raw
        try check(
            dnnl_matmul_desc_init(&raw, &source, &weights, &bias, &destination),
            "dnnl_matmul_desc_init")
        return try PrimitiveDescription(
            &raw, hint: nil, isForward: true, postOperation: postOperation
        ).primitive(source: .source, weights: .weights, bias: .bias)
    }
}

/// Two-dimensional pooling (`dnnl_pooling_v2_*`).
public struct PoolingConfiguration: PrimitiveConfiguration {
    public enum Kind: Hashable, Sendable {
        case maximum, averageWithPadding, averageWithoutPadding
    }

    public var kind: Kind
    public var isForward: Bool
    public var source, destination: MemoryDescriptor
    public var kernel, strides, paddingLow, paddingHigh: [Int]

    public init(
        _ kind: Kind, isForward: Bool, source: MemoryDescriptor, destination: MemoryDescriptor,
        kernel: [Int], strides: [Int], paddingLow: [Int], paddingHigh: [Int]
    ) {
        self.kind = kind
        self.isForward = isForward
        self.source = source
        self.destination = destination
        self.kernel = kernel
        self.strides = strides
        self.paddingLow = paddingLow
        self.paddingHigh = paddingHigh
    }

    public func makePrimitive() throws(OneDNNError) -> Primitive {
        let forward = try description(isForward: true, hint: nil)
        if isForward {
            return try forward.primitive(source: .source, weights: nil, bias: nil)
        }
        let backward = try description(isForward: false, hint: forward)
        return try backward.primitive(source: .sourceGradient, weights: nil, bias: nil)
    }

    private func description(
        isForward: Bool, hint: PrimitiveDescription?
    ) throws(OneDNNError) -> PrimitiveDescription {
        let algorithm =
            switch kind {
            case .maximum: dnnl_pooling_max
            case .averageWithPadding: dnnl_pooling_avg_include_padding
            case .averageWithoutPadding: dnnl_pooling_avg_exclude_padding
            }
        var raw = dnnl_pooling_v2_desc_t()
        var source = self.source.box.raw
        var destination = self.destination.box.raw
        let strides = self.strides.map(Int64.init)
        let kernel = self.kernel.map(Int64.init)
        let low = paddingLow.map(Int64.init)
        let high = paddingHigh.map(Int64.init)
        let dilation = [Int64](repeating: 0, count: kernel.count)
        if isForward {
            try check(
                dnnl_pooling_v2_forward_desc_init(
                    &raw, dnnl_forward_training, algorithm, &source, &destination, strides, kernel,
                    dilation, low, high), "dnnl_pooling_v2_forward_desc_init")
        } else {
            try check(
                dnnl_pooling_v2_backward_desc_init(
                    &raw, algorithm, &source, &destination, strides, kernel, dilation, low, high),
                "dnnl_pooling_v2_backward_desc_init")
        }
        return try PrimitiveDescription(&raw, hint: hint, isForward: isForward)
    }
}
