import Glibc
import OneDNN

/// Element-wise arithmetic of two tensors, with broadcasting and type promotion.
struct Binary: Operation {
    enum Kind: String { case adding, subtracting, multiplying, dividing, power }

    let kind: Kind
    var name: String { kind.rawValue }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let shape = try broadcastShape(of: inputs, name)
        let dtype = DType.promoted(inputs[0].dtype, inputs[1].dtype)
        if dtype == .bool, kind == .subtracting || kind == .power {
            throw TensorError(
                .dtype, name, "bool tensors have no such arithmetic",
                expected: "numbers, as cast(to: .int64) makes them", got: "bool and bool")
        }
        return [TensorSpec(shape, kind == .dividing ? .float32 : dtype)]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        let a = try inputs[0].converted(to: spec.dtype)
        let b = try inputs[1].converted(to: spec.dtype)
        let pair = try ElementPair(a, b, shape: spec.shape) { padding in
            // Padding stays zero under these.
            switch kind {
            case .adding, .subtracting: padding == .bothZero
            case .multiplying: true
            case .dividing, .power: false
            }
        }
        let storage = try Storage(byteCount: pair.byteCount(spec.dtype))
        switch spec.dtype {
        case .float32: runFloat(pair, storage)
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
            case .power:
                try Tensor.multiplying(
                    gradient, Tensor.multiplying(b, Tensor.power(a, Tensor.subtracting(b, 1))))
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
            case .power:
                // Where the base is 0, so is the derivative of 0 to any positive power.
                try Tensor.multiplying(
                    gradient,
                    which(
                        Tensor.equal(a, 0), Tensor.zeros([]),
                        Tensor.multiplying(outputs[0], a.log())))
            }
        }
        return [
            needs[0] ? try left().summed(to: a.shape) : nil,
            needs[1] ? try right().summed(to: b.shape) : nil,
        ]
    }

    private func runFloat(_ pair: ElementPair, _ storage: Storage) {
        switch kind {
        case .adding: binaryRows(FloatSum.self, pair, storage)
        case .subtracting: binaryRows(FloatDifference.self, pair, storage)
        case .multiplying: binaryRows(FloatProduct.self, pair, storage)
        case .dividing: binaryRows(FloatQuotient.self, pair, storage)
        case .power: binaryRows(FloatPower.self, pair, storage)
        }
    }

    private func runInteger<T: FixedWidthInteger>(
        _: T.Type, _ pair: ElementPair, _ storage: Storage
    ) {
        switch kind {
        case .adding: binaryRows(IntegerSum<T>.self, pair, storage)
        case .subtracting: binaryRows(IntegerDifference<T>.self, pair, storage)
        case .multiplying, .dividing: binaryRows(IntegerProduct<T>.self, pair, storage)
        case .power: binaryRows(IntegerPower<T>.self, pair, storage)
        }
    }

    private func runBool(_ pair: ElementPair, _ storage: Storage) {
        if kind == .multiplying {
            binaryRows(Both.self, pair, storage)
        } else {
            binaryRows(Either.self, pair, storage)
        }
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
        case .uint8, .bool: run(UInt8.self, pair, storage)
        case .int32: run(Int32.self, pair, storage)
        case .int64: run(Int64.self, pair, storage)
        }
        return [Tensor(spec, storage, pair.layout)]
    }

    private func run<T: Comparable>(_: T.Type, _ pair: ElementPair, _ storage: Storage) {
        switch kind {
        case .less: binaryRows(Less<T>.self, pair, storage)
        case .lessOrEqual: binaryRows(LessOrEqual<T>.self, pair, storage)
        case .greater: binaryRows(Greater<T>.self, pair, storage)
        case .greaterOrEqual: binaryRows(GreaterOrEqual<T>.self, pair, storage)
        case .equal: binaryRows(Equal<T>.self, pair, storage)
        case .notEqual: binaryRows(NotEqual<T>.self, pair, storage)
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

/// Applies a function to every pair of elements.
private func binaryRows<F: PairFunction>(_: F.Type, _ pair: ElementPair, _ storage: Storage) {
    let a = pair.left.pointer(F.Value.self)
    let b = pair.right.pointer(F.Value.self)
    let output = storage.pointer.assumingMemoryBound(to: F.Result.self)
    let plan = pair.plan
    let steps = plan.rowStrides
    let stepA = steps[0]
    let stepB = steps[1]
    let stepOut = steps[2]
    plan.run { offsets, count in
        let a = a + offsets[0]
        let b = b + offsets[1]
        let output = output + offsets[2]
        if stepOut == 1 && stepA == 1 && stepB == 1 {
            for i in 0..<count { output[i] = F.apply(a[i], b[i]) }
        } else if stepOut == 1 && stepA == 1 && stepB == 0 {
            let right = b[0]
            for i in 0..<count { output[i] = F.apply(a[i], right) }
        } else if stepOut == 1 && stepA == 0 && stepB == 1 {
            let left = a[0]
            for i in 0..<count { output[i] = F.apply(left, b[i]) }
        } else {
            for i in 0..<count {
                output[i &* stepOut] = F.apply(a[i &* stepA], b[i &* stepB])
            }
        }
    }
    withExtendedLifetime((pair.left.storage, pair.right.storage, storage)) {}
}

private enum FloatSum: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { a + b }
}
private enum FloatDifference: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { a - b }
}
private enum FloatProduct: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { a * b }
}
private enum FloatQuotient: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { a / b }
}
private enum FloatPower: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float {
        b == 2 ? a * a : powf(a, b)
    }
}
private enum IntegerSum<T: FixedWidthInteger>: PairFunction {
    @inline(__always) static func apply(_ a: T, _ b: T) -> T { a &+ b }
}
private enum IntegerDifference<T: FixedWidthInteger>: PairFunction {
    @inline(__always) static func apply(_ a: T, _ b: T) -> T { a &- b }
}
private enum IntegerProduct<T: FixedWidthInteger>: PairFunction {
    @inline(__always) static func apply(_ a: T, _ b: T) -> T { a &* b }
}
private enum IntegerPower<T: FixedWidthInteger>: PairFunction {
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
