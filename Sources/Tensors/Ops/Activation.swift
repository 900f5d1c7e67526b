import OneDNN

/// An activation function that a convolution, a linear layer or a normalisation applies to its
/// result as it writes it, which saves a pass over memory.
public enum Activation: Sendable, CaseIterable {
    /// `max(x, 0)`.
    case relu
    /// `min(max(x, 0), 6)`.
    case relu6
    /// x times the probability that a standard normal number lies below x, exactly.
    case gelu
    /// The same, approximated with tanh to within 5e-4.
    case geluTanh
    /// `x * sigmoid(x)`, also called swish.
    case silu
    /// `x * min(max(x + 3, 0), 6) / 6`.
    case hardSwish

    /// The function of a tensor, as an operation of its own.
    public func callAsFunction(_ x: Tensor) throws -> Tensor {
        switch self {
        case .relu: try x.relu()
        case .relu6: try x.relu6()
        case .gelu: try x.gelu()
        case .geluTanh: try x.gelu(approximation: .tanh)
        case .silu: try x.silu()
        case .hardSwish: try x.hardSwish()
        }
    }

    var postOperation: PostOperation {
        switch self {
        case .relu: .relu
        case .relu6: .relu6
        case .gelu: .gelu
        case .geluTanh: .geluTanh
        case .silu: .silu
        case .hardSwish: .hardSwish
        }
    }

    /// This function where an operation on `inputs` can apply it itself: a trace wants to see it,
    /// and the derivatives of all but `relu` need what was before it.
    func fused(_ inputs: [Tensor]) -> Activation? {
        let context = Context.current
        if context.trace != nil || inputs.contains(where: \.isSymbolic) { return nil }
        if self == .relu { return self }
        let isRecorded = context.isGradientEnabled && inputs.contains { $0.handle.isTracked }
        return isRecorded ? nil : self
    }

    /// The gradient before `relu`, given the one after it and its result.
    static func reluGradient(_ gradient: Tensor, result: Tensor) throws -> Tensor {
        let relu = Unary(kind: .relu)
        return try relu.backward([gradient], inputs: [result], outputs: [result], needs: [true])[0]
            ?? gradient
    }
}

/// Runs an operation with an activation after it, fused where `make` can take it.
func apply<Fused: Operation>(
    _ activation: Activation?, after make: (Activation?) -> Fused, _ inputs: [Tensor]
) throws -> Tensor {
    guard let activation else { return try apply(make(nil), inputs)[0] }
    if let fused = activation.fused(inputs) { return try apply(make(fused), inputs)[0] }
    return try activation(apply(make(nil), inputs)[0])
}

/// A result to which `addend` is added before an activation is applied.
package func finished(_ x: Tensor, addend: Tensor?, activation: Activation?) throws -> Tensor {
    guard let addend else { return try activation?(x) ?? x }
    if activation == .relu { return try addReLU(x, addend) }
    let sum = try Tensor.adding(x, addend)
    return try activation?(sum) ?? sum
}
