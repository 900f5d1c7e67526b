import Tensors

/// Multiplies every feature by a learned number that begins small, so that a deep stack of residual
/// branches begins near the identity. As timm's `LayerScale`.
///
/// Parameter: `gamma` `[features]`.
/// Source: Touvron et al., "Going deeper with Image Transformers", 2021.
///
///     Residual { LayerNorm(192); MultiHeadAttention(embedding: 192, heads: 3); LayerScale(192) }
public final class LayerScale: Layer {
    /// The size of the axis that is scaled: D of tokens `[N, T, D]`, C of images.
    public let features: Int
    /// What every number of the scale begins as.
    public let initial: Double
    /// The axis of the features: the last of tokens `[N, T, D]`, 1 of images `[N, C, H, W]`.
    public let axis: Int
    /// The scale, `[features]`.
    public let gamma: Parameter

    /// A scale for each of `features` features; stops the program where the arguments make no layer.
    public convenience init(_ features: Int, initial: Double = 1e-5, axis: Int = -1) {
        do {
            try self.init(features: features, initial: initial, axis: axis)
        } catch { preconditionFailure(String(describing: error)) }
    }

    /// The same, throwing where `features` is not positive or `initial` is not finite.
    public init(features: Int, initial: Double = 1e-5, axis: Int = -1) throws {
        try LayerError.require("LayerScale", "features", features, atLeast: 1)
        self.features = features
        self.initial = initial
        self.axis = axis
        gamma = try Parameter([features], .constant(initial))
    }

    private init(copying other: LayerScale) {
        features = other.features
        initial = other.initial
        axis = other.axis
        gamma = other.gamma.copy()
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        let place = axis < 0 ? axis + x.rank : axis
        guard x.shape.indices.contains(place), x.shape[place] == features else {
            throw TensorError(
                .shape, "LayerScale", "axis \(axis) has another number of features",
                expected: "\(features)", got: "\(x.shape)", operands: [x.spec])
        }
        let scale = try gamma.value(for: x)
        let after = x.rank - 1 - place
        return try Tensor.multiplying(
            x,
            after == 0
                ? scale : scale.reshaped([features] + Array(repeating: 1, count: after)))
    }

    public func copy() -> LayerScale { LayerScale(copying: self) }
    public var kind: String { "LayerScale" }
    public var children: [(name: String, layer: any Layer)] { [] }
    public var ownParameters: [(name: String, parameter: Parameter)] { [("gamma", gamma)] }

    public var details: String {
        var text = "\(features)"
        if initial != 1e-5 { text += ", initial: \(initial)" }
        return axis == -1 ? text : text + ", axis: \(axis)"
    }
}
