import Tensors

/// Normalises the channels of every pixel to mean 0 and variance 1, then scales and shifts each
/// channel: `[N, C, H, W]` keeps its shape. As torchvision's `LayerNorm2d`.
///
/// Parameters: `weight` and `bias` `[C]`.
/// Source: Liu et al., "A ConvNet for the 2020s", 2022.
///
///     LayerNorm2d(96)(Tensor.zeros([1, 96, 56, 56])).shape  // [1, 96, 56, 56]
public final class LayerNorm2d: Layer {
    private let norm: LayerNorm

    /// What channels are multiplied by, `[C]`.
    public var weight: Parameter? { norm.weight }
    /// What is added to channels, `[C]`.
    public var bias: Parameter? { norm.bias }

    /// Normalisation of `features` channels; stops the program where the arguments make no layer.
    public convenience init(_ features: Int, epsilon: Double = 1e-5) {
        self.init(trapping { try LayerNorm(shape: [features], epsilon: epsilon) })
    }

    /// The same, throwing where `features` is not positive or `epsilon` is negative.
    public convenience init(features: Int, epsilon: Double = 1e-5) throws {
        self.init(try LayerNorm(shape: [features], epsilon: epsilon))
    }

    private init(_ norm: LayerNorm) { self.norm = norm }

    public func forward(_ x: Tensor) throws -> Tensor {
        guard x.rank == 4, x.shape[1] == norm.shape[0] else {
            throw TensorError(
                .shape, "LayerNorm2d", "it normalises another number of channels",
                expected: "[N, \(norm.shape[0]), H, W]", got: "\(x.shape)", operands: [x.spec])
        }
        return try norm.forward(x.transposed(0, 2, 3, 1)).transposed(0, 3, 1, 2)
    }

    public func copy() -> LayerNorm2d { LayerNorm2d(norm.copy()) }
    public var kind: String { "LayerNorm2d" }
    public var children: [(name: String, layer: any Layer)] { [] }
    public var ownParameters: [(name: String, parameter: Parameter)] { norm.ownParameters }
    public var details: String { norm.details }
}
