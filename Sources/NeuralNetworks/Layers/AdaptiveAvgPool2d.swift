import Tensors

/// The means of as many windows as make an output of a given size, whatever the input's:
/// `[N, C, H, W]` to `[N, C, H', W']`. As `torch.nn.AdaptiveAvgPool2d`.
///
/// Window i of H' covers rows `i * H / H'`, rounded down, to `(i + 1) * H / H'`, rounded up.
///
///     AdaptiveAvgPool2d(7)(Tensor.zeros([1, 512, 9, 13])).shape  // [1, 512, 7, 7]
public final class AdaptiveAvgPool2d: StatelessLayer {
    /// Height and width of the output.
    public let outputSize: [Int]

    /// Pooling to a size; stops the program where it is none.
    public convenience init(_ outputSize: any IntOrPair) {
        self.init(
            checked: trapping { try windowSizes("AdaptiveAvgPool2d", "outputSize", outputSize) })
    }

    /// The same, throwing where a size is not positive.
    public convenience init(outputSize: any IntOrPair) throws {
        self.init(checked: try windowSizes("AdaptiveAvgPool2d", "outputSize", outputSize))
    }

    private init(checked sizes: [Int]) { outputSize = sizes }

    public func forward(_ x: Tensor) throws -> Tensor { try adaptiveAvgPool2d(x, outputSize) }
    public var kind: String { "AdaptiveAvgPool2d" }
    public var details: String { written(outputSize) }
}
