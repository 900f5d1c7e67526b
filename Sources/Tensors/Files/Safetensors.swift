import FoundationEssentials
import Hosting

/// Named tensors in a file of the safetensors format.
///
///     let file = try Safetensors(contentsOf: "w.safetensors")
///     file.tensors["conv1.weight"]
///     file.notes  // ["conv1.weight: float16 became float32"]
public struct Safetensors: Sendable {
    /// The tensors by name, such as `conv1.weight`.
    public var tensors: [String: Tensor]
    /// Free text by name that the file carries along.
    public var metadata: [String: String]
    /// What changed in reading: one line for each tensor whose stored type became another one.
    public private(set) var notes: [String] = []

    /// What a file shall hold; nothing is written yet.
    public init(_ tensors: [String: Tensor], metadata: [String: String] = [:]) {
        self.tensors = tensors
        self.metadata = metadata
    }

    /// Reads a file. Half-precision and double numbers become float32, small integers
    /// int32, unsigned 32-bit ones int64.
    ///
    /// Throws a `TensorError` that names the file when it cannot be read, is no safetensors file, is
    /// damaged, or holds a type there is nothing for.
    public init(contentsOf path: String) throws {
        try self.init(FileReader(path, operation: "loadTensors"))
    }

    /// With `lazily`, large tensors stay in the file until they are used.
    init(_ file: any ByteSource, lazily: Bool = false) throws {
        let header = try SafetensorsHeader(of: file)
        let later = (lazily ? file as? FileReader : nil).flatMap { $0.canBeReadLater ? $0 : nil }
        metadata = header.metadata
        tensors = [:]
        for entry in header.entries {
            try Host.current.cancellation.check()
            if let later, entry.type.isKeptAsStored,
                entry.place.count >= UnreadElements.leastByteCount
            {
                let spec = TensorSpec(entry.shape, entry.type.dtype)
                try spec.validate(later.operation)
                tensors[entry.name] = Tensor(
                    handle: TensorHandle(
                        spec, UnreadElements(file: later, offset: entry.place.lowerBound)))
                continue
            }
            tensors[entry.name] = try entry.type.read(
                entry.shape, from: file, at: entry.place.lowerBound)
            if entry.type.isConverted {
                notes.append(
                    "\(entry.name): \(entry.type.rawValue) became \(entry.type.dtype)")
            }
        }
    }

    /// Writes the file whole or not at all, byte for byte as the reference implementation does:
    /// larger elements first, then by name.
    public func write(to path: String) throws {
        let order: [DType] = [.int64, .float32, .int32, .bfloat16, .uint8, .bool]
        let sorted = order.flatMap { dtype in
            tensors.filter { $0.value.dtype == dtype }
                .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        }
        guard tensors["__metadata__"] == nil else {
            throw TensorError(
                .value, "saveTensors", "a tensor is named '__metadata__'",
                expected: "a name that the format does not use itself")
        }
        if let symbolic = sorted.first(where: { $0.value.isSymbolic }) {
            throw TensorError(
                .value, "saveTensors", "tensor '\(symbolic.key)' has a shape and no elements",
                expected: "tensors with elements", got: "\(symbolic.value.spec)")
        }
        var header = try self.header(sorted.map { ($0.key, $0.value.spec) })
        header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
        try FileWriter.write(path, operation: "saveTensors") { file in
            let length = UInt64(header.utf8.count).littleEndian
            try withUnsafeBytes(of: length) { try file.write($0) }
            try file.write(header)
            for (_, tensor) in sorted { try tensor.withUnsafeBytes { try file.write($0) } }
        }
    }

    private func header(_ specs: [(name: String, spec: TensorSpec)]) throws -> String {
        func quoted(_ text: String) throws -> String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .withoutEscapingSlashes
            return String(decoding: try encoder.encode(text), as: UTF8.self)
        }
        var members: [String] = []
        if !metadata.isEmpty {
            let entries = try metadata.sorted { $0.key < $1.key }
                .map { "\(try quoted($0.key)):\(try quoted($0.value))" }
            members.append("\"__metadata__\":{\(entries.joined(separator: ","))}")
        }
        var offset = 0
        for (name, spec) in specs {
            let shape = spec.shape.map(String.init).joined(separator: ",")
            members.append(
                "\(try quoted(name)):{\"dtype\":\"\(StoredType(spec.dtype).safetensorsName)\","
                    + "\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(offset + spec.byteCount)]}"
            )
            offset += spec.byteCount
        }
        return "{\(members.joined(separator: ","))}"
    }
}

/// Writes tensors by name to a safetensors file, whole or not at all.
///
///     try saveTensors(["a": a], "w.safetensors", metadata: ["format": "pt"])
public func saveTensors(
    _ tensors: [String: Tensor], _ path: String, metadata: [String: String] = [:]
) throws {
    try Safetensors(tensors, metadata: metadata).write(to: path)
}

extension StoredType {
    var safetensorsName: String {
        switch self {
        case .bool: "BOOL"
        case .uint8: "U8"
        case .int8: "I8"
        case .uint16: "U16"
        case .int16: "I16"
        case .uint32: "U32"
        case .int32: "I32"
        case .int64: "I64"
        case .float16: "F16"
        case .bfloat16: "BF16"
        case .float32: "F32"
        case .float64: "F64"
        }
    }

    init?(safetensorsName name: String) {
        guard let type = Self.allCases.first(where: { $0.safetensorsName == name }) else {
            return nil
        }
        self = type
    }
}
