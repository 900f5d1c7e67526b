internal import COneDNN

/// A function that a primitive applies to its result before it writes it.
public enum PostOperation: Hashable, Sendable {
    case relu
    /// `relu` cut off above 6.
    case relu6
    /// The exact form, by the error function.
    case gelu
    /// The approximation by a hyperbolic tangent.
    case geluTanh
    /// `x * sigmoid(x)`.
    case silu
    case hardSwish

    /// oneDNN's name of the function and its two numbers.
    fileprivate var raw: (algorithm: dnnl_alg_kind_t, alpha: Float, beta: Float) {
        switch self {
        case .relu: (dnnl_eltwise_relu, 0, 0)
        case .relu6: (dnnl_eltwise_clip, 0, 6)
        case .gelu: (dnnl_eltwise_gelu_erf, 0, 0)
        case .geluTanh: (dnnl_eltwise_gelu_tanh, 0, 0)
        case .silu: (dnnl_eltwise_swish, 1, 0)
        case .hardSwish: (dnnl_eltwise_hardswish, 0, 0)
        }
    }
}

/// Attributes of a primitive; ours always ask for a scratchpad given by the caller, so that its
/// memory counts against the budget.
final class Attributes {
    let raw: dnnl_primitive_attr_t

    /// With a format `addend`, a tensor of that format is added to the result before the function
    /// is applied.
    init(
        _ postOperation: PostOperation? = nil, addend: MemoryDescriptor? = nil
    ) throws(OneDNNError) {
        var raw: dnnl_primitive_attr_t?
        try check(dnnl_primitive_attr_create(&raw), "dnnl_primitive_attr_create")
        guard let raw else {
            throw OneDNNError(call: "dnnl_primitive_attr_create", reason: .status("no attributes"))
        }
        self.raw = raw
        try check(
            dnnl_primitive_attr_set_scratchpad_mode(raw, dnnl_scratchpad_mode_user),
            "dnnl_primitive_attr_set_scratchpad_mode")
        if postOperation == nil, addend == nil { return }
        var operations: dnnl_post_ops_t?
        try check(dnnl_post_ops_create(&operations), "dnnl_post_ops_create")
        defer { dnnl_post_ops_destroy(operations) }
        if var format = addend?.box.raw {
            try check(
                dnnl_post_ops_append_binary(operations, dnnl_binary_add, &format),
                "dnnl_post_ops_append_binary")
        }
        if let (algorithm, alpha, beta) = postOperation?.raw {
            try check(
                dnnl_post_ops_append_eltwise(operations, 1, algorithm, alpha, beta),
                "dnnl_post_ops_append_eltwise")
        }
        try check(
            dnnl_primitive_attr_set_post_ops(raw, operations), "dnnl_primitive_attr_set_post_ops")
    }

    deinit { dnnl_primitive_attr_destroy(raw) }
}

/// Owns a primitive's description until the primitive is made from it.
final class PrimitiveDescription {
    let raw: dnnl_primitive_desc_t
    private let isForward: Bool

    init(
        _ operation: UnsafeMutableRawPointer, hint: PrimitiveDescription?, isForward: Bool,
        postOperation: PostOperation? = nil, addend: MemoryDescriptor? = nil
    ) throws(OneDNNError) {
        let attributes = try Attributes(postOperation, addend: addend)
        var raw: dnnl_primitive_desc_t?
        try check(
            dnnl_primitive_desc_create(
                &raw, operation, attributes.raw, try Engine.current().engine, hint?.raw),
            "dnnl_primitive_desc_create")
        guard let raw else {
            throw OneDNNError(call: "dnnl_primitive_desc_create", reason: .status("no description"))
        }
        self.raw = raw
        self.isForward = isForward
    }

    deinit { dnnl_primitive_desc_destroy(raw) }

    /// Compiles the primitive and notes the format chosen for each role.
    func primitive(
        source: Role, weights: Role?, bias: Role?, addend: Bool = false,
        others: [Role: MemoryDescriptor] = [:]
    ) throws(OneDNNError) -> Primitive {
        func query(_ what: dnnl_query_t, _ index: Int32 = 0) -> MemoryDescriptor? {
            guard let found = dnnl_primitive_desc_query_md(raw, what, index),
                found.pointee.ndims > 0
            else { return nil }
            return MemoryDescriptor(found.pointee)
        }
        var roles = others
        roles[source] = query(
            source == .sourceGradient ? dnnl_query_diff_src_md : dnnl_query_src_md)
        roles[isForward ? .destination : .destinationGradient] = query(
            isForward ? dnnl_query_dst_md : dnnl_query_diff_dst_md)
        if addend { roles[.addend] = roles[.destination] }
        if let weights {
            roles[weights] = query(
                weights == .weightsGradient ? dnnl_query_diff_weights_md : dnnl_query_weights_md)
        }
        if let bias {
            roles[bias] = query(
                bias == .biasGradient ? dnnl_query_diff_weights_md : dnnl_query_weights_md, 1)
        }
        var copy: dnnl_primitive_desc_t?
        try check(dnnl_primitive_desc_clone(&copy, raw), "dnnl_primitive_desc_clone")
        guard let copy else {
            throw OneDNNError(call: "dnnl_primitive_desc_clone", reason: .status("no description"))
        }
        return try Primitive(copy, roles: roles)
    }
}
