import OneDNN

/// Elements set to zero at random, and the others scaled so that the expected value stays.
struct Dropout: Operation {
    let probability: Double
    let name = "dropout"
    /// 0 or `1 / (1 - probability)` for each element, from the forward pass.
    private let mask = Mask()

    private final class Mask: @unchecked Sendable {
        // Invariant: written by one forward pass, read by its backward pass, on one thread.
        var tensor: Tensor?
    }

    init(probability: Double) { self.probability = probability }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        guard probability >= 0, probability <= 1 else {
            throw TensorError(
                .value, name, "probability is a share of the elements", expected: "0...1",
                got: "\(probability)")
        }
        guard inputs[0].dtype == .float32 else {
            throw TensorError(
                .dtype, name, "the others are scaled", expected: "float32",
                got: "\(inputs[0].dtype)")
        }
        return inputs
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = inputs[0].spec
        let storage = try Storage(byteCount: spec.byteCount)
        let values = storage.pointer.assumingMemoryBound(to: Float.self)
        let random = IndexedRandom(&Context.current.generator)
        let scale = probability < 1 ? Float(1 / (1 - probability)) : 0
        let threshold = Float(probability)
        Parallel.forEach(count: spec.count, grain: 8192) { range in
            for index in range { values[index] = random.uniform(index) < threshold ? 0 : scale }
        }
        let drawn = Tensor(spec, dense: storage)
        mask.tensor = drawn
        return try Binary(kind: .multiplying).forward([inputs[0], drawn])
    }

    var savesForBackward: SavedTensors { [] }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0], let drawn = mask.tensor else { return [nil] }
        return try Binary(kind: .multiplying).forward([gradient, drawn])
    }
}

/// In training, sets each element to zero with `probability` and divides the others by
/// `1 - probability` (Srivastava et al. 2014); otherwise returns `x` itself.
public func dropout(
    _ x: Tensor, probability: Double = 0.5, training: Bool = true
) throws -> Tensor {
    guard training, probability != 0 else { return x }
    return try apply(Dropout(probability: probability), to: x)
}
