import Hosting

/// The tensors of a file by name, with what reading it changed.
package struct NamedTensors {
    package var tensors: [String: Tensor] = [:]
    /// Free text by name that the file carries along.
    package var metadata: [String: String] = [:]
    /// One line for each tensor whose stored type became another one.
    package var notes: [String] = []

    init() {}

    /// Reads a file of whatever kind: safetensors, what `torch.save` wrote, `.npz`, or the
    /// initialisers of an ONNX model. What the file is its first bytes say, not its name.
    ///
    /// With `lazily`, large tensors of a safetensors file stay in it until they are used: a file that
    /// was changed by then is an error.
    ///
    /// Throws a `TensorError` that names the file where it is none of these or is damaged.
    package init(contentsOf path: String, lazily: Bool = false) throws {
        try self.init(FileReader(path, operation: "loadTensors"), lazily: lazily)
    }

    init(_ source: any ByteSource, lazily: Bool = false) throws {
        let start = try source.bytes(min(16, source.byteCount), at: 0)
        // The length of a header, less than 4 GB, and its brace.
        let isSafetensors =
            start.count > 8 && start[8] == UInt8(ascii: "{") && start[4..<8].allSatisfy { $0 == 0 }
        if isSafetensors {
            self = try Self(Safetensors(source, lazily: lazily))
        } else if ZipArchive.begins(start) {
            let archive = try ZipArchive(source)
            let isTorch = archive.entries.contains { $0.name.hasSuffix("/data.pkl") }
            self = isTorch ? try TorchFile(archive).read() : try Self.arrays(of: archive)
        } else if TorchFile.begins(start) {
            self = try TorchFile(stream: source).read()
        } else if start.first == 0x80, start.count > 1, start[1] <= 5 {
            throw source.failure(
                "a pickle that is no checkpoint of torch.save",
                expected: "torch.save(model.state_dict(), path)")
        } else if start.first == 0x08 || start.first == 0x12,
            !start.dropFirst(4).starts(with: [0, 0, 0, 0])
        {
            self = try ONNXFile(source).read()
        } else if start.starts(with: [0x93] + Array("NUMPY".utf8)) {
            throw source.failure("one array without a name", expected: "Tensor.load(path)")
        } else {
            // Which says what is wrong with one.
            self = try Self(Safetensors(source))
        }
    }

    private init(_ file: Safetensors) {
        tensors = file.tensors
        metadata = file.metadata
        notes = file.notes
    }

    /// The arrays that `numpy.savez` or `numpy.savez_compressed` wrote.
    private static func arrays(of archive: ZipArchive) throws -> NamedTensors {
        var result = NamedTensors()
        for entry in archive.entries where entry.name.hasSuffix(".npy") {
            let content = try archive.content(entry)
            let header = try ArrayFileHeader(of: content)
            try result.add(
                String(entry.name.dropLast(4)), header.type, try header.read(content))
        }
        guard !result.tensors.isEmpty else {
            throw archive.source.failure(
                "the archive holds no weights", expected: "data.pkl, or arrays such as 'a.npy'")
        }
        return result
    }

    /// Takes one tensor, with a note where its type became another one.
    mutating func add(_ name: String, _ type: StoredType, _ tensor: Tensor) throws {
        try Host.current.cancellation.check()
        tensors[name] = tensor
        if type.isConverted { notes.append("\(name): \(type.rawValue) became \(type.dtype)") }
    }
}

/// The tensors of a file by name: `.safetensors`, `.pth` or `.pt` as `torch.save` writes them (read
/// without running anything), `.npz`, or the initialisers of an `.onnx` model. Where a stored type
/// becomes another one, a line among the run's messages says so.
///
///     let weights = try loadTensors("w.safetensors")
///
/// Throws a `TensorError` that names the file where it cannot be read, is damaged, or asks for what
/// weights do not need. See `Safetensors` for the metadata of such a file.
public func loadTensors(_ path: String) throws -> [String: Tensor] {
    let file = try NamedTensors(contentsOf: path)
    report("loadTensors", path, file.notes)
    return file.tensors
}
