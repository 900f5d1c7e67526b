import Language
import VisionEngine

/// Any layer of the engine, as a parameter, a result or the base of the members all layers have.
struct AnyLayer: ScriptConvertible {
    let layer: any Layer

    init(_ layer: any Layer) { self.layer = layer }

    static var scriptType: ScriptType { .named("Layer") }

    static func fromScript(_ value: Value) -> AnyLayer? {
        guard case .object(let object) = value, let layer = object.base as? any Layer else {
            return nil
        }
        return AnyLayer(layer)
    }

    /// The layer under the name of its own type, so that `copy()` of a `Linear` is a `Linear`.
    var scriptValue: Value {
        .object(ForeignObject(layer, typeName: String(describing: type(of: layer))))
    }
}

/// What may stand in the block of a `Sequential`: a layer, or an array of layers.
struct LayerItems: ScriptConvertible {
    let layers: [any Layer]

    static var scriptType: ScriptType {
        .oneOf("Layer", [.named("Layer"), .array(.named("Layer"))])
    }

    static func fromScript(_ value: Value) -> LayerItems? {
        if let one = AnyLayer.fromScript(value) { return LayerItems(layers: [one.layer]) }
        return [AnyLayer].fromScript(value).map { LayerItems(layers: $0.map(\.layer)) }
    }

    var scriptValue: Value { layers.map(AnyLayer.init).scriptValue }
}

/// Any optimizer of the engine.
struct AnyOptimizer: ScriptConvertible {
    let optimizer: any Optimizer

    init(_ optimizer: any Optimizer) { self.optimizer = optimizer }

    static var scriptType: ScriptType { .named("Optimizer") }

    static func fromScript(_ value: Value) -> AnyOptimizer? {
        guard case .object(let object) = value, let optimizer = object.base as? any Optimizer
        else { return nil }
        return AnyOptimizer(optimizer)
    }

    var scriptValue: Value {
        .object(ForeignObject(optimizer, typeName: String(describing: type(of: optimizer))))
    }
}
