extension Tensor {
    public func negated() throws -> Tensor { try apply(Unary(kind: .negated), to: self) }
    public func exp() throws -> Tensor { try apply(Unary(kind: .exp), to: self) }
    /// The natural logarithm.
    public func log() throws -> Tensor { try apply(Unary(kind: .log), to: self) }
    public func sqrt() throws -> Tensor { try apply(Unary(kind: .sqrt), to: self) }
    public func abs() throws -> Tensor { try apply(Unary(kind: .abs), to: self) }
    public func sin() throws -> Tensor { try apply(Unary(kind: .sin), to: self) }
    public func cos() throws -> Tensor { try apply(Unary(kind: .cos), to: self) }
    public func tanh() throws -> Tensor { try apply(Unary(kind: .tanh), to: self) }
    /// `1 / (1 + exp(-x))`.
    public func sigmoid() throws -> Tensor { try apply(Unary(kind: .sigmoid), to: self) }
    /// `max(x, 0)`.
    public func relu() throws -> Tensor { try apply(Unary(kind: .relu), to: self) }
    /// `x` times the normal distribution function at `x` (Hendrycks and Gimpel 2016), exactly.
    public func gelu() throws -> Tensor { try apply(Unary(kind: .gelu), to: self) }
    /// The nearest whole number, halves to the even one.
    public func rounded() throws -> Tensor { try apply(Unary(kind: .rounded), to: self) }
}
