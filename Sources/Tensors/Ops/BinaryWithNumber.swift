import Glibc
import OneDNN

/// Element-wise arithmetic of a tensor and one plain number, in the tensor's own layout.
///
/// A number never widens a real tensor; it enters the arithmetic as float32, and the result is
/// rounded once.
struct BinaryWithNumber: Operation {
    let kind: Binary.Kind
    let number: TensorOperand
    /// Whether the number is the left operand.
    var isNumberFirst = false
    var name: String { kind.rawValue }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let dtype = try kind.resultType(number.resultType(beside: inputs[0].dtype))
        return [TensorSpec(inputs[0].shape, dtype)]
    }

    /// The number as kernels use it.
    private var value: Float { Float(number.real) }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        let input = try inputs[0].converted(to: spec.dtype)
        let flat = try FlatElements(input, keepsZero: keepsZero)
        let storage = try Storage(byteCount: flat.count * spec.dtype.byteCount)
        switch spec.dtype {
        case .float32: runReal(Float.self, flat, storage)
        case .bfloat16: runReal(BFloat16.self, flat, storage)
        case .uint8: runInteger(UInt8.self, flat, storage)
        case .int32: runInteger(Int32.self, flat, storage)
        case .int64, .bool: runInteger(Int64.self, flat, storage)
        }
        return [Tensor(spec, storage, flat.layout)]
    }

    /// Whether 0 gives 0, so that padding stays zero.
    private var keepsZero: Bool {
        switch kind {
        case .adding, .subtracting: value == 0
        case .multiplying: value.isFinite
        case .dividing: !isNumberFirst && value != 0 && !value.isNaN
        case .power: !isNumberFirst && value > 0
        }
    }

    var savesForBackward: SavedTensors {
        switch kind {
        case .adding, .subtracting, .multiplying: []
        case .dividing: isNumberFirst ? .all : []
        case .power: isNumberFirst ? .outputs : .inputs
        }
    }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil] }
        switch (kind, isNumberFirst) {
        case (.adding, _), (.subtracting, false): return [gradient]
        case (.subtracting, true): return [try gradient.negated()]
        case (.multiplying, _): return [try Tensor.multiplying(gradient, number)]
        case (.dividing, false): return [try Tensor.dividing(gradient, number)]
        case (.dividing, true):
            let slope = try Tensor.dividing(outputs[0], inputs[0])
            return [try Tensor.multiplying(gradient, slope).negated()]
        case (.power, true):
            let logarithm = log(number.real)
            let slope = try Tensor.multiplying(outputs[0], .real(logarithm))
            guard number.real == 0 else { return [try Tensor.multiplying(gradient, slope)] }
            // 0 to the power 0 or more is taken as flat, as in PyTorch; to a negative one it is infinite.
            let isZero = try Tensor.less(outputs[0], 2)
            let zero = try Tensor.zeros([], dtype: slope.dtype)
            return [try Tensor.multiplying(gradient, which(isZero, zero, slope))]
        case (.power, false):
            let exponent = number.real
            if exponent == 0 { return [try Tensor.multiplying(gradient, 0)] }
            if exponent == 1 { return [gradient] }
            let slope =
                exponent == 2
                ? inputs[0] : try Tensor.power(inputs[0], .real(exponent - 1))
            return [
                try Tensor.multiplying(Tensor.multiplying(gradient, slope), .real(exponent))
            ]
        }
    }

    private func runReal<E: RealElement>(_: E.Type, _ flat: FlatElements, _ storage: Storage) {
        switch (kind, isNumberFirst) {
        case (.adding, _): run(FloatSum.self, E.self, flat, storage)
        case (.subtracting, false): run(FloatDifference.self, E.self, flat, storage)
        case (.subtracting, true): run(Exchanged<FloatDifference>.self, E.self, flat, storage)
        case (.multiplying, _): run(FloatProduct.self, E.self, flat, storage)
        case (.dividing, false): run(FloatQuotient.self, E.self, flat, storage)
        case (.dividing, true): run(Exchanged<FloatQuotient>.self, E.self, flat, storage)
        case (.power, true): run(Exchanged<FloatPower>.self, E.self, flat, storage)
        case (.power, false): runPower(E.self, flat, storage)
        }
    }

    /// The exponents that occur most need no call of the C library.
    private func runPower<E: RealElement>(_: E.Type, _ flat: FlatElements, _ storage: Storage) {
        switch value {
        case 2: run(Square.self, E.self, flat, storage)
        case 3: run(Cube.self, E.self, flat, storage)
        case 0.5: run(Root.self, E.self, flat, storage)
        case 1: run(Identity.self, E.self, flat, storage)
        case -1: run(Reciprocal.self, E.self, flat, storage)
        default: run(FloatPower.self, E.self, flat, storage)
        }
    }

    private func run<F: PairFunction, E: RealElement>(
        _: F.Type, _: E.Type, _ flat: FlatElements, _ storage: Storage
    ) where F.Value == Float, F.Result == Float {
        let input = flat.elements.pointer(E.self)
        let output = storage.pointer.assumingMemoryBound(to: E.self)
        let number = value
        Parallel.forEach(count: flat.count, grain: 16_384) { range in
            for i in range { output[i] = E(F.apply(input[i].float, number)) }
        }
        withExtendedLifetime((flat.elements.storage, storage)) {}
    }

    private func runInteger<T: FixedWidthInteger & TensorScalar>(
        _: T.Type, _ flat: FlatElements, _ storage: Storage
    ) {
        switch (kind, isNumberFirst) {
        case (.adding, _): run(IntegerSum<T>.self, flat, storage)
        case (.subtracting, false): run(IntegerDifference<T>.self, flat, storage)
        case (.subtracting, true): run(Exchanged<IntegerDifference<T>>.self, flat, storage)
        case (.multiplying, _), (.dividing, _): run(IntegerProduct<T>.self, flat, storage)
        case (.power, false): run(IntegerPower<T>.self, flat, storage)
        case (.power, true): run(Exchanged<IntegerPower<T>>.self, flat, storage)
        }
    }

    private func run<F: PairFunction>(
        _: F.Type, _ flat: FlatElements, _ storage: Storage
    ) where F.Value: TensorScalar, F.Result == F.Value {
        let input = flat.elements.pointer(F.Value.self)
        let output = storage.pointer.assumingMemoryBound(to: F.Value.self)
        let number = F.Value(tensorInteger: number.integer)
        Parallel.forEach(count: flat.count, grain: 16_384) { range in
            for i in range { output[i] = F.apply(input[i], number) }
        }
        withExtendedLifetime((flat.elements.storage, storage)) {}
    }
}

extension TensorOperand {
    var real: Double {
        switch self {
        case .integer(let value): Double(value)
        case .real(let value): value
        }
    }

    fileprivate var integer: Int64 {
        switch self {
        case .integer(let value): Int64(value)
        case .real(let value): value.tensorInteger
        }
    }

    /// The type in which arithmetic with a tensor of another type happens.
    func resultType(beside other: DType) -> DType {
        switch self {
        case .real: other.real
        case .integer: other == .bool ? .int64 : other
        }
    }
}

private enum Square: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { a * a }
}
private enum Cube: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { a * a * a }
}
// As powf: the power of -infinity is +infinity and that of -0 is 0, unlike their roots.
private enum Root: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float {
        a == -.infinity ? .infinity : (a + 0).squareRoot()
    }
}
private enum Identity: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { a }
}
private enum Reciprocal: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { 1 / a }
}
