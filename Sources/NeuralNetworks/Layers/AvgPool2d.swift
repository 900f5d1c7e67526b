import Tensors

/// The mean of every window: `[N, C, H, W]` to `[N, C, H', W']`.
///
/// H' = (H + 2 * padding - kernel) / stride + 1, rounded down, or up with `ceilMode`; the stride is
/// the kernel unless given. Padding counts as zeros unless `countsPadding` is false. As
/// `torch.nn.AvgPool2d`.
///
///     AvgPool2d(2)(Tensor.zeros([1, 6, 28, 28])).shape  // [1, 6, 14, 14]
public final class AvgPool2d: StatelessLayer {
    package let pooling: PoolingWindow
    let countsPadding: Bool

    /// Pooling over windows of the given size; stops the program where the arguments make no layer.
    public convenience init(
        _ kernel: any IntOrPair, stride: (any IntOrPair)? = nil, padding: any PaddingSize = 0,
        ceilMode: Bool = false, countsPadding: Bool = true
    ) {
        do {
            try self.init(
                kernel: kernel, stride: stride, padding: padding, ceilMode: ceilMode,
                countsPadding: countsPadding)
        } catch { preconditionFailure(String(describing: error)) }
    }

    /// The same, throwing where a size is not positive, the padding negative or more than half the
    /// kernel.
    public init(
        kernel: any IntOrPair, stride: (any IntOrPair)? = nil, padding: any PaddingSize = 0,
        ceilMode: Bool = false, countsPadding: Bool = true
    ) throws {
        pooling = try PoolingWindow(
            "AvgPool2d", kernel: kernel, stride: stride, padding: padding, ceilMode: ceilMode)
        self.countsPadding = countsPadding
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        try pooling.open.requireNone(kind)
        return try avgPool2d(
            x, pooling.kernel, stride: pooling.stride, padding: pooling.padding,
            ceilMode: pooling.ceilMode, countsPadding: countsPadding)
    }

    public var kind: String { "AvgPool2d" }
    public var details: String { pooling.details + (countsPadding ? "" : ", countsPadding: false") }
}
