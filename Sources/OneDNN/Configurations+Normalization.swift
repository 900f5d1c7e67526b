internal import COneDNN

/// Batch normalisation with scale and shift (`dnnl_batch_normalization_*`).
public struct BatchNormalizationConfiguration: PrimitiveConfiguration {
    public enum Mode: Hashable, Sendable {
        /// Statistics come from the batch.
        case training
        /// Statistics are given.
        case inference
    }

    public var mode: Mode
    public var isForward: Bool
    public var data: MemoryDescriptor
    public var epsilon: Float
    /// Whether negative results become zero. Which ones did is left in the workspace.
    public var fusesReLU: Bool

    public init(
        _ mode: Mode, isForward: Bool, data: MemoryDescriptor, epsilon: Float,
        fusesReLU: Bool = false
    ) {
        self.mode = mode
        self.isForward = isForward
        self.data = data
        self.epsilon = epsilon
        self.fusesReLU = fusesReLU
    }

    public func makePrimitive() throws(OneDNNError) -> Primitive {
        let forward = try description(isForward: true, hint: nil)
        if isForward {
            return try forward.primitive(
                source: .source, weights: nil, bias: nil, others: try vectors(gradients: false))
        }
        let backward = try description(isForward: false, hint: forward)
        return try backward.primitive(
            source: .sourceGradient, weights: nil, bias: nil,
            others: try vectors(gradients: true).merging([.source: data]) { first, _ in first })
    }

    private func vectors(gradients: Bool) throws(OneDNNError) -> [Role: MemoryDescriptor] {
        let vector = try MemoryDescriptor(shape: [data.shape[1]])
        var roles: [Role: MemoryDescriptor] = [
            .mean: vector, .variance: vector, .scale: vector, .shift: vector,
        ]
        if gradients {
            roles[.scaleGradient] = vector
            roles[.shiftGradient] = vector
        }
        return roles
    }

    private func description(
        isForward: Bool, hint: PrimitiveDescription?
    ) throws(OneDNNError) -> PrimitiveDescription {
        var raw = dnnl_batch_normalization_desc_t()
        var data = self.data.box.raw
        var gradient = self.data.box.raw
        var flags = dnnl_use_scale.rawValue | dnnl_use_shift.rawValue
        if mode == .inference { flags |= dnnl_use_global_stats.rawValue }
        if fusesReLU { flags |= dnnl_fuse_norm_relu.rawValue }
        if isForward {
            try check(
                dnnl_batch_normalization_forward_desc_init(
                    &raw, dnnl_forward_training, &data, epsilon, flags),
                "dnnl_batch_normalization_forward_desc_init")
        } else {
            try check(
                dnnl_batch_normalization_backward_desc_init(
                    &raw, dnnl_backward, &gradient, &data, epsilon, flags),
                "dnnl_batch_normalization_backward_desc_init")
        }
        return try PrimitiveDescription(&raw, hint: hint, isForward: isForward)
    }
}

/// A copy from one format to another.
public struct ReorderConfiguration: PrimitiveConfiguration {
    public var source, destination: MemoryDescriptor

    public init(from source: MemoryDescriptor, to destination: MemoryDescriptor) {
        self.source = source
        self.destination = destination
    }

    public func makePrimitive() throws(OneDNNError) -> Primitive {
        let engine = try Engine.current().engine
        let attributes = try Attributes()
        var from = source.box.raw
        var to = destination.box.raw
        var description: dnnl_primitive_desc_t?
        try check(
            dnnl_reorder_primitive_desc_create(
                &description, &from, engine, &to, engine, attributes.raw),
            "dnnl_reorder_primitive_desc_create")
        guard let description else {
            throw OneDNNError(
                call: "dnnl_reorder_primitive_desc_create", reason: .status("no description"))
        }
        return try Primitive(
            description, roles: [.source: source, .destination: destination])
    }
}
