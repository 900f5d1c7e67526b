internal import COneDNN

/// The type of one element in memory, as oneDNN knows it.
public enum ElementType: Hashable, Sendable {
    case float32, bfloat16, int32, uint8

    /// Bytes of one element.
    public var byteCount: Int {
        switch self {
        case .float32, .int32: 4
        case .bfloat16: 2
        case .uint8: 1
        }
    }

    var raw: dnnl_data_type_t {
        switch self {
        case .float32: dnnl_f32
        case .bfloat16: dnnl_bf16
        case .int32: dnnl_s32
        case .uint8: dnnl_u8
        }
    }

    init?(_ raw: dnnl_data_type_t) {
        switch raw {
        case dnnl_f32: self = .float32
        case dnnl_bf16: self = .bfloat16
        case dnnl_s32: self = .int32
        case dnnl_u8: self = .uint8
        default: return nil
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
        let channelBlock: Int?

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
                channelBlock =
                    blocking.inner_nblks == 1 && blocking.inner_idxs.0 == 1 && rank >= 3
                        && raw.offset0 == 0 && raw.extra.flags == 0
                    ? evenBlock(
                        Int(blocking.inner_blks.0), shape: shape, padded: padded, strides: strides)
                    : nil
            } else {
                plainStrides = nil
                channelBlock = nil
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
        of size: Int, shape: [Int], type: ElementType = .float32
    ) throws(OneDNNError) -> MemoryDescriptor {
        var raw = dnnl_memory_desc_t()
        let dimensions = shape.map(Int64.init)
        try check(
            dnnl_memory_desc_init_by_tag(
                &raw, Int32(shape.count), dimensions, type.raw,
                size == 8 ? dnnl_aBcd8b : dnnl_aBcd16b),
            "dnnl_memory_desc_init_by_tag")
        return MemoryDescriptor(raw)
    }

    /// The logical shape.
    public var shape: [Int] { box.shape }

    /// The type of the elements; `nil` for one that tensors do not have.
    public var type: ElementType? { ElementType(box.raw.data_type) }

    /// Bytes of the whole buffer, padding included; zero for `any`.
    public var byteCount: Int { box.byteCount }

    /// Elements of the whole buffer, padding included; zero for `any`.
    public var bufferCount: Int { byteCount / (type?.byteCount ?? 1) }

    /// The same places for elements of another type; `nil` where the format depends on the type.
    public func retyped(as type: ElementType) -> MemoryDescriptor? {
        guard box.raw.format_kind == dnnl_blocked, box.raw.extra.flags == 0 else { return nil }
        var raw = box.raw
        raw.data_type = type.raw
        return MemoryDescriptor(raw)
    }

    /// The first `count` of a batch of images, and the bytes from one image to the next; `nil` where
    /// the batch is not the outermost axis.
    public func images(_ count: Int) -> (descriptor: MemoryDescriptor, byteStep: Int)? {
        guard let outermost, outermost.block == 1, let first = first(count) else { return nil }
        return (first, outermost.byteStep)
    }

    /// The first `count` rows of weights, and the bytes from so many rows to the next as many; `nil`
    /// where rows are not the outermost axis, or so many are not whole blocks of them.
    public func rows(_ count: Int) -> (descriptor: MemoryDescriptor, byteStep: Int)? {
        guard let outermost, count > 0, count % outermost.block == 0,
            shape[0] % outermost.block == 0, let first = first(count)
        else { return nil }
        return (first, count / outermost.block * outermost.byteStep)
    }

    /// How many of the first axis are in a block, and the bytes from one block to the next; `nil`
    /// where that axis is not the outermost one in memory.
    private var outermost: (block: Int, byteStep: Int)? {
        guard box.raw.format_kind == dnnl_blocked, box.raw.extra.flags == 0, let type,
            shape.count > 1
        else { return nil }
        let blocking = box.raw.format_desc.blocking
        let strides = values(blocking.strides, shape.count)
        let blocks = Int(blocking.inner_nblks)
        guard strides[0] == strides.max() else { return nil }
        let block = zip(values(blocking.inner_idxs, blocks), values(blocking.inner_blks, blocks))
            .reduce(1) { $1.0 == 0 ? $0 * $1.1 : $0 }
        return (block, strides[0] * type.byteCount)
    }

    /// The first `count` of the first axis.
    private func first(_ count: Int) -> MemoryDescriptor? {
        guard count <= shape[0] else { return nil }
        var parent = box.raw
        var raw = dnnl_memory_desc_t()
        let dimensions = [Int64(count)] + shape[1...].map(Int64.init)
        let offsets = [Int64](repeating: 0, count: shape.count)
        guard dnnl_memory_desc_init_submemory(&raw, &parent, dimensions, offsets) == dnnl_success
        else { return nil }
        return MemoryDescriptor(raw)
    }

    /// `parts` buffers of this format, one after the other, as one whose first axis is as many times
    /// as long; `nil` where the first axis is not the outermost one in memory.
    public func repeated(_ parts: Int) -> MemoryDescriptor? {
        guard box.raw.format_kind == dnnl_blocked, box.raw.extra.flags == 0, !isPadded,
            !shape.isEmpty
        else { return nil }
        let strides = values(box.raw.format_desc.blocking.strides, shape.count)
        guard strides[0] == strides.max() else { return nil }
        var raw = box.raw
        raw.dims.0 *= Int64(parts)
        raw.padded_dims.0 *= Int64(parts)
        let whole = MemoryDescriptor(raw)
        return whole.byteCount == parts * byteCount ? whole : nil
    }

    /// The strides in elements, where the format is plain and has no padding.
    public var plainStrides: [Int]? { box.plainStrides }

    /// Channels in a block, where the format is `[N, C / block, ..., block]`, channels padded to
    /// whole blocks, and nothing else.
    public var channelBlock: Int? { box.channelBlock }

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

/// `block` where strides are those of images whose channels alone are in blocks of that size.
private func evenBlock(_ block: Int, shape: [Int], padded: [Int], strides: [Int]) -> Int? {
    guard block > 0, padded[1] % block == 0 else { return nil }
    var step = block
    for axis in shape.indices where axis != 1 && padded[axis] != shape[axis] { return nil }
    for axis in stride(from: shape.count - 1, through: 2, by: -1) {
        if strides[axis] != step { return nil }
        step *= max(1, shape[axis])
    }
    guard strides[1] == step else { return nil }
    return strides[0] == step * (padded[1] / block) || shape[0] == 1 ? block : nil
}

/// The first `count` numbers of one of oneDNN's fixed-size arrays.
private func values<Fixed>(_ fixed: Fixed, _ count: Int) -> [Int] {
    withUnsafeBytes(of: fixed) { bytes in
        bytes.bindMemory(to: Int64.self).prefix(count).map(Int.init)
    }
}
