/// A value of the host program as it is kept among earlier results.
public struct KeptObject {
    /// What is kept: the value itself, or one like it that holds on to less.
    public var base: Any
    /// The memory it holds on to.
    public var bytes: Int

    /// What is assumed of values whose size nobody knows, so that only a few of them are kept.
    public static let unknownBytes = 8 << 20

    public init(_ base: Any, bytes: Int = unknownBytes) {
        self.base = base
        self.bytes = bytes
    }
}

/// A value as it is kept among earlier results, and the memory it holds on to.
struct KeptValue {
    let value: Value
    let bytes: Int

    /// - Parameters:
    ///   - limit: the most bytes; `nil` results where the value holds more.
    ///   - keep: what is kept of values of the host program.
    init?(_ value: Value, limit: Int, keep: @escaping (Any) -> KeptObject) {
        var keeper = Keeper(room: limit, keep: keep)
        guard let kept = keeper.kept(value, depth: 0) else { return nil }
        self.value = kept
        bytes = limit - keeper.room
    }

    private struct Keeper {
        var room: Int
        let keep: (Any) -> KeptObject

        private static let deepest = 100

        /// The value to keep; `nil` where there is no room for it, or it is nested too deeply.
        mutating func kept(_ value: Value, depth: Int) -> Value? {
            guard depth <= Self.deepest else { return nil }
            room -= MemoryLayout<Value>.stride
            switch value {
            case .string(let text): room -= text.utf8.count
            case .substring(let text): room -= text.base.utf8.count
            case .function, .iterator, .cell: room -= KeptObject.unknownBytes
            case .range, .type, .void, .none, .bool, .int, .double, .float, .character, .index:
                break
            case .object(let object): return kept(object)
            case .some(let inner):
                guard let inner = kept(inner, depth: depth + 1) else { return nil }
                return .some(inner)
            case .array(let values): return kept(values, depth).map { .array($0) }
            case .slice(let values): return kept(Array(values), depth) == nil ? nil : value
            case .set(let values): return kept(Array(values), depth) == nil ? nil : value
            case .dictionary(let pairs):
                guard kept(Array(pairs.keys), depth) != nil,
                    let values = kept(Array(pairs.values), depth)
                else { return nil }
                return .dictionary(
                    Dictionary(zip(pairs.keys, values)) { first, _ in first })
            case .tuple(let tuple):
                return kept(tuple.elements, depth).map {
                    .tuple(ScriptTuple($0, labels: tuple.labels))
                }
            case .structure(let instance):
                return kept(instance.fields, depth).map {
                    .structure(Instance.make(instance.type, $0))
                }
            case .enumeration(let item):
                return kept(item.payload, depth).map {
                    .enumeration(EnumValue(type: item.type, index: item.index, payload: $0))
                }
            }
            return room >= 0 ? value : nil
        }

        private mutating func kept(_ values: [Value], _ depth: Int) -> [Value]? {
            var result: [Value] = []
            for value in values {
                guard let value = kept(value, depth: depth + 1), room >= 0 else { return nil }
                result.append(value)
            }
            return result
        }

        private mutating func kept(_ object: ForeignObject) -> Value? {
            let kept = keep(object.base)
            room -= kept.bytes
            guard room >= 0 else { return nil }
            let result = ForeignObject(kept.base, typeName: object.typeName)
            result.describe = object.describe
            return .object(result)
        }
    }
}
