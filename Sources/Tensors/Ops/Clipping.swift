import OneDNN

/// Real elements moved into a range.
struct Clipping: Operation {
    let low, high: Float
    let name = "clipped"

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] { inputs }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let flat = try FlatElements(inputs[0], keepsZero: low <= 0 && high >= 0)
        let storage = try Storage(byteCount: flat.count * inputs[0].dtype.byteCount)
        if inputs[0].dtype == .bfloat16 {
            run(BFloat16.self, flat, storage)
        } else {
            run(Float.self, flat, storage)
        }
        return [Tensor(inputs[0].spec, storage, flat.layout)]
    }

    private func run<E: RealElement>(_: E.Type, _ flat: FlatElements, _ storage: Storage) {
        let input = flat.elements.pointer(E.self)
        let output = storage.pointer.assumingMemoryBound(to: E.self)
        let low = low
        let high = high
        Parallel.forEach(count: flat.count, grain: 16_384) { range in
            for i in range {
                let x = input[i].float
                let raised = x < low ? low : x
                output[i] = E(raised > high ? high : raised)
            }
        }
        withExtendedLifetime((flat.elements.storage, storage)) {}
    }

    var savesForBackward: SavedTensors { .inputs }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil] }
        let isInside = try Tensor.multiplying(
            Tensor.greater(inputs[0], .real(Double(low))),
            Tensor.less(inputs[0], .real(Double(high))))
        return [try which(isInside, gradient, Tensor.zeros([], dtype: gradient.dtype))]
    }
}
