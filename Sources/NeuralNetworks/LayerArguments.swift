import Tensors

/// Height and width of an argument, each at least 1 or as given.
func windowSizes(
    _ layer: String, _ argument: String, _ value: any IntOrPair, atLeast least: Int = 1
) throws -> [Int] {
    try checked(layer, argument, value.windowSizes, atLeast: least)
}

/// A padding whose sizes, where it has them, are not negative.
func windowPadding(_ layer: String, _ value: any PaddingSize) throws -> WindowPadding {
    let padding = value.windowPadding
    if case .each(let sizes) = padding {
        _ = try checked(layer, "padding", sizes, atLeast: 0)
    }
    return padding
}

private func checked(
    _ layer: String, _ argument: String, _ sizes: [Int], atLeast least: Int
) throws -> [Int] {
    guard sizes.count == 2 else {
        throw LayerError(
            layer: layer, problem: "'\(argument)' is not a size",
            expected: "a number or [height, width]", got: "\(sizes)")
    }
    for size in sizes { try LayerError.require(layer, argument, size, atLeast: least) }
    guard let largest = sizes.max(), largest < 1 << 24 else {
        throw LayerError(
            layer: layer, problem: "'\(argument)' is too large", expected: "less than \(1 << 24)",
            got: "\(sizes)")
    }
    return sizes
}

/// A size as one writes it: `3`, `[3, 5]`.
func written(_ sizes: [Int]) -> String {
    sizes.count == 2 && sizes[0] == sizes[1] ? "\(sizes[0])" : "\(sizes)"
}

/// A padding as one writes it: `2`, `[1, 2]`, `.same`.
func written(_ padding: WindowPadding) -> String {
    switch padding {
    case .keepSize: ".same"
    case .each(let sizes): written(sizes)
    }
}

/// The window of a pooling layer.
package struct PoolingWindow {
    package let kernel: [Int]
    package let stride: [Int]
    package let padding: WindowPadding
    package let dilation: [Int]
    package let ceilMode: Bool
    let open: OpenArguments
    /// Whether the stride was left to be the kernel.
    let strideFollowsKernel: Bool

    /// Throws where a size is not positive, the padding negative or more than half the kernel.
    init(
        _ layer: String, kernel: any IntOrPair, stride: (any IntOrPair)?, padding: any PaddingSize,
        dilation: any IntOrPair = 1, ceilMode: Bool = false
    ) throws {
        var open: OpenArguments = []
        let kernel = open.noting(.kernel, kernel, standIn: 1)
        self.kernel = try windowSizes(layer, "kernel", kernel)
        self.stride = try windowSizes(
            layer, "stride", stride.map { open.noting(.stride, $0, standIn: 1) } ?? kernel)
        self.padding = try windowPadding(layer, open.noting(padding: padding))
        self.open = open
        strideFollowsKernel = stride == nil
        self.dilation = try windowSizes(layer, "dilation", dilation)
        self.ceilMode = ceilMode
        if case .each(let edge) = self.padding, !open.contains(.kernel),
            edge[0] > self.kernel[0] / 2 || edge[1] > self.kernel[1] / 2
        {
            throw LayerError(
                layer: layer, problem: "'padding' is too large",
                expected: "at most half of kernel \(written(self.kernel))", got: written(edge))
        }
    }

    /// The arguments as one writes them: `2`, `3, stride: 2, padding: 1`.
    var details: String {
        var details = open.written(.kernel, written(kernel))
        if !strideFollowsKernel, stride != kernel || !open.isEmpty {
            details += ", stride: \(open.written(.stride, written(stride)))"
        }
        for (name, value, usual) in [
            ("padding", open.written(.padding, written(padding)), "0"),
            ("dilation", written(dilation), "1"),
            ("ceilMode", "\(ceilMode)", "false"),
        ] where value != usual { details += ", \(name): \(value)" }
        return details
    }
}
