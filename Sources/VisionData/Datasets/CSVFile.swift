/// Rows of text cells, separated by commas, semicolons or tabs (RFC 4180), gzipped or not.
struct CSVFile {
    /// The cells of every line that is not empty.
    let rows: [[String]]

    /// Reads a file; throws `DatasetError`, which names it, when it cannot be read, a quotation mark
    /// has no end, or it is no text.
    init(_ path: String) throws {
        let bytes = try DataFile.read(path, headerSize: 0).body
        do {
            rows = try CSVFile.rows(bytes)
        } catch let error as DatasetError {
            throw DatasetError(error.kind, "cannot read \"\(path)\": \(error.description)")
        }
    }

    /// The rows of a file's bytes.
    static func rows(_ bytes: [UInt8]) throws -> [[String]] {
        let separator = separator(of: bytes)
        var rows: [[String]] = []
        var row: [String] = []
        var cell: [UInt8] = []
        // A mark of the byte order may come first.
        var offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        func endCell() throws {
            guard let text = String(validating: cell, as: UTF8.self) else {
                throw DatasetError(.corrupt, "row \(rows.count + 1) is not text in UTF-8")
            }
            row.append(text)
            cell = []
        }
        func endRow() throws {
            if row.isEmpty && cell.isEmpty { return }
            try endCell()
            rows.append(row)
            row = []
        }
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            switch byte {
            case UInt8(ascii: "\"") where cell.isEmpty:
                offset = try quoted(bytes, from: offset, row: rows.count + 1, into: &cell)
            case separator: try endCell()
            case 0x0A: try endRow()
            case 0x0D: break
            default: cell.append(byte)
            }
        }
        try endRow()
        return rows
    }

    /// Reads a cell in quotation marks, in which two of them stand for one; gives where it ends.
    private static func quoted(
        _ bytes: [UInt8], from start: Int, row: Int, into cell: inout [UInt8]
    ) throws -> Int {
        var offset = start
        while offset < bytes.count {
            if bytes[offset] != UInt8(ascii: "\"") {
                cell.append(bytes[offset])
                offset += 1
            } else if offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "\"") {
                cell.append(bytes[offset])
                offset += 2
            } else {
                return offset + 1
            }
        }
        throw DatasetError(.corrupt, "a quotation mark of row \(row) has no end")
    }

    /// What separates the cells of the first line.
    private static func separator(of bytes: [UInt8]) -> UInt8 {
        let line = bytes.prefix { $0 != 0x0A }
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09]
        let counts = candidates.map { candidate in line.count { $0 == candidate } }
        return candidates[counts.indices.max { counts[$0] < counts[$1] } ?? 0]
    }
}
