import SwiftSyntax

/// The text of one cell and where its lines start.
final class SourceText {
    let cell: String
    let bytes: [UInt8]
    private let lineStarts: [Int]

    init(_ source: String, cell: CellName) {
        self.cell = cell.description
        bytes = Array(source.utf8)
        var starts = [0]
        for (index, byte) in bytes.enumerated() where byte == 10 { starts.append(index + 1) }
        lineStarts = starts
    }

    /// The number, from 0, of the line that a byte stands on.
    private func lineIndex(_ offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// The number, from 1, of the line that a byte stands on.
    func lineNumber(at offset: Int) -> Int { lineIndex(min(max(0, offset), bytes.count)) + 1 }

    /// The bytes of a line without its end.
    private func lineRange(_ index: Int) -> Range<Int> {
        let start = lineStarts[index]
        var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
        if end > start, bytes[end - 1] == 13 { end -= 1 }
        return start..<max(start, end)
    }

    /// The bytes of the line that a byte stands on, without its end.
    func line(at offset: Int) -> Range<Int> {
        lineRange(lineIndex(min(max(0, offset), bytes.count)))
    }

    /// The line below another.
    func line(after line: Range<Int>) -> Range<Int>? {
        let index = lineIndex(line.lowerBound) + 1
        return index < lineStarts.count ? lineRange(index) : nil
    }

    /// The line above another.
    func line(before line: Range<Int>) -> Range<Int>? {
        let index = lineIndex(line.lowerBound) - 1
        return index >= 0 ? lineRange(index) : nil
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The place of a stretch of UTF-8 bytes; a stretch over several lines ends with its first.
    func location(_ offset: Int, length: Int) -> ScriptError.Location {
        let offset = min(max(0, offset), bytes.count)
        let low = lineIndex(offset)
        let line = lineRange(low)
        let (start, end) = (line.lowerBound, line.upperBound)
        let text = self.text(line)
        let column = self.text(start..<min(offset, end)).count
        let stop = min(offset + length, end)
        let span = stop > offset ? String(decoding: bytes[offset..<stop], as: UTF8.self).count : 1
        return ScriptError.Location(
            cell: cell, line: low + 1, column: column + 1, length: max(1, span), text: text)
    }
}

/// A stretch of a cell's source.
struct Span {
    var offset: Int32
    var length: Int32
    static let none = Span(offset: 0, length: 0)
}

extension TokenSyntax {
    /// The name that an identifier stands for: `` `in` `` without its backticks.
    var plainText: String {
        text.count > 2 && text.hasPrefix("`") && text.hasSuffix("`")
            ? String(text.dropFirst().dropLast()) : text
    }
}
