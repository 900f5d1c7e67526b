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
/// `activation` unless `named(_:)` gives them other names.
public final class Residual: Layer {
    public let kind: String
    private let parts: Parts

    /// The layers in the braces.
    public var body: Sequential { parts.body }
    /// What is done to the input before the sum; `nil` for nothing.
    public var shortcut: (any Layer)? { parts.shortcut?.layer }
    /// What is done to the sum; `nil` for nothing.
    public var activation: (any Layer)? { parts.activation?.layer }

    /// A residual block of the layers in the braces; stops the program where two share a name.
    public convenience init(
        shortcut: (any Layer)? = nil, activation: (any Layer)? = nil,
        @LayerBuilder _ body: () throws -> [any Layer]
    ) rethrows {
        let layers = try body()
        self.init(
            trapping {
                try Parts(
                    Sequential(layers: layers), named: "body", shortcut: shortcut,
                    activation: activation)
            })
    }

    /// A residual block of the given layers; throws where a name is empty, has a dot or comes twice.
    public convenience init(
        layers: [any Layer], shortcut: (any Layer)? = nil, activation: (any Layer)? = nil
    ) throws {
        self.init(
            try Parts(
                Sequential(layers: layers), named: "body", shortcut: shortcut,
                activation: activation))
    }

    /// A block of a published architecture, of a kind of its own, whose layers have the names that
    /// the published weights give them, without `body` before them.
    package convenience init(
        kind: String, shortcut: (any Layer)? = nil, activation: (any Layer)? = nil,
        @LayerBuilder _ body: () throws -> [any Layer]
    ) throws {
        self.init(
            try Parts(
                Sequential(layers: body()), named: nil, shortcut: shortcut,
                activation: activation, in: kind), kind: kind)
    }

    /// What a block is made of.
    private struct Parts {
        var body: Sequential
        var bodyName: String?
        var shortcut: Part?
        var activation: Part?
        /// The activation, where others can do it.
        var function: Activation?

        init(
            _ body: Sequential, named name: String?, shortcut: (any Layer)?,
            activation: (any Layer)?, in kind: String = "Residual"
        ) throws {
            self.body = body
            bodyName = name
            self.shortcut = shortcut.map { Part($0, usually: "shortcut") }
            let following = activation.map { Part($0, usually: "activation") }
            self.activation = following
            function = (following?.layer as? any ActivationLayer)?.activation
            try Part.check(all, in: kind)
        }

        var all: [Part] {
            [Part(name: bodyName, body), shortcut, activation].compactMap(\.self)
        }

        func copy() throws -> Parts {
            var copy = self
            copy.body = try body.copy()
            copy.shortcut = try shortcut?.copy()
            copy.activation = try activation?.copy()
            return copy
        }
    }

    private init(_ parts: Parts, kind: String = "Residual") {
        self.parts = parts
        self.kind = kind
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        if Context.current.joinsLayers, let sum = try joined(x) { return sum }
        let branch = try Part(name: parts.bodyName, parts.body).call(x)
        let straight = try parts.shortcut?.call(x) ?? x
        branch.note(sameShapeAs: straight, by: kind)
        guard branch.shape == straight.shape else {
            throw TensorError(
                .shape, kind, "the branch has another shape than what it is added to",
                expected: shortcut == nil
                    ? "\(straight.shape), or a shortcut that makes the input \(branch.shape)"
                    : "\(straight.shape)",
                got: "\(branch.shape)", operands: [branch.spec, straight.spec])
        }
        if activation is ReLU, Context.current.trace == nil { return try addReLU(branch, straight) }
        let sum = try Tensor.adding(branch, straight)
        return try parts.activation?.call(sum) ?? sum
    }

    /// The output where the last layer of the branch adds the rest; `nil` where that fails, for the
    /// usual way to say what is wrong.
    private func joined(_ x: Tensor) throws -> Tensor? {
        guard parts.activation == nil || parts.function != nil else { return nil }
        do {
            let straight = try parts.shortcut?.call(x) ?? x
            let ending = Ending(addend: straight, activation: parts.function)
            guard let name = parts.bodyName else {
                return try parts.body.forward(x, ending: ending)
            }
            return try parts.body.located(as: name) { try parts.body.forward(x, ending: ending) }
        } catch is TensorError {
            return nil
        }
    }

    public var children: [(name: String, layer: any Layer)] { parts.all.flatMap(\.children) }

    public var ownParameters: [(name: String, parameter: Parameter)] {
        parts.all.flatMap(\.ownParameters)
    }

    public func copy() throws -> Residual { Residual(try parts.copy(), kind: kind) }
}
