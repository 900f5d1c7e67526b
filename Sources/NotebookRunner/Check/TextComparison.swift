/// Compares two texts line by line. With a tolerance, numbers with a decimal point or an exponent may
/// be a little apart, and the blanks that line them up do not matter.
struct TextComparison {
    let tolerance: Double

    /// The first line that differs, from 1, and the differing lines of both; `nil` for texts that are
    /// the same.
    func difference(_ stored: String, _ now: String) -> (line: Int, details: [String])? {
        let before = Self.lines(stored)
        let after = Self.lines(now)
        var start = 0
        while start < min(before.count, after.count), isSame(before[start], after[start]) {
            start += 1
        }
        if start == before.count, start == after.count { return nil }
        var end = 0
        while end < min(before.count, after.count) - start,
            isSame(before[before.count - 1 - end], after[after.count - 1 - end])
        {
            end += 1
        }
        let removed = Array(before[start..<before.count - end])
        let added = Array(after[start..<after.count - end])
        let column = Self.firstDifference(removed.first, added.first)
        return (
            start + 1,
            Self.excerpt("stored", removed, column) + Self.excerpt("now", added, column)
        )
    }

    private static func lines(_ text: String) -> [Substring] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    // MARK: - Lines

    private func isSame(_ stored: Substring, _ now: Substring) -> Bool {
        if stored.utf8.elementsEqual(now.utf8) { return true }
        guard tolerance > 0 else { return false }
        var left = Tokens(stored)
        var right = Tokens(now)
        while true {
            switch (left.next(), right.next()) {
            case (nil, nil): return true
            case (.number(let a, let isFloating)?, .number(let b, let isOtherFloating)?):
                guard a == b || (isFloating || isOtherFloating) && isNear(a, b) else {
                    return false
                }
            case (.other(let a)?, .other(let b)?): guard a == b else { return false }
            default: return false
            }
        }
    }

    private func isNear(_ a: Double, _ b: Double) -> Bool {
        (a - b).magnitude <= tolerance * max(1, a.magnitude, b.magnitude)
    }

    // MARK: - What a person sees

    private static func firstDifference(_ stored: Substring?, _ now: Substring?) -> Int {
        guard let stored, let now else { return 0 }
        return zip(stored, now).prefix { $0 == $1 }.count
    }

    private static func excerpt(_ name: String, _ lines: [Substring], _ column: Int) -> [String] {
        guard !lines.isEmpty else { return ["\(name): nothing here"] }
        let shown = lines.prefix(5).map { "\(name): \(excerpt($0, column))" }
        let rest = lines.count - shown.count
        return rest > 0 ? shown + ["\(name): ... and \(rest) more lines"] : shown
    }

    /// The part of a long line around a column.
    private static func excerpt(_ line: Substring, _ column: Int) -> String {
        guard line.count > 160 else { return String(line) }
        let start = max(0, min(column - 40, line.count - 120))
        let piece = line.dropFirst(start).prefix(120)
        return (start > 0 ? "…" : "") + piece + (start + 120 < line.count ? "…" : "")
    }
}

/// The numbers of a line and what stands between them, blanks left out.
private struct Tokens {
    enum Token: Equatable {
        case number(Double, isFloating: Bool)
        case other([UInt8])
    }

    private let bytes: [UInt8]
    private var position = 0

    init(_ line: Substring) { bytes = Array(line.utf8) }

    mutating func next() -> Token? {
        while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
        guard position < bytes.count else { return nil }
        if let number = number() { return number }
        let start = position
        repeat {
            position += 1
        } while position < bytes.count && !Self.isBlank(bytes[position])
            && !beginsNumber(position)
        return .other(Array(bytes[start..<position]))
    }

    private mutating func number() -> Token? {
        guard beginsNumber(position) else { return nil }
        let start = position
        if bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") {
            position += 1
        }
        skipDigits()
        var isFloating = false
        if position + 1 < bytes.count, bytes[position] == UInt8(ascii: "."),
            Self.isDigit(bytes[position + 1])
        {
            isFloating = true
            position += 1
            skipDigits()
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            var exponent = position + 1
            if exponent < bytes.count, [0x2B, 0x2D].contains(bytes[exponent]) { exponent += 1 }
            if exponent < bytes.count, Self.isDigit(bytes[exponent]) {
                isFloating = true
                position = exponent
                skipDigits()
            }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        return Double(text).map { .number($0, isFloating: isFloating) }
    }

    /// Whether a number begins here: not within a word or another number.
    private func beginsNumber(_ place: Int) -> Bool {
        if place > 0, Self.isWord(bytes[place - 1]) { return false }
        if Self.isDigit(bytes[place]) {
            return true
        }
        return (bytes[place] == UInt8(ascii: "-") || bytes[place] == UInt8(ascii: "+"))
            && place + 1 < bytes.count && Self.isDigit(bytes[place + 1])
    }

    private mutating func skipDigits() {
        while position < bytes.count, Self.isDigit(bytes[position]) { position += 1 }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == 0x5F || (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80
            || byte == UInt8(ascii: ".")
    }
}
