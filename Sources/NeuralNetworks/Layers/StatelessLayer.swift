/// A layer without parameters and without layers inside: what it does is fixed when it is made, so
/// that a clone is the layer itself.
public protocol StatelessLayer: Layer {}

extension StatelessLayer {
    public var children: [(name: String, layer: any Layer)] { [] }
    public var ownParameters: [(name: String, parameter: Parameter)] { [] }
    public func copy() -> Self { self }
}
