import Language
import VisionEngine

/// The layers of the engine.
@RowBuilder func layerRows() -> [Binding] {
    Binding.initializer(
        of: Conv2d.self, arg("inputs", Int.self, label: nil, "channels in"),
        arg("outputs", Int.self, label: nil, "channels out"), arg("kernel", SizeArgument.self),
        arg("stride", SizeArgument.self, default: 1),
        arg("padding", PaddingArgument.self, default: 0),
        arg("dilation", SizeArgument.self, default: 1), arg("groups", Int.self, default: 1),
        arg("bias", Bool.self, default: true),
        summary: "A convolution: [N, inputs, H, W] to [N, outputs, H', W'].",
        example: "Conv2d(1, 6, kernel: 5, padding: 2)"
    ) { inputs, outputs, kernel, stride, padding, dilation, groups, bias in
        try Conv2d(
            inputs: inputs, outputs: outputs, kernel: kernel.size, stride: stride.size,
            padding: padding.size, dilation: dilation.size, groups: groups, bias: bias)
    }
    Binding.initializer(
        of: Conv2d.self, arg("weight", Tensor.self, "[outputs, inputs / groups, H, W]"),
        arg("stride", SizeArgument.self, default: 1),
        arg("padding", PaddingArgument.self, default: 0),
        arg("dilation", SizeArgument.self, default: 1), arg("groups", Int.self, default: 1),
        arg("bias", Bool.self, default: false, "beginning at 0"),
        summary: "A convolution whose weights begin as given, such as a classic operator.",
        example: "Conv2d(weight: sobelKernel(), padding: 1)"
    ) { weight, stride, padding, dilation, groups, bias in
        try Conv2d(
            weight: weight, stride: stride.size, padding: padding.size, dilation: dilation.size,
            groups: groups, bias: bias)
    }
    Binding.initializer(
        of: Linear.self, arg("inputs", Int.self, label: nil),
        arg("outputs", Int.self, label: nil), arg("bias", Bool.self, default: true),
        summary: "A fully connected layer: [..., inputs] to [..., outputs].",
        example: "Linear(400, 120)"
    ) { inputs, outputs, bias in try Linear(inputs: inputs, outputs: outputs, bias: bias) }
    Binding.initializer(
        of: ConvTranspose2d.self, arg("inputs", Int.self, label: nil, "channels in"),
        arg("outputs", Int.self, label: nil, "channels out"), arg("kernel", SizeArgument.self),
        arg("stride", SizeArgument.self, default: 1), arg("padding", SizeArgument.self, default: 0),
        arg("outputPadding", SizeArgument.self, default: 0, "rows and columns added at the end"),
        arg("groups", Int.self, default: 1), arg("bias", Bool.self, default: true),
        arg("dilation", SizeArgument.self, default: 1),
        summary: "A transposed convolution, which enlarges: [N, outputs, H', W'].",
        example: "ConvTranspose2d(16, 8, kernel: 2, stride: 2)"
    ) { inputs, outputs, kernel, stride, padding, outputPadding, groups, bias, dilation in
        try ConvTranspose2d(
            inputs: inputs, outputs: outputs, kernel: kernel.size, stride: stride.size,
            padding: padding.size, outputPadding: outputPadding.size, groups: groups, bias: bias,
            dilation: dilation.size)
    }
    Binding.initializer(
        of: Flatten.self, arg("startAxis", Int.self, default: 1),
        arg("endAxis", Int.self, default: -1),
        summary: "Joins axes into one, all but the first: [N, C, H, W] to [N, C * H * W].",
        example: "Flatten()"
    ) { startAxis, endAxis in Flatten(startAxis: startAxis, endAxis: endAxis) }
    Binding.initializer(
        of: Dropout.self, arg("probability", Double.self, label: nil, default: 0.5),
        summary: "In training, sets elements to 0 at random and scales the others up.",
        example: "Dropout(0.25)"
    ) { probability in try Dropout(probability: probability) }
}
