import Language
import VisionEngine

/// A closure without parameters: `withoutGradient { model(x) }`.
struct Block: ScriptConvertible {
    private let function: ScriptFunction

    static var scriptType: ScriptType { .function([], .any) }

    static func fromScript(_ value: Value) -> Block? {
        ScriptFunction.fromScript(value).map { Block(function: $0) }
    }

    var scriptValue: Value { function.scriptValue }

    func call() throws -> Value { try function.call([]) }
}

/// A closure from a tensor to a tensor: `gradient(of: { ($0 ** 2).sum() }, at: x)`.
struct TensorFunction: ScriptConvertible {
    private let function: ScriptFunction

    static var scriptType: ScriptType { .function([.named("Tensor")], .named("Tensor")) }

    static func fromScript(_ value: Value) -> TensorFunction? {
        ScriptFunction.fromScript(value).map { TensorFunction(function: $0) }
    }

    var scriptValue: Value { function.scriptValue }

    func call(_ x: Tensor) throws -> Tensor {
        let value = try function.call([x.scriptValue])
        guard let result = Tensor.fromScript(value) else {
            throw TensorError(
                .value, "gradient", "the function does not return a tensor", expected: "Tensor",
                got: "\(value.dynamicType)")
        }
        return result
    }
}
