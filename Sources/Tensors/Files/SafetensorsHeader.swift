import FoundationEssentials

/// What stands at the front of a safetensors file: a name, a type, a shape and a place for each
/// tensor. Source: https://github.com/huggingface/safetensors (format 0.3 and later).
struct SafetensorsHeader {
    struct Entry {
        var name: String
        var type: StoredType
        var shape: [Int]
        /// Bytes in the file.
        var place: Range<Int>
    }

    /// In the order of their places.
    var entries: [Entry] = []
    var metadata: [String: String] = [:]

    /// The most bytes that a header may have, as in the reference implementation.
    private static let mostBytes = 100_000_000

    /// Reads and checks the header: every place must lie in the file, fit its shape, and follow on
    /// the one before.
    init(of file: any ByteSource) throws {
        guard file.byteCount >= 8 else {
            throw file.failure(
                "not a safetensors file", expected: "8 bytes or more", got: "\(file.byteCount)")
        }
        let length = try file.bytes(8, at: 0).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(min(file.byteCount - 8, Self.mostBytes)) else {
            throw file.failure(
                "not a safetensors file, or one cut short",
                expected: "a header of at most \(min(file.byteCount - 8, Self.mostBytes)) bytes",
                got: "\(length)")
        }
        let bytes = try file.bytes(Int(length), at: 8)
        guard bytes.first == UInt8(ascii: "{") else {
            throw file.failure("not a safetensors file: the header is no JSON object")
        }
        let content: Content
        do {
            content = try JSONDecoder().decode(Content.self, from: Data(bytes))
        } catch {
            throw file.failure("the header is damaged (\(Self.reason(error)))")
        }
        guard Self.memberCount(bytes) == content.memberCount else {
            throw file.failure("a name appears twice in the header", expected: "each name once")
        }
        metadata = content.metadata
        let start = 8 + Int(length)
        entries = try content.tensors
            .map { try Self.entry($0, $1, dataStart: start, in: file) }
            .sorted {
                ($0.place.lowerBound, $0.place.upperBound, $0.name)
                    < ($1.place.lowerBound, $1.place.upperBound, $1.name)
            }
        var end = start
        for entry in entries {
            guard entry.place.lowerBound == end else {
                throw file.failure(
                    "tensor '\(entry.name)' overlaps another one or leaves a gap",
                    expected: "data from byte \(end)", got: "\(entry.place.lowerBound)")
            }
            end = entry.place.upperBound
        }
        guard end == file.byteCount else {
            throw file.failure(
                "the tensors and the file differ in size", expected: "\(end) bytes",
                got: "\(file.byteCount)")
        }
    }

    private static func entry(
        _ name: String, _ tensor: Content.Tensor, dataStart: Int, in file: any ByteSource
    ) throws -> Entry {
        guard let type = StoredType(safetensorsName: tensor.dtype) else {
            throw file.failure(
                "tensor '\(name)' has an unknown type",
                expected: StoredType.allCases.map(\.safetensorsName).joined(separator: " "),
                got: "'\(tensor.dtype)'")
        }
        guard tensor.offsets.count == 2, let begin = tensor.offsets.first,
            let end = tensor.offsets.last, begin >= 0, begin <= end,
            end <= file.byteCount - dataStart
        else {
            throw file.failure(
                "tensor '\(name)' does not lie in the file",
                expected: "data_offsets within 0...\(file.byteCount - dataStart)",
                got: "\(tensor.offsets)")
        }
        guard tensor.shape.count <= 64, storedByteCount(tensor.shape, type) == end - begin else {
            throw file.failure(
                "tensor '\(name)' has a shape that does not fit its data",
                expected: "\(end - begin) bytes of \(tensor.dtype)",
                got: "shape \(tensor.shape.prefix(64))")
        }
        return Entry(
            name: name, type: type, shape: tensor.shape,
            place: dataStart + begin..<dataStart + end)
    }

    /// The members of all objects in JSON text that is known to be well formed.
    private static func memberCount(_ bytes: [UInt8]) -> Int {
        var count = 0
        var isInString = false
        var isEscaped = false
        for byte in bytes {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString.toggle()
            } else if byte == UInt8(ascii: ":"), !isInString {
                count += 1
            }
        }
        return count
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case DecodingError.dataCorrupted(let context),
            DecodingError.keyNotFound(_, let context),
            DecodingError.typeMismatch(_, let context),
            DecodingError.valueNotFound(_, let context):
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
        default: return "\(error)"
        }
    }
}

/// The header as JSON has it.
private struct Content: Decodable {
    struct Tensor: Decodable {
        var dtype: String
        var shape: [Int]
        var offsets: [Int]
        /// How many members the object had, known ones or not.
        var memberCount: Int

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: Name.self)
            dtype = try members.decode(String.self, forKey: Name("dtype"))
            shape = try members.decode([Int].self, forKey: Name("shape"))
            offsets = try members.decode([Int].self, forKey: Name("data_offsets"))
            memberCount = members.allKeys.count
        }
    }

    struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    var metadata: [String: String] = [:]
    var tensors: [(String, Tensor)] = []

    var memberCount: Int {
        tensors.reduce(0) { $0 + 1 + $1.1.memberCount } + (hasMetadata ? 1 + metadata.count : 0)
    }
    private var hasMetadata = false

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Name.self)
        for key in members.allKeys {
            if key.stringValue == "__metadata__" {
                metadata = try members.decode([String: String].self, forKey: key)
                hasMetadata = true
            } else {
                tensors.append((key.stringValue, try members.decode(Tensor.self, forKey: key)))
            }
        }
    }
}
