import Tensors

/// Layers one after the other, each fed with the output of the one before.
///
///     let model = Sequential {
///         Conv2d(1, 6, kernel: 5, padding: 2).named("conv1"); ReLU(); MaxPool2d(2)
///         Flatten()
///         for (i, o) in [(1176, 120), (120, 84)] { Linear(i, o); ReLU() }
///         Linear(84, 10)
///     }
///
/// Layers are named by position, as in PyTorch (`0.weight`), or by `named(_:)` (`conv1.weight`).
/// A layer that can do the activation after it, such as `Conv2d` before `ReLU`, does both in one
/// pass over memory, with the same numbers. In evaluation without gradients, a batch normalisation
/// is done by the convolution before it, with numbers that differ by their rounding.
public final class Sequential: Layer, TakesEnding {
    public let children: [(name: String, layer: any Layer)]
    public let ownParameters: [(name: String, parameter: Parameter)]
    public var info: ModelInfo?
    private let parts: [Part]
    /// What `forward` does where no trace wants to see every layer.
    private let steps: [SequentialStep]
    /// What it does where layers may be joined, too.
    private let joinedSteps: [SequentialStep]

    /// A model of the layers in the braces; stops the program where two share a name.
    public convenience init(@LayerBuilder _ layers: () throws -> [any Layer]) rethrows {
        let layers = try layers()
        self.init(parts: trapping { try Part.parts(of: layers, in: "Sequential") }, info: nil)
    }

    /// A model of the given layers; throws where a name is empty, has a dot or comes twice.
    public convenience init(layers: [any Layer]) throws {
        self.init(parts: try Part.parts(of: layers, in: "Sequential"), info: nil)
    }

    private init(parts: [Part], info: ModelInfo?) {
        self.parts = parts
        self.info = info
        children = parts.flatMap(\.children)
        ownParameters = parts.flatMap(\.ownParameters)
        steps = SequentialStep.steps(parts)
        joinedSteps = SequentialStep.joinedSteps(parts)
    }

    /// The number of layers.
    public var count: Int { children.count }

    /// The layer at a position.
    public subscript(index: Int) -> any Layer {
        get throws {
            guard children.indices.contains(index) else {
                throw LayerError(
                    layer: kind, problem: "there is no layer \(index)",
                    expected: children.isEmpty ? "no index: it is empty" : "0...\(count - 1)",
                    got: "\(index)")
            }
            return children[index].layer
        }
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        let context = Context.current
        guard context.trace == nil, !x.isSymbolic else {
            return try parts.reduce(x) { try $1.call($0) }
        }
        if context.joinsLayers { return try forward(x, ending: Ending()) }
        return try steps.reduce(x) { try $1.call($0) }
    }

    func forward(_ x: Tensor, ending: Ending) throws -> Tensor {
        guard !joinedSteps.isEmpty else { return try ending(x) }
        var x = x
        for (position, step) in joinedSteps.enumerated() {
            let isLast = position == joinedSteps.count - 1
            x = try step.call(x, ending: isLast ? ending : Ending())
        }
        return x
    }

    public func copy() throws -> Sequential {
        Sequential(parts: try parts.map { try $0.copy() }, info: info)
    }
}

extension Sequential {
    /// These layers and more of them, which are named by the positions they get; the weights are
    /// shared with this one.
    package func appending(_ layers: [any Layer]) throws -> Sequential {
        let taken = Set(children.map(\.name))
        var position = children.count
        let more = layers.map { layer in
            while taken.contains("\(position)") { position += 1 }
            defer { position += 1 }
            return Part(layer, usually: "\(position)")
        }
        let all = parts + more
        try Part.check(all, in: kind)
        return Sequential(parts: all, info: nil)
    }
}
