import Language
import VisionEngine

/// Any layer of the engine, as a parameter, a result or the base of the members all layers have.
struct AnyLayer: ScriptConvertible {
    let layer: any Layer

    init(_ layer: any Layer) { self.layer = layer }

    static var scriptType: ScriptType { .named("Layer") }

    static func fromScript(_ value: Value) -> AnyLayer? {
        switch value {
        case .object(let object): (object.base as? any Layer).map { AnyLayer($0) }
        case .structure(let instance): ScriptLayer(instance).map { AnyLayer($0) }
        default: nil
        }
    }

    /// The layer under the name of its own type, where the language knows that, or the struct that a
    /// script made.
    var scriptValue: Value {
        if let own = layer as? ScriptLayer { return .structure(own.instance) }
        let type = type(of: layer) as? any ForeignConvertible.Type
        return .object(ForeignObject(layer, typeName: type?.foreignName ?? "Layer"))
    }
}

extension AnyLayer: Displayable {
    func mimeBundle() throws -> MIMEBundle { try layer.mimeBundle() }
}

/// A layer of the same kind as the one whose method returns it: `copy()` of a `Linear` is a `Linear`.
struct SameLayer: ScriptConvertible {
    let layer: any Layer

    static var scriptType: ScriptType { .variable("Self") }
    static func fromScript(_ value: Value) -> SameLayer? {
        AnyLayer.fromScript(value).map { SameLayer(layer: $0.layer) }
    }
    var scriptValue: Value { AnyLayer(layer).scriptValue }
}

/// What may stand in the block of a `Sequential`: a layer, a layer or nothing, or an array of layers.
struct LayerItems: ScriptConvertible {
    let layers: [any Layer]

    static var scriptType: ScriptType {
        .oneOf(
            "Layer", [.named("Layer"), .array(.named("Layer")), .optional(.named("Layer"))])
    }

    static func fromScript(_ value: Value) -> LayerItems? {
        switch value {
        case .none: LayerItems(layers: [])
        case .some(let inner): fromScript(inner)
        case .array: [AnyLayer].fromScript(value).map { LayerItems(layers: $0.map(\.layer)) }
        default: AnyLayer.fromScript(value).map { LayerItems(layers: [$0.layer]) }
        }
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

/// A layer with the name its parent knows it by: an entry of `model.children`.
struct NamedChild: ScriptConvertible {
    let name: String
    let layer: any Layer

    static var scriptType: ScriptType {
        .tuple([.string, .named("Layer")], labels: ["name", "layer"])
    }

    static func fromScript(_ value: Value) -> NamedChild? {
        guard case .tuple(let tuple) = value, tuple.elements.count == 2,
            let name = String.fromScript(tuple.elements[0]),
            let layer = AnyLayer.fromScript(tuple.elements[1])
        else { return nil }
        return NamedChild(name: name, layer: layer.layer)
    }

    var scriptValue: Value {
        .tuple(
            ScriptTuple(
                [name.scriptValue, AnyLayer(layer).scriptValue], labels: ["name", "layer"]))
    }
}
