import Language
import VisionEngine

// Tuples cannot conform to protocols, so each tuple a row returns has a struct that becomes one.

/// `(values: Tensor, indices: Tensor)`, what `topK` returns.
struct TopValues: ScriptConvertible {
    let values: Tensor
    let indices: Tensor

    static var scriptType: ScriptType {
        .tuple([.named("Tensor"), .named("Tensor")], labels: ["values", "indices"])
    }

    static func fromScript(_ value: Value) -> TopValues? {
        guard case .tuple(let tuple) = value, tuple.elements.count == 2,
            let values = Tensor.fromScript(tuple.elements[0]),
            let indices = Tensor.fromScript(tuple.elements[1])
        else { return nil }
        return TopValues(values: values, indices: indices)
    }

    var scriptValue: Value {
        .tuple(
            ScriptTuple([values.scriptValue, indices.scriptValue], labels: ["values", "indices"]))
    }
}

/// `(name: String, value: Tensor)`, one of a model's parameters.
struct NamedTensor: ScriptConvertible {
    let name: String
    let value: Tensor

    static var scriptType: ScriptType {
        .tuple([.string, .named("Tensor")], labels: ["name", "value"])
    }

    static func fromScript(_ value: Value) -> NamedTensor? {
        guard case .tuple(let tuple) = value, tuple.elements.count == 2,
            let name = String.fromScript(tuple.elements[0]),
            let tensor = Tensor.fromScript(tuple.elements[1])
        else { return nil }
        return NamedTensor(name: name, value: tensor)
    }

    var scriptValue: Value {
        .tuple(ScriptTuple([.string(name), value.scriptValue], labels: ["name", "value"]))
    }
}

/// `(label: String, probability: Double)`, one guess of a prediction.
struct Guess: ScriptConvertible {
    let label: String
    let probability: Double

    static var scriptType: ScriptType {
        .tuple([.string, .double], labels: ["label", "probability"])
    }

    static func fromScript(_ value: Value) -> Guess? {
        guard case .tuple(let tuple) = value, tuple.elements.count == 2,
            let label = String.fromScript(tuple.elements[0]),
            let probability = Double.fromScript(tuple.elements[1])
        else { return nil }
        return Guess(label: label, probability: probability)
    }

    var scriptValue: Value {
        .tuple(
            ScriptTuple([.string(label), .double(probability)], labels: ["label", "probability"]))
    }
}

/// `(name: String, value: Double)`, one figure of a history.
struct NamedFigure: ScriptConvertible {
    let name: String
    let value: Double

    static var scriptType: ScriptType {
        .tuple([.string, .double], labels: ["name", "value"])
    }

    static func fromScript(_ value: Value) -> NamedFigure? {
        guard case .tuple(let tuple) = value, tuple.elements.count == 2,
            let name = String.fromScript(tuple.elements[0]),
            let number = Double.fromScript(tuple.elements[1])
        else { return nil }
        return NamedFigure(name: name, value: number)
    }

    var scriptValue: Value {
        .tuple(ScriptTuple([.string(name), .double(value)], labels: ["name", "value"]))
    }
}

/// `(Double, Double)`, the decay rates of Adam's two moments.
struct DecayRates: ScriptConvertible {
    let first: Double
    let second: Double

    static var scriptType: ScriptType { .tuple([.double, .double], labels: ["", ""]) }

    static func fromScript(_ value: Value) -> DecayRates? {
        guard case .tuple(let tuple) = value, tuple.elements.count == 2,
            let first = Double.fromScript(tuple.elements[0]),
            let second = Double.fromScript(tuple.elements[1])
        else { return nil }
        return DecayRates(first: first, second: second)
    }

    var scriptValue: Value { .tuple(ScriptTuple([.double(first), .double(second)])) }
}

/// `(train: ImageDataset, validation: ImageDataset)`, what `split` returns.
struct DatasetParts: ScriptConvertible {
    let train: ImageDataset
    let validation: ImageDataset

    static var scriptType: ScriptType {
        .tuple(
            [.named("ImageDataset"), .named("ImageDataset")], labels: ["train", "validation"])
    }

    static func fromScript(_ value: Value) -> DatasetParts? {
        guard case .tuple(let tuple) = value, tuple.elements.count == 2,
            let train = ImageDataset.fromScript(tuple.elements[0]),
            let validation = ImageDataset.fromScript(tuple.elements[1])
        else { return nil }
        return DatasetParts(train: train, validation: validation)
    }

    var scriptValue: Value {
        .tuple(
            ScriptTuple(
                [train.scriptValue, validation.scriptValue], labels: ["train", "validation"]))
    }
}

/// `(train: ImageDataset, validation: ImageDataset, test: ImageDataset)`, what `split` with a test
/// part returns.
struct ThreeDatasetParts: ScriptConvertible {
    private static let names = ["train", "validation", "test"]
    private let parts: [ImageDataset]

    init(_ parts: (train: ImageDataset, validation: ImageDataset, test: ImageDataset)) {
        self.parts = [parts.train, parts.validation, parts.test]
    }

    private init(_ parts: [ImageDataset]) { self.parts = parts }

    static var scriptType: ScriptType {
        .tuple(names.map { _ in .named("ImageDataset") }, labels: names)
    }

    static func fromScript(_ value: Value) -> ThreeDatasetParts? {
        guard case .tuple(let tuple) = value, tuple.elements.count == names.count else {
            return nil
        }
        let parts = tuple.elements.compactMap(ImageDataset.fromScript)
        return parts.count == names.count ? ThreeDatasetParts(parts) : nil
    }

    var scriptValue: Value {
        .tuple(ScriptTuple(parts.map(\.scriptValue), labels: Self.names))
    }
}
