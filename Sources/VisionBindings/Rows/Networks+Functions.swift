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
        arg("dilation", SizeArgument.self, default: 1),
        arg("ceilMode", Bool.self, default: false, "counts windows that lie partly outside"),
        summary: "The greatest element of every window: [N, C, H', W'].",
        example: "maxPool2d(Tensor.arange(0, 16).reshaped(1, 1, 4, 4), 2, stride: 2)"
    ) { x, kernel, stride, padding, dilation, ceilMode in
        try maxPool2d(
            x, kernel.sizes, stride: stride?.sizes, padding: padding.padding,
            dilation: dilation.sizes, ceilMode: ceilMode)
    }
    Binding.function(
        "avgPool2d", arg("x", Tensor.self, label: nil, "[N, C, H, W]"),
        arg("kernel", SizeArgument.self, label: nil),
        arg("stride", SizeArgument?.self, default: nil, "the kernel unless given"),
        arg("padding", PaddingArgument.self, default: 0),
        arg("ceilMode", Bool.self, default: false, "counts windows that lie partly outside"),
        arg("countsPadding", Bool.self, default: true, "counts the padding as zeros"),
        summary: "The mean of every window: [N, C, H', W'].",
        example: "avgPool2d(Tensor.arange(0, 16).reshaped(1, 1, 4, 4), 2)"
    ) { x, kernel, stride, padding, ceilMode, countsPadding in
        try avgPool2d(
            x, kernel.sizes, stride: stride?.sizes, padding: padding.padding, ceilMode: ceilMode,
            countsPadding: countsPadding)
    }
    Binding.function(
        "linear", arg("x", Tensor.self, label: nil, "[..., inputs]"),
        arg("weight", Tensor.self, label: nil, "[outputs, inputs]"),
        arg("bias", Tensor?.self, default: nil, "[outputs]"),
        summary: "The product with the transposed weight, plus the bias: [..., outputs].",
        example: "linear(Tensor.ones([2, 3]), Tensor.ones([4, 3]), bias: Tensor.ones([4]))"
    ) { x, weight, bias in try linear(x, weight, bias: bias) }
    Binding.function(
        "dropout", arg("x", Tensor.self, label: nil), arg("probability", Double.self),
        arg("training", Bool.self, default: true),
        summary: "0 with the given probability, the rest scaled up, in training.",
        example: "dropout(Tensor.ones([4]), probability: 0.5)"
    ) { x, probability, training in
        try dropout(x, probability: probability, training: training)
    }
    Binding.function(
        "dropPath", arg("x", Tensor.self, label: nil, "[N, ...]"),
        arg("probability", Double.self), arg("training", Bool.self, default: true),
        summary: "Whole samples set to 0 with the given probability, the rest scaled up.",
        example: "dropPath(Tensor.ones([4, 2]), probability: 0.5)"
    ) { x, probability, training in
        try dropPath(x, probability: probability, training: training)
    }
    Binding.function(
        "scaledDotProductAttention", arg("query", Tensor.self, label: nil, "[..., T, D]"),
        arg("key", Tensor.self, label: nil, "[..., S, D]"),
        arg("value", Tensor.self, label: nil, "[..., S, E]"),
        arg("mask", Tensor?.self, default: nil, "[..., T, S], bool: true takes part; or added"),
        arg("isCausal", Bool.self, default: false, "a token sees none that come later"),
        arg("scale", Double?.self, default: nil, "1 / sqrt(D) unless given"),
        arg("dropout", Double.self, default: 0), arg("training", Bool.self, default: true),
        summary:
            "softmax(query • key.T * scale) • value: every token asks all others, [..., T, E].",
        example: "let x = Tensor.rand([1, 3, 4])\nscaledDotProductAttention(x, x, x).shape"
    ) { query, key, value, mask, isCausal, scale, dropout, training in
        try scaledDotProductAttention(
            query, key, value, mask: mask, isCausal: isCausal, scale: scale, dropout: dropout,
            training: training)
    }
}
