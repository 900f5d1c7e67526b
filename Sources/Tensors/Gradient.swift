/// The gradient of `function` at `x`, in the shape of `x`.
///
/// `function` must give one element; where it does not depend on its argument the gradient is zero.
/// Throws a `TensorError` for whole numbers. Gradients that `x` gathered before are neither read nor
/// changed.
///
///     try gradient(of: { try ($0 ** 2).sum() }, at: Tensor([1, 2]))  // [2.0, 4.0]
public func gradient(
    of function: (Tensor) throws -> Tensor, at x: Tensor
) throws -> Tensor {
    guard x.dtype.isFloatingPoint else {
        throw TensorError(
            .gradient, "gradient", "whole numbers have no gradient", expected: "a float32 tensor",
            got: "\(x.spec)", operands: [x.spec])
    }
    let point = x.detached()
    point.requiresGradient = true
    let value = try Context.current.withGradient { try function(point) }
    guard value.handle.isTracked else { return try Tensor.zeros(x.shape, dtype: x.dtype) }
    try value.backward()
    return try point.gradient ?? Tensor.zeros(x.shape, dtype: x.dtype)
}
