import OneDNN

extension Tensor {
    /// Zeros of the given shape.
    public static func zeros(_ shape: [Int], dtype: DType = .float32) throws -> Tensor {
        try filled("zeros", shape, 0, dtype)
    }

    /// Ones of the given shape.
    public static func ones(_ shape: [Int], dtype: DType = .float32) throws -> Tensor {
        try filled("ones", shape, 1, dtype)
    }

    /// The same number everywhere.
    public static func full(
        _ shape: [Int], _ value: Double, dtype: DType = .float32
    ) throws -> Tensor {
        try filled("full", shape, value, dtype)
    }

    /// The identity matrix `[size, size]`.
    public static func eye(_ size: Int, dtype: DType = .float32) throws -> Tensor {
        let shape = [size, size]
        return try create("eye", TensorSpec(shape, dtype)) { (index: Int) in
            index / size == index % size ? 1 : 0
        }
    }

    /// Numbers from `start` up to, and without, `end`.
    ///
    ///     try Tensor.arange(0, 10, step: 2)  // [0, 2, 4, 6, 8]
    public static func arange(
        _ start: Double, _ end: Double, step: Double = 1, dtype: DType = .float32
    ) throws -> Tensor {
        guard step != 0, step.isFinite, start.isFinite, end.isFinite else {
            throw TensorError(
                .value, "arange", "no finite progression",
                expected: "finite ends and a step other than 0",
                got: "\(start) to \(end), step \(step)")
        }
        let steps = Swift.max(0, ((end - start) / step).rounded(.up))
        guard steps < 0x1p60 else {
            throw TensorError(
                .memory, "arange", "too many elements", expected: "a count that fits memory",
                got: "\(steps)")
        }
        return try create("arange", TensorSpec([Int(steps)], dtype)) { (index: Int) in
            start + Double(index) * step
        }
    }

    /// `count` numbers from `start` to `end`, both included, at equal distances.
    public static func linspace(_ start: Double, _ end: Double, count: Int) throws -> Tensor {
        let step = count > 1 ? (end - start) / Double(count - 1) : 0
        return try create("linspace", TensorSpec([count])) { (index: Int) in
            index == count - 1 && count > 1 ? end : start + Double(index) * step
        }
    }

    /// Random numbers, uniform in `0..<1`.
    public static func rand(_ shape: [Int]) throws -> Tensor {
        try random(shape, low: 0, high: 1, operation: "rand")
    }

    /// Random numbers, uniform in `range`.
    public static func random(_ shape: [Int], in range: ClosedRange<Double>) throws -> Tensor {
        try random(
            shape, low: range.lowerBound, high: range.upperBound, operation: "random")
    }

    /// Random numbers from the standard normal distribution.
    public static func randn(_ shape: [Int]) throws -> Tensor {
        let spec = TensorSpec(shape)
        let storage = try allocate("randn", spec)
        let random = IndexedRandom(&Context.current.generator)
        let values = storage.pointer.assumingMemoryBound(to: Float.self)
        Parallel.forEach(count: spec.count, grain: 4096) { range in
            for index in range { values[index] = random.normal(index) }
        }
        return Tensor(spec, dense: storage)
    }

    /// 1 at each label and 0 elsewhere: labels of any shape give `labels.shape + [classes]`.
    ///
    /// Throws when a label is not in `0..<classes`.
    public static func oneHot(_ labels: Tensor, classes: Int) throws -> Tensor {
        guard !labels.dtype.isFloatingPoint, labels.dtype != .bool else {
            throw TensorError(
                .dtype, "oneHot", "labels are counted classes", expected: "an integer tensor",
                got: "\(labels.dtype)", operands: [labels.spec])
        }
        let spec = TensorSpec(labels.shape + [classes])
        try spec.validate("oneHot")
        if labels.isSymbolic { return .symbolic(spec) }
        let indices = try labels.scalars(as: Int.self)
        let result = try zeros(spec.shape)
        let elements = try result.dense()
        let values = elements.pointer(Float.self)
        for (row, label) in indices.enumerated() {
            guard label >= 0, label < classes else {
                throw TensorError(
                    .index, "oneHot", "a label is out of range", expected: "0..<\(classes)",
                    got: "\(label) at position \(row)", operands: [labels.spec])
            }
            values[row * classes + label] = 1
        }
        return withExtendedLifetime(elements.storage) { result }
    }

    private static func random(
        _ shape: [Int], low: Double, high: Double, operation: String
    ) throws -> Tensor {
        let spec = TensorSpec(shape)
        let storage = try allocate(operation, spec)
        let random = IndexedRandom(&Context.current.generator)
        let values = storage.pointer.assumingMemoryBound(to: Float.self)
        let start = Float(low)
        let width = Float(high - low)
        Parallel.forEach(count: spec.count, grain: 8192) { range in
            for index in range { values[index] = start + width * random.uniform(index) }
        }
        return Tensor(spec, dense: storage)
    }

    /// Memory for a new tensor; errors name the operation.
    static func allocate(_ operation: String, _ spec: TensorSpec) throws -> Storage {
        try spec.validate(operation)
        do {
            return try Storage(byteCount: spec.byteCount)
        } catch {
            var located = TensorError(error, operation: operation)
            if located.kind == .memory { located.problem += " for shape \(spec.shape)" }
            throw located
        }
    }

    private static func filled(
        _ operation: String, _ shape: [Int], _ value: Double, _ dtype: DType
    ) throws -> Tensor {
        let spec = TensorSpec(shape, dtype)
        let storage = try allocate(operation, spec)
        fill(storage, count: spec.count, value, dtype)
        return Tensor(spec, dense: storage)
    }

    /// A tensor whose element at each flat index is given by a closure, converted to the dtype.
    private static func create(
        _ operation: String, _ spec: TensorSpec, _ value: (Int) -> Double
    ) throws -> Tensor {
        let storage = try allocate(operation, spec)
        let base = storage.pointer
        switch spec.dtype {
        case .float32: write(Float.self, base, spec.count, value)
        case .bfloat16: write(BFloat16.self, base, spec.count, value)
        case .uint8: write(UInt8.self, base, spec.count, value)
        case .int32: write(Int32.self, base, spec.count, value)
        case .int64: write(Int64.self, base, spec.count, value)
        case .bool: write(Bool.self, base, spec.count, value)
        }
        return Tensor(spec, dense: storage)
    }

    private static func write<T: TensorScalar>(
        _: T.Type, _ base: UnsafeMutableRawPointer, _ count: Int, _ value: (Int) -> Double
    ) {
        let elements = base.assumingMemoryBound(to: T.self)
        for index in 0..<count { elements[index] = T(tensorReal: value(index)) }
    }
}

/// Sets `count` elements to one value.
func fill(_ storage: Storage, count: Int, _ value: Double, _ dtype: DType) {
    func write<T: TensorScalar>(_: T.Type) {
        let value = T(tensorReal: value)
        let elements = storage.pointer.assumingMemoryBound(to: T.self)
        Parallel.forEach(count: count, grain: 65_536) { range in
            (elements + range.lowerBound).update(repeating: value, count: range.count)
        }
    }
    switch dtype {
    case .float32: write(Float.self)
    case .bfloat16: write(BFloat16.self)
    case .uint8: write(UInt8.self)
    case .int32: write(Int32.self)
    case .int64: write(Int64.self)
    case .bool: write(Bool.self)
    }
    withExtendedLifetime(storage) {}
}
