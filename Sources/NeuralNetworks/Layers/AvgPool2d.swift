import Tensors

/// The mean of every window: `[N, C, H, W]` to `[N, C, H', W']`.
///
/// H' = (H + 2 * padding - kernel) / stride + 1, rounded down; the stride is the kernel unless
/// given. Padding counts as zeros. As `torch.nn.AvgPool2d`.
///
///     AvgPool2d(2)(Tensor.zeros([1, 6, 28, 28])).shape  // [1, 6, 14, 14]
public final class AvgPool2d: Layer {
    private let window: PoolingWindow

    /// Pooling over windows of the given size; stops the program where the arguments make no layer.
    public convenience init(
        _ kernel: any IntOrPair, stride: (any IntOrPair)? = nil, padding: any PaddingSize = 0
    ) {
        do {
            try self.init(kernel: kernel, stride: stride, padding: padding)
        } catch { preconditionFailure(String(describing: error)) }
    }

    /// The same, throwing where a size is not positive, the padding negative or more than half the
    /// kernel.
    public init(
        kernel: any IntOrPair, stride: (any IntOrPair)? = nil, padding: any PaddingSize = 0
    ) throws {
        window = try PoolingWindow("AvgPool2d", kernel: kernel, stride: stride, padding: padding)
    }

    private init(_ window: PoolingWindow) { self.window = window }

    public func forward(_ x: Tensor) throws -> Tensor {
        try avgPool2d(x, window.kernel, stride: window.stride, padding: window.padding)
    }

    public func copy() -> AvgPool2d { AvgPool2d(window) }
    public var kind: String { "AvgPool2d" }
    public var details: String { window.details }
    public var children: [(name: String, layer: any Layer)] { [] }
    public var ownParameters: [(name: String, parameter: Parameter)] { [] }
}
