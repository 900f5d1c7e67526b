/// Square brackets nested so deep that reading them would take for ever.
///
/// The parser looks at `[[[...` both as a type and as a value at each level, which doubles its time
/// with every one: 16 levels take a second, 24 some minutes. No literal needs as many.
enum BracketDepth {
    static let limit = 14

    /// The first bracket beyond the limit; text in quotes and comments does not count.
    static func firstBeyondLimit(in bytes: [UInt8]) -> Int? {
        var depth = 0
        var index = 0
        var isQuoted = false
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\") where isQuoted: index += 1
            case UInt8(ascii: "\""): isQuoted.toggle()
            case 10: isQuoted = false
            case UInt8(ascii: "/") where !isQuoted && bytes[index...].starts(with: [47, 47]):
                while index + 1 < bytes.count, bytes[index + 1] != 10 { index += 1 }
            case UInt8(ascii: "[") where !isQuoted:
                depth += 1
                if depth > limit { return index }
            case UInt8(ascii: "]") where !isQuoted: depth = max(0, depth - 1)
            default: break
            }
            index += 1
        }
        return nil
    }

    /// The error for such a place.
    static func error(in text: SourceText, at offset: Int) -> ScriptError {
        ScriptError(
            .syntax, "square brackets are nested deeper than \(limit) levels",
            at: text.location(offset, length: 1),
            suggestion: "build the inner part first, in a 'let' of its own")
    }
}
