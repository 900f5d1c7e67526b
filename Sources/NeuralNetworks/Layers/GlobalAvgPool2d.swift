import Tensors

/// The mean of every channel: `[N, C, H, W]` to `[N, C]`, as a linear layer after it takes.
///
/// Source: Lin et al., "Network In Network", 2014.
///
///     GlobalAvgPool2d()(Tensor.zeros([8, 512, 7, 7])).shape  // [8, 512]
public final class GlobalAvgPool2d: StatelessLayer {
    public init() {}

    public func forward(_ x: Tensor) throws -> Tensor {
        guard x.rank == 4 else {
            throw TensorError(
                .shape, "GlobalAvgPool2d", "images have four axes", expected: "[N, C, H, W]",
                got: "\(x.shape)", operands: [x.spec])
        }
        return try adaptiveAvgPool2d(x, 1).flattened(startAxis: 1)
    }

    public var kind: String { "GlobalAvgPool2d" }
}
