import Language
import VisionEngine

/// A struct of a script that conforms to `Layer`, as a layer of the engine.
///
/// Its stored properties are its layers and parameters, by the same rules as those of a compiled
/// struct; its `forward`, or `callAsFunction`, is what it computes.
struct ScriptLayer: Layer {
    /// What a struct must have to conform.
    static let requirement = Requirement(
        "forward", [Language.Parameter(name: "x", label: nil, type: Tensor.scriptType)],
        result: Tensor.scriptType, alternative: "callAsFunction")

    let instance: Instance

    /// The layer that a struct is; `nil` where its type does not conform to `Layer`.
    init?(_ instance: Instance) {
        guard instance.conforms(to: "Layer") else { return nil }
        self.init(conforming: instance)
    }

    private init(conforming instance: Instance) { self.instance = instance }

    func forward(_ x: Tensor) throws -> Tensor {
        let value = try runningScript { try instance.call(for: "Layer", [x.scriptValue]) }
        guard let output = Tensor.fromScript(value) else {
            throw TensorError(
                .value, kind, "forward does not return a tensor", expected: "Tensor",
                got: "\(value.dynamicType)")
        }
        return output
    }

    var kind: String { instance.typeName }
    var description: String { instance.ownDescription ?? outline }

    var children: [(name: String, layer: any Layer)] {
        parts.compactMap { name, value in
            AnyLayer.fromScript(value).map { (name, $0.layer) }
        }
    }

    var ownParameters: [(name: String, parameter: NeuralNetworks.Parameter)] {
        parts.compactMap { name, value in
            NeuralNetworks.Parameter.fromScript(value).map { (name, $0) }
        }
    }

    func copy() throws -> ScriptLayer {
        ScriptLayer(conforming: try instance.mapProperties(Self.cloned))
    }

    /// The stored properties, those that are collections taken apart: `blocks.0`, `blocks.1`.
    private var parts: [(name: String, value: Value)] {
        var parts: [(name: String, value: Value)] = []
        for (name, value) in instance.properties { Self.collect(value, name, into: &parts) }
        return parts
    }

    private static func collect(
        _ value: Value, _ name: String, into parts: inout [(name: String, value: Value)]
    ) {
        switch value {
        case .some(let inner): collect(inner, name, into: &parts)
        case .array(let values):
            for (index, element) in values.enumerated() {
                collect(element, "\(name).\(index)", into: &parts)
            }
        case .tuple(let tuple):
            for (index, element) in tuple.elements.enumerated() {
                let label = tuple.labels[index]
                collect(element, "\(name).\(label.isEmpty ? "\(index)" : label)", into: &parts)
            }
        case .dictionary(let pairs):
            let entries = pairs.map { (key: $0.key.description, value: $0.value) }
            for (key, element) in entries.sorted(by: { $0.key < $1.key }) {
                collect(element, "\(name).\(key)", into: &parts)
            }
        case .object, .structure: parts.append((name, value))
        default: break
        }
    }

    /// The clone of a layer, a parameter or a collection of them; anything else as it is.
    ///
    /// Throws for a struct that holds layers and is none: the clone would share them.
    private static func cloned(_ value: Value) throws -> Value {
        if let layer = AnyLayer.fromScript(value)?.layer {
            return AnyLayer(try layer.copy()).scriptValue
        }
        switch value {
        case .object:
            return NeuralNetworks.Parameter.fromScript(value)?.copy().scriptValue ?? value
        case .structure(let instance)
        where instance.properties.contains { AnyLayer.fromScript($0.value) != nil }:
            throw LayerError(
                layer: "copy", problem: "layers in a \(instance.typeName) cannot be cloned",
                expected: "a struct that conforms to Layer", got: instance.typeName)
        case .some(let inner): return .some(try cloned(inner))
        case .array(let values): return .array(try values.map(cloned))
        case .tuple(let tuple):
            return .tuple(ScriptTuple(try tuple.elements.map(cloned), labels: tuple.labels))
        case .dictionary(let pairs): return .dictionary(try pairs.mapValues(cloned))
        default: return value
        }
    }
}
