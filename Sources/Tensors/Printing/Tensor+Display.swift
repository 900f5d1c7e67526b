import Hosting

extension Tensor: Displayable {
    /// The printed form, and as HTML a caption with shape, element type and range above the
    /// elements: a table for a small matrix or row, else the printed form, with a picture of what
    /// looks like an image.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = MIMEBundle(plain: description)
        guard !isSymbolic else { return bundle }
        let isTable = (1...2).contains(rank) && count > 0 && shape.allSatisfy { $0 <= 16 }
        let picture = try TensorPicture(self)?.html ?? ""
        let body = try isTable ? table() : picture + "<pre>\(escaped(description))</pre>"
        bundle["text/html"] = .text("<div><code>\(escaped(try caption()))</code>\(body)</div>")
        return bundle
    }

    /// Shape, element type and the range of the elements: `Tensor [2, 3] float32, 0.0 to 5.5`.
    ///
    /// Elements that are not finite are counted instead of entering the range.
    public func caption() throws -> String {
        let head = "Tensor \(shape) \(dtype)"
        return count > 0 && !isSymbolic ? "\(head), \(try elementRange())" : head
    }

    private func elementRange() throws -> String {
        switch dtype {
        case .bool:
            let trues = try withUnsafeBytes { bytes in bytes.reduce(0) { $0 + ($1 == 0 ? 0 : 1) } }
            return "\(trues) of \(count) true"
        case .uint8: return try integerRange(UInt8.self)
        case .int32: return try integerRange(Int32.self)
        case .int64: return try integerRange(Int64.self)
        case .bfloat16: return try cast(to: .float32).elementRange()
        case .float32:
            var low = Float.infinity
            var high = -Float.infinity
            var others = 0
            try withUnsafeBytes { bytes in
                for value in bytes.bindMemory(to: Float.self) {
                    if value.isFinite {
                        low = Swift.min(low, value)
                        high = Swift.max(high, value)
                    } else {
                        others += 1
                    }
                }
            }
            if others == count { return "nothing finite" }
            let format = NumberFormat(magnitude: Double(Swift.max(-low, high)))
            let range = "\(format.string(Double(low))) to \(format.string(Double(high)))"
            return others == 0 ? range : "\(range), \(others) not finite"
        }
    }

    private func integerRange<T: FixedWidthInteger>(_: T.Type) throws -> String {
        try withUnsafeBytes { bytes in
            let values = bytes.bindMemory(to: T.self)
            guard let low = values.min(), let high = values.max() else { return "" }
            return "\(low) to \(high)"
        }
    }

    private func table() throws -> String {
        let reader = try ElementReader(self)
        let rows = rank == 1 ? 1 : shape[0]
        let columns = shape[rank - 1]
        let numbers = (0..<rows).map { row in
            let start = rank == 1 ? 0 : row * reader.stride(0)
            return (0..<columns).map { reader.number(at: start + $0 * reader.stride(rank - 1)) }
        }
        let format = NumberFormat(magnitude: TensorText.magnitude(numbers.flatMap(\.self)))
        let body = numbers.map { row in
            let cells = row.map { "<td>\(TensorText.string($0, format))</td>" }.joined()
            return "<tr>\(cells)</tr>"
        }
        return "<table>\(body.joined())</table>"
    }
}

private func escaped(_ text: String) -> String {
    text.map { character in
        switch character {
        case "<": "&lt;"
        case ">": "&gt;"
        case "&": "&amp;"
        default: String(character)
        }
    }.joined()
}
