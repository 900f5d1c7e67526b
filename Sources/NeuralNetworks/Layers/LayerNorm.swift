import Tensors

/// Normalises the last axes of every sample or token to mean 0 and variance 1, then scales and
/// shifts each of their elements. The same in training and evaluation. As `torch.nn.LayerNorm`.
///
/// Parameters: `weight` and `bias` of the normalised shape.
/// Source: Ba et al., "Layer Normalization", 2016.
///
///     LayerNorm(192)(Tensor.zeros([8, 65, 192])).shape  // [8, 65, 192]
public final class LayerNorm: Layer {
    /// The sizes of the last axes.
    public let shape: [Int]
    /// What is added to the variance under the root; 1e-5, while transformers of images use 1e-6.
    public let epsilon: Double
    /// What elements are multiplied by, of `shape`; `nil` without `affine`.
    public let weight: Parameter?
    /// What is added to elements, of `shape`; `nil` without `affine` or made with `bias: false`.
    public let bias: Parameter?

    /// Normalisation of a last axis of `features`; stops the program where the arguments make no
    /// layer.
    public convenience init(
        _ features: Int, epsilon: Double = 1e-5, affine: Bool = true, bias: Bool = true
    ) {
        self.init([features], epsilon: epsilon, affine: affine, bias: bias)
    }

    /// Normalisation of several last axes of these sizes.
    public convenience init(
        _ shape: [Int], epsilon: Double = 1e-5, affine: Bool = true, bias: Bool = true
    ) {
        do {
            try self.init(shape: shape, epsilon: epsilon, affine: affine, bias: bias)
        } catch { preconditionFailure(String(describing: error)) }
    }

    /// The same, throwing where a size is not positive or `epsilon` is negative. Without `affine`
    /// nothing is scaled or shifted, without `bias` nothing is shifted.
    public init(
        shape: [Int], epsilon: Double = 1e-5, affine: Bool = true, bias: Bool = true
    ) throws {
        guard !shape.isEmpty, shape.allSatisfy({ $0 > 0 }) else {
            throw LayerError(
                layer: "LayerNorm", problem: "'shape' is not a shape",
                expected: "one size or more, each at least 1", got: "\(shape)")
        }
        try LayerError.requireFromZero("LayerNorm", "epsilon", epsilon)
        self.shape = shape
        self.epsilon = epsilon
        weight = affine ? try Parameter(shape, .constant(1)) : nil
        self.bias = affine && bias ? try Parameter(shape, .constant(0)) : nil
    }

    private init(copying other: LayerNorm) {
        shape = other.shape
        epsilon = other.epsilon
        weight = other.weight?.copy()
        bias = other.bias?.copy()
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        guard x.shape.suffix(shape.count) == shape[...] else {
            throw TensorError(
                .shape, "LayerNorm", "it normalises axes of other sizes",
                expected: "[..., \(shape.map(String.init).joined(separator: ", "))]",
                got: "\(x.shape)", operands: [x.spec])
        }
        return try layerNorm(
            x, axes: shape.count, scale: weight?.value(for: x), shift: bias?.value(for: x),
            epsilon: epsilon)
    }

    public func copy() -> LayerNorm { LayerNorm(copying: self) }
    public var kind: String { "LayerNorm" }
    public var children: [(name: String, layer: any Layer)] { [] }

    public var ownParameters: [(name: String, parameter: Parameter)] {
        (weight.map { [("weight", $0)] } ?? []) + (bias.map { [("bias", $0)] } ?? [])
    }

    public var details: String {
        var text = shape.count == 1 ? "\(shape[0])" : "\(shape)"
        if epsilon != 1e-5 { text += ", epsilon: \(epsilon)" }
        if weight == nil { return text + ", affine: false" }
        return bias == nil ? text + ", bias: false" : text
    }
}
