import Hosting

// What each family of operations makes of the meaning of its operands; all others drop it.

extension Operation {
    public func meaning(of output: Tensor, at index: Int, from inputs: [Tensor]) -> TensorMeaning? {
        nil
    }

    /// Tells the outputs what they are, for operands of which one at least is known.
    func carryMeaning(from inputs: [Tensor], to outputs: [Tensor]) {
        for (index, output) in outputs.enumerated()
        where !inputs.contains(where: { $0.handle === output.handle }) {
            output.handle.meaning = meaning(of: output, at: index, from: inputs)
        }
    }
}

extension Reshape {
    func meaning(of output: Tensor, at index: Int, from inputs: [Tensor]) -> TensorMeaning? {
        guard let meaning = inputs[0].meaning else { return nil }
        if let result = meaning.reshaped(to: shape) { return result }
        guard let move = meaning.intendedMove(to: shape) else { return nil }
        Host.current.warn(
            Warning(
                "\(name) leaves the elements in their order: the picture \(inputs[0].shape) "
                    + "(\(meaning)) is cut into other pieces, and none with the axes \(shape)",
                suggestion: "\(move) moves the axes"))
        return nil
    }
}

extension Transpose {
    func meaning(of output: Tensor, at index: Int, from inputs: [Tensor]) -> TensorMeaning? {
        inputs[0].meaning?.transposed(order.map { $0 < 0 ? $0 + order.count : $0 })
    }
}

extension Broadcast {
    func meaning(of output: Tensor, at index: Int, from inputs: [Tensor]) -> TensorMeaning? {
        inputs[0].meaning?.broadcast(to: output.shape)
    }
}

extension IndexRead {
    func meaning(of output: Tensor, at index: Int, from inputs: [Tensor]) -> TensorMeaning? {
        inputs[0].meaning?.selected(by: plan)
    }
}

extension IndexWrite {
    func meaning(of output: Tensor, at index: Int, from inputs: [Tensor]) -> TensorMeaning? {
        inputs[0].meaning?.written(inputs[1], plan)
    }
}

extension TensorMeaning {
    /// The same pictures with a value in the place that a subscript selects.
    func written(_ value: Tensor, _ plan: IndexPlan) -> TensorMeaning? {
        guard let new = value.meaning else { return value.count == 1 ? self : withoutValues }
        guard let old = selected(by: plan), old.channels == new.channels else { return nil }
        return old.values == new.values ? self : withoutValues
    }
}

extension Split {
    func meaning(of output: Tensor, at index: Int, from inputs: [Tensor]) -> TensorMeaning? {
        let size = inputs[0].shape[axis] / parts
        return inputs[0].meaning?.selecting(
            index * size..<(index + 1) * size, axis: axis)
    }
}

extension Concatenation {
    func meaning(of output: Tensor, at index: Int, from inputs: [Tensor]) -> TensorMeaning? {
        let meanings = inputs.map(\.meaning)
        if let result = TensorMeaning.joined(meanings, axis: axis) { return result }
        let isMixed =
            meanings.contains { $0?.isBGR == true } && meanings.contains { $0?.isRGB == true }
        if isMixed {
            Host.current.warn(
                Warning(
                    "some of these pictures have their channels in the order red, green, blue and "
                        + "others blue, green, red",
                    suggestion: "flipped(axis:) along the channels turns one order into the other"
                ))
        }
        return nil
    }
}

extension Padding {
    func meaning(of output: Tensor, at index: Int, from inputs: [Tensor]) -> TensorMeaning? {
        inputs[0].meaning?.resized(to: output.shape)
    }
}

extension Cast {
    func meaning(of output: Tensor, at index: Int, from inputs: [Tensor]) -> TensorMeaning? {
        inputs[0].meaning?.cast(to: dtype)
    }
}

extension Clipping {
    func meaning(of output: Tensor, at index: Int, from inputs: [Tensor]) -> TensorMeaning? {
        inputs[0].meaning?.clipped(Double(low), Double(high))
    }
}

extension Unary {
    func meaning(of output: Tensor, at index: Int, from inputs: [Tensor]) -> TensorMeaning? {
        inputs[0].meaning?.withoutValues
    }
}

extension Binary {
    func meaning(of output: Tensor, at index: Int, from inputs: [Tensor]) -> TensorMeaning? {
        TensorMeaning.computed(kind, inputs[0], inputs[1], to: output.spec)
    }
}

extension BinaryWithNumber {
    func meaning(of output: Tensor, at index: Int, from inputs: [Tensor]) -> TensorMeaning? {
        guard let meaning = inputs[0].meaning else { return nil }
        guard output.dtype.isFloatingPoint else { return meaning.withoutValues }
        let amounts = meaning.channels.map { _ in number.real }
        return meaning.computed(kind, amounts, isFirst: isNumberFirst)
    }
}

extension Pooling {
    func meaning(of output: Tensor, at index: Int, from inputs: [Tensor]) -> TensorMeaning? {
        inputs[0].meaning?.resized(to: output.shape)
    }
}

extension SpanPooling {
    func meaning(of output: Tensor, at index: Int, from inputs: [Tensor]) -> TensorMeaning? {
        inputs[0].meaning?.resized(to: output.shape)
    }
}

extension Upsampling {
    func meaning(of output: Tensor, at index: Int, from inputs: [Tensor]) -> TensorMeaning? {
        inputs[0].meaning?.resized(to: output.shape)
    }
}
