import Language
import VisionEngine

/// Reading and writing parts of a tensor.
@RowBuilder func tensorSubscriptRows() -> [Binding] {
    Binding.subscript(
        of: Tensor.self,
        arg(
            "index", Variadic<TensorIndexArgument>.self, label: nil,
            "numbers, ranges, .ellipsis, .newAxis, .stride, bool and integer tensors"),
        summary: "The part at the indices; assigning to it changes this tensor alone.",
        example: "var x = Tensor.arange(0, 12).reshaped(3, 4)\nx[0, 1...] = 5\nx[x .> 8] = 0\nx",
        get: { (x: Tensor, index: Variadic<TensorIndexArgument>) -> Tensor in
            try x.indexed(by: index.values.map(\.index))
        },
        set: { (x: inout Tensor, value: TensorOrNumber, index: Variadic<TensorIndexArgument>) in
            let indices = index.values.map(\.index)
            switch value {
            case .number(let number): try x.assign(number, at: indices)
            case .tensor(let tensor): try x.assign(tensor, at: indices)
            }
        })
    Binding.staticProperty(
        "ellipsis", of: TensorIndexArgument.self,
        summary: "As many whole axes as the other indices leave over.",
        example: "Tensor.zeros([2, 3, 4])[.ellipsis, 0..<3].shape"
    ) { TensorIndexArgument(.ellipsis) }
    Binding.staticProperty(
        "newAxis", of: TensorIndexArgument.self, summary: "A new axis of length 1.",
        example: "Tensor([1, 2])[.newAxis, 0...].shape"
    ) { TensorIndexArgument(.newAxis) }
    Binding.staticMethod(
        "stride", of: TensorIndexArgument.self,
        arg("start", Int?.self, label: "from", default: nil),
        arg("end", Int?.self, label: "to", default: nil, "not included"),
        arg("step", Int.self, label: "by"),
        summary: "Every step-th position; backwards with a negative step.",
        example: "Tensor.arange(0, 10)[.stride(from: 0, to: 10, by: 2)]"
    ) { start, end, step in TensorIndexArgument(.stride(from: start, to: end, by: step)) }
}

/// `.same`, wherever a padding goes.
@RowBuilder func paddingRows() -> [Binding] {
    Binding.staticProperty(
        "same", of: PaddingArgument.self,
        summary: "As much padding as keeps height and width.",
        example: "Conv2d(1, 6, kernel: 5, padding: .same)"
    ) { PaddingArgument.same }
}
