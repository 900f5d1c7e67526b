import Language
import VisionEngine

/// One index of `x[...]`: a number, a range, a tensor, `.ellipsis`, `.newAxis` or `.stride`.
struct TensorIndexArgument: ScriptConvertible {
    let index: any TensorIndex

    init(_ index: any TensorIndex) { self.index = index }

    static var scriptType: ScriptType {
        .oneOf("TensorIndex", [.int, .range(.int), .named("Tensor")])
    }

    static func fromScript(_ value: Value) -> TensorIndexArgument? {
        switch value {
        case .int(let position): TensorIndexArgument(position)
        case .range(let range): slice(range).map { TensorIndexArgument(IndexPart($0)) }
        case .object(let object):
            object.base as? TensorIndexArgument
                ?? (object.base as? Tensor).map { TensorIndexArgument($0) }
        default: nil
        }
    }

    var scriptValue: Value { .object(ForeignObject(self, typeName: "TensorIndex")) }

    /// The slice of a range; a missing bound is the axis's end.
    private static func slice(_ range: ScriptRange) -> TensorSelection? {
        func bound(_ value: Value?) -> Int?? {
            switch value {
            case nil: .some(nil)
            case .int(let number)?: .some(number)
            default: nil
            }
        }
        guard let from = bound(range.lower), var to = bound(range.upper) else { return nil }
        // -1 is the last position, and nothing comes after it.
        if range.isClosed, let last = to { to = last == -1 || last == .max ? nil : last + 1 }
        return .slice(from: from, to: to, by: 1)
    }
}

extension TensorIndexArgument: CustomStringConvertible {
    var description: String { String(describing: index.selection) }
}
