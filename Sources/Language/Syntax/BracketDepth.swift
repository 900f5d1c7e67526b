/// Nesting so deep that reading it would take for ever, found by a look at the marks alone.
///
/// The parser looks at `[[[...` both as a type and as a value at each level, which doubles its time
/// with every one: 16 levels take a second, 24 some minutes. Texts inside the interpolations of
/// texts are read again at each level. Nothing a person writes needs as many.
enum BracketDepth {
    /// What is nested too deeply, and where it goes over its limit.
    struct Excess {
        let offset: Int
        let message: String
        let suggestion: String
    }

    static let limit = 14
    static let textLimit = 8

    /// The first mark beyond a limit; what stands in texts and comments does not count.
    static func firstBeyondLimit(in bytes: [UInt8]) -> Excess? {
        var scanner = Scanner(bytes: bytes)
        return scanner.scan()
    }

    /// The error for such a place.
    static func error(in text: SourceText, at excess: Excess) -> ScriptError {
        ScriptError(
            .syntax, excess.message, at: text.location(excess.offset, length: 1),
            suggestion: excess.suggestion)
    }

    /// Goes through the source once, keeping which texts and interpolations are open.
    private struct Scanner {
        /// An open text: its quotes, and the parentheses open in the interpolation inside it.
        struct Text {
            let hashes: Int
            let isMultiline: Bool
            /// `nil` outside an interpolation.
            var parentheses: Int?
        }

        let bytes: [UInt8]
        var index = 0
        var brackets = 0
        var texts: [Text] = []

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func scan() -> Excess? {
            while index < bytes.count {
                let found = texts.last.map { $0.parentheses == nil } == true ? text() : code()
                if let found { return found }
            }
            return nil
        }

        private func starts(_ mark: StaticString, at place: Int) -> Bool {
            let count = mark.utf8CodeUnitCount
            guard place + count <= bytes.count else { return false }
            return (0..<count).allSatisfy { bytes[place + $0] == mark.utf8Start[$0] }
        }

        private func hashes(at place: Int) -> Int {
            bytes[min(place, bytes.count)...].prefix { $0 == UInt8(ascii: "#") }.count
        }

        private mutating func code() -> Excess? {
            switch bytes[index] {
            case UInt8(ascii: "/") where starts("//", at: index):
                while index < bytes.count, bytes[index] != 10 { index += 1 }
                return nil
            case UInt8(ascii: "/") where starts("/*", at: index):
                skipComment()
                return nil
            case UInt8(ascii: "#"):
                let count = hashes(at: index)
                index += count
                if index < bytes.count, bytes[index] == UInt8(ascii: "\"") { return open(count) }
                return nil
            case UInt8(ascii: "\""): return open(0)
            case UInt8(ascii: "["):
                brackets += 1
                if brackets > limit {
                    return Excess(
                        offset: index,
                        message: "square brackets are nested deeper than \(limit) levels",
                        suggestion: "build the inner part first, in a 'let' of its own")
                }
            case UInt8(ascii: "]"): brackets = max(0, brackets - 1)
            case UInt8(ascii: "("):
                if let open = texts.last?.parentheses {
                    texts[texts.count - 1].parentheses = open + 1
                }
            case UInt8(ascii: ")"):
                if let open = texts.last?.parentheses {
                    texts[texts.count - 1].parentheses = open == 1 ? nil : open - 1
                }
            case 10:
                // A text on one line ends with it, whatever its interpolation lacks.
                while let last = texts.last, !last.isMultiline { texts.removeLast() }
            default: break
            }
            index += 1
            return nil
        }

        private mutating func open(_ hashes: Int) -> Excess? {
            let isMultiline = starts("\"\"\"", at: index)
            texts.append(Text(hashes: hashes, isMultiline: isMultiline, parentheses: nil))
            if texts.count > textLimit {
                return Excess(
                    offset: index, message: "texts are nested deeper than \(textLimit) levels",
                    suggestion: "put the inner text into a 'let' of its own")
            }
            index += isMultiline ? 3 : 1
            return nil
        }

        /// One mark inside a text.
        private mutating func text() -> Excess? {
            guard let open = texts.last else { return nil }
            switch bytes[index] {
            case UInt8(ascii: "\\") where hashes(at: index + 1) >= open.hashes:
                index += 1 + open.hashes
                if index < bytes.count, bytes[index] == UInt8(ascii: "(") {
                    texts[texts.count - 1].parentheses = 1
                }
                index += 1
            case UInt8(ascii: "\""):
                let length = open.isMultiline ? 3 : 1
                let closes =
                    (!open.isMultiline || starts("\"\"\"", at: index))
                    && hashes(at: index + length) >= open.hashes
                index += closes ? length + open.hashes : 1
                if closes { texts.removeLast() }
            case 10 where !open.isMultiline:
                texts.removeLast()
                index += 1
            default: index += 1
            }
            return nil
        }

        private mutating func skipComment() {
            var depth = 0
            repeat {
                if starts("/*", at: index) {
                    depth += 1
                    index += 2
                } else if starts("*/", at: index) {
                    depth -= 1
                    index += 2
                } else {
                    index += 1
                }
            } while depth > 0 && index < bytes.count
        }
    }
}
