import Language
import VisionEngine

/// What layers compute, as functions of tensors.
@RowBuilder func networkFunctionRows() -> [Binding] {
    Binding.function(
        "conv2d", arg("x", Tensor.self, label: nil, "[N, C, H, W]"),
        arg("weight", Tensor.self, label: nil, "[K, C / groups, kernel height, kernel width]"),
        arg("bias", Tensor?.self, default: nil, "[K]"),
        arg("stride", SizeArgument.self, default: 1),
        arg("padding", PaddingArgument.self, default: 0),
        arg("dilation", SizeArgument.self, default: 1), arg("groups", Int.self, default: 1),
        summary: "Convolution, as torch.nn.functional.conv2d: [N, K, H', W'].",
        example:
            "let x = Tensor.ones([1, 1, 5, 5])\nconv2d(x, Tensor.ones([1, 1, 3, 3]), padding: .same)"
    ) { x, weight, bias, stride, padding, dilation, groups in
        try conv2d(
            x, weight, bias: bias, stride: stride.sizes, padding: padding.padding,
            dilation: dilation.sizes, groups: groups)
    }
    Binding.function(
        "maxPool2d", arg("x", Tensor.self, label: nil, "[N, C, H, W]"),
        arg("kernel", SizeArgument.self, label: nil),
        arg("stride", SizeArgument?.self, default: nil, "the kernel unless given"),
        arg("padding", PaddingArgument.self, default: 0),
        summary: "The greatest element of every window: [N, C, H', W'].",
        example: "maxPool2d(Tensor.arange(0, 16).reshaped(1, 1, 4, 4), 2, stride: 2)"
    ) { x, kernel, stride, padding in
        try maxPool2d(x, kernel.sizes, stride: stride?.sizes, padding: padding.padding)
    }
    Binding.function(
        "avgPool2d", arg("x", Tensor.self, label: nil, "[N, C, H, W]"),
        arg("kernel", SizeArgument.self, label: nil),
        arg("stride", SizeArgument?.self, default: nil, "the kernel unless given"),
        arg("padding", PaddingArgument.self, default: 0, "counted as zeros"),
        summary: "The mean of every window: [N, C, H', W'].",
        example: "avgPool2d(Tensor.arange(0, 16).reshaped(1, 1, 4, 4), 2)"
    ) { x, kernel, stride, padding in
        try avgPool2d(x, kernel.sizes, stride: stride?.sizes, padding: padding.padding)
    }
    Binding.function(
        "linear", arg("x", Tensor.self, label: nil, "[..., inputs]"),
        arg("weight", Tensor.self, label: nil, "[outputs, inputs]"),
        arg("bias", Tensor?.self, default: nil, "[outputs]"),
        summary: "The product with the transposed weight, plus the bias: [..., outputs].",
        example: "linear(Tensor.ones([2, 3]), Tensor.ones([4, 3]), bias: Tensor.ones([4]))"
    ) { x, weight, bias in try linear(x, weight, bias: bias) }
    Binding.function(
        "crossEntropy", arg("logits", Tensor.self, label: nil, "[N, K]"),
        arg("labels", Tensor.self, label: nil, "[N], integers in 0..<K"),
        arg("labelSmoothing", Double.self, default: 0),
        arg("classWeights", Tensor?.self, default: nil, "[K]"),
        arg("reduction", LossReduction.self, default: .mean),
        summary: "The cross-entropy of softmax(logits) with the labels, one element.",
        example: "crossEntropy(Tensor([[2, 1], [0, 3]]), Tensor([0, 1], dtype: .int64))"
    ) { logits, labels, labelSmoothing, classWeights, reduction in
        try crossEntropy(
            logits, labels, labelSmoothing: labelSmoothing, classWeights: classWeights,
            reduction: reduction)
    }
    for reduction in LossReduction.allCases {
        Binding.staticProperty(
            reduction.rawValue, of: LossReduction.self,
            summary: "How the losses of the samples become one result.",
            example: "crossEntropy(Tensor([[2, 1]]), Tensor([0], dtype: .int64), "
                + "reduction: .\(reduction.rawValue))"
        ) { reduction }
    }
    Binding.function(
        "dropout", arg("x", Tensor.self, label: nil), arg("probability", Double.self),
        arg("training", Bool.self, default: true),
        summary: "0 with the given probability, the rest scaled up, in training.",
        example: "dropout(Tensor.ones([4]), probability: 0.5)"
    ) { x, probability, training in
        try dropout(x, probability: probability, training: training)
    }
}
