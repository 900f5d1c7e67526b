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
        let value = try runningScript { try function.call([x.scriptValue]) }
        guard let result = Tensor.fromScript(value) else {
            throw TensorError(
                .value, "closure", "it does not return a tensor", expected: "Tensor",
                got: "\(value.dynamicType)")
        }
        return result
    }
}

/// A closure that chooses weights: `{ name, shape in name.hasSuffix("bias") }`.
struct WeightTest: ScriptConvertible {
    private let function: ScriptFunction

    static var scriptType: ScriptType { .function([.string, .array(.int)], .bool) }

    static func fromScript(_ value: Value) -> WeightTest? {
        ScriptFunction.fromScript(value).map { WeightTest(function: $0) }
    }

    var scriptValue: Value { function.scriptValue }

    func call(_ name: String, _ shape: [Int]) throws -> Bool {
        let value = try function.call([name.scriptValue, shape.scriptValue])
        guard let result = Bool.fromScript(value) else {
            throw TensorError(
                .value, "where", "the closure does not choose", expected: "Bool",
                got: "\(value.dynamicType)")
        }
        return result
    }
}
