import Tensors

/// The largest element of every window: `[N, C, H, W]` to `[N, C, H', W']`.
///
/// H' = (H + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1, rounded down, or up with
/// `ceilMode`; the stride is the kernel unless given. As `torch.nn.MaxPool2d`.
///
///     MaxPool2d(2)(Tensor.zeros([1, 6, 28, 28])).shape  // [1, 6, 14, 14]
public final class MaxPool2d: StatelessLayer {
    package let pooling: PoolingWindow

    /// Pooling over windows of the given size; stops the program where the arguments make no layer.
    public convenience init(
        _ kernel: any IntOrPair, stride: (any IntOrPair)? = nil, padding: any PaddingSize = 0,
        dilation: any IntOrPair = 1, ceilMode: Bool = false
    ) {
        do {
            try self.init(
                kernel: kernel, stride: stride, padding: padding, dilation: dilation,
                ceilMode: ceilMode)
        } catch { preconditionFailure(String(describing: error)) }
    }

    /// The same, throwing where a size is not positive, the padding negative or more than half the
    /// kernel.
    public init(
        kernel: any IntOrPair, stride: (any IntOrPair)? = nil, padding: any PaddingSize = 0,
        dilation: any IntOrPair = 1, ceilMode: Bool = false
    ) throws {
        pooling = try PoolingWindow(
            "MaxPool2d", kernel: kernel, stride: stride, padding: padding, dilation: dilation,
            ceilMode: ceilMode)
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        try pooling.open.requireNone(kind)
        return try maxPool2d(
            x, pooling.kernel, stride: pooling.stride, padding: pooling.padding,
            dilation: pooling.dilation, ceilMode: pooling.ceilMode)
    }

    public var kind: String { "MaxPool2d" }
    public var details: String { pooling.details }
}
