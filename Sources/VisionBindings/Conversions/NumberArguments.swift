import Language
import VisionEngine

/// A plain number beside a tensor: `x * 2`, `1 - x`.
extension TensorOperand: ScriptConvertible {
    public static var scriptType: ScriptType { .oneOf("Number", [.int, .double, .float]) }

    public static func fromScript(_ value: Value) -> TensorOperand? {
        switch value {
        case .int(let number): .integer(number)
        case .double(let number): .real(number)
        case .float(let number): .real(Double(number))
        default: nil
        }
    }

    public var scriptValue: Value {
        switch self {
        case .integer(let number): .int(number)
        case .real(let number): .double(number)
        }
    }
}

/// A tensor, or a number or truth value that stands for one: the new value of `x[mask] = 0`.
enum TensorOrNumber: ScriptConvertible {
    case tensor(Tensor)
    case number(Double)

    static var scriptType: ScriptType {
        .oneOf("TensorOrNumber", [.named("Tensor"), .int, .double, .float, .bool])
    }

    static func fromScript(_ value: Value) -> TensorOrNumber? {
        if case .bool(let isTrue) = value { return .number(isTrue ? 1 : 0) }
        if let number = Double.fromScript(value) { return .number(number) }
        return Tensor.fromScript(value).map { .tensor($0) }
    }

    var scriptValue: Value {
        switch self {
        case .tensor(let tensor): tensor.scriptValue
        case .number(let number): .double(number)
        }
    }

    /// The tensor; a number becomes one without axes, of the other operand's type.
    func tensor(beside other: TensorOrNumber) throws -> Tensor {
        switch (self, other) {
        case (.tensor(let tensor), _): return tensor
        case (.number(let number), .tensor(let tensor)):
            let isWhole = number == number.rounded()
            return try Tensor.full([], number, dtype: isWhole ? tensor.dtype : .float32)
        case (.number(let number), .number): return try Tensor.full([], number)
        }
    }
}
