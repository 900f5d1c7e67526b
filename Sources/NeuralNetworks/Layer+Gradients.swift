import Tensors

/// A limit on gradients, which keeps a bad batch from throwing the weights far off.
public enum GradientClipping: Sendable, Hashable, CustomStringConvertible {
    /// The norm of all gradients together is at most this; their directions stay.
    case norm(Double)
    /// Every element lies within plus and minus this.
    case value(Double)

    /// The limit as one writes it.
    public var description: String {
        switch self {
        case .norm(let limit): ".norm(\(limit))"
        case .value(let limit): ".value(\(limit))"
        }
    }

    /// Throws unless the limit is a number above 0.
    public func validate() throws {
        let limit =
            switch self {
            case .norm(let limit), .value(let limit): limit
            }
        guard limit > 0, !limit.isNaN else {
            throw LayerError(
                layer: "clipGradients", problem: "the limit is out of range",
                expected: "a number above 0", got: "\(self)")
        }
    }
}

extension Layer {
    /// The gradients that `backward()` left, with the full names of their weights.
    public var gradients: [(name: String, value: Tensor)] {
        namedState.compactMap { name, parameter in parameter.gradient.map { (name, $0) } }
    }

    /// Brings the gradients within a limit, between `backward()` and the optimizer's step.
    ///
    ///     loss.backward()
    ///     model.clipGradients(.norm(1))
    ///     optimizer.step(model)
    ///
    /// Returns the norm that all gradients together had before. As `clip_grad_norm_` and
    /// `clip_grad_value_` of `torch.nn.utils`. Throws where the limit is not positive.
    ///
    /// Source: Pascanu et al., "On the difficulty of training recurrent neural networks", 2013.
    @discardableResult
    public func clipGradients(_ clipping: GradientClipping) throws -> Double {
        try weights.clipGradients(clipping)
    }
}

extension [Parameter] {
    /// Brings the gradients of these parameters within a limit and returns the norm they had.
    @discardableResult
    package func clipGradients(_ clipping: GradientClipping) throws -> Double {
        try clipping.validate()
        let gradients = compactMap { parameter in
            parameter.gradient.map { (parameter, gradient: $0) }
        }
        let norm = try globalNorm(gradients.map(\.gradient))
        try withoutGradient {
            switch clipping {
            case .norm(let limit):
                let factor = limit / (norm + 1e-6)
                // Not a number where the norm is none: the gradients shall show it.
                guard !(factor >= 1) else { return }
                for (parameter, gradient) in gradients {
                    try parameter.setGradient(Tensor.multiplying(gradient, .real(factor)))
                }
            case .value(let limit):
                for (parameter, gradient) in gradients {
                    try parameter.setGradient(gradient.clipped(-limit, limit))
                }
            }
        }
        return norm
    }
}
