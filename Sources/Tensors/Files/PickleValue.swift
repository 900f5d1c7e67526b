/// What a restricted pickle can hold: numbers, text, containers of them, and PyTorch's tensors.
enum PickleValue {
    case none
    case bool(Bool)
    case int(Int)
    case float(Double)
    case text(String)
    case bytes
    /// A list, a tuple or a dictionary.
    case container(PickleContainer)
    /// A name that the pickle may ask for.
    case global(PickleGlobal)
    case storage(TorchStorage)
    case tensor(TorchTensor)

    /// The whole number it is.
    var integer: Int? { if case .int(let value) = self { value } else { nil } }
    var string: String? { if case .text(let value) = self { value } else { nil } }

    /// The elements of a list or a tuple.
    var elements: [PickleValue]? {
        if case .container(let container) = self, container.kind != .dictionary {
            container.items
        } else {
            nil
        }
    }

    /// The elements of a list or a tuple of whole numbers.
    var integers: [Int]? {
        guard let elements else { return nil }
        let numbers = elements.compactMap(\.integer)
        return numbers.count == elements.count ? numbers : nil
    }
}

/// A list, a tuple or a dictionary, which a pickle may refer to several times, even from inside.
final class PickleContainer {
    enum Kind { case list, tuple, dictionary }

    let kind: Kind
    /// The elements; keys and values by turns in a dictionary.
    var items: [PickleValue]

    init(_ kind: Kind, _ items: [PickleValue] = []) {
        self.kind = kind
        self.items = items
    }

    /// The entries of a dictionary whose keys are text or numbers, in their order.
    var entries: [(key: String, value: PickleValue)] {
        guard kind == .dictionary else { return [] }
        return stride(from: 0, to: items.count - 1, by: 2).compactMap { index in
            switch items[index] {
            case .text(let key): (key, items[index + 1])
            case .int(let key): ("\(key)", items[index + 1])
            default: nil
            }
        }
    }
}

/// The names that a pickle of weights may ask for; none of them runs anything.
enum PickleGlobal {
    case orderedDictionary
    case size
    case rebuildTensor
    case rebuildTypedTensor
    case rebuildParameter
    /// A kind of storage by the type of its elements; `nil` for one of bytes.
    case storage(StoredType?)
    case elementType(StoredType)

    /// Throws nothing and gives `nil` for every other name.
    init?(module: String, name: String) {
        switch (module, name) {
        case ("collections", "OrderedDict"): self = .orderedDictionary
        case ("torch", "Size"): self = .size
        case ("torch._utils", "_rebuild_tensor"), ("torch._utils", "_rebuild_tensor_v2"):
            self = .rebuildTensor
        case ("torch._utils", "_rebuild_tensor_v3"): self = .rebuildTypedTensor
        case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
        case ("torch", "UntypedStorage"), ("torch.storage", "UntypedStorage"):
            self = .storage(nil)
        case ("torch", _):
            if name.hasSuffix("Storage"), let type = Self.storages[String(name.dropLast(7))] {
                self = .storage(type)
            } else if let type = StoredType(rawValue: name) {
                self = .elementType(type)
            } else {
                return nil
            }
        default: return nil
        }
    }

    private static let storages: [String: StoredType] = [
        "Float": .float32, "Double": .float64, "Half": .float16, "BFloat16": .bfloat16,
        "Long": .int64, "Int": .int32, "Short": .int16, "Char": .int8, "Byte": .uint8,
        "Bool": .bool,
    ]
}

/// A stretch of elements that tensors of a checkpoint lie in.
struct TorchStorage {
    var key: String
    /// `nil` for one of bytes.
    var type: StoredType?
    /// How many elements it says it has.
    var count: Int
    /// Where it starts in the storage of its key, for a view of another one.
    var offset = 0
}

/// A tensor of a checkpoint: a place in a storage.
final class TorchTensor {
    let storage: TorchStorage
    let type: StoredType
    let offset: Int
    let shape: [Int]
    let strides: [Int]

    init(storage: TorchStorage, type: StoredType, offset: Int, shape: [Int], strides: [Int]) {
        self.storage = storage
        self.type = type
        self.offset = offset
        self.shape = shape
        self.strides = strides
    }
}
