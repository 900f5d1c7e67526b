/// A two-dimensional size: one number for both, or `[height, width]`.
public protocol IntOrPair: Sendable {
    /// Height and width; an array of another length is refused by whoever takes it.
    var windowSizes: [Int] { get }
}

/// Padding around an image: a number, `[height, width]`, or `.same`, which keeps the size divided
/// by the stride (the odd pixel goes to the bottom and the right, as in TensorFlow).
public protocol PaddingSize: Sendable {
    /// Rows and columns on each side, or the rule that finds them.
    var windowPadding: WindowPadding { get }
}

extension Int: IntOrPair, PaddingSize {
    public var windowSizes: [Int] { [self, self] }
    public var windowPadding: WindowPadding { .each(windowSizes) }
}

extension Array: IntOrPair, PaddingSize where Element == Int {
    public var windowSizes: [Int] { count == 1 ? [self[0], self[0]] : self }
    public var windowPadding: WindowPadding { .each(windowSizes) }
}

/// Padding as an operation keeps it.
public enum WindowPadding: Hashable, Sendable, PaddingSize {
    /// As much as keeps the size divided by the stride.
    case keepSize
    /// For each of height and width, on both sides.
    case each([Int])

    public var windowPadding: WindowPadding { self }
}

extension PaddingSize where Self == WindowPadding {
    /// As much as makes the output the input's size over the stride, rounded up.
    public static var same: WindowPadding { .keepSize }
}

/// A window that moves over an image: of a convolution or of a pooling.
struct Window: Hashable, Sendable {
    var kernel: [Int]
    var stride: [Int]
    var padding: WindowPadding
    var dilation: [Int] = [1, 1]
    /// Whether a last window that begins on the image or its low padding counts even where it
    /// reaches beyond the high padding (as PyTorch's `ceil_mode`).
    var ceilMode = false

    /// Where the window goes on an image of one size.
    struct Placement: Hashable {
        var low: [Int]
        /// With what the last window reaches beyond the padding.
        var high: [Int]
        var output: [Int]
        /// How far that is.
        var overhang = [0, 0]
    }

    /// The distance from the first element of a window to behind its last one.
    var reach: [Int] { (0..<2).map { dilation[$0] * (kernel[$0] - 1) + 1 } }

    /// Output size `(size + low + high - dilation * (kernel - 1) - 1) / stride + 1`, rounded down,
    /// or up with `ceilMode`.
    func placement(on size: [Int], _ operation: String) throws -> Placement {
        try check("kernel", kernel, atLeast: 1, operation)
        try check("stride", stride, atLeast: 1, operation)
        try check("dilation", dilation, atLeast: 1, operation)
        if case .each(let padding) = padding {
            try check("padding", padding, atLeast: 0, operation)
        }
        var placement = Placement(low: [0, 0], high: [0, 0], output: [0, 0])
        for axis in 0..<2 {
            let reach = dilation[axis] * (kernel[axis] - 1) + 1
            switch padding {
            case .each(let padding):
                placement.low[axis] = padding[axis]
                placement.high[axis] = padding[axis]
            case .keepSize:
                let output = (size[axis] + stride[axis] - 1) / stride[axis]
                let total = max(0, (output - 1) * stride[axis] + reach - size[axis])
                placement.low[axis] = total / 2
                placement.high[axis] = total - total / 2
            }
            let room = size[axis] + placement.low[axis] + placement.high[axis]
            guard room + (ceilMode ? stride[axis] - 1 : 0) >= reach else {
                throw TensorError(
                    .shape, operation, "the window does not fit the padded image",
                    expected: "\(axis == 0 ? "height" : "width") of at least \(reach)",
                    got: "\(room)")
            }
            guard ceilMode else {
                placement.output[axis] = (room - reach) / stride[axis] + 1
                continue
            }
            var last = (room - reach + stride[axis] - 1) / stride[axis]
            if last > 0, last * stride[axis] >= size[axis] + placement.low[axis] { last -= 1 }
            placement.output[axis] = last + 1
            placement.overhang[axis] = max(0, last * stride[axis] + reach - room)
            placement.high[axis] += placement.overhang[axis]
        }
        return placement
    }

    private func check(
        _ label: String, _ sizes: [Int], atLeast least: Int, _ operation: String
    ) throws {
        guard sizes.count == 2, sizes.allSatisfy({ $0 >= least && $0 < 1 << 24 }) else {
            throw TensorError(
                .value, operation, "\(label) is a number or [height, width]",
                expected: "sizes of at least \(least)", got: "\(sizes)")
        }
    }
}
