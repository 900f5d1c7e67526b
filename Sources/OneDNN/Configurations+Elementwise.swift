internal import COneDNN

/// A function of each element (`dnnl_eltwise_*`).
public struct ElementwiseConfiguration: PrimitiveConfiguration {
    public enum Function: Hashable, Sendable {
        /// `1 / (1 + exp(-x))`.
        case logistic
        case tanh
        /// The approximation of GELU by a hyperbolic tangent.
        case geluTanh
        /// `x * logistic(x)`.
        case swish

        fileprivate var algorithm: dnnl_alg_kind_t {
            switch self {
            case .logistic: dnnl_eltwise_logistic
            case .tanh: dnnl_eltwise_tanh
            case .geluTanh: dnnl_eltwise_gelu_tanh
            case .swish: dnnl_eltwise_swish
            }
        }
    }

    public var function: Function
    public var isForward: Bool
    /// Elements, which lie one after the other.
    public var count: Int
    public var type: ElementType

    /// Backward, source and destination gradient give the source gradient.
    public init(_ function: Function, isForward: Bool, count: Int, type: ElementType) {
        self.function = function
        self.isForward = isForward
        self.count = count
        self.type = type
    }

    public func makePrimitive() throws(OneDNNError) -> Primitive {
        let data = try MemoryDescriptor(shape: [count], type: type)
        let forward = try description(data, isForward: true, hint: nil)
        if isForward { return try forward.primitive(source: .source, weights: nil, bias: nil) }
        let backward = try description(data, isForward: false, hint: forward)
        return try backward.primitive(
            source: .sourceGradient, weights: nil, bias: nil, others: [.source: data])
    }

    private func description(
        _ data: MemoryDescriptor, isForward: Bool, hint: PrimitiveDescription?
    ) throws(OneDNNError) -> PrimitiveDescription {
        var raw = dnnl_eltwise_desc_t()
        var data = data.box.raw
        var gradient = data
        // The scale inside swish; the other functions have no numbers of their own.
        let alpha: Float = function == .swish ? 1 : 0
        if isForward {
            try check(
                dnnl_eltwise_forward_desc_init(
                    &raw, dnnl_forward_training, function.algorithm, &data, alpha, 0),
                "dnnl_eltwise_forward_desc_init")
        } else {
            try check(
                dnnl_eltwise_backward_desc_init(
                    &raw, function.algorithm, &gradient, &data, alpha, 0),
                "dnnl_eltwise_backward_desc_init")
        }
        return try PrimitiveDescription(&raw, hint: hint, isForward: isForward)
    }
}
