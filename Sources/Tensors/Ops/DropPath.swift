import OneDNN

/// Whole samples set to zero at random, and the others scaled so that the expected value stays.
struct DropPath: Operation {
    let probability: Double
    let name = "dropPath"
    /// 0 or `1 / (1 - probability)` for each sample.
    private let saved = Saved<Tensor>()

    init(probability: Double) { self.probability = probability }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        guard probability >= 0, probability <= 1 else {
            throw TensorError(
                .value, name, "probability is a share of the samples", expected: "0...1",
                got: "\(probability)")
        }
        guard inputs[0].rank >= 1 else {
            throw TensorError(
                .shape, name, "there are no samples to choose from", expected: "[N, ...]",
                got: "\(inputs[0].shape)")
        }
        try requireReal(inputs, name)
        return inputs
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let x = inputs[0]
        try Allocator.shared.checkRoom(byteCount: x.spec.byteCount)
        let random = IndexedRandom(&Context.current.generator)
        let scale = probability < 1 ? Float(1 / (1 - probability)) : 0
        let factors = (0..<x.shape[0]).map {
            Double(random.uniform($0)) < probability ? 0 : scale
        }
        let tensor = try Tensor(
            factors, shape: [x.shape[0]] + Array(repeating: 1, count: x.rank - 1))
        saved.value = tensor
        return try scaled(x, by: tensor)
    }

    var savesForBackward: SavedTensors { [] }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0], let factors = saved.value else { return [nil] }
        return try scaled(gradient, by: factors)
    }

    private func scaled(_ x: Tensor, by factors: Tensor) throws -> [Tensor] {
        [try Binary(kind: .multiplying).forward([x, factors])[0].converted(to: x.dtype)]
    }
}

/// Stochastic depth (Huang et al. 2016, https://arxiv.org/abs/1603.09382): in training, sets each
/// sample of x `[N, ...]` to zero with `probability` and divides the others by `1 - probability`;
/// otherwise returns `x` itself.
///
///     let y = try dropPath(branch, probability: 0.1)  // x + y keeps x where y is dropped
public func dropPath(_ x: Tensor, probability: Double, training: Bool = true) throws -> Tensor {
    guard training, probability != 0 else { return x }
    return try apply(DropPath(probability: probability), to: x)
}
