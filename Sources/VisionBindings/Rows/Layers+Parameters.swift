import Language
import VisionEngine

extension NeuralNetworks.Parameter: ForeignConvertible {
    public static var foreignName: String { "Parameter" }
}

/// Weights that a struct of one's own holds beside its layers.
@RowBuilder func parameterRows() -> [Binding] {
    let scale = "let scale = Parameter(Tensor.ones([3]))\n"
    Binding.initializer(
        of: NeuralNetworks.Parameter.self, arg("shape", [Int].self, label: nil),
        arg("initializer", Initializer.self, label: nil),
        summary: "A weight of a layer of one's own, whose first value an initializer gives.",
        example: "Parameter([16, 1, 1], .constant(1))"
    ) { shape, initializer in try NeuralNetworks.Parameter(shape, initializer) }
    Binding.initializer(
        of: NeuralNetworks.Parameter.self, arg("value", Tensor.self, label: nil),
        summary: "A weight of a layer of one's own with a first value.",
        example: "Parameter(Tensor.ones([16, 1, 1]))"
    ) { value in try NeuralNetworks.Parameter(value) }
    Binding.property(
        "value", of: NeuralNetworks.Parameter.self,
        summary: "The present value, which forward computes with.",
        example: scale + "Tensor.ones([2, 3]) * scale.value",
        get: { $0.value },
        set: { (parameter: inout NeuralNetworks.Parameter, value: Tensor) in
            try parameter.setValue(value)
        })
    Binding.property(
        "gradient", of: NeuralNetworks.Parameter.self,
        summary: "The gradient that backward() left, or nil.", example: scale + "scale.gradient"
    ) { $0.gradient }
    Binding.property(
        "shape", of: NeuralNetworks.Parameter.self, summary: "The sizes of its axes.",
        example: scale + "scale.shape"
    ) { $0.shape }
    Binding.property(
        "count", of: NeuralNetworks.Parameter.self, summary: "The number of elements.",
        example: scale + "scale.count"
    ) { $0.count }
    Binding.property(
        "isTrainable", of: NeuralNetworks.Parameter.self,
        summary: "Whether training changes it.", example: scale + "scale.isTrainable = false",
        get: { $0.isTrainable },
        set: { (parameter: inout NeuralNetworks.Parameter, value: Bool) in
            parameter.isTrainable = value
        })
}
