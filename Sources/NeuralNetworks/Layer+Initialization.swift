import Tensors

extension Layer {
    /// Starts weights again from values that `initializer` gives.
    ///
    ///     try model.initialize(.truncatedNormal(standardDeviation: 0.02))
    ///     try model.initialize(.constant(0)) { name, shape in name.hasSuffix("bias") }
    ///
    /// Without `where` these are the weights with two axes or more, which are kernels and matrices;
    /// biases and what normalisations scale and shift by stay. With it, every weight for which it is
    /// true, given its full name and its shape. Random values are drawn from the context's seed.
    ///
    /// Throws, before anything is changed, where the initialiser has no values for a shape.
    public func initialize(
        _ initializer: Initializer,
        where isWanted: ((_ name: String, _ shape: [Int]) throws -> Bool)? = nil
    ) throws {
        let wanted = try namedState.filter { name, parameter in
            guard parameter.kind == .weight else { return false }
            return try isWanted?(name, parameter.shape) ?? (parameter.shape.count >= 2)
        }
        for (_, parameter) in wanted { try initializer.validate(for: parameter.shape) }
        for (_, parameter) in wanted { try parameter.initialize(initializer) }
    }
}
