import Tensors

/// Scales every channel by a number in 0...1 that a small network finds from the means of all
/// channels: `[N, C, H, W]` keeps its shape.
///
/// Layers: `fc1`, a 1x1 convolution to the squeezed channels, `activation`, `fc2`, one back, and
/// `gate`. As torchvision's `SqueezeExcitation`.
/// Source: Hu et al., "Squeeze-and-Excitation Networks", 2018.
///
///     SqueezeExcitation(64, squeezed: 16)
public final class SqueezeExcitation: Layer {
    /// C of the images `[N, C, H, W]`, for each of which a number in 0...1 is found.
    public let channels: Int
    /// How many channels are between the two convolutions.
    public let squeezed: Int
    private let first: Conv2d
    private let activation: any Layer
    private let second: Conv2d
    private let gate: any Layer

    /// A block for `channels` channels; stops the program where the arguments make no layer.
    public convenience init(
        _ channels: Int, squeezed: Int, activation: any Layer = ReLU(),
        gate: any Layer = Sigmoid()
    ) {
        do {
            try self.init(
                channels: channels, squeezed: squeezed, activation: activation, gate: gate)
        } catch { preconditionFailure(String(describing: error)) }
    }

    /// The same, throwing where a number is not positive.
    public convenience init(
        channels: Int, squeezed: Int, activation: any Layer = ReLU(), gate: any Layer = Sigmoid()
    ) throws {
        try LayerError.require("SqueezeExcitation", "channels", channels, atLeast: 1)
        try LayerError.require("SqueezeExcitation", "squeezed", squeezed, atLeast: 1)
        self.init(
            first: try Conv2d(inputs: channels, outputs: squeezed, kernel: 1),
            activation: activation,
            second: try Conv2d(inputs: squeezed, outputs: channels, kernel: 1), gate: gate)
    }

    private init(first: Conv2d, activation: any Layer, second: Conv2d, gate: any Layer) {
        channels = first.inputs
        squeezed = first.outputs
        self.first = first
        self.activation = activation
        self.second = second
        self.gate = gate
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        var scale = try adaptiveAvgPool2d(x, 1)
        for (name, layer) in children { scale = try layer.call(scale, as: name) }
        return try Tensor.multiplying(x, scale)
    }

    public var children: [(name: String, layer: any Layer)] {
        [("fc1", first), ("activation", activation), ("fc2", second), ("gate", gate)]
    }

    public var ownParameters: [(name: String, parameter: Parameter)] { [] }
    public var kind: String { "SqueezeExcitation" }
    public var details: String { "\(channels), squeezed: \(squeezed)" }

    public func copy() throws -> SqueezeExcitation {
        SqueezeExcitation(
            first: first.copy(), activation: try activation.copy(), second: second.copy(),
            gate: try gate.copy())
    }
}
