import Tensors

/// Normalises the channels of every sample in groups to mean 0 and variance 1, then scales and
/// shifts each channel. The same in training and evaluation. As `torch.nn.GroupNorm`.
///
/// `[N, C, ...]` keeps its shape. Parameters: `weight` and `bias` `[C]`.
/// Source: Wu and He, "Group Normalization", 2018.
///
///     GroupNorm(8, 64)(Tensor.zeros([4, 64, 7, 7])).shape  // [4, 64, 7, 7]
public final class GroupNorm: Layer {
    /// How many groups the channels form, each with a mean and a variance of its own.
    public let groups: Int
    /// C of `[N, C, ...]`, a multiple of `groups`.
    public let channels: Int
    /// What is added to the variance under the root, so that nothing is divided by 0.
    public let epsilon: Double
    /// What channels are multiplied by, `[C]`; `nil` without `affine`.
    public let weight: Parameter?
    /// What is added to channels, `[C]`; `nil` without `affine`.
    public let bias: Parameter?

    /// Normalisation of `channels` channels in `groups` groups; stops the program where the arguments
    /// make no layer.
    public convenience init(
        _ groups: Int, _ channels: Int, epsilon: Double = 1e-5, affine: Bool = true
    ) {
        do {
            try self.init(groups: groups, channels: channels, epsilon: epsilon, affine: affine)
        } catch { preconditionFailure(String(describing: error)) }
    }

    /// The same, throwing where a number is not positive, the channels do not split into groups or
    /// `epsilon` is negative. Without `affine` nothing is scaled or shifted.
    public init(
        groups: Int, channels: Int, epsilon: Double = 1e-5, affine: Bool = true
    ) throws {
        try LayerError.require("GroupNorm", "groups", groups, atLeast: 1)
        try LayerError.require("GroupNorm", "channels", channels, atLeast: 1)
        guard channels % groups == 0 else {
            throw LayerError.indivisible(
                "GroupNorm", "channels", channels, into: groups, called: "groups")
        }
        try LayerError.requireFromZero("GroupNorm", "epsilon", epsilon)
        self.groups = groups
        self.channels = channels
        self.epsilon = epsilon
        weight = affine ? try Parameter([channels], .constant(1)) : nil
        bias = affine ? try Parameter([channels], .constant(0)) : nil
    }

    private init(copying other: GroupNorm) {
        groups = other.groups
        channels = other.channels
        epsilon = other.epsilon
        weight = other.weight?.copy()
        bias = other.bias?.copy()
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        guard x.rank >= 2, x.shape[1] == channels else {
            throw TensorError(
                .shape, "GroupNorm", "it normalises another number of channels",
                expected: "[N, \(channels), ...]", got: "\(x.shape)", operands: [x.spec])
        }
        return try groupNorm(
            x, groups: groups, scale: weight?.value(for: x), shift: bias?.value(for: x),
            epsilon: epsilon)
    }

    public func copy() -> GroupNorm { GroupNorm(copying: self) }
    public var kind: String { "GroupNorm" }
    public var children: [(name: String, layer: any Layer)] { [] }

    public var ownParameters: [(name: String, parameter: Parameter)] {
        (weight.map { [("weight", $0)] } ?? []) + (bias.map { [("bias", $0)] } ?? [])
    }

    public var details: String {
        var text = "\(groups), \(channels)"
        if epsilon != 1e-5 { text += ", epsilon: \(epsilon)" }
        return weight == nil ? text + ", affine: false" : text
    }
}
