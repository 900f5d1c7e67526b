import Glibc
import OneDNN

/// Element-wise functions of one tensor.
struct Unary: Operation {
    enum Kind: String {
        case negated, exp, log, sqrt, abs, sin, cos, tanh, sigmoid, relu, gelu, rounded

        /// Whether integers give integers; the others compute in float32.
        var keepsIntegers: Bool {
            switch self {
            case .negated, .abs, .relu, .rounded: true
            default: false
            }
        }

        /// Whether 0 gives 0 and a zero gradient stays zero, so that padding stays zero.
        var keepsZero: Bool {
            switch self {
            case .negated, .abs, .sin, .tanh, .relu, .gelu, .rounded: true
            case .exp, .log, .sqrt, .cos, .sigmoid: false
            }
        }

        /// Whether the derivative is computed from the result.
        var usesOutput: Bool {
            switch self {
            case .exp, .sqrt, .tanh, .sigmoid, .relu: true
            default: false
            }
        }
    }

    let kind: Kind
    var name: String { kind.rawValue }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let input = inputs[0]
        if kind == .negated, input.dtype == .bool {
            throw TensorError(
                .dtype, name, "bool tensors have no sign",
                expected: "numbers, as cast(to: .int64) makes them", got: "bool")
        }
        let keeps = kind.keepsIntegers && input.dtype != .bool
        return [TensorSpec(input.shape, keeps ? input.dtype : .float32)]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        let input = try inputs[0].converted(to: spec.dtype)
        let flat = try FlatElements(input, keepsZero: kind.keepsZero)
        let storage = try Storage(byteCount: flat.count * spec.dtype.byteCount)
        switch spec.dtype {
        case .float32: runFloat(flat, storage)
        case .uint8: runInteger(UInt8.self, flat, storage)
        case .int32: runInteger(Int32.self, flat, storage)
        case .int64, .bool: runInteger(Int64.self, flat, storage)
        }
        return [Tensor(spec, storage, flat.layout)]
    }

    var savesForBackward: SavedTensors {
        kind == .negated || kind == .rounded ? [] : kind.usesOutput ? .outputs : .inputs
    }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil] }
        switch kind {
        case .negated: return [try gradient.negated()]
        case .rounded: return [try Tensor.zeros(gradient.shape)]
        default: break
        }
        let saved = kind.usesOutput ? outputs[0] : inputs[0]
        let pair = try ElementPair(gradient, saved, shape: gradient.shape) { padding in
            padding == .bothZero && kind.keepsZero
        }
        let storage = try Storage(byteCount: pair.byteCount(.float32))
        runGradient(pair, storage)
        return [Tensor(gradient.spec, storage, pair.layout)]
    }

    private func runFloat(_ flat: FlatElements, _ storage: Storage) {
        switch kind {
        case .negated: map(Negated.self, flat, storage)
        case .exp: map(Exp.self, flat, storage)
        case .log: map(Log.self, flat, storage)
        case .sqrt: map(SquareRoot.self, flat, storage)
        case .abs: map(Magnitude.self, flat, storage)
        case .sin: map(Sine.self, flat, storage)
        case .cos: map(Cosine.self, flat, storage)
        case .tanh: map(HyperbolicTangent.self, flat, storage)
        case .sigmoid: map(Sigmoid.self, flat, storage)
        case .relu: map(ReLU.self, flat, storage)
        case .gelu: map(GELU.self, flat, storage)
        case .rounded: map(Rounded.self, flat, storage)
        }
    }

    private func runInteger<T: FixedWidthInteger>(
        _: T.Type, _ flat: FlatElements, _ storage: Storage
    ) {
        switch kind {
        case .negated: map(IntegerNegated<T>.self, flat, storage)
        case .abs: map(IntegerMagnitude<T>.self, flat, storage)
        case .relu: map(IntegerReLU<T>.self, flat, storage)
        default: map(Same<T>.self, flat, storage)
        }
    }

    private func runGradient(_ pair: ElementPair, _ storage: Storage) {
        switch kind {
        case .negated, .rounded: break
        case .exp: rows(ExpSlope.self, pair, storage)
        case .log: rows(LogSlope.self, pair, storage)
        case .sqrt: rows(SquareRootSlope.self, pair, storage)
        case .abs: rows(MagnitudeSlope.self, pair, storage)
        case .sin: rows(SineSlope.self, pair, storage)
        case .cos: rows(CosineSlope.self, pair, storage)
        case .tanh: rows(HyperbolicTangentSlope.self, pair, storage)
        case .sigmoid: rows(SigmoidSlope.self, pair, storage)
        case .relu: rows(ReLUSlope.self, pair, storage)
        case .gelu: rows(GELUSlope.self, pair, storage)
        }
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

/// Applies a function of gradient and saved value to every pair of elements.
private func rows<F: PairFunction>(
    _: F.Type, _ pair: ElementPair, _ storage: Storage
) where F.Value == Float, F.Result == Float {
    let a = pair.left.pointer(Float.self)
    let b = pair.right.pointer(Float.self)
    let output = storage.pointer.assumingMemoryBound(to: Float.self)
    let plan = pair.plan
    let steps = plan.rowStrides
    let stepA = steps[0]
    let stepB = steps[1]
    let stepOut = steps[2]
    plan.run(grain: 8192) { offsets, count in
        let a = a + offsets[0]
        let b = b + offsets[1]
        let output = output + offsets[2]
        if stepA == 1 && stepB == 1 && stepOut == 1 {
            for i in 0..<count { output[i] = F.apply(a[i], b[i]) }
        } else {
            for i in 0..<count {
                output[i &* stepOut] = F.apply(a[i &* stepA], b[i &* stepB])
            }
        }
    }
    withExtendedLifetime((pair.left.storage, pair.right.storage, storage)) {}
}

private enum Negated: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { -x }
}
private enum Exp: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { expf(x) }
}
private enum Log: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { logf(x) }
}
private enum SquareRoot: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { x.squareRoot() }
}
private enum Magnitude: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { x.magnitude }
}
private enum Sine: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { sinf(x) }
}
private enum Cosine: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { cosf(x) }
}
private enum HyperbolicTangent: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { tanhf(x) }
}
private enum Sigmoid: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { 1 / (1 + expf(-x)) }
}
// NaN stays NaN, as in PyTorch.
private enum ReLU: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { x < 0 ? 0 : x }
}
private enum GELU: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float {
        0.5 * x * (1 + erff(x * 0.707_106_77))
    }
}
private enum Rounded: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { x.rounded(.toNearestOrEven) }
}
private enum IntegerNegated<T: FixedWidthInteger>: ScalarFunction {
    @inline(__always) static func apply(_ x: T) -> T { 0 &- x }
}
private enum IntegerMagnitude<T: FixedWidthInteger>: ScalarFunction {
    @inline(__always) static func apply(_ x: T) -> T { x < 0 ? 0 &- x : x }
}
private enum IntegerReLU<T: FixedWidthInteger>: ScalarFunction {
    @inline(__always) static func apply(_ x: T) -> T { x < 0 ? 0 : x }
}
private enum Same<T: FixedWidthInteger>: ScalarFunction {
    @inline(__always) static func apply(_ x: T) -> T { x }
}
private enum ExpSlope: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { a * b }
}
private enum LogSlope: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { a / b }
}
private enum SquareRootSlope: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { a / (2 * b) }
}
private enum MagnitudeSlope: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float {
        b > 0 ? a : b < 0 ? -a : 0
    }
}
private enum SineSlope: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { a * cosf(b) }
}
private enum CosineSlope: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { -a * sinf(b) }
}
private enum HyperbolicTangentSlope: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { a * (1 - b * b) }
}
private enum SigmoidSlope: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { a * b * (1 - b) }
}
private enum ReLUSlope: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { b > 0 ? a : 0 }
}
private enum GELUSlope: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float {
        let density = 0.398_942_3 * expf(-0.5 * b * b)
        return a * (0.5 * (1 + erff(b * 0.707_106_77)) + b * density)
    }
}
