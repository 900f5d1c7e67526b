import Tensors

extension Tensor {
    /// The same images `[N, C, H, W]` as a convolution leaves them, in the layout that it prefers.
    func asConvolved() throws -> Tensor {
        let channels = shape[1]
        let identity = try Tensor.eye(channels).reshaped(channels, channels, 1, 1)
        return try conv2d(self, identity)
    }
}

/// `x` rounded to the nearest bfloat16, halves to the even one, by arithmetic alone.
func nearestBFloat16(_ x: Float) -> Float {
    if x.isNaN || x.isInfinite || x == 0 { return x }
    let step = max(Float(sign: .plus, exponent: x.exponent - 7, significand: 1), 0x1p-133)
    let rounded = (x / step).rounded(.toNearestOrEven) * step
    return rounded.magnitude > 0x1.FEp127 ? (x < 0 ? -.infinity : .infinity) : rounded
}
