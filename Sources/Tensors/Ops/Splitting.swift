/// Equal parts along an axis: views of one storage, whose gradients are joined in one pass.
struct Split: Operation {
    let axis: Int
    let parts: Int
    let name = "split"

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let input = inputs[0]
        guard (1..<1 << 24).contains(parts), input.shape[axis] % parts == 0 else {
            throw TensorError(
                .shape, name, "axis \(axis) of \(input.shape) does not divide into \(parts) parts",
                expected: "a divisor of \(input.shape[axis])", got: "\(parts)")
        }
        var shape = input.shape
        shape[axis] /= parts
        return Array(repeating: TensorSpec(shape, input.dtype), count: parts)
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let elements = try inputs[0].strided()
        let stride = elements.strides[axis]
        return try outputSpecs([inputs[0].spec]).enumerated().map { part, spec in
            Tensor(
                spec, elements.storage,
                .strided(
                    offset: elements.offset + part * spec.shape[axis] * stride,
                    strides: elements.strides))
        }
    }

    var savesForBackward: SavedTensors { [] }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        let given = try zip(gradients, outputs).map { gradient, output in
            try gradient ?? Tensor.zeros(output.shape, dtype: output.dtype)
        }
        return try Concatenation(axis: axis).forward(given)
    }

    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost { .zero }
}
