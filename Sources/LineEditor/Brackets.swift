/// Which brackets of a source belong together.
package struct Brackets {
    /// The bracket that belongs to the one at an offset, both ways.
    package private(set) var partners: [Int: Int] = [:]
    /// Closing brackets that close nothing.
    package private(set) var strays: [Int] = []

    /// - Parameters:
    ///   - source: the UTF-8 bytes.
    ///   - highlights: the pieces of it in order; only those that are brackets count.
    package init(in source: [UInt8], _ highlights: [Highlight]) {
        var open: [Int] = []
        for highlight in highlights where highlight.kind == .bracket {
            let offset = highlight.range.lowerBound
            guard source.indices.contains(offset) else { continue }
            if let closing = Self.closing(source[offset]) {
                if let last = open.last, source[last] == closing {
                    open.removeLast()
                    partners[last] = offset
                    partners[offset] = last
                } else {
                    strays.append(offset)
                }
            } else {
                open.append(offset)
            }
        }
    }

    /// The pair that the cursor touches: of the bracket before it, or else of the one under it.
    package func pair(at cursor: Int) -> [Int] {
        for offset in [cursor - 1, cursor] {
            if let partner = partners[offset] { return [offset, partner] }
        }
        return []
    }

    /// The opening bracket that a byte closes; `nil` where it closes none.
    private static func closing(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: ")"): UInt8(ascii: "(")
        case UInt8(ascii: "]"): UInt8(ascii: "[")
        case UInt8(ascii: "}"): UInt8(ascii: "{")
        default: nil
        }
    }
}
