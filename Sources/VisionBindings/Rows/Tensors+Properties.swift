import Language
import VisionEngine

/// What a tensor knows of itself, and its way out into arrays and files.
@RowBuilder func tensorPropertyRows() -> [Binding] {
    Binding.property(
        "shape", of: Tensor.self, summary: "The length of each axis.",
        example: "Tensor.zeros([2, 3]).shape"
    ) { $0.shape }
    Binding.property(
        "rank", of: Tensor.self, summary: "The number of axes.",
        example: "Tensor.zeros([2, 3]).rank"
    ) { $0.rank }
    Binding.property(
        "count", of: Tensor.self, summary: "The number of elements.",
        example: "Tensor.zeros([2, 3]).count"
    ) { $0.count }
    Binding.property(
        "dtype", of: Tensor.self, summary: "The type of the elements.",
        example: "Tensor([1, 2]).dtype"
    ) { $0.dtype }
    Binding.property(
        "meaning", of: Tensor.self,
        summary: "What the numbers are, for tensors of pictures: axes, colours and values.",
        example: """
            let x = try Image("cat.jpg").tensor
            print(x.meaning!)
            ((x - 0.5) / 0.5).flipped(axis: 0).meaning
            """
    ) { $0.meaning }
    Binding.method(
        "item", of: Tensor.self, summary: "The only element, as a number.",
        example: "Tensor([1, 2]).sum().item() + 0.5"
    ) { x in try x.item() }
    Binding.method(
        "array", of: Tensor.self,
        summary: "The elements as nested arrays of Double, Int or Bool.",
        example: "Tensor([[1, 2], [3, 4]]).array()"
    ) { x in try x.nestedValue() }
    Binding.method(
        "cast", of: Tensor.self, arg("dtype", DType.self, label: "to"),
        summary: "The elements in another type; fractions are cut off.",
        example: "Tensor([1.5, 2.5]).cast(to: .int32)"
    ) { x, dtype in try x.cast(to: dtype) }
}

/// Gradients.
@RowBuilder func gradientRows() -> [Binding] {
    Binding.property(
        "requiresGradient", of: Tensor.self,
        summary: "Whether backward() should leave a gradient on this tensor.",
        example: "let x = Tensor([1, 2])\nx.requiresGradient = true",
        get: { (x: Tensor) in x.requiresGradient },
        set: { (x: inout Tensor, isOn: Bool) in x.requiresGradient = isOn })
    Binding.property(
        "gradient", of: Tensor.self,
        summary: "What backward() added up here; nil before.",
        example:
            "let x = Tensor([1, 2])\nx.requiresGradient = true\n(x * x).sum().backward()\nx.gradient"
    ) { $0.gradient }
    Binding.action(
        "backward", of: Tensor.self,
        summary: "Adds the gradient of this one-element tensor to everything it came from.",
        example:
            "let x = Tensor([3])\nx.requiresGradient = true\n(x ** 2).sum().backward()\nx.gradient"
    ) { x in try x.backward() }
    Binding.action(
        "clearGradient", of: Tensor.self, summary: "Forgets the gradient, which otherwise adds up.",
        example: "let x = Tensor([3])\nx.clearGradient()"
    ) { x in x.clearGradient() }
    Binding.method(
        "detached", of: Tensor.self,
        summary: "The same elements, without the history that backward() follows.",
        example: "let x = Tensor([3])\nx.requiresGradient = true\n(x * 2).detached()"
    ) { x in x.detached() }
    Binding.function(
        "gradient", arg("function", TensorFunction.self, label: "of", "gives one element"),
        arg("x", Tensor.self, label: "at"),
        summary: "The gradient of a function at x, in x's shape.",
        example: "gradient(of: { ($0 ** 2).sum() }, at: Tensor([1, 2]))"
    ) { function, x in try gradient(of: function.call, at: x) }
    Binding.function(
        "withoutGradient", arg("body", Block.self, label: nil),
        summary: "Runs the block without keeping what backward() would need.",
        example:
            "let x = Tensor([1, 2])\nx.requiresGradient = true\nwithoutGradient { (x * 2).sum() }"
    ) { body in try withoutGradient { try body.call() } }
    Binding.function(
        "withTraining", arg("training", Bool.self, label: nil, default: true),
        arg("body", Block.self, label: nil),
        summary: "Runs the block in training mode: dropout drops, batch statistics are used.",
        example:
            "let model = Sequential { Linear(4, 8); Dropout(0.5) }\nwithTraining { model(Tensor.ones([2, 4])) }"
    ) { training, body in try withTraining(training) { try body.call() } }
    Binding.function(
        "withMixedPrecision", arg("enabled", Bool.self, label: nil, default: true),
        arg("body", Block.self, label: nil),
        summary: "Runs the block with convolutions and matrix products in bfloat16.",
        example: "let model = Linear(4, 8)\nwithMixedPrecision { model(Tensor.ones([2, 4])) }.dtype"
    ) { enabled, body in try withMixedPrecision(enabled) { try body.call() } }
}

/// Files and time.
@RowBuilder func tensorFileRows() -> [Binding] {
    Binding.staticMethod(
        "load", of: Tensor.self, arg("path", String.self, label: nil, "a .npy file"),
        summary: "Reads a tensor that NumPy or save(_:) wrote.",
        example: "try Tensor([1, 2]).save(\"numbers.npy\")\ntry Tensor.load(\"numbers.npy\")"
    ) { path in try Tensor.load(path) }
    Binding.action(
        "save", of: Tensor.self, arg("path", String.self, label: nil, "a .npy file"),
        summary: "Writes the tensor as NumPy reads it.",
        example: "try Tensor([[1, 2]]).save(\"numbers.npy\")"
    ) { x, path in try x.save(path) }
    Binding.function(
        "loadTensors",
        arg("path", String.self, label: nil, "a .safetensors, .pth, .npz or .onnx file"),
        summary: "Reads the named tensors of a file.",
        example:
            "try saveTensors([\"a\": Tensor([1, 2])], \"w.safetensors\")\ntry loadTensors(\"w.safetensors\")"
    ) { path in try loadTensors(path) }
    Binding.procedure(
        "saveTensors", arg("tensors", [String: Tensor].self, label: nil),
        arg("path", String.self, label: nil, "a .safetensors file"),
        arg("metadata", [String: String].self, default: [:]),
        summary: "Writes named tensors, as safetensors.",
        example: "try saveTensors([\"a\": Tensor([1, 2])], \"w.safetensors\")"
    ) { tensors, path, metadata in try saveTensors(tensors, path, metadata: metadata) }
    Binding.function(
        "measure", arg("repeats", Int.self, default: 10), arg("body", Block.self, label: nil),
        summary: "Times a block: median, shortest and longest run.",
        example: "let x = Tensor.rand([64, 64])\nmeasure(repeats: 3) { x • x }"
    ) { repeats, body in try measure(repeats: repeats) { _ = try body.call() } }
    Binding.property(
        "median", of: Measurement.self, summary: "The middle of the times, in seconds.",
        example: "measure(repeats: 3) { Tensor.eye(8) }.median"
    ) { $0.median }
    Binding.property(
        "minimum", of: Measurement.self, summary: "The shortest time, in seconds.",
        example: "measure(repeats: 3) { Tensor.eye(8) }.minimum"
    ) { $0.minimum }
    Binding.property(
        "maximum", of: Measurement.self, summary: "The longest time, in seconds.",
        example: "measure(repeats: 3) { Tensor.eye(8) }.maximum"
    ) { $0.maximum }
}
