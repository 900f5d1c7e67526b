import Tensors

/// Adds what its layers make of the input to the input itself, or to what a shortcut makes of it.
///
/// A branch that changes the shape needs a shortcut that changes it alike.
/// Source: He et al., "Deep Residual Learning for Image Recognition", 2016.
///
///     Residual(shortcut: Conv2d(64, 128, kernel: 1, stride: 2), activation: ReLU()) {
///         Conv2d(64, 128, kernel: 3, stride: 2, padding: 1, bias: false); BatchNorm2d(128); ReLU()
///         Conv2d(128, 128, kernel: 3, padding: 1, bias: false); BatchNorm2d(128)
///     }
///
/// The layers in the braces are named `body.0`, `body.1` and so on, the other two `shortcut` and
/// `activation`.
public final class Residual: Layer {
    /// The layers in the braces.
    public let body: Sequential
    /// What is done to the input before the sum; `nil` for nothing.
    public let shortcut: (any Layer)?
    /// What is done to the sum; `nil` for nothing.
    public let activation: (any Layer)?

    /// A residual block of the layers in the braces; stops the program where two share a name.
    public convenience init(
        shortcut: (any Layer)? = nil, activation: (any Layer)? = nil,
        @LayerBuilder _ body: () throws -> [any Layer]
    ) rethrows {
        let layers = try body()
        self.init(
            body: trapping { try Sequential(layers: layers) }, shortcut: shortcut,
            activation: activation)
    }

    /// A residual block of the given layers; throws where a name is empty, has a dot or comes twice.
    public convenience init(
        layers: [any Layer], shortcut: (any Layer)? = nil, activation: (any Layer)? = nil
    ) throws {
        self.init(
            body: try Sequential(layers: layers), shortcut: shortcut, activation: activation)
    }

    private init(body: Sequential, shortcut: (any Layer)?, activation: (any Layer)?) {
        self.body = body
        self.shortcut = shortcut
        self.activation = activation
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        let branch = try body.call(x, as: "body")
        let straight = try shortcut?.call(x, as: "shortcut") ?? x
        guard branch.shape == straight.shape else {
            throw TensorError(
                .shape, "Residual", "the branch has another shape than what it is added to",
                expected: shortcut == nil
                    ? "\(straight.shape), or a shortcut that makes the input \(branch.shape)"
                    : "\(straight.shape)",
                got: "\(branch.shape)", operands: [branch.spec, straight.spec])
        }
        if activation is ReLU, Context.current.trace == nil { return try addReLU(branch, straight) }
        let sum = try Tensor.adding(branch, straight)
        return try activation?.call(sum, as: "activation") ?? sum
    }

    public var children: [(name: String, layer: any Layer)] {
        [("body", body as any Layer)] + (shortcut.map { [("shortcut", $0)] } ?? [])
            + (activation.map { [("activation", $0)] } ?? [])
    }

    public var ownParameters: [(name: String, parameter: Parameter)] { [] }
    public var kind: String { "Residual" }

    public func copy() throws -> Residual {
        Residual(
            body: try body.copy(), shortcut: try shortcut?.copy(),
            activation: try activation?.copy())
    }
}
