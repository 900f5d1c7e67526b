import Tensors

/// The rectifier: negative elements become 0. As `torch.nn.ReLU`.
///
///     ReLU()(Tensor([-1, 2]))  // [0.0, 2.0]
public final class ReLU: Layer {
    public init() {}

    public func forward(_ x: Tensor) throws -> Tensor { try x.relu() }
    public func copy() -> ReLU { ReLU() }
    public var kind: String { "ReLU" }
    public var children: [(name: String, layer: any Layer)] { [] }
    public var ownParameters: [(name: String, parameter: Parameter)] { [] }
}
