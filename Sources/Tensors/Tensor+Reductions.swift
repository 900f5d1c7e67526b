extension Tensor {
    /// The sum of all elements, along an axis, or along several; integers sum to int64.
    ///
    ///     try Tensor([[1, 2], [3, 4]]).sum(axis: 1)  // [3, 7]
    public func sum() throws -> Tensor { try reduced(.sum) }
    /// As `sum()`, along one axis; with `keepDims` it stays with size 1.
    public func sum(axis: Int, keepDims: Bool = false) throws -> Tensor {
        try reduced(.sum, [axis], keepDims)
    }
    /// As `sum()`, along several axes; with `keepDims` they stay with size 1.
    public func sum(axes: [Int], keepDims: Bool = false) throws -> Tensor {
        try reduced(.sum, axes, keepDims)
    }

    /// The arithmetic mean; integers give float32.
    public func mean() throws -> Tensor { try reduced(.mean) }
    /// As `mean()`, along one axis; with `keepDims` it stays with size 1.
    public func mean(axis: Int, keepDims: Bool = false) throws -> Tensor {
        try reduced(.mean, [axis], keepDims)
    }
    /// As `mean()`, along several axes; with `keepDims` they stay with size 1.
    public func mean(axes: [Int], keepDims: Bool = false) throws -> Tensor {
        try reduced(.mean, axes, keepDims)
    }

    /// The product.
    public func product() throws -> Tensor { try reduced(.product) }
    /// As `product()`, along one axis; with `keepDims` it stays with size 1.
    public func product(axis: Int, keepDims: Bool = false) throws -> Tensor {
        try reduced(.product, [axis], keepDims)
    }
    /// As `product()`, along several axes; with `keepDims` they stay with size 1.
    public func product(axes: [Int], keepDims: Bool = false) throws -> Tensor {
        try reduced(.product, axes, keepDims)
    }

    /// The least element; NaN wins.
    public func min() throws -> Tensor { try reduced(.min) }
    /// As `min()`, along one axis; with `keepDims` it stays with size 1.
    public func min(axis: Int, keepDims: Bool = false) throws -> Tensor {
        try reduced(.min, [axis], keepDims)
    }
    /// As `min()`, along several axes; with `keepDims` they stay with size 1.
    public func min(axes: [Int], keepDims: Bool = false) throws -> Tensor {
        try reduced(.min, axes, keepDims)
    }

    /// The greatest element; NaN wins.
    public func max() throws -> Tensor { try reduced(.max) }
    /// As `max()`, along one axis; with `keepDims` it stays with size 1.
    public func max(axis: Int, keepDims: Bool = false) throws -> Tensor {
        try reduced(.max, [axis], keepDims)
    }
    /// As `max()`, along several axes; with `keepDims` they stay with size 1.
    public func max(axes: [Int], keepDims: Bool = false) throws -> Tensor {
        try reduced(.max, axes, keepDims)
    }

    /// The mean squared distance from the mean (population), or with `unbiased` the sample's.
    public func variance(unbiased: Bool = false) throws -> Tensor {
        try variance(over: Array(0..<rank), keepDims: false, unbiased)
    }
    /// As `variance()`, along one axis; with `keepDims` it stays with size 1.
    public func variance(
        axis: Int, keepDims: Bool = false, unbiased: Bool = false
    ) throws -> Tensor {
        try variance(over: [axis], keepDims: keepDims, unbiased)
    }
    /// As `variance()`, along several axes; with `keepDims` they stay with size 1.
    public func variance(
        axes: [Int], keepDims: Bool = false, unbiased: Bool = false
    ) throws -> Tensor {
        try variance(over: axes, keepDims: keepDims, unbiased)
    }

    /// The square root of the variance; where that is 0, so is the gradient.
    public func standardDeviation(unbiased: Bool = false) throws -> Tensor {
        try deviation(over: Array(0..<rank), keepDims: false, unbiased)
    }
    /// As `standardDeviation()`, along one axis; with `keepDims` it stays with size 1.
    public func standardDeviation(
        axis: Int, keepDims: Bool = false, unbiased: Bool = false
    ) throws -> Tensor {
        try deviation(over: [axis], keepDims: keepDims, unbiased)
    }
    /// As `standardDeviation()`, along several axes; with `keepDims` they stay with size 1.
    public func standardDeviation(
        axes: [Int], keepDims: Bool = false, unbiased: Bool = false
    ) throws -> Tensor {
        try deviation(over: axes, keepDims: keepDims, unbiased)
    }

    /// Whether any element is not zero, as a bool tensor.
    public func any() throws -> Tensor { try reduced(.any) }
    /// As `any()`, along one axis; with `keepDims` it stays with size 1.
    public func any(axis: Int, keepDims: Bool = false) throws -> Tensor {
        try reduced(.any, [axis], keepDims)
    }

    /// Whether no element is zero, as a bool tensor.
    public func all() throws -> Tensor { try reduced(.all) }
    /// As `all()`, along one axis; with `keepDims` it stays with size 1.
    public func all(axis: Int, keepDims: Bool = false) throws -> Tensor {
        try reduced(.all, [axis], keepDims)
    }

    /// The square root of the sum of all squares (Frobenius); the gradient of a norm of 0 is 0.
    public func norm() throws -> Tensor { try apply(Norm(), to: self) }

    private func reduced(
        _ kind: Reduction.Kind, _ axes: [Int]? = nil, _ keepDims: Bool = false
    ) throws -> Tensor {
        let axes = try axes.map { try spec.resolve(axes: $0, kind.rawValue) }
        return try apply(
            Reduction(kind: kind, axes: axes ?? Array(0..<rank), keepDims: keepDims), to: self)
    }

    private func variance(over axes: [Int], keepDims: Bool, _ unbiased: Bool) throws -> Tensor {
        try wideVariance(over: axes, keepDims: keepDims, unbiased).cast(to: dtype.real)
    }

    private func deviation(over axes: [Int], keepDims: Bool, _ unbiased: Bool) throws -> Tensor {
        let variance = try wideVariance(over: axes, keepDims: keepDims, unbiased)
        return try apply(Unary(kind: .standardDeviation), to: variance).cast(to: dtype.real)
    }

    /// The variance in float32.
    private func wideVariance(
        over axes: [Int], keepDims: Bool, _ unbiased: Bool
    ) throws -> Tensor {
        let axes = try spec.resolve(axes: axes, "variance")
        let real = try cast(to: .float32)
        let distance = try Tensor.subtracting(real, real.mean(axes: axes, keepDims: true))
        let squares = try Tensor.power(distance, 2)
        if !unbiased { return try squares.mean(axes: axes, keepDims: keepDims) }
        let size = axes.reduce(1) { $0 &* shape[$1] }
        return try Tensor.dividing(
            squares.sum(axes: axes, keepDims: keepDims), .real(Double(size - 1)))
    }

    /// The sum over the axes along which `shape` was broadcast to this shape.
    func summed(to shape: [Int]) throws -> Tensor {
        if shape == self.shape { return self }
        let extra = rank - shape.count
        let axes = self.shape.indices.filter {
            $0 < extra || (shape[$0 - extra] == 1 && self.shape[$0] != 1)
        }
        return try sum(axes: axes, keepDims: true).reshaped(shape)
    }
}
