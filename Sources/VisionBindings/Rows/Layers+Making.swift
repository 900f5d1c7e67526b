import Language
import VisionEngine

/// The layers of the engine.
@RowBuilder func layerRows() -> [Binding] {
    Binding.initializer(
        of: Sequential.self, arg("layers", Builder<LayerItems>.self, label: nil),
        summary: "Layers one after the other, named by position or by .named(_:).",
        example:
            "Sequential {\n    Conv2d(1, 6, kernel: 5).named(\"conv1\"); ReLU(); Flatten()\n    for i in [120, 84] { Linear(i, i) }\n}"
    ) { layers in try Sequential(layers: layers.values.flatMap(\.layers)) }
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
        of: Linear.self, arg("inputs", Int.self, label: nil),
        arg("outputs", Int.self, label: nil), arg("bias", Bool.self, default: true),
        summary: "A fully connected layer: [..., inputs] to [..., outputs].",
        example: "Linear(400, 120)"
    ) { inputs, outputs, bias in try Linear(inputs: inputs, outputs: outputs, bias: bias) }
    Binding.initializer(
        of: BatchNorm2d.self, arg("features", Int.self, label: nil, "channels"),
        arg("epsilon", Double.self, default: 1e-5), arg("momentum", Double.self, default: 0.1),
        arg("affine", Bool.self, default: true, "whether it learns a scale and a shift"),
        summary: "Brings every channel to mean 0 and variance 1, then scales and shifts it.",
        example: "BatchNorm2d(16)"
    ) { features, epsilon, momentum, affine in
        try BatchNorm2d(features: features, epsilon: epsilon, momentum: momentum, affine: affine)
    }
    Binding.initializer(
        of: ReLU.self, summary: "Every element, or 0 where it is negative.", example: "ReLU()"
    ) { ReLU() }
    Binding.initializer(
        of: MaxPool2d.self, arg("kernel", SizeArgument.self, label: nil),
        arg("stride", SizeArgument?.self, default: nil, "the kernel unless given"),
        arg("padding", PaddingArgument.self, default: 0),
        summary: "The greatest element of every window: [N, C, H, W] to [N, C, H', W'].",
        example: "MaxPool2d(2)"
    ) { kernel, stride, padding in
        try MaxPool2d(kernel: kernel.size, stride: stride?.size, padding: padding.size)
    }
    Binding.initializer(
        of: AvgPool2d.self, arg("kernel", SizeArgument.self, label: nil),
        arg("stride", SizeArgument?.self, default: nil, "the kernel unless given"),
        arg("padding", PaddingArgument.self, default: 0, "counted as zeros"),
        summary: "The mean of every window: [N, C, H, W] to [N, C, H', W'].",
        example: "AvgPool2d(2)"
    ) { kernel, stride, padding in
        try AvgPool2d(kernel: kernel.size, stride: stride?.size, padding: padding.size)
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
