import OneDNN

/// Elements set to zero at random, and the others scaled so that the expected value stays.
struct Dropout: Operation {
    let probability: Double
    let name = "dropout"
    /// Which elements stay: a byte for each of the input's buffer, and its layout.
    private let mask = Saved<(storage: Storage, layout: Layout, count: Int)>()

    init(probability: Double) { self.probability = probability }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        guard probability >= 0, probability <= 1 else {
            throw TensorError(
                .value, name, "probability is a share of the elements", expected: "0...1",
                got: "\(probability)")
        }
        guard inputs[0].dtype.isFloatingPoint else {
            throw TensorError(
                .dtype, name, "the others are scaled", expected: "float32 or bfloat16",
                got: "\(inputs[0].dtype)")
        }
        return inputs
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let flat = try FlatElements(inputs[0], keepsZero: true)
        let kept = try Storage(byteCount: flat.count)
        let bytes = kept.pointer.assumingMemoryBound(to: UInt8.self)
        let random = IndexedRandom(&Context.current.generator)
        let threshold = Float(probability)
        Parallel.forEach(count: flat.count, grain: 8192) { range in
            for index in range { bytes[index] = random.uniform(index) < threshold ? 0 : 1 }
        }
        mask.value = (kept, flat.layout, flat.count)
        return [
            try masked(
                flat.elements.start(inputs[0].dtype), inputs[0].spec, flat.layout, kept,
                flat.count, owner: flat.elements.storage)
        ]
    }

    var savesForBackward: SavedTensors { [] }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0], let kept = mask.value else { return [nil] }
        switch kept.layout {
        case .blocked(let descriptor):
            let given = try gradient.packed(as: descriptor)
            return [
                try masked(
                    given.pointer, gradient.spec, kept.layout, kept.storage, kept.count,
                    owner: given.storage)
            ]
        case .strided(_, let strides):
            var given = try gradient.strided()
            if given.strides != strides {
                let storage = try Storage(byteCount: gradient.spec.byteCount)
                let target = StridedElements(storage: storage, offset: 0, strides: strides)
                copyElements(given, to: target, shape: gradient.shape, dtype: gradient.dtype)
                given = target
            }
            return [
                try masked(
                    given.start(gradient.dtype), gradient.spec, kept.layout, kept.storage,
                    kept.count, owner: given.storage)
            ]
        }
    }

    /// The elements that stay, scaled, and zeros.
    private func masked(
        _ source: UnsafeMutableRawPointer, _ spec: TensorSpec, _ layout: Layout, _ kept: Storage,
        _ count: Int, owner: Storage
    ) throws -> Tensor {
        let storage = try Storage(byteCount: count * spec.dtype.byteCount)
        let bytes = kept.pointer.assumingMemoryBound(to: UInt8.self)
        let scale = probability < 1 ? Float(1 / (1 - probability)) : 0
        func run<E: RealElement>(_: E.Type) {
            let input = source.assumingMemoryBound(to: E.self)
            let output = storage.pointer.assumingMemoryBound(to: E.self)
            Parallel.forEach(count: count, grain: 8192) { range in
                for index in range {
                    output[index] = bytes[index] == 0 ? E(0) : E(input[index].float * scale)
                }
            }
        }
        if spec.dtype == .bfloat16 { run(BFloat16.self) } else { run(Float.self) }
        return withExtendedLifetime((owner, kept)) { Tensor(spec, storage, layout) }
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
