import OneDNN

/// Element-wise functions of one tensor.
struct Unary: Operation {
    enum Kind: String {
        case negated, exp, log, sqrt, abs, sin, cos, tanh, sigmoid, rounded
        /// The square root of a variance.
        case standardDeviation
        case relu, relu6, leakyReLU, gelu, geluTanh, silu, hardSwish

        /// Whether integers give integers; the others compute in float32.
        var keepsIntegers: Bool {
            switch self {
            case .negated, .abs, .relu, .relu6, .rounded: true
            default: false
            }
        }

        /// Whether 0 gives 0 and a zero gradient stays zero, so that padding stays zero.
        var keepsZero: Bool {
            switch self {
            case .exp, .log, .sqrt, .standardDeviation, .cos, .sigmoid: false
            default: true
            }
        }

        /// Whether the derivative is computed from the result.
        var usesOutput: Bool {
            switch self {
            case .exp, .sqrt, .standardDeviation, .tanh, .sigmoid, .relu, .relu6: true
            default: false
            }
        }

        /// The kernel that computes it for many elements.
        var function: ElementwiseConfiguration.Function? {
            switch self {
            case .tanh: .tanh
            case .sigmoid: .logistic
            case .geluTanh: .geluTanh
            case .silu: .swish
            default: nil
            }
        }
    }

    let kind: Kind
    /// What `leakyReLU` multiplies negative elements by.
    var slope: Float = 0
    var name: String { kind == .geluTanh ? "gelu" : kind.rawValue }

    /// Elements from which on calling a kernel takes less time than a loop over the C library.
    private static let kernelCount = 256

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let input = inputs[0]
        if kind == .negated, input.dtype == .bool {
            throw TensorError(
                .dtype, name, "bool tensors have no sign",
                expected: "numbers, as cast(to: .int64) makes them", got: "bool")
        }
        let keeps = kind.keepsIntegers && input.dtype != .bool
        return [TensorSpec(input.shape, keeps ? input.dtype : input.dtype.real)]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        let input = try inputs[0].converted(to: spec.dtype)
        let flat = try FlatElements(input, keepsZero: kind.keepsZero)
        let storage = try Storage(byteCount: flat.count * spec.dtype.byteCount)
        if let function = kind.function, flat.count >= Self.kernelCount,
            let type = spec.dtype.compiledType
        {
            let primitive = try ElementwiseConfiguration(
                function, isForward: true, count: flat.count, type: type
            ).primitive()
            try primitive.execute([
                (.source, flat.elements.start(spec.dtype)), (.destination, storage.pointer),
            ])
            withExtendedLifetime(flat.elements.storage) {}
            return [Tensor(spec, storage, flat.layout)]
        }
        switch spec.dtype {
        case .float32: runReal(Float.self, flat, storage)
        case .bfloat16: runReal(BFloat16.self, flat, storage)
        case .uint8: runInteger(UInt8.self, flat, storage)
        case .int32: runInteger(Int32.self, flat, storage)
        case .int64, .bool: runInteger(Int64.self, flat, storage)
        }
        return [Tensor(spec, storage, flat.layout)]
    }

    var rectifies: Bool { kind == .relu || kind == .relu6 }

    var savesForBackward: SavedTensors {
        kind == .negated || kind == .rounded ? [] : kind.usesOutput ? .outputs : .inputs
    }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil] }
        switch kind {
        case .negated: return [try gradient.negated()]
        case .rounded: return [try Tensor.zeros(gradient.shape, dtype: gradient.dtype)]
        default: break
        }
        let saved = kind.usesOutput ? outputs[0] : inputs[0]
        let pair = try ElementPair(gradient, saved, shape: gradient.shape) { padding in
            padding == .bothZero && kind.keepsZero
        }
        let storage = try Storage(byteCount: pair.byteCount(gradient.dtype))
        if kind == .gelu, case .flat(leftStep: 1, rightStep: 1) = pair.walk {
            if gradient.dtype == .bfloat16 {
                geluGradient(BFloat16.self, pair, storage)
            } else {
                geluGradient(Float.self, pair, storage)
            }
        } else if !kind.usesOutput, let function = kind.function, pair.count >= Self.kernelCount,
            case .flat = pair.walk, let type = gradient.dtype.compiledType
        {
            let primitive = try ElementwiseConfiguration(
                function, isForward: false, count: pair.count, type: type
            ).primitive()
            try primitive.execute([
                (.destinationGradient, pair.left.start(gradient.dtype)),
                (.source, pair.right.start(gradient.dtype)), (.sourceGradient, storage.pointer),
            ])
            withExtendedLifetime((pair.left.storage, pair.right.storage)) {}
        } else if gradient.dtype == .bfloat16 {
            runGradient(BFloat16.self, pair, storage)
        } else {
            runGradient(Float.self, pair, storage)
        }
        return [Tensor(gradient.spec, storage, pair.layout)]
    }

    private func runReal<E: LaneElement>(
        _: E.Type, _ flat: FlatElements, _ storage: Storage
    ) {
        switch kind {
        case .negated: map(RoundedScalar<Negated, E>.self, flat, storage)
        case .exp: mapLanes(ExponentialLanes.self, E.self, flat, storage)
        case .log: mapLanes(LogarithmLanes.self, E.self, flat, storage)
        case .sqrt, .standardDeviation: map(RoundedScalar<SquareRoot, E>.self, flat, storage)
        case .abs: map(RoundedScalar<Magnitude, E>.self, flat, storage)
        case .sin: map(RoundedScalar<Sine, E>.self, flat, storage)
        case .cos: map(RoundedScalar<Cosine, E>.self, flat, storage)
        case .tanh: map(RoundedScalar<HyperbolicTangent, E>.self, flat, storage)
        case .sigmoid: map(RoundedScalar<Sigmoid, E>.self, flat, storage)
        case .rounded: map(RoundedScalar<Nearest, E>.self, flat, storage)
        case .relu: map(RoundedScalar<ReLU, E>.self, flat, storage)
        case .relu6: map(RoundedScalar<ReLU6, E>.self, flat, storage)
        case .leakyReLU:
            let input = flat.elements.pointer(E.self)
            let output = storage.pointer.assumingMemoryBound(to: E.self)
            let slope = slope
            Parallel.forEach(count: flat.count, grain: 8192) { range in
                for i in range {
                    let x = input[i].float
                    output[i] = E(x < 0 ? x * slope : x)
                }
            }
            withExtendedLifetime((flat.elements.storage, storage)) {}
        case .gelu: mapLanes(GELULanes.self, E.self, flat, storage)
        case .geluTanh: map(RoundedScalar<GELUTanh, E>.self, flat, storage)
        case .silu: map(RoundedScalar<SiLU, E>.self, flat, storage)
        case .hardSwish: map(RoundedScalar<HardSwish, E>.self, flat, storage)
        }
    }

    private func runInteger<T: FixedWidthInteger>(
        _: T.Type, _ flat: FlatElements, _ storage: Storage
    ) {
        switch kind {
        case .negated: map(IntegerNegated<T>.self, flat, storage)
        case .abs: map(IntegerMagnitude<T>.self, flat, storage)
        case .relu: map(IntegerReLU<T>.self, flat, storage)
        case .relu6: map(IntegerReLU6<T>.self, flat, storage)
        default: map(Same<T>.self, flat, storage)
        }
    }

    private func runGradient<E: RealElement>(
        _: E.Type, _ pair: ElementPair, _ storage: Storage
    ) {
        switch kind {
        case .negated, .rounded: break
        case .exp: forEachPair(Rounded<ExpSlope, E>.self, pair, storage)
        case .log: forEachPair(Rounded<LogSlope, E>.self, pair, storage)
        case .sqrt: forEachPair(Rounded<SquareRootSlope, E>.self, pair, storage)
        case .standardDeviation: forEachPair(Rounded<DeviationSlope, E>.self, pair, storage)
        case .abs: forEachPair(Rounded<MagnitudeSlope, E>.self, pair, storage)
        case .sin: forEachPair(Rounded<SineSlope, E>.self, pair, storage)
        case .cos: forEachPair(Rounded<CosineSlope, E>.self, pair, storage)
        case .tanh: forEachPair(Rounded<HyperbolicTangentSlope, E>.self, pair, storage)
        case .sigmoid: forEachPair(Rounded<SigmoidSlope, E>.self, pair, storage)
        case .relu: forEachPair(Rounded<ReLUSlope, E>.self, pair, storage)
        case .relu6: forEachPair(Rounded<ReLU6Slope, E>.self, pair, storage)
        case .leakyReLU: leakyGradient(E.self, pair, storage)
        case .gelu: forEachPair(Rounded<GELUSlope, E>.self, pair, storage)
        case .geluTanh: forEachPair(Rounded<GELUTanhSlope, E>.self, pair, storage)
        case .silu: forEachPair(Rounded<SiLUSlope, E>.self, pair, storage)
        case .hardSwish: forEachPair(Rounded<HardSwishSlope, E>.self, pair, storage)
        }
    }

    private func leakyGradient<E: RealElement>(
        _: E.Type, _ pair: ElementPair, _ storage: Storage
    ) {
        let given = pair.left.pointer(E.self)
        let input = pair.right.pointer(E.self)
        let output = storage.pointer.assumingMemoryBound(to: E.self)
        let slope = slope
        let plan: LoopPlan
        if case .rows(let rows) = pair.walk {
            plan = rows
        } else {
            plan = LoopPlan(shape: [pair.count], strides: [[1], [1], [1]])
        }
        let steps = plan.rowStrides
        plan.run { offsets, count in
            for i in 0..<count {
                let g = given[offsets[0] + i &* steps[0]].float
                let x = input[offsets[1] + i &* steps[1]].float
                output[offsets[2] + i &* steps[2]] = E(x > 0 ? g : g * slope)
            }
        }
        withExtendedLifetime((pair.left.storage, pair.right.storage, storage)) {}
    }
}

private func map<F: ScalarFunction>(_: F.Type, _ flat: FlatElements, _ storage: Storage) {
    let input = flat.elements.pointer(F.Value.self)
    let output = storage.pointer.assumingMemoryBound(to: F.Value.self)
    Parallel.forEach(count: flat.count, grain: 8192) { range in
        for index in range { output[index] = F.apply(input[index]) }
    }
    withExtendedLifetime((flat.elements.storage, storage)) {}
}

/// Applies a function of several elements at once; the last few are computed in lanes that are
/// otherwise idle, so that every element's value depends on it alone.
private func mapLanes<F: LaneFunction, E: LaneElement>(
    _: F.Type, _: E.Type, _ flat: FlatElements, _ storage: Storage
) {
    let input = flat.elements.pointer(E.self)
    let output = storage.pointer.assumingMemoryBound(to: E.self)
    let width = FloatLanes.width
    Parallel.forEach(count: flat.count, grain: 8192) { range in
        var index = range.lowerBound
        while index &+ width <= range.upperBound {
            E.store(F.apply(E.lanes(at: input + index)), at: output + index)
            index &+= width
        }
        guard index < range.upperBound else { return }
        var rest = FloatLanes(repeating: 1)
        for lane in 0..<range.upperBound - index { rest[lane] = input[index + lane].float }
        let values = F.apply(rest)
        for lane in 0..<range.upperBound - index { output[index + lane] = E(values[lane]) }
    }
    withExtendedLifetime((flat.elements.storage, storage)) {}
}

extension StridedElements {
    /// The first element's place. The storage must outlive every use of it.
    func start(_ dtype: DType) -> UnsafeMutableRawPointer {
        storage.pointer + offset * dtype.byteCount
    }
}
