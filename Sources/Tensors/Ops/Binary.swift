import Glibc
import OneDNN

/// Element-wise arithmetic of two tensors, with broadcasting and type promotion.
struct Binary: Operation {
    enum Kind: String { case adding, subtracting, multiplying, dividing, power }

    let kind: Kind
    var name: String { kind.rawValue }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let shape = try broadcastShape(of: inputs, name)
        let dtype = try kind.resultType(.promoted(inputs[0].dtype, inputs[1].dtype))
        return [TensorSpec(shape, dtype)]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        let a = try inputs[0].converted(to: spec.dtype)
        let b = try inputs[1].converted(to: spec.dtype)
        let pair = try ElementPair(a, b, shape: spec.shape) { padding in
            // Padding stays zero under these.
            switch kind {
            case .adding, .subtracting: padding == .bothZero
            case .multiplying: try padding == .bothZero || b.item().isFinite
            case .dividing, .power: false
            }
        }
        let storage = try Storage(byteCount: pair.byteCount(spec.dtype))
        switch spec.dtype {
        case .float32: runReal(Float.self, pair, storage)
        case .bfloat16: runReal(BFloat16.self, pair, storage)
        case .uint8: runInteger(UInt8.self, pair, storage)
        case .int32: runInteger(Int32.self, pair, storage)
        case .int64: runInteger(Int64.self, pair, storage)
        case .bool: runBool(pair, storage)
        }
        return [Tensor(spec, storage, pair.layout)]
    }

    var savesForBackward: SavedTensors {
        switch kind {
        case .adding, .subtracting: []
        case .multiplying, .dividing: .inputs
        case .power: .all
        }
    }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil, nil] }
        let a = inputs[0]
        let b = inputs[1]
        func left() throws -> Tensor {
            switch kind {
            case .adding, .subtracting: gradient
            case .multiplying: try Tensor.multiplying(gradient, b)
            case .dividing: try Tensor.dividing(gradient, b)
            case .power: try Tensor.multiplying(gradient, baseSlope(a, b))
            }
        }
        func right() throws -> Tensor {
            switch kind {
            case .adding: gradient
            case .subtracting: try gradient.negated()
            case .multiplying: try Tensor.multiplying(gradient, a)
            case .dividing:
                try Tensor.dividing(
                    Tensor.multiplying(gradient, a), Tensor.multiplying(b, b)
                ).negated()
            case .power: try Tensor.multiplying(gradient, exponentSlope(a, b, outputs[0]))
            }
        }
        return [
            needs[0] ? try left().summed(to: a.shape) : nil,
            needs[1] ? try right().summed(to: b.shape) : nil,
        ]
    }

    /// The slope of `a ** b` along `a`: 0 where the exponent is 0, whatever the base is.
    private func baseSlope(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        let slope = try Tensor.multiplying(b, Tensor.power(a, Tensor.subtracting(b, 1)))
        return try which(Tensor.equal(b, 0), Tensor.zeros([], dtype: slope.dtype), slope)
    }

    /// The slope of `a ** b` along `b`. Where the base is 0, that of 0 to any positive power is 0.
    private func exponentSlope(_ a: Tensor, _ b: Tensor, _ result: Tensor) throws -> Tensor {
        let isZero = try Tensor.multiplying(
            Tensor.equal(a, 0), Tensor.greaterOrEqual(b, 0))
        return try which(
            isZero, Tensor.zeros([], dtype: result.dtype), Tensor.multiplying(result, a.log()))
    }

    private func runReal<E: RealElement>(_: E.Type, _ pair: ElementPair, _ storage: Storage) {
        switch kind {
        case .adding: forEachPair(Rounded<FloatSum, E>.self, pair, storage)
        case .subtracting: forEachPair(Rounded<FloatDifference, E>.self, pair, storage)
        case .multiplying: forEachPair(Rounded<FloatProduct, E>.self, pair, storage)
        case .dividing: forEachPair(Rounded<FloatQuotient, E>.self, pair, storage)
        case .power: forEachPair(Rounded<FloatPower, E>.self, pair, storage)
        }
    }

    private func runInteger<T: FixedWidthInteger>(
        _: T.Type, _ pair: ElementPair, _ storage: Storage
    ) {
        switch kind {
        case .adding: forEachPair(IntegerSum<T>.self, pair, storage)
        case .subtracting: forEachPair(IntegerDifference<T>.self, pair, storage)
        case .multiplying, .dividing: forEachPair(IntegerProduct<T>.self, pair, storage)
        case .power: forEachPair(IntegerPower<T>.self, pair, storage)
        }
    }

    private func runBool(_ pair: ElementPair, _ storage: Storage) {
        if kind == .multiplying {
            forEachPair(Both.self, pair, storage)
        } else {
            forEachPair(Either.self, pair, storage)
        }
    }
}

extension Binary.Kind {
    /// The type of the result of operands that promote to `dtype`.
    func resultType(_ dtype: DType) throws -> DType {
        if dtype == .bool, self == .subtracting || self == .power {
            throw TensorError(
                .dtype, rawValue, "bool tensors have no such arithmetic",
                expected: "numbers, as cast(to: .int64) makes them", got: "bool and bool")
        }
        return self == .dividing ? dtype.real : dtype
    }
}

/// Element-wise comparison of two tensors; the result is a bool tensor.
struct Comparison: Operation {
    enum Kind: String { case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual }

    let kind: Kind
    var name: String { kind.rawValue }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        [TensorSpec(try broadcastShape(of: inputs, name), .bool)]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        let dtype = DType.promoted(inputs[0].dtype, inputs[1].dtype)
        // The result's elements are bytes, so blocked formats are left.
        let a = try inputs[0].converted(to: dtype)
        let b = try inputs[1].converted(to: dtype)
        let pair = try ElementPair(a.unblocked(), b.unblocked(), shape: spec.shape) { _ in false }
        let storage = try Storage(byteCount: pair.byteCount(.bool))
        switch dtype {
        case .float32: run(Float.self, pair, storage)
        case .bfloat16: run(BFloat16.self, pair, storage)
        case .uint8, .bool: run(UInt8.self, pair, storage)
        case .int32: run(Int32.self, pair, storage)
        case .int64: run(Int64.self, pair, storage)
        }
        return [Tensor(spec, storage, pair.layout)]
    }

    private func run<T: Comparable>(_: T.Type, _ pair: ElementPair, _ storage: Storage) {
        switch kind {
        case .less: forEachPair(Less<T>.self, pair, storage)
        case .lessOrEqual: forEachPair(LessOrEqual<T>.self, pair, storage)
        case .greater: forEachPair(Greater<T>.self, pair, storage)
        case .greaterOrEqual: forEachPair(GreaterOrEqual<T>.self, pair, storage)
        case .equal: forEachPair(Equal<T>.self, pair, storage)
        case .notEqual: forEachPair(NotEqual<T>.self, pair, storage)
        }
    }
}

private func broadcastShape(of inputs: [TensorSpec], _ name: String) throws -> [Int] {
    if let shape = broadcastShape(inputs[0].shape, inputs[1].shape) { return shape }
    throw TensorError(
        .shape, name, "shapes do not broadcast",
        expected: "sizes that are equal or 1, counted from the last axis",
        got: "\(inputs[0].shape) and \(inputs[1].shape)")
}

enum FloatSum: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { a + b }
}
enum FloatDifference: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { a - b }
}
enum FloatProduct: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { a * b }
}
enum FloatQuotient: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { a / b }
}
enum FloatPower: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float {
        b == 2 ? a * a : powf(a, b)
    }
}
enum IntegerSum<T: FixedWidthInteger>: PairFunction {
    @inline(__always) static func apply(_ a: T, _ b: T) -> T { a &+ b }
}
enum IntegerDifference<T: FixedWidthInteger>: PairFunction {
    @inline(__always) static func apply(_ a: T, _ b: T) -> T { a &- b }
}
enum IntegerProduct<T: FixedWidthInteger>: PairFunction {
    @inline(__always) static func apply(_ a: T, _ b: T) -> T { a &* b }
}
enum IntegerPower<T: FixedWidthInteger>: PairFunction {
    @inline(__always) static func apply(_ a: T, _ b: T) -> T { integerPower(a, b) }
}
private enum Both: PairFunction {
    @inline(__always) static func apply(_ a: Bool, _ b: Bool) -> Bool { a && b }
}
private enum Either: PairFunction {
    @inline(__always) static func apply(_ a: Bool, _ b: Bool) -> Bool { a || b }
}
private enum Less<T: Comparable>: PairFunction {
    @inline(__always) static func apply(_ a: T, _ b: T) -> Bool { a < b }
}
private enum LessOrEqual<T: Comparable>: PairFunction {
    @inline(__always) static func apply(_ a: T, _ b: T) -> Bool { a <= b }
}
private enum Greater<T: Comparable>: PairFunction {
    @inline(__always) static func apply(_ a: T, _ b: T) -> Bool { a > b }
}
private enum GreaterOrEqual<T: Comparable>: PairFunction {
    @inline(__always) static func apply(_ a: T, _ b: T) -> Bool { a >= b }
}
private enum Equal<T: Comparable>: PairFunction {
    @inline(__always) static func apply(_ a: T, _ b: T) -> Bool { a == b }
}
private enum NotEqual<T: Comparable>: PairFunction {
    @inline(__always) static func apply(_ a: T, _ b: T) -> Bool { a != b }
}

/// `base` to a power that wraps on overflow; a negative power is 0 unless the base is 1 or -1.
private func integerPower<T: FixedWidthInteger>(_ base: T, _ exponent: T) -> T {
    if exponent < 0 {
        if base == 1 { return 1 }
        return T.isSigned && base == 0 &- 1 ? (exponent & 1 == 0 ? 1 : base) : 0
    }
    var result: T = 1
    var factor = base
    var rest = exponent
    while rest > 0 {
        if rest & 1 == 1 { result = result &* factor }
        factor = factor &* factor
        rest >>= 1
    }
    return result
}
