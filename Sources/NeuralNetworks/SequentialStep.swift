import Tensors

/// What a `Sequential` does at once.
indirect enum SequentialStep {
    case plain(Part)
    /// A layer that can take an ending, and its name.
    case passing(any TakesEnding, String?)
    /// A layer and the activation after it, with their names.
    case fused(any FusesActivation, any ActivationLayer, name: String, activationName: String?)
    /// A convolution, the normalisation after it and perhaps an activation; the same in steps for
    /// where they cannot be joined.
    case folded(FoldedConvolution, Activation?, apart: [SequentialStep])

    private init(_ part: Part) {
        self = (part.layer as? any TakesEnding).map { .passing($0, part.name) } ?? .plain(part)
    }

    /// Pairs every layer that can with the activation after it.
    static func steps(_ parts: [Part]) -> [SequentialStep] {
        var steps: [SequentialStep] = []
        var position = 0
        while position < parts.count {
            let part = parts[position]
            position += 1
            if position < parts.count, let name = part.name,
                let layer = part.layer as? any FusesActivation,
                let next = parts[position].layer as? any ActivationLayer
            {
                steps.append(
                    .fused(layer, next, name: name, activationName: parts[position].name))
                position += 1
            } else {
                steps.append(SequentialStep(part))
            }
        }
        return steps
    }

    /// The same in evaluation, where convolutions do the normalisation after them as well and some
    /// layers do nothing.
    static func joinedSteps(_ parts: [Part]) -> [SequentialStep] {
        let parts = parts.filter {
            !($0.layer is Dropout || $0.layer is DropPath || $0.layer is Identity)
        }
        var joined: [SequentialStep] = []
        var rest = parts[...]
        var apart: [Part] = []
        while let part = rest.popFirst() {
            guard let next = rest.first, let folded = FoldedConvolution(part, next) else {
                apart.append(part)
                continue
            }
            rest.removeFirst()
            let activation = (rest.first?.layer as? any ActivationLayer)?.activation
            joined += steps(apart)
            apart = [part, next] + (activation == nil ? [] : [rest.removeFirst()])
            joined.append(.folded(folded, activation, apart: steps(apart)))
            apart = []
        }
        return joined + steps(apart)
    }

    /// The output for `x`.
    func call(_ x: Tensor) throws -> Tensor {
        switch self {
        case .plain(let part): try part.call(x)
        case .passing(let layer, let name): try Part(name: name, layer).call(x)
        case .fused(let layer, let next, let name, let activationName):
            try next.passed(layer.call(x, activation: next.activation, as: name), activationName)
        case .folded(_, _, let apart): try apart.reduce(x) { try $1.call($0) }
        }
    }

    /// The output for `x` after `ending`, where layers may be joined.
    func call(_ x: Tensor, ending: Ending) throws -> Tensor {
        switch self {
        case .passing(let layer, let name):
            guard let name else { return try layer.forward(x, ending: ending) }
            return try layer.located(as: name) { try layer.forward(x, ending: ending) }
        case .plain, .fused: return try ending(call(x))
        case .folded(let folded, let activation, _):
            guard x.dtype == .float32 else { return try ending(call(x)) }
            guard let activation else {
                return try folded.call(x, ending: ending) ?? ending(call(x))
            }
            let own = Ending(activation: activation)
            return try ending(folded.call(x, ending: own) ?? call(x))
        }
    }
}
