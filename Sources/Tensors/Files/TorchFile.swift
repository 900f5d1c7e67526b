/// The tensors of a file that `torch.save` wrote: the zip form or the stream of before PyTorch 1.6.
///
/// Source: torch/serialization.py of PyTorch.
struct TorchFile {
    private let source: any ByteSource
    /// The elements of each storage that tensors lie in.
    private var contents: [String: any ByteSource] = [:]
    private var found: [(name: String, tensor: TorchTensor)] = []

    /// What the old stream begins with: a pickle of a number that was thought of for it.
    private static let mark: [UInt8] = [
        0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
    ]

    /// How many times the file's own size its tensors may take together: they may share elements.
    private static let mostSharing = 4

    /// Whether a file begins as the old stream does.
    static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: mark) }

    /// The zip form: `NAME/data.pkl` and one entry `NAME/data/KEY` for each storage.
    init(_ archive: ZipArchive) throws {
        source = archive.source
        guard let pickle = archive.entries.first(where: { $0.name.hasSuffix("/data.pkl") }) else {
            throw source.failure("not a file of torch.save: the archive holds no data.pkl")
        }
        let folder = pickle.name.dropLast("data.pkl".count)
        if let order = archive[folder + "byteorder"] {
            let content = try archive.content(order)
            let bytes = try content.bytes(min(16, content.byteCount), at: 0)
            guard bytes == Array("little".utf8) else {
                throw source.failure(
                    "an unusual order of bytes", expected: "little",
                    got: String(decoding: bytes, as: UTF8.self))
            }
        }
        let content = try archive.content(pickle)
        let unpickler = Unpickler(content, 0..<content.byteCount)
        found = try Self.tensors(in: try unpickler.next(), source)
        for key in Set(found.map(\.tensor.storage.key)) {
            guard let entry = archive["\(folder)data/\(key)"] else {
                throw source.failure("the archive lacks the elements 'data/\(key)'")
            }
            contents[key] = try archive.content(entry)
        }
        withExtendedLifetime(unpickler) {}
    }

    /// The old stream: five pickles, then the elements of each storage after their number.
    init(stream source: any ByteSource) throws {
        self.source = source
        let unpickler = Unpickler(source, 0..<source.byteCount)
        _ = try unpickler.next()
        guard let version = try unpickler.next().integer, version == 1001 else {
            throw source.failure("an unknown version of torch.save's stream", expected: "1001")
        }
        if case .container(let system) = try unpickler.next(),
            case .bool(false)? = system.entries.first(where: { $0.key == "little_endian" })?.value
        {
            throw source.failure("an unusual order of bytes", expected: "little-endian")
        }
        found = try Self.tensors(in: try unpickler.next(), source)
        guard let keys = try unpickler.next().elements else {
            throw source.failure("the list of storages is damaged")
        }
        var offset = unpickler.position
        for key in keys {
            guard let key = key.string, let storage = unpickler.storages[key],
                let type = storage.type
            else { throw source.failure("the list of storages is damaged") }
            let count = try source.number(8, at: offset)
            offset += 8
            guard count == UInt64(storage.count),
                let size = storedByteCount([storage.count], type),
                size <= source.byteCount - offset
            else {
                throw source.failure(
                    "the elements of storage '\(key.prefix(40))' do not lie in the file",
                    expected: "\(storage.count) of \(type.rawValue)", got: "\(count)")
            }
            contents[key] = ByteSlice(source, offset..<offset + size)
            offset += size
        }
        withExtendedLifetime(unpickler) {}
    }

    /// Reads all tensors.
    func read() throws -> NamedTensors {
        var result = NamedTensors()
        var total = 0
        for (name, tensor) in found {
            guard let size = storedByteCount(tensor.shape, tensor.type),
                size <= Self.mostSharing * source.byteCount - total
            else {
                throw source.failure(
                    "tensor '\(name)' does not lie in the file", got: "shape \(tensor.shape)")
            }
            total += size
            try result.add(name, tensor.type, read(tensor, called: name))
        }
        return result
    }

    private func read(_ tensor: TorchTensor, called name: String) throws -> Tensor {
        let spec = TensorSpec(tensor.shape, tensor.type.dtype)
        guard spec.count > 0 else { return try Tensor.zeros(tensor.shape, dtype: spec.dtype) }
        let size = tensor.type.byteCount
        guard let content = contents[tensor.storage.key], let last = tensor.last,
            tensor.storage.type != nil || tensor.storage.offset == 0,
            last < content.byteCount / size, last < tensor.elementCount
        else {
            throw source.failure(
                "tensor '\(name)' does not lie in its storage",
                got: "shape \(tensor.shape), strides \(tensor.strides)")
        }
        let first = (tensor.storage.offset + tensor.offset) * size
        if isContiguous(tensor.shape, tensor.strides) {
            return try tensor.type.read(tensor.shape, from: content, at: first)
        }
        // All elements from the first to the last one, then those that are the tensor's.
        let stretch = try tensor.type.read([last + 1 - first / size], from: content, at: first)
        let elements = try stretch.dense()
        return try Tensor(
            spec, elements.storage,
            .strided(offset: elements.offset, strides: tensor.strides)
        ).contiguous()
    }

    // MARK: What a checkpoint calls its tensors

    /// Names under which training programs keep the weights among other things.
    private static let usualNames = [
        "state_dict_ema", "model_ema", "state_dict", "model_state_dict", "model", "net", "network",
        "weights", "params",
    ]

    /// The tensors of a value: those of a dictionary by their keys, those of dictionaries in it by
    /// their paths, or where there is one under a usual name, those of that one alone.
    private static func tensors(
        in value: PickleValue, _ source: any ByteSource
    ) throws -> [(name: String, tensor: TorchTensor)] {
        var found: [(name: String, tensor: TorchTensor)] = []
        // A pickle may name one dictionary many times, in others that it names many times.
        var visits = 0
        func collect(_ value: PickleValue, _ path: String, depth: Int) throws {
            visits += 1
            guard visits < 1 << 20 else {
                throw source.failure("the checkpoint holds too many values")
            }
            switch value {
            case .tensor(let tensor):
                found.append((path.isEmpty ? "tensor" : path, tensor))
            case .container(let container) where depth > 0:
                for (key, value) in members(container) {
                    try collect(value, path.isEmpty ? key : "\(path).\(key)", depth: depth - 1)
                }
            default: break
            }
        }
        var root = value
        if case .container(let container) = value, !holdsTensors(container) {
            let entries = container.entries
            let nested = usualNames.lazy.compactMap { name in
                entries.first { entry in
                    guard entry.key == name, case .container(let inner) = entry.value else {
                        return false
                    }
                    return holdsTensors(inner)
                }
            }
            if let (_, value) = nested.first { root = value }
        }
        try collect(root, "", depth: 4)
        guard !found.isEmpty else { throw source.failure("the checkpoint holds no tensors") }
        var names: Set<String> = []
        for (name, _) in found where !names.insert(name).inserted {
            throw source.failure("the checkpoint holds '\(name)' twice")
        }
        return found
    }

    private static func members(
        _ container: PickleContainer
    ) -> [(key: String, value: PickleValue)] {
        guard container.kind != .dictionary else { return container.entries }
        return container.items.enumerated().map { ("\($0)", $1) }
    }

    private static func holdsTensors(_ container: PickleContainer) -> Bool {
        container.entries.contains { if case .tensor = $0.value { true } else { false } }
    }
}

extension TorchTensor {
    /// The place of the last element among those of the storage's key; `nil` where no number holds
    /// it, there is none or a stride is negative.
    fileprivate var last: Int? {
        let (start, overflow) = storage.offset.addingReportingOverflow(offset)
        guard !overflow else { return nil }
        var last = start
        for (size, stride) in zip(shape, strides) {
            guard size > 0, stride >= 0 else { return nil }
            let (reach, overflow) = (size - 1).multipliedReportingOverflow(by: stride)
            let (sum, overflow2) = last.addingReportingOverflow(reach)
            guard !overflow, !overflow2 else { return nil }
            last = sum
        }
        return last
    }

    /// How many elements of the tensor's type the storage's key has as far as this tensor may go.
    fileprivate var elementCount: Int {
        storage.type == nil
            ? storage.count / type.byteCount
            : storage.offset.addingReportingOverflow(storage.count).partialValue
    }
}
