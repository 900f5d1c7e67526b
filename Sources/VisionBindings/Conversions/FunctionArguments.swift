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
        try called(function, x.scriptValue, "a tensor", expected: "Tensor")
    }
}

/// A closure from a picture to numbers: `{ colorHistogram($0, bins: 4).features }`.
struct ImageFunction: ScriptConvertible {
    private let function: ScriptFunction

    static var scriptType: ScriptType { .function([.named("Image")], .named("Tensor")) }

    static func fromScript(_ value: Value) -> ImageFunction? {
        ScriptFunction.fromScript(value).map { ImageFunction(function: $0) }
    }

    var scriptValue: Value { function.scriptValue }

    func call(_ image: Image) throws -> Tensor {
        try called(function, image.scriptValue, "a tensor", expected: "Tensor")
    }
}

/// A closure that makes a trained model of a data set: `{ train in fit(model, train: train); ... }`.
struct ModelTraining: ScriptConvertible {
    private let function: ScriptFunction

    static var scriptType: ScriptType { .function([.named("ImageDataset")], .named("Layer")) }

    static func fromScript(_ value: Value) -> ModelTraining? {
        ScriptFunction.fromScript(value).map { ModelTraining(function: $0) }
    }

    var scriptValue: Value { function.scriptValue }

    func call(_ data: ImageDataset) throws -> any Layer {
        let model: AnyLayer = try called(
            function, data.scriptValue, "a model", expected: "Layer")
        return model.layer
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

/// What a closure of a script returns for one value.
private func called<R: ScriptConvertible>(
    _ function: ScriptFunction, _ value: Value, _ kind: String, expected: String
) throws -> R {
    let value = try runningScript { try function.call([value]) }
    guard let result = R.fromScript(value) else {
        throw TensorError(
            .value, "closure", "it does not return \(kind)", expected: expected,
            got: "\(value.dynamicType)")
    }
    return result
}
