import Language
import VisionEngine

/// Layers without weights that work element by element.
@RowBuilder func activationLayerRows() -> [Binding] {
    Binding.initializer(
        of: ReLU.self, summary: "Every element, or 0 where it is negative.", example: "ReLU()"
    ) { ReLU() }
    Binding.initializer(
        of: ReLU6.self, summary: "Every element, moved into 0...6.", example: "ReLU6()"
    ) { ReLU6() }
    Binding.initializer(
        of: LeakyReLU.self, arg("slope", Double.self, default: 0.01),
        summary: "Every element, times the slope where it is negative.",
        example: "LeakyReLU(slope: 0.2)"
    ) { slope in LeakyReLU(slope: slope) }
    Binding.initializer(
        of: GELU.self, arg("approximation", GELUApproximation.self, default: .none),
        summary: "x times the normal distribution's probability below x.", example: "GELU()"
    ) { approximation in GELU(approximation: approximation) }
    Binding.initializer(
        of: SiLU.self, summary: "x times sigmoid(x), also called swish.", example: "SiLU()"
    ) { SiLU() }
    Binding.initializer(
        of: HardSwish.self, summary: "x times relu6(x + 3) / 6, a cheap silu.",
        example: "HardSwish()"
    ) { HardSwish() }
    Binding.initializer(
        of: HardSigmoid.self, summary: "relu6(x + 3) / 6, a cheap sigmoid.",
        example: "HardSigmoid()"
    ) { HardSigmoid() }
    Binding.initializer(
        of: Sigmoid.self, summary: "1 / (1 + exp(-x)).", example: "Sigmoid()"
    ) { Sigmoid() }
    Binding.initializer(
        of: Tanh.self, summary: "The hyperbolic tangent.", example: "Tanh()"
    ) { Tanh() }
    Binding.initializer(
        of: Softmax.self, arg("axis", Int.self, default: -1),
        summary: "Exponentials scaled to a sum of 1 along an axis.", example: "Softmax(axis: 1)"
    ) { axis in Softmax(axis: axis) }
    Binding.initializer(
        of: DropPath.self, arg("probability", Double.self, label: nil, default: 0.1),
        summary: "In training, sets whole samples to 0 at random: at the end of a residual branch.",
        example: "Residual { Linear(4, 4); DropPath(0.1) }"
    ) { probability in try DropPath(probability: probability) }
}
