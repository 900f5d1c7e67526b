internal import COneDNN

/// What a buffer is to a primitive.
public enum Role: Int32, Hashable, Sendable, CaseIterable {
    case source, source1, destination, weights, bias, mean, variance, workspace, scratchpad
    case scale, shift
    case sourceGradient, destinationGradient, weightsGradient, biasGradient
    case scaleGradient, shiftGradient
    /// What is added to the result before the post-operation, in the format of the destination.
    case addend

    var argument: Int32 {
        switch self {
        case .source: DNNL_ARG_SRC_0
        case .source1: DNNL_ARG_SRC_1
        case .destination: DNNL_ARG_DST_0
        case .weights: DNNL_ARG_WEIGHTS_0
        case .bias: DNNL_ARG_BIAS
        case .mean: DNNL_ARG_MEAN
        case .variance: DNNL_ARG_VARIANCE
        case .workspace: DNNL_ARG_WORKSPACE
        case .scratchpad: DNNL_ARG_SCRATCHPAD
        case .scale: 51
        case .shift: 52
        case .sourceGradient: DNNL_ARG_DIFF_SRC_0
        case .destinationGradient: DNNL_ARG_DIFF_DST_0
        case .weightsGradient: DNNL_ARG_DIFF_WEIGHTS_0
        case .biasGradient: DNNL_ARG_DIFF_BIAS
        case .scaleGradient: 255
        case .shiftGradient: 256
        case .addend: DNNL_ARG_SRC_1 | 16_384  // DNNL_ARG_ATTR_MULTIPLE_POST_OP(0)
        }
    }
}

/// One compiled oneDNN primitive: a kernel for exact shapes and formats, made once for each
/// distinct `PrimitiveConfiguration` and usable from any thread.
public final class Primitive: @unchecked Sendable {
    // Invariant: nothing changes after `init`; oneDNN executes one primitive from several threads
    // at once, since scratchpads are given by the caller.
    private let primitive: dnnl_primitive_t
    private let description: dnnl_primitive_desc_t
    private let engine: Engine
    private let descriptors: [Role: MemoryDescriptor]
    private let scratchpad: MemoryDescriptor?
    private let workspaceDescriptor: MemoryDescriptor?

    /// The name of the implementation that oneDNN chose, such as `jit:avx512_core`.
    public let implementation: String

    /// Whether a convolution is computed by Winograd's algorithm.
    public var usesWinograd: Bool { implementation.hasPrefix("jit_wino") }

    /// Whether a convolution copies its windows into matrices and multiplies those, as oneDNN does
    /// where it has no kernel for the shape and type.
    public let copiesWindows: Bool

    /// Takes ownership of `description`.
    init(_ description: dnnl_primitive_desc_t, roles: [Role: MemoryDescriptor]) throws(OneDNNError)
    {
        engine = try Engine.current()
        var primitive: dnnl_primitive_t?
        let status = dnnl_primitive_create(&primitive, description)
        guard status == dnnl_success, let primitive else {
            dnnl_primitive_desc_destroy(description)
            try check(status, "dnnl_primitive_create")
            throw OneDNNError(call: "dnnl_primitive_create", reason: .status("no primitive"))
        }
        self.primitive = primitive
        self.description = description
        func query(_ what: dnnl_query_t) -> MemoryDescriptor? {
            guard let found = dnnl_primitive_desc_query_md(description, what, 0),
                found.pointee.ndims > 0
            else { return nil }
            return MemoryDescriptor(found.pointee)
        }
        descriptors = roles
        let scratchpad = query(dnnl_query_scratchpad_md)
        self.scratchpad = (scratchpad?.byteCount ?? 0) > 0 ? scratchpad : nil
        workspaceDescriptor = query(dnnl_query_workspace_md)
        var name: UnsafePointer<CChar>?
        let answered = dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, &name)
        implementation =
            answered == dnnl_success ? name.map { String(cString: $0) } ?? "unknown" : "unknown"
        copiesWindows = implementation.split(separator: ":").contains("gemm")
    }

    deinit {
        dnnl_primitive_destroy(primitive)
        dnnl_primitive_desc_destroy(description)
    }

    /// The format chosen for a role, which the buffer of that role must have.
    public subscript(role: Role) -> MemoryDescriptor? { descriptors[role] }

    /// The format of the workspace that a forward pass hands to its backward pass, where one is
    /// needed.
    public var workspace: MemoryDescriptor? { workspaceDescriptor }

    /// Runs the kernel on buffers whose formats are those of `self[role]`.
    ///
    /// Blocks until the result is there. Only the holder of the interpreter lock calls it.
    /// Throws when the scratchpad does not fit the memory budget, or oneDNN reports a failure.
    public func execute(_ buffers: [(Role, UnsafeMutableRawPointer)]) throws(OneDNNError) {
        var arguments: [dnnl_exec_arg_t] = []
        arguments.reserveCapacity(buffers.count + 1)
        defer { for argument in arguments { dnnl_memory_destroy(argument.memory) } }
        func add(
            _ role: Role, _ descriptor: MemoryDescriptor, _ pointer: UnsafeMutableRawPointer
        ) throws(OneDNNError) {
            var memory: dnnl_memory_t?
            let status = withUnsafePointer(to: descriptor.box.raw) { raw in
                dnnl_memory_create(&memory, raw, engine.engine, pointer)
            }
            try check(status, "dnnl_memory_create")
            arguments.append(dnnl_exec_arg_t(arg: role.argument, memory: memory))
        }
        for (role, pointer) in buffers {
            guard let descriptor = role == .workspace ? workspaceDescriptor : descriptors[role]
            else {
                throw OneDNNError(
                    call: "dnnl_primitive_execute",
                    reason: .status("no buffer expected for \(role)"))
            }
            try add(role, descriptor, pointer)
        }
        Parallel.adopt()
        guard let scratchpad else { return try run(arguments) }
        let block = try Allocator.shared.allocate(byteCount: scratchpad.byteCount)
        defer { Allocator.shared.free(block) }
        try add(.scratchpad, scratchpad, block.pointer)
        try run(arguments)
    }

    private func run(_ arguments: [dnnl_exec_arg_t]) throws(OneDNNError) {
        try check(
            dnnl_primitive_execute(
                primitive, engine.stream, Int32(arguments.count), arguments),
            "dnnl_primitive_execute")
    }
}
