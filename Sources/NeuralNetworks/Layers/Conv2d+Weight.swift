import Tensors

extension Conv2d {
    /// A convolution whose weights begin as given, [outputs, inputs / groups, height, width], such as
    /// a classic operator that is then trained.
    ///
    /// A bias begins at 0. Throws where the weights have not four axes or are not floating point, and
    /// as the other initialiser does.
    ///
    ///     let edges = try Conv2d(weight: try sobelKernel(), padding: 1)
    ///     edges(x).shape  // [N, 2, H, W]
    public convenience init(
        weight: Tensor, stride: any IntOrPair = 1, padding: any PaddingSize = 0,
        dilation: any IntOrPair = 1, groups: Int = 1, bias: Bool = false
    ) throws {
        let shape = weight.shape
        guard shape.count == 4, !shape.contains(0) else {
            throw LayerError(
                layer: "Conv2d", problem: "the weights are no kernels",
                expected: "[outputs, inputs / groups, height, width]", got: "\(shape)")
        }
        let (inputs, overflow) = shape[1].multipliedReportingOverflow(by: groups)
        try LayerError.require("Conv2d", "groups", overflow ? 0 : groups, atLeast: 1)
        try self.init(
            inputs: inputs, outputs: shape[0], kernel: [shape[2], shape[3]], stride: stride,
            padding: padding, dilation: dilation, groups: groups, bias: bias)
        try self.weight.setValue(weight)
        if let bias = self.bias { try bias.setValue(try Tensor.zeros(bias.shape)) }
    }
}
