/// The header of a `.npy` file, versions 1 to 3.
/// Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
struct ArrayFileHeader {
    var type: StoredType
    var isColumnMajor: Bool
    var shape: [Int]
    /// Where the elements start in the file.
    var dataStart: Int

    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    private static let mostBytes = 1 << 20

    init(of file: any ByteSource) throws {
        guard file.byteCount >= 10 else {
            throw file.failure(
                "not a .npy file", expected: "10 bytes or more", got: "\(file.byteCount)")
        }
        let start = try file.bytes(10, at: 0)
        guard Array(start[..<6]) == Self.magic else {
            throw file.failure("not a .npy file", expected: "the letters NUMPY in front")
        }
        guard (1...3).contains(start[6]) else {
            throw file.failure(
                "an unknown version of the .npy format", expected: "1 to 3", got: "\(start[6])")
        }
        let lengthBytes = start[6] == 1 ? 2 : 4
        guard file.byteCount >= 8 + lengthBytes else {
            throw file.failure("the file ends too early", got: "\(file.byteCount) bytes")
        }
        let length = try file.bytes(lengthBytes, at: 8).reversed().reduce(0) { $0 << 8 | Int($1) }
        dataStart = 8 + lengthBytes + length
        guard length <= Self.mostBytes, dataStart <= file.byteCount else {
            throw file.failure(
                "the file ends within its header, or the header is too long",
                expected: "at most \(min(Self.mostBytes, file.byteCount - 8 - lengthBytes)) bytes",
                got: "\(length)")
        }
        let text = String(decoding: try file.bytes(length, at: 8 + lengthBytes), as: UTF8.self)
        var literal = HeaderLiteral(text)
        guard let fields = literal.parse() else {
            throw file.failure(
                "the header is damaged",
                expected: "{'descr': ..., 'fortran_order': ..., 'shape': ...}",
                got: "\(text.prefix(80))")
        }
        guard let type = StoredType(arrayFileName: fields.descr) else {
            throw file.failure(
                "elements of an unsupported type",
                expected: "little-endian numbers or booleans (array.astype('<f4') in NumPy)",
                got: "'\(fields.descr)'")
        }
        guard fields.shape.count <= 64, let bytes = storedByteCount(fields.shape, type),
            bytes <= file.byteCount - dataStart
        else {
            throw file.failure(
                "the shape does not fit the file",
                expected: "elements in \(file.byteCount - dataStart) bytes",
                got: "\(type.rawValue) of shape \(fields.shape.prefix(64))")
        }
        self.type = type
        isColumnMajor = fields.isColumnMajor
        shape = fields.shape
    }

    /// The array of the file that the header was read from.
    func read(_ file: any ByteSource) throws -> Tensor {
        guard isColumnMajor else { return try type.read(shape, from: file, at: dataStart) }
        let reversed = try type.read(shape.reversed(), from: file, at: dataStart)
        let own = try reversed.strided()
        return Tensor(
            TensorSpec(shape, reversed.dtype), own.storage,
            .strided(offset: own.offset, strides: own.strides.reversed()))
    }

    /// The bytes in front of a row-major array, as NumPy writes them.
    static func bytes(for spec: TensorSpec) -> [UInt8] {
        let sizes = spec.shape.map(String.init)
        let shape = sizes.count == 1 ? "(\(sizes[0]),)" : "(\(sizes.joined(separator: ", ")))"
        let descr = StoredType(spec.dtype).arrayFileName
        var text = "{'descr': '\(descr)', 'fortran_order': False, 'shape': \(shape), }"
        // NumPy keeps room for the first size to grow to 21 digits.
        if let first = sizes.first {
            text += String(repeating: " ", count: max(0, 21 - first.count))
        }
        let fixed = magic.count + 4
        text += String(repeating: " ", count: 63 - (fixed + text.utf8.count) % 64) + "\n"
        let length = text.utf8.count
        return magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(text.utf8)
    }
}

/// The Python literal in the header: a dictionary of text, booleans and a tuple of integers.
private struct HeaderLiteral {
    struct Fields {
        var descr: String
        var isColumnMajor: Bool
        var shape: [Int]
    }

    private var rest: Substring

    init(_ text: String) { rest = text[...] }

    mutating func parse() -> Fields? {
        var descr: String?
        var order: Bool?
        var shape: [Int]?
        guard take("{") else { return nil }
        while !take("}") {
            guard let name = text(), take(":") else { return nil }
            switch name {
            case "descr" where descr == nil: descr = text() ?? unreadable()
            case "fortran_order" where order == nil:
                order = take("True") ? true : take("False") ? false : nil
                if order == nil { return nil }
            case "shape" where shape == nil:
                shape = tuple()
                if shape == nil { return nil }
            default: return nil
            }
            if !take(","), !rest.hasPrefix("}") { return nil }
        }
        guard let descr, let order, let shape else { return nil }
        return Fields(descr: descr, isColumnMajor: order, shape: shape)
    }

    /// A type that is no text, such as that of a structured array: as it stands, up to its end.
    private mutating func unreadable() -> String? {
        guard rest.hasPrefix("["), let end = rest.firstIndex(of: "]") else { return nil }
        defer { rest = rest[rest.index(after: end)...] }
        return String(rest[...end])
    }

    private mutating func take(_ token: String) -> Bool {
        rest = rest.drop { $0 == " " || $0 == "\n" }
        guard rest.hasPrefix(token) else { return false }
        rest.removeFirst(token.count)
        rest = rest.drop { $0 == " " || $0 == "\n" }
        return true
    }

    private mutating func text() -> String? {
        guard let quote = rest.first, quote == "'" || quote == "\"" else { return nil }
        let content = rest.dropFirst()
        guard let end = content.firstIndex(of: quote) else { return nil }
        rest = content[content.index(after: end)...]
        return String(content[..<end])
    }

    private mutating func tuple() -> [Int]? {
        var values: [Int] = []
        guard take("(") else { return nil }
        while !take(")") {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let value = Int(digits) else { return nil }
            values.append(value)
            rest = rest[digits.endIndex...]
            _ = take("L")
            if !take(","), !rest.hasPrefix(")") { return nil }
        }
        return values
    }
}

extension StoredType {
    /// The name that NumPy's format gives it.
    var arrayFileName: String {
        switch self {
        case .bool: "|b1"
        case .uint8: "|u1"
        case .int8: "|i1"
        case .uint16: "<u2"
        case .int16: "<i2"
        case .uint32: "<u4"
        case .int32: "<i4"
        case .int64: "<i8"
        case .float16: "<f2"
        case .bfloat16: "<V2"
        case .float32: "<f4"
        case .float64: "<f8"
        }
    }

    /// The order of bytes may be left out where there is one byte.
    init?(arrayFileName name: String) {
        let match = Self.allCases.first { type in
            type != .bfloat16
                && (type.arrayFileName == name
                    || type.byteCount == 1 && type.arrayFileName.dropFirst() == name.dropFirst()
                        && "<>|=".contains(name.first ?? " "))
        }
        guard let match else { return nil }
        self = match
    }
}
