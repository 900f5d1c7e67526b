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

    /// The conversion itself, off the tape. Real types are converted in the layout they are in.
    func converted(to dtype: DType) throws -> Tensor {
        if dtype == self.dtype { return self }
        let spec = TensorSpec(shape, dtype)
        if self.dtype.isFloatingPoint, let type = dtype.elementType, dtype.isFloatingPoint {
            let source = try FlatElements(self, keepsZero: true)
            if let layout = source.layout.retyped(as: type) {
                let storage = try Storage(byteCount: source.count * dtype.byteCount)
                if dtype == .bfloat16 {
                    convert(
                        RealToReal<Float, BFloat16>.self, source.elements, storage, source.count)
                } else {
                    convert(
                        RealToReal<BFloat16, Float>.self, source.elements, storage, source.count)
                }
                return withExtendedLifetime(source.elements.storage) {
                    Tensor(spec, storage, layout)
                }
            }
        }
        let source = try dense()
        let storage = try Storage(byteCount: spec.byteCount)
        switch self.dtype {
        case .float32: convertReal(Float.self, source, storage, spec)
        case .bfloat16: convertReal(BFloat16.self, source, storage, spec)
        case .uint8, .bool: convertInteger(UInt8.self, source, storage, spec)
        case .int32: convertInteger(Int32.self, source, storage, spec)
        case .int64: convertInteger(Int64.self, source, storage, spec)
        }
        return withExtendedLifetime(source.storage) { Tensor(spec, dense: storage) }
    }
}

extension Layout {
    /// The same places for elements of another type; `nil` where the format depends on the type.
    func retyped(as type: ElementType) -> Layout? {
        switch self {
        case .strided: self
        case .blocked(let descriptor): descriptor.retyped(as: type).map(Layout.blocked)
        }
    }
}

private func convertReal<E: RealElement>(
    _: E.Type, _ source: StridedElements, _ storage: Storage, _ spec: TensorSpec
) {
    let count = spec.count
    switch spec.dtype {
    case .float32: convert(RealToReal<E, Float>.self, source, storage, count)
    case .bfloat16: convert(RealToReal<E, BFloat16>.self, source, storage, count)
    case .uint8: convert(RealToInteger<E, UInt8>.self, source, storage, count)
    case .int32: convert(RealToInteger<E, Int32>.self, source, storage, count)
    case .int64: convert(RealToInteger<E, Int64>.self, source, storage, count)
    case .bool: convert(RealToTruth<E>.self, source, storage, count)
    }
}

private func convertInteger<T: FixedWidthInteger>(
    _: T.Type, _ source: StridedElements, _ storage: Storage, _ spec: TensorSpec
) {
    let count = spec.count
    switch spec.dtype {
    case .float32: convert(IntegerToReal<T, Float>.self, source, storage, count)
    case .bfloat16: convert(IntegerToReal<T, BFloat16>.self, source, storage, count)
    case .uint8: convert(IntegerToInteger<T, UInt8>.self, source, storage, count)
    case .int32: convert(IntegerToInteger<T, Int32>.self, source, storage, count)
    case .int64: convert(IntegerToInteger<T, Int64>.self, source, storage, count)
    case .bool: convert(IntegerToTruth<T>.self, source, storage, count)
    }
}

private func convert<C: Conversion>(
    _: C.Type, _ source: StridedElements, _ storage: Storage, _ count: Int
) {
    let input = source.pointer(C.Source.self)
    let output = storage.pointer.assumingMemoryBound(to: C.Target.self)
    Parallel.forEach(count: count, grain: 16_384) { range in
        for index in range { output[index] = C.apply(input[index]) }
    }
    withExtendedLifetime((source.storage, storage)) {}
}

/// A conversion of one element, as a type: loops over it are compiled with it inlined.
private protocol Conversion {
    associatedtype Source
    associatedtype Target
    static func apply(_ x: Source) -> Target
}

private enum RealToReal<A: RealElement, B: RealElement>: Conversion {
    @inline(__always) static func apply(_ x: A) -> B { B(x.float) }
}
private enum RealToInteger<A: RealElement, B: TensorScalar>: Conversion {
    @inline(__always) static func apply(_ x: A) -> B { B(tensorReal: Double(x.float)) }
}
private enum RealToTruth<A: RealElement>: Conversion {
    @inline(__always) static func apply(_ x: A) -> Bool { x.float != 0 }
}
private enum IntegerToReal<A: FixedWidthInteger, B: RealElement>: Conversion {
    @inline(__always) static func apply(_ x: A) -> B { B(Float(x)) }
}
private enum IntegerToInteger<A: FixedWidthInteger, B: FixedWidthInteger>: Conversion {
    @inline(__always) static func apply(_ x: A) -> B { B(truncatingIfNeeded: x) }
}
private enum IntegerToTruth<A: FixedWidthInteger>: Conversion {
    @inline(__always) static func apply(_ x: A) -> Bool { x != 0 }
}
