import Language
import VisionEngine

/// A function of every element: name, what it does, an example and the engine's function.
private func elementwise(
    _ name: String, _ summary: String, _ example: String,
    _ operation: @escaping (Tensor) throws -> Tensor
) -> Binding {
    Binding.method(name, of: Tensor.self, summary: summary, example: example) { x in
        try operation(x)
    }
}

/// Functions of every element.
@RowBuilder func tensorElementwiseRows() -> [Binding] {
    elementwise("exp", "e to the power of every element.", "Tensor([0, 1]).exp()") { try $0.exp() }
    elementwise("log", "The natural logarithm of every element.", "Tensor([1, 2]).log()") {
        try $0.log()
    }
    elementwise("sqrt", "The square root of every element.", "Tensor([1, 4]).sqrt()") {
        try $0.sqrt()
    }
    elementwise("abs", "Every element without its sign.", "Tensor([1, -2]).abs()") { try $0.abs() }
    elementwise("sin", "The sine of every element, in radians.", "Tensor([0, 1]).sin()") {
        try $0.sin()
    }
    elementwise("cos", "The cosine of every element, in radians.", "Tensor([0, 1]).cos()") {
        try $0.cos()
    }
    elementwise("tanh", "The hyperbolic tangent of every element.", "Tensor([0, 1]).tanh()") {
        try $0.tanh()
    }
    elementwise("sigmoid", "1 / (1 + exp(-x)) of every element.", "Tensor([0, 1]).sigmoid()") {
        try $0.sigmoid()
    }
    elementwise("relu", "Every element, or 0 where it is negative.", "Tensor([1, -2]).relu()") {
        try $0.relu()
    }
    Binding.method(
        "gelu", of: Tensor.self,
        arg("approximation", GELUApproximation.self, default: .none),
        summary: "x times the normal distribution's probability below x.",
        example: "Tensor([1, -2]).gelu()\nTensor([1, -2]).gelu(approximation: .tanh)"
    ) { x, approximation in try x.gelu(approximation: approximation) }
    for approximation in GELUApproximation.allCases {
        Binding.staticProperty(
            approximation.rawValue, of: GELUApproximation.self,
            summary: "How gelu computes: exactly, or with a hyperbolic tangent.",
            example: "Tensor([1, -2]).gelu(approximation: .\(approximation.rawValue))"
        ) { approximation }
    }
    elementwise("relu6", "Every element, moved into 0...6.", "Tensor([-1, 3, 8]).relu6()") {
        try $0.relu6()
    }
    Binding.method(
        "leakyReLU", of: Tensor.self, arg("slope", Double.self, default: 0.01),
        summary: "Every element, times the slope where it is negative.",
        example: "Tensor([1, -2]).leakyReLU(slope: 0.1)"
    ) { x, slope in try x.leakyReLU(slope: slope) }
    elementwise("silu", "x times sigmoid(x), also called swish.", "Tensor([1, -2]).silu()") {
        try $0.silu()
    }
    elementwise(
        "hardSwish", "x times relu6(x + 3) / 6, a cheap silu.", "Tensor([1, -2]).hardSwish()"
    ) { try $0.hardSwish() }
    elementwise(
        "rounded", "Every element as the nearest whole number, halves to even.",
        "Tensor([1.4, 2.5]).rounded()"
    ) { try $0.rounded() }
    Binding.method(
        "clipped", of: Tensor.self, arg("low", Double.self, label: nil),
        arg("high", Double.self, label: nil),
        summary: "Every element, moved into the range where it is outside.",
        example: "Tensor([-1, 0.5, 2]).clipped(0, 1)"
    ) { x, low, high in try x.clipped(low, high) }
    Binding.method(
        "softmax", of: Tensor.self, arg("axis", Int.self, default: -1),
        summary: "Exponentials scaled to a sum of 1 along an axis.",
        example: "Tensor([1, 2, 3]).softmax(axis: -1)"
    ) { x, axis in try x.softmax(axis: axis) }
    Binding.method(
        "logSoftmax", of: Tensor.self, arg("axis", Int.self, default: -1),
        summary: "The logarithm of the softmax along an axis.",
        example: "Tensor([1, 2, 3]).logSoftmax(axis: -1)"
    ) { x, axis in try x.logSoftmax(axis: axis) }
}
