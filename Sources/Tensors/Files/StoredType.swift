/// How a file stores elements, little-endian, and what they become in a tensor.
enum StoredType: String, CaseIterable {
    case bool, uint8, int8, uint16, int16, uint32, int32, int64
    case float16, bfloat16, float32, float64

    /// Bytes of one stored element.
    var byteCount: Int {
        switch self {
        case .bool, .uint8, .int8: 1
        case .uint16, .int16, .float16, .bfloat16: 2
        case .uint32, .int32, .float32: 4
        case .int64, .float64: 8
        }
    }

    /// The element type that holds every stored value, or the nearest one there is: float64 loses
    /// digits.
    var dtype: DType {
        switch self {
        case .bool: .bool
        case .uint8: .uint8
        case .int8, .uint16, .int16, .int32: .int32
        case .uint32, .int64: .int64
        case .bfloat16: .bfloat16
        case .float16, .float32, .float64: .float32
        }
    }

    /// Whether loading changes the type.
    var isConverted: Bool { rawValue != dtype.rawValue }

    /// Whether the stored bytes are those of a tensor. Truth values may be any byte.
    var isKeptAsStored: Bool { !isConverted && self != .bool }

    /// The type as which tensors of `dtype` are stored.
    init(_ dtype: DType) {
        switch dtype {
        case .float32: self = .float32
        case .bfloat16: self = .bfloat16
        case .uint8: self = .uint8
        case .int32: self = .int32
        case .int64: self = .int64
        case .bool: self = .bool
        }
    }

    /// Reads `shape` elements from a place in a file, which is known to hold them.
    func read(_ shape: [Int], from file: any ByteSource, at offset: Int) throws -> Tensor {
        let count = shape.reduce(1, &*)
        return try Tensor.unsafeUninitialized(shape: shape, dtype: dtype) { target in
            if isKeptAsStored { return try file.read(into: target, at: offset) }
            // Converted in pieces, so that the stored form never needs memory of its own.
            let piece = 1 << 18
            for start in stride(from: 0, to: count, by: piece) {
                let part = min(piece, count - start)
                let bytes = try file.bytes(part * byteCount, at: offset + start * byteCount)
                bytes.withUnsafeBytes { convert($0, part, to: target, at: start) }
            }
        }
    }

    private func convert(
        _ bytes: UnsafeRawBufferPointer, _ count: Int, to target: UnsafeMutableRawBufferPointer,
        at start: Int
    ) {
        func each<Stored: BitwiseCopyable, Held>(
            _: Stored.Type, _: Held.Type, _ value: (Stored) -> Held
        ) {
            let held = target.bindMemory(to: Held.self)
            for i in 0..<count {
                held[start + i] = value(
                    bytes.loadUnaligned(
                        fromByteOffset: i * MemoryLayout<Stored>.size, as: Stored.self))
            }
        }
        switch self {
        case .bool: each(UInt8.self, UInt8.self) { $0 == 0 ? 0 : 1 }
        case .uint8: each(UInt8.self, UInt8.self) { $0 }
        case .int8: each(Int8.self, Int32.self) { Int32($0) }
        case .uint16: each(UInt16.self, Int32.self) { Int32($0) }
        case .int16: each(Int16.self, Int32.self) { Int32($0) }
        case .int32: each(Int32.self, Int32.self) { $0 }
        case .uint32: each(UInt32.self, Int64.self) { Int64($0) }
        case .int64: each(Int64.self, Int64.self) { $0 }
        case .float16: each(UInt16.self, Float.self) { float(half: $0) }
        case .bfloat16: each(UInt16.self, UInt16.self) { $0 }
        case .float32: each(Float.self, Float.self) { $0 }
        case .float64: each(Double.self, Float.self) { Float($0) }
        }
    }
}

/// The value of IEEE 754 half-precision bits.
private func float(half bits: UInt16) -> Float {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = UInt32(bits & 0x3FF)
    switch exponent {
    case 0: return sign * Float(fraction) * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default:
        let magnitude = Float(bitPattern: UInt32(exponent + 112) << 23 | fraction << 13)
        return sign * magnitude
    }
}

/// The bytes that elements of a shape take, or `nil` when no `Int` holds them.
func storedByteCount(_ shape: [Int], _ type: StoredType) -> Int? {
    var bytes = type.byteCount
    for size in shape {
        guard size >= 0 else { return nil }
        let (product, overflow) = bytes.multipliedReportingOverflow(by: size)
        if overflow { return nil }
        bytes = product
    }
    return bytes
}
