import Language
import VisionEngine

/// Other shapes of the same elements.
@RowBuilder func tensorShapeRows() -> [Binding] {
    Binding.method(
        "reshaped", of: Tensor.self,
        arg("shape", Variadic<Int>.self, label: nil, "one of them may be -1: what is left"),
        summary: "The same elements in another shape.",
        example: "Tensor.arange(0, 6).reshaped(2, -1)"
    ) { x, shape in try x.reshaped(shape.values) }
    Binding.method(
        "reshaped", of: Tensor.self, arg("shape", [Int].self, label: nil),
        summary: "The same elements in a shape given as an array.",
        example: "let shape = [2, 3]\nTensor.arange(0, 6).reshaped(shape)"
    ) { x, shape in try x.reshaped(shape) }
    Binding.method(
        "flattened", of: Tensor.self, arg("startAxis", Int.self, default: 0),
        summary: "The axes from startAxis on joined into one.",
        example: "Tensor.zeros([2, 3]).flattened()"
    ) { x, startAxis in try x.flattened(startAxis: startAxis) }
    Binding.method(
        "transposed", of: Tensor.self,
        arg("axes", Variadic<Int>.self, label: nil, "the new order; none reverses all axes"),
        summary: "The axes in another order.",
        example:
            "Tensor.zeros([2, 3, 4]).transposed(0, 2, 1).shape\nTensor([[1, 2], [3, 4]]).transposed()"
    ) { x, axes in try x.transposed(axes.values) }
    Binding.method(
        "transposed", of: Tensor.self, arg("axes", [Int].self, label: nil),
        summary: "The axes in an order given as an array.",
        example: "Tensor.zeros([2, 3, 4]).transposed([2, 0, 1]).shape"
    ) { x, axes in try x.transposed(axes) }
    Binding.method(
        "squeezed", of: Tensor.self, arg("axis", Int.self),
        summary: "Without an axis of length 1.",
        example: "Tensor.zeros([1, 3]).squeezed(axis: 0).shape"
    ) { x, axis in try x.squeezed(axis: axis) }
    Binding.method(
        "squeezed", of: Tensor.self, summary: "Without any axes of length 1.",
        example: "Tensor.zeros([1, 3, 1]).squeezed().shape"
    ) { x in try x.squeezed() }
    Binding.method(
        "expandedDimensions", of: Tensor.self, arg("axis", Int.self),
        summary: "With a new axis of length 1 before the given one.",
        example: "Tensor.zeros([3]).expandedDimensions(axis: 0).shape"
    ) { x, axis in try x.expandedDimensions(axis: axis) }
    Binding.method(
        "broadcast", of: Tensor.self, arg("shape", [Int].self, label: "to"),
        summary: "Repeated along axes of length 1 until it has the shape.",
        example: "Tensor([1, 2, 3]).broadcast(to: [4, 3])"
    ) { x, shape in try x.broadcast(to: shape) }
}

/// Tensors made of parts of tensors.
@RowBuilder func tensorRearrangementRows() -> [Binding] {
    Binding.method(
        "padded", of: Tensor.self,
        arg("padding", SizeArgument.self, label: nil, "on each side of the last two axes"),
        arg("value", Double.self, default: 0),
        summary: "With a border around the last two axes.",
        example: "Tensor.ones([2, 2]).padded(1, value: 0)"
    ) { x, padding, value in try x.padded(padding.sizes, value: value) }
    Binding.method(
        "flipped", of: Tensor.self, arg("axis", Int.self),
        summary: "In reverse order along an axis.", example: "Tensor([1, 2, 3]).flipped(axis: 0)"
    ) { x, axis in try x.flipped(axis: axis) }
    Binding.method(
        "rolled", of: Tensor.self, arg("shift", Int.self, label: "by"), arg("axis", Int.self),
        summary: "Shifted along an axis; what falls out comes in at the other end.",
        example: "Tensor([1, 2, 3]).rolled(by: 1, axis: 0)"
    ) { x, shift, axis in try x.rolled(by: shift, axis: axis) }
    Binding.method(
        "tiled", of: Tensor.self,
        arg("repeats", Variadic<Int>.self, label: nil, "one for each axis"),
        summary: "Repeated as a whole along each axis.", example: "Tensor([[1, 2]]).tiled(2, 1)"
    ) { x, repeats in try x.tiled(repeats.values) }
    Binding.method(
        "split", of: Tensor.self, arg("parts", Int.self), arg("axis", Int.self, default: 0),
        summary: "Equal parts along an axis.",
        example: "Tensor.arange(0, 6).split(parts: 2, axis: 0)"
    ) { x, parts, axis in try x.split(parts: parts, axis: axis) }
    Binding.method(
        "gathered", of: Tensor.self,
        arg("indices", Tensor.self, label: nil, "integers, of the result's shape"),
        arg("axis", Int.self),
        summary: "The elements at the indices along an axis, as torch.gather.",
        example: "Tensor([[1, 2], [3, 4]]).gathered(Tensor([[1], [0]], dtype: .int64), axis: 1)"
    ) { x, indices, axis in try x.gathered(indices, axis: axis) }
    Binding.function(
        "concatenated", arg("tensors", [Tensor].self, label: nil),
        arg("axis", Int.self, default: 0),
        summary: "One after the other along an axis.",
        example: "concatenated([Tensor([1, 2]), Tensor([3])], axis: 0)"
    ) { tensors, axis in try concatenated(tensors, axis: axis) }
    Binding.function(
        "stacked", arg("tensors", [Tensor].self, label: nil), arg("axis", Int.self, default: 0),
        summary: "One beside the other along a new axis.",
        example: "stacked([Tensor([1, 2]), Tensor([3, 4])], axis: 0)"
    ) { tensors, axis in try stacked(tensors, axis: axis) }
    Binding.function(
        "which", arg("condition", Tensor.self, label: nil, "bool"),
        arg("a", TensorOrNumber.self, label: nil), arg("b", TensorOrNumber.self, label: nil),
        summary: "The elements of a where the condition holds and of b elsewhere.",
        example: "let x = Tensor([1, -2])\nwhich(x .> 0, x, 0)"
    ) { condition, a, b in
        try which(condition, a.tensor(beside: b), b.tensor(beside: a))
    }
}
