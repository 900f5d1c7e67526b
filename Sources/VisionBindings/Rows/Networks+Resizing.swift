import Language
import VisionEngine

/// What makes images larger, or brings them to a size.
@RowBuilder func resizingRows() -> [Binding] {
    Binding.function(
        "convTranspose2d", arg("x", Tensor.self, label: nil, "[N, C, H, W]"),
        arg("weights", Tensor.self, label: nil, "[C, K / groups, kernel height, kernel width]"),
        arg("bias", Tensor?.self, default: nil, "[K]"),
        arg("stride", SizeArgument.self, default: 1),
        arg("padding", PaddingArgument.self, default: 0),
        arg("outputPadding", SizeArgument.self, default: 0, "rows and columns added at the end"),
        arg("groups", Int.self, default: 1), arg("dilation", SizeArgument.self, default: 1),
        summary: "Transposed convolution, which enlarges: [N, K, H', W'].",
        example: "convTranspose2d(Tensor.ones([1, 1, 2, 2]), Tensor.ones([1, 1, 2, 2]), stride: 2)"
    ) { x, weights, bias, stride, padding, outputPadding, groups, dilation in
        try convTranspose2d(
            x, weights, bias: bias, stride: stride.sizes, padding: padding.padding,
            outputPadding: outputPadding.sizes, groups: groups, dilation: dilation.sizes)
    }
    Binding.function(
        "adaptiveAvgPool2d", arg("x", Tensor.self, label: nil, "[N, C, H, W]"),
        arg("outputSize", SizeArgument.self, label: nil, "the size that comes out"),
        summary: "Means of windows that bring any image to one size.",
        example: "adaptiveAvgPool2d(Tensor.arange(0, 16).reshaped(1, 1, 4, 4), 2)"
    ) { x, size in try adaptiveAvgPool2d(x, size.sizes) }
    Binding.function(
        "adaptiveMaxPool2d", arg("x", Tensor.self, label: nil, "[N, C, H, W]"),
        arg("outputSize", SizeArgument.self, label: nil, "the size that comes out"),
        summary: "Greatest elements of windows that bring any image to one size.",
        example: "adaptiveMaxPool2d(Tensor.arange(0, 16).reshaped(1, 1, 4, 4), 2)"
    ) { x, size in try adaptiveMaxPool2d(x, size.sizes) }
    Binding.function(
        "upsample", arg("x", Tensor.self, label: nil, "[N, C, H, W]"),
        arg("scale", SizeArgument.self), arg("mode", UpsamplingMode.self, default: .nearest),
        arg("alignCorners", Bool.self, default: false, "bilinear: corners keep their places"),
        summary: "An image as many times as large.",
        example: "upsample(Tensor([[1, 2], [3, 4]]).reshaped(1, 1, 2, 2), scale: 2)"
    ) { x, scale, mode, alignCorners in
        try upsample(x, scale: scale.sizes, mode: mode, alignCorners: alignCorners)
    }
    Binding.function(
        "upsample", arg("x", Tensor.self, label: nil, "[N, C, H, W]"),
        arg("size", SizeArgument.self), arg("mode", UpsamplingMode.self, default: .nearest),
        arg("alignCorners", Bool.self, default: false, "bilinear: corners keep their places"),
        summary: "An image brought to a size.",
        example: "upsample(Tensor.rand([1, 1, 2, 2]), size: [3, 5], mode: .bilinear).shape"
    ) { x, size, mode, alignCorners in
        try upsample(x, size: size.sizes, mode: mode, alignCorners: alignCorners)
    }
    for mode in UpsamplingMode.allCases {
        Binding.staticProperty(
            mode.rawValue, of: UpsamplingMode.self,
            summary: "How pixels between pixels are found by upsample.",
            example: "upsample(Tensor.rand([1, 1, 2, 2]), scale: 2, mode: .\(mode.rawValue)).shape"
        ) { mode }
    }
}
