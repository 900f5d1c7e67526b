/// The named weights of an ONNX model: the initialisers of its graph.
///
/// Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
struct ONNXFile {
    private let source: any ByteSource

    /// A file that begins as models do.
    init(_ source: any ByteSource) { self.source = source }

    /// Reads all of them; of a model whose elements are kept beside it, from there.
    func read() throws -> NamedTensors {
        var result = NamedTensors()
        var graphs = 0
        var operatorSets = 0
        try ProtocolBuffer.fields(of: source, 0..<source.byteCount) { model in
            if model.number == 8 { operatorSets += 1 }
            guard model.number == 7, let graph = model.place else { return }
            graphs += 1
            try ProtocolBuffer.fields(of: source, graph) { field in
                guard field.number == 5, let place = field.place else { return }
                let entry = try initializer(place)
                guard result.tensors[entry.name] == nil else {
                    throw source.failure("the model holds '\(entry.name)' twice")
                }
                try result.add(entry.name, entry.type, try tensor(entry))
            }
        }
        guard graphs > 0 else { throw source.failure("not an ONNX model: it has no graph") }
        // Every model names one; it comes after the graph, and is missing where the file was cut.
        guard operatorSets > 0 else {
            throw source.failure("the ONNX model is not whole: it names no operator set")
        }
        guard !result.tensors.isEmpty else {
            throw source.failure("the model holds no weights", expected: "initialisers")
        }
        return result
    }

    /// What a `TensorProto` says.
    private struct Initializer {
        var name = ""
        var type = StoredType.float32
        var shape: [Int] = []
        /// The elements as they lie in memory.
        var raw: Range<Int>?
        /// The elements as numbers of 32 or 64 bits, or as numbers of any length.
        var values: (place: Range<Int>, field: Int)?
        /// Where elements lie in another file.
        var external: [String: String] = [:]
        var isExternal = false
    }

    private static let types: [UInt64: StoredType] = [
        1: .float32, 2: .uint8, 3: .int8, 4: .uint16, 5: .int16, 6: .int32, 7: .int64, 9: .bool,
        10: .float16, 11: .float64, 12: .uint32, 16: .bfloat16,
    ]

    private func initializer(_ place: Range<Int>) throws -> Initializer {
        var entry = Initializer()
        var code: UInt64 = 0
        try ProtocolBuffer.fields(of: source, place) { field in
            switch (field.number, field.place) {
            case (1, nil): entry.shape.append(try size(field.value))
            case (1, let place?):
                var cursor = ByteCursor(source, place)
                while !cursor.isAtEnd {
                    entry.shape.append(try size(try ProtocolBuffer.varint(&cursor)))
                    guard entry.shape.count <= 64 else { break }
                }
            case (2, nil): code = field.value
            case (4, let place?), (5, let place?), (7, let place?), (10, let place?):
                guard entry.values == nil else {
                    throw source.failure("elements that lie in several parts")
                }
                entry.values = (place, field.number)
            case (8, let place?): entry.name = try text(place)
            case (9, let place?): entry.raw = place
            case (13, let place?):
                var pair = ["", ""]
                try ProtocolBuffer.fields(of: source, place) { part in
                    guard (1...2).contains(part.number), let place = part.place else { return }
                    pair[part.number - 1] = try text(place)
                }
                entry.external[pair[0]] = pair[1]
            case (14, nil): entry.isExternal = field.value == 1
            default: break
            }
        }
        guard let type = Self.types[code] else {
            throw source.failure(
                "initialiser '\(entry.name)' has elements of an unsupported type",
                expected: "numbers or booleans", got: "ONNX type \(code)")
        }
        entry.type = type
        guard entry.shape.count <= 64 else { throw mismatch(entry, "more than 64 axes") }
        return entry
    }

    private func tensor(_ entry: Initializer) throws -> Tensor {
        guard let size = storedByteCount(entry.shape, entry.type) else {
            throw mismatch(entry, "more than can be")
        }
        if entry.isExternal { return try external(entry, size) }
        if let raw = entry.raw, entry.values == nil {
            guard raw.count == size else { throw mismatch(entry, "\(raw.count) bytes") }
            return try entry.type.read(entry.shape, from: source, at: raw.lowerBound)
        }
        guard let (place, field) = entry.values, entry.raw == nil else {
            guard size == 0 else { throw mismatch(entry, "none") }
            return try entry.type.read(entry.shape, from: source, at: 0)
        }
        switch (field, entry.type) {
        case (4, .float32), (10, .float64):
            guard place.count == size else { throw mismatch(entry, "\(place.count) bytes") }
            return try entry.type.read(entry.shape, from: source, at: place.lowerBound)
        case (5, .float32), (5, .float64), (5, .int64), (5, .uint32), (4, _), (10, _):
            throw mismatch(entry, "numbers of another type")
        default: return try numbers(entry, place, size)
        }
    }

    /// Elements that are written as numbers of any length, one or more bytes each.
    private func numbers(_ entry: Initializer, _ place: Range<Int>, _ size: Int) throws -> Tensor {
        let count = size / entry.type.byteCount
        guard count <= place.count else { throw mismatch(entry, "at most \(place.count)") }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        var cursor = ByteCursor(source, place)
        for _ in 0..<count {
            let value = try ProtocolBuffer.varint(&cursor)
            for index in 0..<entry.type.byteCount {
                bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(index))))
            }
        }
        guard cursor.isAtEnd else { throw mismatch(entry, "more than \(count)") }
        let memory = MemoryBytes(bytes, path: source.path, operation: "loadTensors")
        return try entry.type.read(entry.shape, from: memory, at: 0)
    }

    /// Elements in a file beside the model, which cannot lie elsewhere.
    private func external(_ entry: Initializer, _ size: Int) throws -> Tensor {
        let name = entry.external["location"] ?? ""
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !name.isEmpty, !parts.contains(where: { ["", ".", ".."].contains($0) }) else {
            throw source.failure(
                "initialiser '\(entry.name)' lies in a file that is not beside the model",
                got: "'\(name)'")
        }
        let folder = source.path.lastIndex(of: "/").map { source.path[...$0] } ?? ""
        let file = try FileReader(folder + name, operation: "loadTensors")
        let offset = entry.external["offset"].map { Int($0) ?? -1 } ?? 0
        let length = entry.external["length"].map { Int($0) ?? -1 } ?? size
        guard offset >= 0, length == size, offset <= file.byteCount,
            size <= file.byteCount - offset
        else {
            throw file.failure(
                "initialiser '\(entry.name)' does not lie in the file",
                expected: "\(size) bytes", got: "offset \(offset), length \(length)")
        }
        return try entry.type.read(entry.shape, from: file, at: offset)
    }

    private func mismatch(_ entry: Initializer, _ got: String) -> TensorError {
        source.failure(
            "initialiser '\(entry.name)' has a shape that does not fit its elements",
            expected: "\(entry.type.rawValue) of shape \(entry.shape.prefix(64))", got: got)
    }

    private func size(_ value: UInt64) throws -> Int {
        guard value <= UInt64(Int.max) else {
            throw source.failure("an initialiser has a negative size")
        }
        return Int(value)
    }

    private func text(_ place: Range<Int>) throws -> String {
        guard place.count <= 1 << 16 else { throw source.failure("a name is too long") }
        return String(decoding: try source.bytes(place.count, at: place.lowerBound), as: UTF8.self)
    }
}

/// The wire format of protocol buffers. Source: https://protobuf.dev/programming-guides/encoding
enum ProtocolBuffer {
    /// One field of a message: a number, or a stretch of bytes.
    struct Field {
        var number: Int
        var value: UInt64 = 0
        /// Where the bytes of text, of a message or of packed numbers lie.
        var place: Range<Int>?
    }

    /// Hands over the fields of the message at `place`, in their order.
    static func fields(
        of source: any ByteSource, _ place: Range<Int>, _ body: (Field) throws -> Void
    ) throws {
        var cursor = ByteCursor(source, place)
        while !cursor.isAtEnd {
            let key = try varint(&cursor)
            guard key >> 3 > 0, key >> 3 <= 0x1FFF_FFFF else { throw damaged(cursor) }
            var field = Field(number: Int(key >> 3))
            switch key & 7 {
            case 0: field.value = try varint(&cursor)
            case 1: field.value = try cursor.number(8)
            case 2:
                let length = try varint(&cursor)
                guard length <= UInt64(cursor.remaining) else { throw damaged(cursor) }
                field.place = cursor.position..<cursor.position + Int(length)
                try cursor.skip(Int(length))
            case 5: field.value = try cursor.number(4)
            default: throw damaged(cursor)
            }
            try body(field)
        }
    }

    /// A number of one to ten bytes, seven bits each.
    static func varint(_ cursor: inout ByteCursor) throws -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            let byte = try cursor.byte()
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw damaged(cursor)
    }

    private static func damaged(_ cursor: ByteCursor) -> TensorError {
        cursor.source.failure("not a model, or damaged near byte \(cursor.position)")
    }
}
