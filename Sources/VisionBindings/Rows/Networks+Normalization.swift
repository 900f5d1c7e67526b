import Language
import VisionEngine

/// Normalisations as functions of tensors.
@RowBuilder func normalizationRows() -> [Binding] {
    Binding.function(
        "layerNorm", arg("x", Tensor.self, label: nil),
        arg("axes", Int.self, default: 1, "how many of the last axes"),
        arg("scale", Tensor?.self, default: nil, "in the shape of those axes"),
        arg("shift", Tensor?.self, default: nil, "in the shape of those axes"),
        arg("epsilon", Double.self, default: 1e-5),
        summary: "The last axes of every sample brought to mean 0 and variance 1.",
        example: "layerNorm(Tensor([[1, 2, 3], [4, 8, 6]]))"
    ) { x, axes, scale, shift, epsilon in
        try layerNorm(x, axes: axes, scale: scale, shift: shift, epsilon: epsilon)
    }
    Binding.function(
        "groupNorm", arg("x", Tensor.self, label: nil, "[N, C, ...]"), arg("groups", Int.self),
        arg("scale", Tensor?.self, default: nil, "[C]"),
        arg("shift", Tensor?.self, default: nil, "[C]"),
        arg("epsilon", Double.self, default: 1e-5),
        summary: "Groups of channels of every sample brought to mean 0 and variance 1.",
        example: "groupNorm(Tensor.rand([1, 4, 2, 2]), groups: 2)"
    ) { x, groups, scale, shift, epsilon in
        try groupNorm(x, groups: groups, scale: scale, shift: shift, epsilon: epsilon)
    }
    Binding.function(
        "localResponseNorm", arg("x", Tensor.self, label: nil, "[N, C, ...]"),
        arg("size", Int.self, "how many neighbouring channels"),
        arg("alpha", Double.self, default: 1e-4), arg("beta", Double.self, default: 0.75),
        arg("k", Double.self, default: 1),
        summary: "Every element divided by what its neighbours in other channels amount to.",
        example: "localResponseNorm(Tensor.rand([1, 4, 2, 2]), size: 3)"
    ) { x, size, alpha, beta, k in
        try localResponseNorm(x, size: size, alpha: alpha, beta: beta, k: k)
    }
}
