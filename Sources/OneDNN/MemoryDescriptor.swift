internal import COneDNN

/// The type of one element in memory, as oneDNN knows it.
public enum ElementType: Hashable, Sendable {
    case float32, int32, uint8

    var raw: dnnl_data_type_t {
        switch self {
        case .float32: dnnl_f32
        case .int32: dnnl_s32
        case .uint8: dnnl_u8
        }
    }
}

/// Where the elements of a logical shape lie in memory: plain strides, one of oneDNN's blocked
/// formats, or `any`, which lets a primitive choose.
///
/// Descriptors are immutable and compare by what they describe.
public struct MemoryDescriptor: Hashable, @unchecked Sendable {
    // Invariant: `Box` is immutable after its initialiser.
    let box: Box

    final class Box {
        let raw: dnnl_memory_desc_t
        let hash: Int
        let byteCount: Int
        let shape: [Int]
        let plainStrides: [Int]?
        let isPadded: Bool

        init(_ raw: dnnl_memory_desc_t) {
            self.raw = raw
            var copy = raw
            byteCount =
                raw.format_kind == dnnl_format_kind_any
                ? 0 : Int(clamping: dnnl_memory_desc_get_size(&copy))
            let rank = Int(raw.ndims)
            let shape = values(raw.dims, rank)
            let padded = values(raw.padded_dims, rank)
            self.shape = shape
            isPadded = shape != padded
            var hasher = Hasher()
            hasher.combine(shape)
            hasher.combine(padded)
            hasher.combine(raw.format_kind.rawValue)
            hasher.combine(raw.data_type.rawValue)
            if raw.format_kind == dnnl_blocked {
                let blocking = raw.format_desc.blocking
                let strides = values(blocking.strides, rank)
                hasher.combine(strides)
                hasher.combine(blocking.inner_nblks)
                hasher.combine(values(blocking.inner_blks, Int(blocking.inner_nblks)))
                plainStrides =
                    blocking.inner_nblks == 0 && shape == padded && raw.offset0 == 0
                        && raw.extra.flags == 0 ? strides : nil
            } else {
                plainStrides = nil
            }
            hash = hasher.finalize()
        }
    }

    init(_ raw: dnnl_memory_desc_t) { box = Box(raw) }

    /// Plain memory with the given strides, in elements.
    public init(shape: [Int], strides: [Int], type: ElementType) throws(OneDNNError) {
        var raw = dnnl_memory_desc_t()
        let dimensions = shape.map(Int64.init)
        let steps = strides.map(Int64.init)
        try check(
            dnnl_memory_desc_init_by_strides(
                &raw, Int32(shape.count), dimensions, type.raw, steps),
            "dnnl_memory_desc_init_by_strides")
        self.init(raw)
    }

    /// Plain row-major memory.
    public init(shape: [Int], type: ElementType = .float32) throws(OneDNNError) {
        var strides = [Int](repeating: 1, count: shape.count)
        for axis in stride(from: shape.count - 2, through: 0, by: -1) {
            strides[axis] = strides[axis + 1] * max(1, shape[axis + 1])
        }
        try self.init(shape: shape, strides: strides, type: type)
    }

    /// A format that the primitive chooses.
    public static func any(
        shape: [Int], type: ElementType = .float32
    ) throws(OneDNNError) -> MemoryDescriptor {
        var raw = dnnl_memory_desc_t()
        let dimensions = shape.map(Int64.init)
        try check(
            dnnl_memory_desc_init_by_tag(
                &raw, Int32(shape.count), dimensions, type.raw, dnnl_format_tag_any),
            "dnnl_memory_desc_init_by_tag")
        return MemoryDescriptor(raw)
    }

    /// Images `[N, C, H, W]` in blocks of 8 or 16 channels, padded with zeros to whole blocks.
    public static func channelBlocks(
        of size: Int, shape: [Int]
    ) throws(OneDNNError) -> MemoryDescriptor {
        var raw = dnnl_memory_desc_t()
        let dimensions = shape.map(Int64.init)
        try check(
            dnnl_memory_desc_init_by_tag(
                &raw, Int32(shape.count), dimensions, dnnl_f32,
                size == 8 ? dnnl_aBcd8b : dnnl_aBcd16b),
            "dnnl_memory_desc_init_by_tag")
        return MemoryDescriptor(raw)
    }

    /// The logical shape.
    public var shape: [Int] { box.shape }

    /// Bytes of the whole buffer, padding included; zero for `any`.
    public var byteCount: Int { box.byteCount }

    /// The strides in elements, where the format is plain and has no padding.
    public var plainStrides: [Int]? { box.plainStrides }

    /// Whether the buffer holds elements beyond the logical shape. They are always zero.
    public var isPadded: Bool { box.isPadded }

    public static func == (left: MemoryDescriptor, right: MemoryDescriptor) -> Bool {
        if left.box === right.box { return true }
        if left.box.hash != right.box.hash { return false }
        var a = left.box.raw
        var b = right.box.raw
        return dnnl_memory_desc_equal(&a, &b) != 0
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(box.hash) }
}

/// The first `count` numbers of one of oneDNN's fixed-size arrays.
private func values<Fixed>(_ fixed: Fixed, _ count: Int) -> [Int] {
    withUnsafeBytes(of: fixed) { bytes in
        bytes.bindMemory(to: Int64.self).prefix(count).map(Int.init)
    }
}
