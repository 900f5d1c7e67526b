import Language
import VisionEngine

/// Layers that normalise and scale.
@RowBuilder func normalizationLayerRows() -> [Binding] {
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
        of: LayerNorm.self, arg("shape", SizesArgument.self, label: nil, "sizes of the last axes"),
        arg("epsilon", Double.self, default: 1e-5),
        arg("affine", Bool.self, default: true, "whether it learns a scale and a shift"),
        arg("bias", Bool.self, default: true),
        summary: "Brings the last axes of every sample to mean 0 and variance 1.",
        example: "LayerNorm(192)"
    ) { shape, epsilon, affine, bias in
        try LayerNorm(shape: shape.sizes, epsilon: epsilon, affine: affine, bias: bias)
    }
    Binding.initializer(
        of: LayerNorm2d.self, arg("features", Int.self, label: nil, "channels"),
        arg("epsilon", Double.self, default: 1e-5),
        summary: "Brings the channels of every pixel to mean 0 and variance 1.",
        example: "LayerNorm2d(96)"
    ) { features, epsilon in try LayerNorm2d(features: features, epsilon: epsilon) }
    Binding.initializer(
        of: GroupNorm.self, arg("groups", Int.self, label: nil),
        arg("channels", Int.self, label: nil), arg("epsilon", Double.self, default: 1e-5),
        arg("affine", Bool.self, default: true, "whether it learns a scale and a shift"),
        summary: "Brings groups of channels of every sample to mean 0 and variance 1.",
        example: "GroupNorm(8, 32)"
    ) { groups, channels, epsilon, affine in
        try GroupNorm(groups: groups, channels: channels, epsilon: epsilon, affine: affine)
    }
    Binding.initializer(
        of: LocalResponseNorm.self, arg("size", Int.self, label: nil, "neighbouring channels"),
        arg("alpha", Double.self, default: 1e-4), arg("beta", Double.self, default: 0.75),
        arg("k", Double.self, default: 1),
        summary: "Divides every element by what its neighbours in other channels amount to.",
        example: "LocalResponseNorm(5)"
    ) { size, alpha, beta, k in
        try LocalResponseNorm(size: size, alpha: alpha, beta: beta, k: k)
    }
    Binding.initializer(
        of: LayerScale.self, arg("features", Int.self, label: nil),
        arg("initial", Double.self, default: 1e-5), arg("axis", Int.self, default: -1),
        summary: "Scales every feature by a number that is learned and begins small.",
        example: "LayerScale(192)"
    ) { features, initial, axis in
        try LayerScale(features: features, initial: initial, axis: axis)
    }
}
