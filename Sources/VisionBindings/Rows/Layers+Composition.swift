import Language
import VisionEngine

/// Layers made of layers.
@RowBuilder func compositionRows() -> [Binding] {
    Binding.initializer(
        of: Sequential.self, arg("layers", Builder<LayerItems>.self, label: nil),
        summary: "Layers one after the other, named by position or by .named(_:).",
        example:
            "Sequential {\n    Conv2d(1, 6, kernel: 5).named(\"conv1\"); ReLU(); Flatten()\n    for i in [120, 84] { Linear(i, i) }\n}"
    ) { layers in try Sequential(layers: layers.values.flatMap(\.layers)) }
    Binding.initializer(
        of: Residual.self,
        arg("shortcut", AnyLayer?.self, default: nil, "on the input, where shapes change"),
        arg("activation", AnyLayer?.self, default: nil, "on the sum"),
        arg("body", Builder<LayerItems>.self, label: nil),
        summary: "Adds what its layers make of the input to the input itself.",
        example: """
            Residual(activation: ReLU()) {
                Conv2d(8, 8, kernel: 3, padding: 1); BatchNorm2d(8); ReLU()
                Conv2d(8, 8, kernel: 3, padding: 1); BatchNorm2d(8)
            }
            """
    ) { shortcut, activation, body in
        try Residual(
            layers: body.values.flatMap(\.layers), shortcut: shortcut?.layer,
            activation: activation?.layer)
    }
    Binding.initializer(
        of: Parallel.self,
        arg("joining", Parallel.Joining.self, label: nil, default: .concatenate),
        arg("axis", Int.self, default: 1, "along which outputs are put side by side"),
        arg("branches", Builder<LayerItems>.self, label: nil),
        summary: "Gives one input to several branches and joins what they make of it.",
        example:
            "Parallel {\n    Conv2d(8, 4, kernel: 1)\n    Sequential { Conv2d(8, 4, kernel: 1); Conv2d(4, 8, kernel: 3, padding: 1) }\n}"
    ) { joining, axis, branches in
        try Parallel(
            branches: branches.values.flatMap(\.layers), joining: joining, axis: axis)
    }
    for joining in Parallel.Joining.allCases {
        Binding.staticProperty(
            joining.rawValue, of: Parallel.Joining.self,
            summary: "How the outputs of branches become one tensor.",
            example: "Parallel(.\(joining.rawValue)) { Identity(); ReLU() }"
        ) { joining }
    }
    Binding.initializer(
        of: Lambda.self, arg("name", String?.self, label: nil, default: nil, "for tables"),
        arg("function", TensorFunction.self),
        summary: "A closure as a layer, for what needs no weights.",
        example: "Sequential { Lambda { $0.mean(axis: 1) }; Linear(4, 2) }"
    ) { name, function in Lambda(name) { try function.call($0) } }
    Binding.initializer(
        of: Identity.self, summary: "Gives what it is given.", example: "Identity()"
    ) { Identity() }
    Binding.property(
        "body", of: Residual.self, summary: "The layers in the braces.",
        example: "Residual { Linear(4, 4) }.body[0]"
    ) { $0.body }
}
