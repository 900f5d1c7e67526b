/// What stands around a place in source that may not parse: the word, what it belongs to, the call
/// it is inside of.
struct Cursor {
    let offset: Int
    /// Where the word at the place begins.
    private(set) var start: Int
    private(set) var prefix = ""
    private(set) var followsDot = false
    /// What stands before the dot: a name, or the last character of a literal.
    private(set) var base = ""
    /// The function before the dot's call: `f` in `f(x).`.
    private(set) var calledBase = ""
    /// The function whose parentheses are open here.
    private(set) var callee = ""
    /// The label of the argument being written.
    private(set) var label = ""
    private let bytes: [UInt8]

    init(_ source: String, _ wanted: Int, wholeWord: Bool = false) {
        bytes = Array(source.utf8)
        var end = min(max(0, wanted), bytes.count)
        if wholeWord { while end < bytes.count, Self.isWord(bytes[end]) { end += 1 } }
        offset = end
        start = end
        while start > 0, Self.isWord(bytes[start - 1]) { start -= 1 }
        prefix = text(start, end)
        if start > 0, bytes[start - 1] == UInt8(ascii: ".") {
            followsDot = true
            findBase(before: start - 1)
        }
        findCall()
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 128 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
            || (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90)
            || (byte >= 97 && byte <= 122)
    }

    private func text(_ from: Int, _ to: Int) -> String {
        String(decoding: bytes[from..<to], as: UTF8.self)
    }

    private func word(endingAt end: Int) -> String {
        var begin = end
        while begin > 0, Self.isWord(bytes[begin - 1]) { begin -= 1 }
        return text(begin, end)
    }

    private mutating func findBase(before dot: Int) {
        var end = dot
        if end > 0, bytes[end - 1] == UInt8(ascii: "?") || bytes[end - 1] == UInt8(ascii: "!") {
            end -= 1
        }
        guard end > 0 else { return }
        let last = bytes[end - 1]
        if Self.isWord(last) {
            base = word(endingAt: end)
        } else if last == UInt8(ascii: "]") || last == UInt8(ascii: "\"") {
            base = text(end - 1, end)
        } else if last == UInt8(ascii: ")") {
            base = ")"
            var depth = 0
            var index = end
            while index > 0 {
                index -= 1
                if bytes[index] == UInt8(ascii: ")") { depth += 1 }
                if bytes[index] == UInt8(ascii: "(") { depth -= 1 }
                if depth == 0 { break }
            }
            calledBase = word(endingAt: index)
        }
    }

    private mutating func findCall() {
        var depth = 0
        var index = start
        var sawComma = false
        while index > 0 {
            index -= 1
            switch bytes[index] {
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth += 1
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                if depth == 0 { return }
                depth -= 1
            case UInt8(ascii: "("):
                if depth == 0 {
                    callee = word(endingAt: index)
                    return
                }
                depth -= 1
            case UInt8(ascii: ",") where depth == 0: sawComma = true
            case UInt8(ascii: ":") where depth == 0 && !sawComma && label.isEmpty:
                label = word(endingAt: index)
            case UInt8(ascii: "\n") where depth == 0 && index + 200 < start: return
            default: break
            }
        }
    }

    /// Names declared in the source itself.
    var locals: [String] { declarations.map(\.0) }

    /// The types of names declared with an annotation or an obvious literal.
    var localTypes: [String: String] {
        Dictionary(declarations.compactMap { name, type in type.map { (name, $0) } }) { $1 }
    }

    private var declarations: [(String, String?)] {
        var result: [(String, String?)] = []
        let words = text(0, bytes.count).split(whereSeparator: { " \n\t(),".contains($0) }).map(
            String.init)
        for index in words.indices.dropLast()
        where ["let", "var", "func", "for", "struct"].contains(words[index]) {
            let name = String(words[index + 1].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
            guard !name.isEmpty else { continue }
            var type: String?
            if index + 3 < words.count, words[index + 2] == "=" {
                let value = words[index + 3]
                if value.hasPrefix("\"") {
                    type = "String"
                } else if value.hasPrefix("[") {
                    type = "Array"
                } else if let first = value.first, first.isUppercase {
                    type = String(value.prefix { $0.isLetter || $0.isNumber })
                }
            }
            result.append((name, type))
        }
        return result
    }
}
