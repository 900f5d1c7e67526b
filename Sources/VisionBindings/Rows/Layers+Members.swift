import Language
import VisionEngine

private let lenet = "let model = Sequential { Flatten(); Linear(4, 2) }\n"

/// What every layer can do.
@RowBuilder func layerMemberRows() -> [Binding] {
    Binding.method(
        "callAsFunction", of: AnyLayer.self, arg("x", Tensor.self, label: nil),
        summary: "Runs the layer or model.", example: lenet + "model(Tensor.ones([3, 4]))"
    ) { layer, x in try layer.layer.call(x) }
    Binding.method(
        "forward", of: AnyLayer.self, arg("x", Tensor.self, label: nil),
        summary: "Runs the layer or model; model(x) says where an error happened.",
        example: lenet + "model.forward(Tensor.ones([3, 4]))"
    ) { layer, x in try layer.layer.forward(x) }
    Binding.method(
        "embedding", of: AnyLayer.self, arg("x", Tensor.self, label: nil),
        summary: "What the model makes of x before its last Linear layer: its features, [N, D].",
        example: lenet + "model.embedding(Tensor.ones([3, 4])).shape"
    ) { layer, x in try layer.layer.embedding(x) }
    Binding.method(
        "named", of: AnyLayer.self, arg("name", String.self, label: nil),
        summary: "The layer under a name of its own in a Sequential.",
        example: "Conv2d(1, 6, kernel: 5).named(\"conv1\")"
    ) { layer, name in layer.layer.renamed(name) }
    Binding.method(
        "summary", of: AnyLayer.self,
        arg("input", [Int]?.self, default: nil, "without the batch axis: [C, H, W]"),
        arg("measured", Bool.self, default: false, "whether each layer's share of the time is"),
        summary: "A tree of layers: output, parameters, multiply-accumulates, memory, field.",
        example: lenet + "model.summary(input: [1, 2, 2])"
    ) { layer, input, measured in try layer.layer.summary(input: input, measured: measured) }
    Binding.property(
        "parameterCount", of: AnyLayer.self, summary: "How many numbers the weights hold.",
        example: lenet + "model.parameterCount"
    ) { $0.layer.parameterCount }
    Binding.property(
        "parameters", of: AnyLayer.self, summary: "The weights with their names.",
        example: lenet + "for (name, value) in model.parameters { print(name, value.shape) }"
    ) { layer in layer.layer.parameters.map { NamedTensor(name: $0.name, value: $0.value) } }
    Binding.property(
        "children", of: AnyLayer.self, summary: "The layers inside it with their names.",
        example: lenet + "for (name, layer) in model.children { print(name, layer) }"
    ) { layer in layer.layer.children.map { NamedChild(name: $0.name, layer: $0.layer) } }
    weightSubscript(of: AnyLayer.self) { $0.layer }
    weightSubscript(of: Sequential.self) { $0 }
    Binding.action(
        "freeze", of: AnyLayer.self, summary: "Keeps training from changing the weights.",
        example: lenet + "model.freeze()"
    ) { $0.layer.freeze() }
    Binding.action(
        "unfreeze", of: AnyLayer.self, summary: "Lets training change the weights again.",
        example: lenet + "model.unfreeze()"
    ) { $0.layer.unfreeze() }
    Binding.method(
        "copy", of: AnyLayer.self, summary: "A clone with weights of its own.",
        example: lenet + "let other = model.copy()"
    ) { layer in SameLayer(layer: try layer.layer.copy()) }
    Binding.method(
        "drift", of: AnyLayer.self, arg("before", AnyLayer.self, label: "since", "a copy()"),
        summary: "How far the weights have moved since the model was copied.",
        example: lenet + "let before = model.copy()\nmodel.drift(since: before)"
    ) { layer, before in try layer.layer.drift(since: before.layer) }
    driftRows()
    Binding.action(
        "zeroGradients", of: AnyLayer.self, summary: "Forgets the gradients, which add up.",
        example: lenet + "model.zeroGradients()"
    ) { $0.layer.zeroGradients() }
    Binding.action(
        "save", of: AnyLayer.self, arg("path", String.self, label: nil, "a .safetensors file"),
        summary: "Writes all weights and what the model knows of its data.",
        example: lenet + "try model.save(\"model.safetensors\")"
    ) { layer, path in try layer.layer.save(path) }
    Binding.action(
        "load", of: AnyLayer.self,
        arg("path", String.self, label: nil, "a .safetensors, .pth, .npz or .onnx file"),
        arg("strict", Bool.self, default: true, "whether every name must fit"),
        arg("adapting", Bool.self, default: false, "for other classes, channels, image sizes"),
        summary: "Reads weights by name: ours, torchvision's, timm's or Hugging Face's.",
        example: lenet
            + "try model.save(\"model.safetensors\")\ntry model.load(\"model.safetensors\")"
    ) { layer, path, strict, adapting in
        try layer.layer.load(path, strict: strict, adapting: adapting)
    }
    Binding.method(
        "predict", of: AnyLayer.self, arg("image", Image.self, label: nil),
        arg("augmentations", [AnyTransform].self, default: [], "over which it takes the mean"),
        summary: "What a trained model sees in a picture.",
        example: lenet + "model.predict(Image(Tensor.rand([1, 2, 2]))).label"
    ) { layer, image, augmentations in
        try layer.layer.predict(image, augmentations: augmentations.map(\.transform))
    }
    Binding.property(
        "count", of: Sequential.self, summary: "The number of layers.",
        example: lenet + "model.count"
    ) { $0.count }
    Binding.subscript(
        of: Sequential.self, arg("index", Int.self, label: nil),
        summary: "The layer at a position.", example: lenet + "model[1]"
    ) { model, index in AnyLayer(try model[index]) }
}

@RowBuilder private func driftRows() -> [Binding] {
    let drift = "let edges = Conv2d(weight: sobelKernel())\nlet drift = edges.drift(since: edges)\n"
    Binding.property(
        "changes", of: WeightDrift.self, summary: "How far each weight has moved.",
        example: drift + "drift.changes.count"
    ) { $0.changes }
    Binding.property(
        "image", of: WeightDrift.self,
        summary: "The kernels of the first convolution, before above and after below, or nil.",
        example: drift + "drift.image"
    ) { $0.image }
    Binding.property(
        "name", of: WeightChange.self, summary: "The weight's full name.",
        example: drift + "drift.changes[0].name"
    ) { $0.name }
    Binding.property(
        "change", of: WeightChange.self,
        summary: "The length of the change as a share of the weight's length.",
        example: drift + "drift.changes[0].change"
    ) { $0.change }
    Binding.property(
        "similarity", of: WeightChange.self,
        summary: "The cosine between before and after: 1 where only the length changed.",
        example: drift + "drift.changes[0].similarity"
    ) { $0.similarity }
}

/// `model["1.weight"]`; a type with subscripts of its own needs this one beside them.
private func weightSubscript<T: ScriptConvertible>(
    of type: T.Type, _ layer: @escaping (T) -> any Layer
) -> Binding {
    Binding.subscript(
        of: type, arg("name", String.self, label: nil), summary: "The weight of a name.",
        example: lenet + "model[\"1.weight\"].shape"
    ) { model, name in try layer(model)[name] }
}

extension Layer {
    /// `named(_:)` of whatever layer it is.
    fileprivate func renamed(_ name: String) -> AnyLayer { AnyLayer(named(name)) }
}
