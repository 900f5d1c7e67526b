import Language
import VisionEngine

/// Where weights begin.
@RowBuilder func initializationRows() -> [Binding] {
    let model = "let model = Linear(4, 2)\n"
    Binding.action(
        "initialize", of: AnyLayer.self, arg("initializer", Initializer.self, label: nil),
        summary: "Starts kernels and matrices again from values that an initializer gives.",
        example: model + "model.initialize(.truncatedNormal(standardDeviation: 0.02))"
    ) { layer, initializer in try layer.layer.initialize(initializer) }
    Binding.action(
        "initialize", of: AnyLayer.self, arg("initializer", Initializer.self, label: nil),
        arg("isWanted", WeightTest.self, label: "where", "given a weight's name and shape"),
        summary: "Starts the weights again for which a closure is true.",
        example: model
            + "model.initialize(.constant(0)) { name, shape in name.hasSuffix(\"bias\") }"
    ) { layer, initializer, isWanted in
        try layer.layer.initialize(initializer, where: isWanted.call)
    }
    Binding.staticMethod(
        "constant", of: Initializer.self, arg("value", Double.self, label: nil),
        summary: "Every element the same.", example: "Initializer.constant(0)"
    ) { value in Initializer.constant(value) }
    Binding.staticMethod(
        "uniform", of: Initializer.self, arg("low", Double.self, label: nil),
        arg("high", Double.self, label: nil), summary: "Uniform between two numbers.",
        example: "Initializer.uniform(-0.1, 0.1)"
    ) { low, high in Initializer.uniform(low, high) }
    Binding.staticMethod(
        "normal", of: Initializer.self, arg("mean", Double.self, default: 0),
        arg("standardDeviation", Double.self, default: 1), summary: "Normally distributed.",
        example: "Initializer.normal(standardDeviation: 0.02)"
    ) { mean, deviation in Initializer.normal(mean: mean, standardDeviation: deviation) }
    Binding.staticMethod(
        "truncatedNormal", of: Initializer.self, arg("mean", Double.self, default: 0),
        arg("standardDeviation", Double.self, default: 1), arg("low", Double.self, default: -2),
        arg("high", Double.self, default: 2),
        summary: "Normally distributed, drawn again where it falls outside.",
        example: "Initializer.truncatedNormal(standardDeviation: 0.02)"
    ) { mean, deviation, low, high in
        Initializer.truncatedNormal(
            mean: mean, standardDeviation: deviation, low: low, high: high)
    }
    scaled("kaimingUniform", "Uniform, keeping activations at one size (He et al., 2015).") {
        .kaimingUniform(mode: $0, nonlinearity: $1)
    }
    scaled("kaimingNormal", "Normal, keeping activations at one size (He et al., 2015).") {
        .kaimingNormal(mode: $0, nonlinearity: $1)
    }
    gained("xavierUniform", "Uniform, for layers without rectifiers (Glorot and Bengio, 2010).") {
        .xavierUniform(gain: $0)
    }
    gained("xavierNormal", "Normal, for layers without rectifiers (Glorot and Bengio, 2010).") {
        .xavierNormal(gain: $0)
    }
    gained("orthogonal", "A random matrix with orthogonal rows or columns (Saxe et al., 2014).") {
        .orthogonal(gain: $0)
    }
    for fan in Initializer.Fan.allCases {
        Binding.staticProperty(
            fan.rawValue, of: Initializer.Fan.self,
            summary: "Which keeps its size: activations (fanIn) or gradients (fanOut).",
            example: "Initializer.kaimingNormal(mode: .\(fan.rawValue))"
        ) { fan }
    }
    for (name, value) in [
        ("linear", Initializer.Nonlinearity.linear), ("sigmoid", .sigmoid), ("tanh", .tanh),
        ("relu", .relu),
    ] {
        Binding.staticProperty(
            name, of: Initializer.Nonlinearity.self, summary: "What follows the layer.",
            example: "Initializer.kaimingNormal(nonlinearity: .\(name))"
        ) { value }
    }
    Binding.staticMethod(
        "leakyReLU", of: Initializer.Nonlinearity.self, arg("slope", Double.self),
        summary: "A leaky rectifier follows the layer.",
        example: "Initializer.kaimingNormal(nonlinearity: .leakyReLU(slope: 0.2))"
    ) { slope in Initializer.Nonlinearity.leakyReLU(slope: slope) }
}

private func scaled(
    _ name: String, _ summary: String,
    _ make: @escaping (Initializer.Fan, Initializer.Nonlinearity) -> Initializer
) -> Binding {
    Binding.staticMethod(
        name, of: Initializer.self, arg("mode", Initializer.Fan.self, default: .fanIn),
        arg("nonlinearity", Initializer.Nonlinearity.self, default: .relu), summary: summary,
        example: "Initializer.\(name)(mode: .fanOut)"
    ) { mode, nonlinearity in make(mode, nonlinearity) }
}

private func gained(
    _ name: String, _ summary: String, _ make: @escaping (Double) -> Initializer
) -> Binding {
    Binding.staticMethod(
        name, of: Initializer.self, arg("gain", Double.self, default: 1), summary: summary,
        example: "Initializer.\(name)()"
    ) { gain in make(gain) }
}
