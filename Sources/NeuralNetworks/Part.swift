import Tensors

/// A layer inside a composite, under the name by which the composite knows it; or spread, so that
/// the layers and parameters inside it count as the composite's own.
struct Part {
    /// `nil` for a spread layer.
    let name: String?
    let layer: any Layer

    init(name: String?, _ layer: any Layer) {
        self.name = name
        self.layer = layer
    }

    /// The layer under the name it was given by `named(_:)`, else under `usual`.
    init(_ layer: any Layer, usually usual: String) {
        switch layer {
        case let named as NamedLayer: self.init(name: named.name, named.layer)
        case let spread as SpreadLayer: self.init(name: nil, spread.layer)
        default: self.init(name: usual, layer)
        }
    }

    /// The output for `x`, with errors and traces that know the part by its name.
    func call(_ x: Tensor) throws -> Tensor {
        if let name { return try layer.call(x, as: name) }
        return try layer.forward(x)
    }

    /// What this part adds to the composite's children.
    var children: [(name: String, layer: any Layer)] {
        name.map { [($0, layer)] } ?? layer.children
    }

    /// What this part adds to the composite's own parameters.
    var ownParameters: [(name: String, parameter: Parameter)] {
        name == nil ? layer.ownParameters : []
    }

    func copy() throws -> Part { Part(name: name, try layer.copy()) }

    /// Layers as the parts of a composite of the given kind, named by position unless they have
    /// names; throws where a name is empty, has a dot or comes twice.
    static func parts(of layers: [any Layer], in kind: String) throws -> [Part] {
        let parts = layers.enumerated().map { Part($1, usually: String($0)) }
        try check(parts, in: kind)
        return parts
    }

    /// Throws where a name is empty, has a dot or comes twice.
    static func check(_ parts: [Part], in kind: String) throws {
        var seen: Set<String> = []
        for (position, part) in parts.enumerated() {
            if let name = part.name, name.isEmpty || name.contains(".") {
                throw LayerError(
                    layer: kind, problem: "the name of layer \(position) is not usable",
                    expected: "a name without dots", got: "\"\(name)\"")
            }
            for name in part.children.map(\.name) + part.ownParameters.map(\.name)
            where !seen.insert(name).inserted {
                throw LayerError(
                    layer: kind, problem: "two layers have the same name",
                    expected: "a name for each", got: "\"\(name)\" twice")
            }
        }
    }
}

/// A layer whose inner layers and parameters appear in the composite around it under their own
/// names: what published weights call `layer1.0.conv1` lies inside the body of a residual block.
package final class SpreadLayer: Layer {
    package let layer: any Layer

    init(_ layer: any Layer) { self.layer = layer }

    package func forward(_ x: Tensor) throws -> Tensor { try layer.forward(x) }
    package var children: [(name: String, layer: any Layer)] { layer.children }
    package var ownParameters: [(name: String, parameter: Parameter)] { layer.ownParameters }
    package var kind: String { layer.kind }
    package var details: String { layer.details }
    package func copy() throws -> SpreadLayer { SpreadLayer(try layer.copy()) }
}

extension Layer {
    /// This layer without a name of its own in the `Sequential`, `Parallel` or `Residual` that it
    /// becomes part of: what is inside it belongs to the composite.
    package func spread() -> SpreadLayer { SpreadLayer(self) }
}
