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
    public var info: ModelInfo?
    /// What `forward` does where no trace wants to see every layer.
    private let steps: [Step]

    /// A layer, or a layer and the activation after it in one.
    private enum Step {
        case plain(any Layer, name: String)
        case fused(any FusesActivation, Activation, name: String)
    }

    /// A model of the layers in the braces; stops the program where two share a name.
    public convenience init(@LayerBuilder _ layers: () throws -> [any Layer]) rethrows {
        let layers = try layers()
        self.init(children: trapping { try Self.named(layers) }, info: nil)
    }

    /// A model of the given layers; throws where a name is empty, has a dot or comes twice.
    public convenience init(layers: [any Layer]) throws {
        self.init(children: try Self.named(layers), info: nil)
    }

    private init(children: [(name: String, layer: any Layer)], info: ModelInfo?) {
        self.children = children
        self.info = info
        steps = Self.steps(children)
    }

    /// Pairs every layer that can with the activation after it.
    private static func steps(_ children: [(name: String, layer: any Layer)]) -> [Step] {
        var steps: [Step] = []
        var position = 0
        while position < children.count {
            let (name, layer) = children[position]
            position += 1
            if position < children.count, let layer = layer as? any FusesActivation,
                let next = children[position].layer as? any ActivationLayer
            {
                steps.append(.fused(layer, next.activation, name: name))
                position += 1
            } else {
                steps.append(.plain(layer, name: name))
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
            for child in children { x = try child.layer.call(x, as: child.name) }
            return x
        }
        for step in steps {
            switch step {
            case .plain(let layer, let name): x = try layer.call(x, as: name)
            case .fused(let layer, let activation, let name):
                x = try layer.call(x, activation: activation, as: name)
            }
        }
        return x
    }

    public var ownParameters: [(name: String, parameter: Parameter)] { [] }

    public func copy() throws -> Sequential {
        Sequential(
            children: try children.map { ($0.name, try $0.layer.copy()) }, info: info)
    }

    /// Layers with the names by which their parent knows them.
    static func named(
        _ layers: [any Layer], in kind: String = "Sequential"
    ) throws -> [(name: String, layer: any Layer)] {
        var seen: Set<String> = []
        return try layers.enumerated().map { position, layer in
            let named = layer as? NamedLayer
            let name = named?.name ?? String(position)
            guard !name.isEmpty, !name.contains(".") else {
                throw LayerError(
                    layer: kind, problem: "the name of layer \(position) is not usable",
                    expected: "a name without dots", got: "\"\(name)\"")
            }
            guard seen.insert(name).inserted else {
                throw LayerError(
                    layer: kind, problem: "two layers have the same name",
                    expected: "a name for each", got: "\"\(name)\" twice")
            }
            return (name, named?.layer ?? layer)
        }
    }
}
