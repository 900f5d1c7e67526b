import Hosting
import Tensors

/// A part of a network: something that turns one tensor into another and may hold parameters.
///
/// Only `forward` is required, or `callAsFunction` in its place. The stored properties of a struct are looked at for layers and
/// parameters, so this is a complete layer:
///
///     struct Residual: Layer {
///         let conv1 = Conv2d(16, 16, kernel: 3, padding: 1)
///         let conv2 = Conv2d(16, 16, kernel: 3, padding: 1)
///         func forward(_ x: Tensor) -> Tensor { (conv2(conv1(x).relu()) + x).relu() }
///     }
///
/// The engine's own layers are final classes: assigning one shares it, `copy()` clones it.
public protocol Layer: CustomStringConvertible, Displayable {
    /// Computes the output for `x`. Call the layer itself, `layer(x)`, rather than this.
    ///
    /// A layer that says what it does by `callAsFunction` needs no `forward`.
    func forward(_ x: Tensor) throws -> Tensor

    /// The output for `x`: what `layer(x)` stands for. By default it calls `forward` and lets errors
    /// tell the layer they happened in.
    func callAsFunction(_ x: Tensor) -> Tensor

    /// The layers inside this one, each with the name that prefixes its parameters' names.
    ///
    /// By default the stored properties that are layers; an array of layers `blocks` gives
    /// `blocks.0`, `blocks.1` and so on, a dictionary `heads` gives `heads.left`, `heads.right`.
    var children: [(name: String, layer: any Layer)] { get }

    /// The parameters and buffers that belong to this layer itself.
    ///
    /// By default the stored properties that are of type `Parameter`, and those in collections.
    var ownParameters: [(name: String, parameter: Parameter)] { get }

    /// What sort of layer this is, by default the name of its type: `Conv2d`.
    var kind: String { get }

    /// The arguments that make this layer what it is: `1, 6, kernel: 5, padding: 2`.
    var details: String { get }

    /// What a trained model knows of its data; `Sequential` keeps it, and any other layer keeps it
    /// beside its first parameter.
    var info: ModelInfo? { get nonmutating set }

    /// A clone that shares nothing with this layer.
    ///
    /// Throws for a class of your own that does not implement it.
    func copy() throws -> Self
}

extension Layer {
    public var children: [(name: String, layer: any Layer)] { reflectedChildren }

    public var ownParameters: [(name: String, parameter: Parameter)] { reflectedParameters }

    public var kind: String { String(describing: type(of: self)) }

    public var details: String { "" }

    /// The layer as one writes it: `Conv2d(1, 6, kernel: 5, padding: 2)`; one with layers inside
    /// lists them, a line each.
    public var description: String { outline }

    /// What `description` is unless a layer has its own.
    package var outline: String {
        let children = children
        guard !children.isEmpty else { return "\(kind)(\(details))" }
        let lines = children.map { child in
            let text = String(describing: child.layer)
            return "    \(child.name): "
                + text.split(separator: "\n", omittingEmptySubsequences: false)
                .joined(separator: "\n    ")
        }
        return "\(kind) {\n\(lines.joined(separator: "\n"))\n}"
    }

    /// The layer in one line, for errors and tables: `Linear(400, 120)`.
    public var signature: String {
        let details = details
        return details.isEmpty && !children.isEmpty ? kind : "\(kind)(\(details))"
    }

    public var info: ModelInfo? {
        get { firstParameter?.modelInfo }
        nonmutating set { firstParameter?.modelInfo = newValue }
    }

    private var firstParameter: Parameter? {
        if let own = ownParameters.first { return own.parameter }
        for child in children {
            if let parameter = child.layer.firstParameter { return parameter }
        }
        return nil
    }
}
