/// Pictures as lines of numbers, one line a picture: its samples and its label, separated by commas.
///
/// The label stands last, or first where the first line is a header that begins with `label` or the
/// last column never changes.
struct NumberTable {
    /// Samples row by row, `columns - 1` of each line.
    private(set) var samples: [UInt8] = []
    private(set) var labels: [Int] = []

    /// Reads a file of lines with `samples` samples of 0 to `greatest`; throws `DatasetError`, which
    /// names the file.
    init(_ path: String, samples count: Int, greatest: Int, labels classes: Int) throws {
        let bytes = try DataFile.read(path, headerSize: 0).body
        do {
            try self.init(bytes: bytes, samples: count, greatest: greatest, labels: classes)
        } catch let error as DatasetError {
            throw DatasetError(error.kind, "cannot read \"\(path)\": \(error.description)")
        }
    }

    init(bytes: [UInt8], samples count: Int, greatest: Int, labels classes: Int) throws {
        let columns = count + 1
        var parser = NumberParser(bytes)
        let isHeader = bytes.first.map { !NumberParser.isDigit($0) } ?? false
        let saysLabel = bytes.starts(with: Array("label".utf8))
        if isHeader { parser.skipLine() }
        var values: [UInt8] = []
        // A number takes a digit and what separates it from the next.
        values.reserveCapacity(bytes.count / 2)
        while !parser.isAtEnd {
            for column in 0..<columns {
                let value = try parser.number(isLast: column == columns - 1, of: columns)
                guard value <= 255 else { throw parser.unexpected("a number up to 255") }
                values.append(UInt8(value))
            }
        }
        guard !values.isEmpty else {
            throw DatasetError(.corrupt, "the file is damaged: it holds no numbers")
        }
        let rows = values.count / columns
        let isFirst =
            saysLabel
            || (rows > 1
                && (0..<rows).allSatisfy { values[$0 * columns + count] == values[count] }
                && (0..<rows).contains { values[$0 * columns] != values[0] })
        samples.reserveCapacity(rows * count)
        for row in 0..<rows {
            let start = row * columns
            let label = Int(values[isFirst ? start : start + count])
            guard label < classes else {
                throw DatasetError(
                    .corrupt,
                    "the file is damaged: the label of picture \(row) is \(label), expected 0 to "
                        + "\(classes - 1)")
            }
            labels.append(label)
            let first = isFirst ? start + 1 : start
            samples += values[first..<first + count]
        }
        if let index = samples.firstIndex(where: { $0 > greatest }) {
            throw DatasetError(
                .corrupt,
                "the file is damaged: a sample of picture \(index / count) is \(samples[index]), "
                    + "expected 0 to \(greatest)")
        }
    }
}

/// Whole numbers in lines of text; a fraction of zeros may follow each.
private struct NumberParser {
    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    var isAtEnd: Bool { offset >= bytes.count }

    mutating func skipLine() {
        while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
        offset += 1
        line += 1
    }

    /// A number of at most four digits and what follows it: a comma, or a line's end after the last.
    mutating func number(isLast: Bool, of columns: Int) throws -> Int {
        var value = 0
        let start = offset
        while offset < bytes.count, Self.isDigit(bytes[offset]), offset - start < 4 {
            value = value * 10 + Int(bytes[offset] - 0x30)
            offset += 1
        }
        guard offset > start else { throw unexpected("\(columns) numbers") }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
            offset += 1
            while offset < bytes.count, bytes[offset] == UInt8(ascii: "0") { offset += 1 }
        }
        if !isLast {
            guard offset < bytes.count, bytes[offset] == UInt8(ascii: ",") else {
                throw unexpected("\(columns) numbers")
            }
            offset += 1
            return value
        }
        if offset < bytes.count, bytes[offset] == 0x0D { offset += 1 }
        guard isAtEnd || bytes[offset] == 0x0A else { throw unexpected("\(columns) numbers") }
        offset += 1
        line += 1
        return value
    }

    func unexpected(_ expected: String) -> DatasetError {
        let got =
            isAtEnd ? "the end of the file" : ImageFormat.excerpt(of: Array(bytes[offset...]))
        return DatasetError(
            .corrupt, "the file is damaged: line \(line): expected \(expected), got \(got)")
    }
}
