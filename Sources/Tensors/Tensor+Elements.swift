import OneDNN

extension Tensor {
    /// A tensor of the scalars' own type, in row-major order.
    ///
    ///     try Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
    public init<S: TensorScalar>(_ values: [S], shape: [Int]) throws {
        let spec = TensorSpec(shape, S.dtype)
        try spec.validate("Tensor")
        guard spec.count == values.count else {
            throw TensorError(
                .shape, "Tensor", "shape \(shape) does not hold the values",
                expected: "\(spec.count) values", got: "\(values.count)")
        }
        let storage = try Tensor.allocate("Tensor", spec)
        if MemoryLayout<S>.stride == S.dtype.byteCount {
            // Elements as they are stored; a cast of the array would look at each of them.
            values.withUnsafeBytes { bytes in
                guard let source = bytes.baseAddress else { return }
                storage.pointer.copyMemory(from: source, byteCount: bytes.count)
            }
        } else {
            convert(values, to: storage, S.dtype)
        }
        self.init(spec, dense: storage)
    }

    /// The elements in row-major order, converted.
    public func scalars<S: TensorScalar>(as _: S.Type = S.self) throws -> [S] {
        try located("scalars") {
            let elements = try dense()
            defer { withExtendedLifetime(elements.storage) {} }
            switch dtype {
            case .float32: return read(elements.pointer(Float.self), count, real: true)
            case .bfloat16: return read(elements.pointer(BFloat16.self), count, real: true)
            case .uint8: return read(elements.pointer(UInt8.self), count, real: false)
            case .int32: return read(elements.pointer(Int32.self), count, real: false)
            case .int64: return read(elements.pointer(Int64.self), count, real: false)
            case .bool: return read(elements.pointer(Bool.self), count, real: false)
            }
        }
    }

    /// The only element.
    public func item() throws -> Double {
        guard count == 1 else {
            throw TensorError(
                .shape, "item", "only a tensor of one element is one number",
                expected: "1 element", got: "shape \(shape)", operands: [spec])
        }
        return try scalars(as: Double.self)[0]
    }

    /// Calls `body` with the elements in dense row-major order; a blocked format is reordered first.
    public func withUnsafeBytes<R>(
        _ body: (UnsafeRawBufferPointer) throws -> R
    ) throws -> R {
        let elements = try located("withUnsafeBytes") { try dense() }
        defer { withExtendedLifetime(elements.storage) {} }
        let start = elements.storage.pointer + elements.offset * dtype.byteCount
        return try body(UnsafeRawBufferPointer(start: start, count: spec.byteCount))
    }

    /// A tensor whose bytes `initialize` writes, in row-major order. It must write all of them.
    public static func unsafeUninitialized(
        shape: [Int], dtype: DType = .float32,
        initialize: (UnsafeMutableRawBufferPointer) throws -> Void
    ) throws -> Tensor {
        let spec = TensorSpec(shape, dtype)
        let storage = try allocate("Tensor", spec)
        try initialize(
            UnsafeMutableRawBufferPointer(start: storage.pointer, count: spec.byteCount))
        return withExtendedLifetime(storage) { Tensor(spec, dense: storage) }
    }

    /// Runs `body`; a failure of the allocator or of oneDNN names `operation`.
    func located<R>(_ operation: String, _ body: () throws -> R) throws -> R {
        do {
            return try body()
        } catch let error as OneDNNError {
            throw TensorError(error, operation: operation)
        } catch var error as TensorError {
            if error.operation == "elements" { error.operation = operation }
            throw error
        }
    }
}

private func read<T: TensorScalar, S: TensorScalar>(
    _ elements: UnsafePointer<T>, _ count: Int, real: Bool
) -> [S] {
    if let same = UnsafeBufferPointer(start: elements, count: count) as? UnsafeBufferPointer<S> {
        return Array(same)
    }
    return real
        ? (0..<count).map { S(tensorReal: elements[$0].tensorReal) }
        : (0..<count).map { S(tensorInteger: elements[$0].tensorInteger) }
}

private func convert<S: TensorScalar>(_ values: [S], to storage: Storage, _ dtype: DType) {
    func write<T: TensorScalar>(_: T.Type) {
        let elements = storage.pointer.assumingMemoryBound(to: T.self)
        if dtype.isFloatingPoint {
            for (index, value) in values.enumerated() {
                elements[index] = T(tensorReal: value.tensorReal)
            }
        } else {
            for (index, value) in values.enumerated() {
                elements[index] = T(tensorInteger: value.tensorInteger)
            }
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
}
