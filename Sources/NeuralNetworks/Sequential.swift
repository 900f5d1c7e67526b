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
/// pass over memory, with the same numbers.
public final class Sequential: Layer {
    public let children: [(name: String, layer: any Layer)]
    public let ownParameters: [(name: String, parameter: Parameter)]
    public var info: ModelInfo?
    private let parts: [Part]
    /// What `forward` does where no trace wants to see every layer.
    private let steps: [Step]

    /// A layer, or a layer and the activation after it in one.
    private enum Step {
        case plain(Part)
        case fused(any FusesActivation, Activation, name: String)
    }

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
        steps = Self.steps(parts)
    }

    /// Pairs every layer that can with the activation after it.
    private static func steps(_ parts: [Part]) -> [Step] {
        var steps: [Step] = []
        var position = 0
        while position < parts.count {
            let part = parts[position]
            position += 1
            if position < parts.count, let name = part.name,
                let layer = part.layer as? any FusesActivation,
                let next = parts[position].layer as? any ActivationLayer
            {
                steps.append(.fused(layer, next.activation, name: name))
                position += 1
            } else {
                steps.append(.plain(part))
            }
        }
        return steps
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
        var x = x
        guard Context.current.trace == nil, !x.isSymbolic else {
            for part in parts { x = try part.call(x) }
            return x
        }
        for step in steps {
            switch step {
            case .plain(let part): x = try part.call(x)
            case .fused(let layer, let activation, let name):
                x = try layer.call(x, activation: activation, as: name)
            }
        }
        return x
    }

    public func copy() throws -> Sequential {
        Sequential(parts: try parts.map { try $0.copy() }, info: info)
    }
}
