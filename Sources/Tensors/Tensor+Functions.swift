/// How `gelu` is computed.
public enum GELUApproximation: String, Sendable, CaseIterable {
    /// Exactly, by the error function.
    case none
    /// `0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))`, within 5e-4 of the exact one.
    case tanh
}

extension Tensor {
    /// The elements with the other sign; integers stay integers.
    public func negated() throws -> Tensor { try apply(Unary(kind: .negated), to: self) }
    /// `e` to the power of each element.
    public func exp() throws -> Tensor { try apply(Unary(kind: .exp), to: self) }
    /// The natural logarithm; NaN for negative elements, minus infinity for 0.
    public func log() throws -> Tensor { try apply(Unary(kind: .log), to: self) }
    /// The square root; NaN for negative elements.
    public func sqrt() throws -> Tensor { try apply(Unary(kind: .sqrt), to: self) }
    /// The elements without their sign; the gradient at 0 is 0.
    public func abs() throws -> Tensor { try apply(Unary(kind: .abs), to: self) }
    /// The sine of each element, an angle in radians.
    public func sin() throws -> Tensor { try apply(Unary(kind: .sin), to: self) }
    /// The cosine of each element, an angle in radians.
    public func cos() throws -> Tensor { try apply(Unary(kind: .cos), to: self) }
    /// The hyperbolic tangent.
    public func tanh() throws -> Tensor { try apply(Unary(kind: .tanh), to: self) }
    /// `1 / (1 + exp(-x))`.
    public func sigmoid() throws -> Tensor { try apply(Unary(kind: .sigmoid), to: self) }
    /// `max(x, 0)`.
    public func relu() throws -> Tensor { try apply(Unary(kind: .relu), to: self) }
    /// `min(max(x, 0), 6)` (Howard et al. 2017).
    public func relu6() throws -> Tensor { try apply(Unary(kind: .relu6), to: self) }
    /// `x` where it is positive, else `slope * x`.
    public func leakyReLU(slope: Double = 0.01) throws -> Tensor {
        try apply(Unary(kind: .leakyReLU, slope: Float(slope)), to: self)
    }
    /// `x` times the normal distribution function at `x` (Hendrycks and Gimpel 2016), exactly or by
    /// an approximation.
    ///
    ///     try x.gelu(approximation: .tanh)
    public func gelu(approximation: GELUApproximation = .none) throws -> Tensor {
        try apply(Unary(kind: approximation == .tanh ? .geluTanh : .gelu), to: self)
    }
    /// `x * sigmoid(x)` (Elfwing et al. 2018).
    public func silu() throws -> Tensor { try apply(Unary(kind: .silu), to: self) }
    /// `x * relu6(x + 3) / 6` (Howard et al. 2019).
    public func hardSwish() throws -> Tensor { try apply(Unary(kind: .hardSwish), to: self) }
    /// The nearest whole number, halves to the even one; the gradient is 0.
    public func rounded() throws -> Tensor { try apply(Unary(kind: .rounded), to: self) }
}
