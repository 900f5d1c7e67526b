/// Reads single elements of a tensor by their place.
struct ElementReader {
    let shape: [Int]
    let dtype: DType
    private let elements: StridedElements

    init(_ tensor: Tensor) throws {
        elements = try tensor.located("elements") { try tensor.strided() }
        shape = tensor.shape
        dtype = tensor.dtype
    }

    /// How far the next position on `axis` is.
    func stride(_ axis: Int) -> Int { elements.strides[axis] }

    /// The element at an offset from the first one.
    func number(at offset: Int) -> NestedNumbers {
        defer { withExtendedLifetime(elements.storage) {} }
        switch dtype {
        case .float32: return .real(Double(elements.pointer(Float.self)[offset]))
        case .bfloat16: return .real(Double(elements.pointer(BFloat16.self)[offset].float))
        case .uint8: return .integer(Int(elements.pointer(UInt8.self)[offset]))
        case .int32: return .integer(Int(elements.pointer(Int32.self)[offset]))
        case .int64: return .integer(Int(elements.pointer(Int64.self)[offset]))
        case .bool: return .boolean(elements.pointer(UInt8.self)[offset] != 0)
        }
    }
}
