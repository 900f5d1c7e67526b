internal import COneDNN

/// Attributes of a primitive; ours always ask for a scratchpad given by the caller, so that its
/// memory counts against the budget.
final class Attributes {
    let raw: dnnl_primitive_attr_t

    init() throws(OneDNNError) {
        var raw: dnnl_primitive_attr_t?
        try check(dnnl_primitive_attr_create(&raw), "dnnl_primitive_attr_create")
        guard let raw else {
            throw OneDNNError(call: "dnnl_primitive_attr_create", reason: .status("no attributes"))
        }
        self.raw = raw
        try check(
            dnnl_primitive_attr_set_scratchpad_mode(raw, dnnl_scratchpad_mode_user),
            "dnnl_primitive_attr_set_scratchpad_mode")
    }

    deinit { dnnl_primitive_attr_destroy(raw) }
}

/// Owns a primitive's description until the primitive is made from it.
final class PrimitiveDescription {
    let raw: dnnl_primitive_desc_t
    private let isForward: Bool

    init(
        _ operation: UnsafeMutableRawPointer, hint: PrimitiveDescription?, isForward: Bool
    ) throws(OneDNNError) {
        let attributes = try Attributes()
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
        source: Role, weights: Role?, bias: Role?, others: [Role: MemoryDescriptor] = [:]
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
