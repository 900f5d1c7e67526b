import Language
import VisionEngine

/// Layers that make images smaller or larger.
@RowBuilder func poolingLayerRows() -> [Binding] {
    Binding.initializer(
        of: MaxPool2d.self, arg("kernel", SizeArgument.self, label: nil),
        arg("stride", SizeArgument?.self, default: nil, "the kernel unless given"),
        arg("padding", PaddingArgument.self, default: 0),
        arg("dilation", SizeArgument.self, default: 1),
        arg("ceilMode", Bool.self, default: false, "counts windows that lie partly outside"),
        summary: "The greatest element of every window: [N, C, H, W] to [N, C, H', W'].",
        example: "MaxPool2d(2)"
    ) { kernel, stride, padding, dilation, ceilMode in
        try MaxPool2d(
            kernel: kernel.size, stride: stride?.size, padding: padding.size,
            dilation: dilation.size, ceilMode: ceilMode)
    }
    Binding.initializer(
        of: AvgPool2d.self, arg("kernel", SizeArgument.self, label: nil),
        arg("stride", SizeArgument?.self, default: nil, "the kernel unless given"),
        arg("padding", PaddingArgument.self, default: 0),
        arg("ceilMode", Bool.self, default: false, "counts windows that lie partly outside"),
        arg("countsPadding", Bool.self, default: true, "counts the padding as zeros"),
        summary: "The mean of every window: [N, C, H, W] to [N, C, H', W'].",
        example: "AvgPool2d(2)"
    ) { kernel, stride, padding, ceilMode, countsPadding in
        try AvgPool2d(
            kernel: kernel.size, stride: stride?.size, padding: padding.size, ceilMode: ceilMode,
            countsPadding: countsPadding)
    }
    Binding.initializer(
        of: AdaptiveAvgPool2d.self,
        arg("outputSize", SizeArgument.self, label: nil, "the size that comes out"),
        summary: "Means of windows that bring any image to one size: [N, C, H', W'].",
        example: "AdaptiveAvgPool2d([6, 6])"
    ) { size in try AdaptiveAvgPool2d(outputSize: size.size) }
    Binding.initializer(
        of: GlobalAvgPool2d.self, summary: "The mean of every channel: [N, C, H, W] to [N, C].",
        example: "GlobalAvgPool2d()"
    ) { GlobalAvgPool2d() }
    Binding.initializer(
        of: Upsample.self, arg("scale", SizeArgument.self, "a whole factor"),
        arg("mode", UpsamplingMode.self, default: .nearest),
        arg("alignCorners", Bool.self, default: false, "bilinear: corners keep their places"),
        summary: "Makes images as many times as large: [N, C, H', W'].",
        example: "Upsample(scale: 2)"
    ) { scale, mode, alignCorners in
        try Upsample(by: scale.size, to: nil, mode: mode, alignCorners: alignCorners)
    }
    Binding.initializer(
        of: Upsample.self, arg("size", SizeArgument.self),
        arg("mode", UpsamplingMode.self, default: .nearest),
        arg("alignCorners", Bool.self, default: false, "bilinear: corners keep their places"),
        summary: "Brings images to a size: [N, C, H', W'].",
        example: "Upsample(size: [20, 30], mode: .bilinear)"
    ) { size, mode, alignCorners in
        try Upsample(by: nil, to: size.size, mode: mode, alignCorners: alignCorners)
    }
}
