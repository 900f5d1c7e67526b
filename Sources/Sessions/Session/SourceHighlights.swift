import Language

/// A piece of what is typed and what it is, which a prompt shows in colour.
public struct SourceHighlight: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        /// The name of a command with its colon, or the question marks of a question.
        case command
        case source(SourcePiece.Kind)
    }

    /// Where it stands, in UTF-8 offsets.
    public var range: Range<Int>
    public var kind: Kind

    /// The pieces of a cell or a command, in order.
    ///
    ///     SourceHighlight.highlights(of: ":time 1").map(\.kind)  // [.command, .source(.number)]
    public static func highlights(of source: String) -> [SourceHighlight] {
        guard CommandCall(source) != nil else { return code(source, from: 0) }
        let bytes = Array(source.utf8)
        let lead = bytes.prefix { $0 == 0x20 || $0 == 0x09 }.count
        guard bytes[lead] == UInt8(ascii: ":") else {
            return bytes.indices.filter { bytes[$0] == UInt8(ascii: "?") }.map {
                SourceHighlight(range: $0..<($0 + 1), kind: .command)
            }
        }
        let end = bytes[lead...].firstIndex { $0 == 0x20 || $0 == 0x0A } ?? bytes.count
        let name = SourceHighlight(range: lead..<end, kind: .command)
        let command = Command.named(String(decoding: bytes[(lead + 1)..<end], as: UTF8.self))
        return [name] + (command?.takesCode == true ? code(source, from: end) : [])
    }

    private static func code(_ source: String, from start: Int) -> [SourceHighlight] {
        let code = String(decoding: Array(source.utf8.dropFirst(start)), as: UTF8.self)
        return SourcePiece.pieces(of: code).map { piece in
            let range = piece.range.lowerBound + start..<piece.range.upperBound + start
            return SourceHighlight(range: range, kind: .source(piece.kind))
        }
    }
}
