import OneDNN

/// Conversion of every element to another type, as C converts: fractions are cut off, integers
/// wrap, and anything but zero is true.
struct Cast: Operation {
    let dtype: DType
    let name = "cast"

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        [TensorSpec(inputs[0].shape, dtype)]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] { [try inputs[0].converted(to: dtype)] }

    var savesForBackward: SavedTensors { [] }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        [gradients[0]]
    }
}

extension Tensor {
    /// The elements converted to another type.
    ///
    ///     try Tensor([1.7, -1.7]).cast(to: .int32)  // [1, -1]
    public func cast(to dtype: DType) throws -> Tensor {
        if dtype == self.dtype { return self }
        return try apply(Cast(dtype: dtype), to: self)
    }

    /// The conversion itself, off the tape.
    func converted(to dtype: DType) throws -> Tensor {
        if dtype == self.dtype { return self }
        let source = try dense()
        let spec = TensorSpec(shape, dtype)
        let storage = try Storage(byteCount: spec.byteCount)
        switch self.dtype {
        case .float32: convertReal(source.pointer(Float.self), storage, spec)
        case .uint8: convertInteger(source.pointer(UInt8.self), storage, spec)
        case .int32: convertInteger(source.pointer(Int32.self), storage, spec)
        case .int64: convertInteger(source.pointer(Int64.self), storage, spec)
        case .bool: convertInteger(source.pointer(UInt8.self), storage, spec)
        }
        return withExtendedLifetime(source.storage) { Tensor(spec, dense: storage) }
    }
}

private func convertReal(_ source: UnsafePointer<Float>, _ storage: Storage, _ spec: TensorSpec) {
    switch spec.dtype {
    case .float32: each(Float.self, storage, spec.count) { source[$0] }
    case .uint8: each(UInt8.self, storage, spec.count) { UInt8(tensorReal: Double(source[$0])) }
    case .int32: each(Int32.self, storage, spec.count) { Int32(tensorReal: Double(source[$0])) }
    case .int64: each(Int64.self, storage, spec.count) { Int64(tensorReal: Double(source[$0])) }
    case .bool: each(Bool.self, storage, spec.count) { source[$0] != 0 }
    }
}

@inline(__always)
private func convertInteger<T: FixedWidthInteger>(
    _ source: UnsafePointer<T>, _ storage: Storage, _ spec: TensorSpec
) {
    switch spec.dtype {
    case .float32: each(Float.self, storage, spec.count) { Float(source[$0]) }
    case .uint8: each(UInt8.self, storage, spec.count) { UInt8(truncatingIfNeeded: source[$0]) }
    case .int32: each(Int32.self, storage, spec.count) { Int32(truncatingIfNeeded: source[$0]) }
    case .int64: each(Int64.self, storage, spec.count) { Int64(truncatingIfNeeded: source[$0]) }
    case .bool: each(Bool.self, storage, spec.count) { source[$0] != 0 }
    }
}

@inline(__always)
private func each<R>(
    _: R.Type, _ storage: Storage, _ count: Int, _ value: @escaping (Int) -> R
) {
    let output = storage.pointer.assumingMemoryBound(to: R.self)
    Parallel.forEach(count: count, grain: 16_384) { range in
        for index in range { output[index] = value(index) }
    }
}
