import OneDNN

/// The result of a primitive in the format it chose.
struct OutputBuffer {
    let storage: Storage
    let descriptor: MemoryDescriptor

    init(_ primitive: Primitive, _ role: Role) throws {
        try self.init(primitive.required(role))
    }

    init(_ descriptor: MemoryDescriptor) throws {
        self.descriptor = descriptor
        storage = try Storage(byteCount: descriptor.byteCount)
    }

    /// A tensor over the buffer, converted where the primitive computed in another type.
    func tensor(_ spec: TensorSpec) throws -> Tensor {
        guard let type = descriptor.type, type != spec.dtype.elementType else {
            return Tensor(spec, storage, descriptor)
        }
        let computed: DType = type == .bfloat16 ? .bfloat16 : .float32
        return try Tensor(TensorSpec(spec.shape, computed), storage, descriptor)
            .converted(to: spec.dtype)
    }
}

extension Primitive {
    /// The format of a role that the primitive certainly has.
    func required(_ role: Role) throws(OneDNNError) -> MemoryDescriptor {
        if let descriptor = self[role] { return descriptor }
        throw OneDNNError(
            call: "dnnl_primitive_desc_query_md", reason: .status("no format for \(role)"))
    }
}

extension DType {
    /// The type in which oneDNN's kernels compute on real numbers of this type: bfloat16 where the
    /// processor has instructions for it.
    var kernelType: ElementType {
        self == .bfloat16 && hasBFloat16Kernels ? .bfloat16 : .float32
    }

    /// The tensor type of `kernelType`.
    var kernelDType: DType { kernelType == .bfloat16 ? .bfloat16 : .float32 }
}

/// Throws unless all tensors hold real numbers.
func requireReal(_ inputs: [TensorSpec], _ operation: String) throws {
    guard inputs.allSatisfy(\.dtype.isFloatingPoint) else {
        throw TensorError(
            .dtype, operation, "the operands are not all real numbers",
            expected: "float32, as cast(to: .float32) makes it",
            got: inputs.map(\.dtype.description).joined(separator: " and "))
    }
}
