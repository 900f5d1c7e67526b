/// The least and the greatest finite element of a tensor, as numbers and in words.
struct ElementRange {
    /// `nil` where nothing is finite.
    let bounds: ClosedRange<Double>?
    /// `0.0 to 5.5`, with the number of elements that are not finite where there are some, or
    /// `3 of 8 true`; empty for a tensor without elements or values.
    let text: String

    /// Goes through all elements.
    init(_ tensor: Tensor) throws {
        guard tensor.count > 0, !tensor.isSymbolic else {
            bounds = nil
            text = ""
            return
        }
        switch tensor.dtype {
        case .bool:
            let trues = try tensor.withUnsafeBytes { bytes in
                bytes.reduce(0) { $0 + ($1 == 0 ? 0 : 1) }
            }
            bounds = 0...1
            text = "\(trues) of \(tensor.count) true"
        case .uint8: (bounds, text) = try Self.integers(tensor, UInt8.self)
        case .int32: (bounds, text) = try Self.integers(tensor, Int32.self)
        case .int64: (bounds, text) = try Self.integers(tensor, Int64.self)
        case .bfloat16: self = try ElementRange(tensor.cast(to: .float32))
        case .float32:
            var low = Float.infinity
            var high = -Float.infinity
            var others = 0
            try tensor.withUnsafeBytes { bytes in
                for value in bytes.bindMemory(to: Float.self) {
                    if value.isFinite {
                        low = min(low, value)
                        high = max(high, value)
                    } else {
                        others += 1
                    }
                }
            }
            guard low <= high else {
                bounds = nil
                text = "nothing finite"
                return
            }
            bounds = Double(low)...Double(high)
            let format = NumberFormat(magnitude: Double(max(-low, high)))
            let range = "\(format.string(Double(low))) to \(format.string(Double(high)))"
            text = others == 0 ? range : "\(range), \(others) not finite"
        }
    }

    private static func integers<T: FixedWidthInteger>(
        _ tensor: Tensor, _: T.Type
    ) throws -> (ClosedRange<Double>?, String) {
        try tensor.withUnsafeBytes { bytes in
            let values = bytes.bindMemory(to: T.self)
            guard let low = values.min(), let high = values.max() else { return (nil, "") }
            return (Double(low)...Double(high), "\(low) to \(high)")
        }
    }
}

extension Tensor {
    /// The least and the greatest finite element in words, with the number of those that are not
    /// finite: `0.0 to 5.5, 3 not finite`.
    package var rangeText: String { (try? ElementRange(self).text) ?? "" }
}
