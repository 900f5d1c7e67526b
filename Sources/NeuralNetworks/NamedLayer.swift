import Tensors

/// A layer with the name a `Sequential` shall use for it instead of its position.
///
///     Sequential { Conv2d(1, 6, kernel: 5).named("conv1") }  // conv1.weight, conv1.bias
public final class NamedLayer: Layer {
    /// What the names of its parameters begin with, such as `conv1`; without dots.
    public let name: String
    /// The layer itself, which does the work.
    public let layer: any Layer

    init(name: String, layer: any Layer) {
        self.name = name
        self.layer = layer
    }

    public func forward(_ x: Tensor) throws -> Tensor { try layer.forward(x) }
    public var children: [(name: String, layer: any Layer)] { layer.children }
    public var ownParameters: [(name: String, parameter: Parameter)] { layer.ownParameters }
    public var kind: String { layer.kind }
    public var details: String { layer.details }
    public var description: String { layer.description }

    public var info: ModelInfo? {
        get { layer.info }
        set { layer.info = newValue }
    }

    public func copy() throws -> NamedLayer { NamedLayer(name: name, layer: try layer.copy()) }
}

extension Layer {
    /// This layer under a name of its own in the `Sequential` that it becomes part of.
    ///
    /// A name is not empty and has no dot, since dots join the names of nested layers; the
    /// `Sequential` checks it.
    public func named(_ name: String) -> NamedLayer { NamedLayer(name: name, layer: self) }
}
