import OneDNN

/// Elements at a place in a storage, with strides.
struct StridedElements {
    let storage: Storage
    let offset: Int
    let strides: [Int]

    /// The first element. The storage must outlive every use of it.
    func pointer<T>(_: T.Type) -> UnsafeMutablePointer<T> {
        storage.pointer.assumingMemoryBound(to: T.self) + offset
    }
}

extension Tensor {
    /// How the elements are kept, read first where they are still in a file; throws for a symbolic
    /// tensor, and where the file cannot be read any more.
    func representation() throws -> Representation {
        guard let representation = try handle.representation() else {
            throw TensorError(
                .value, "elements", "a symbolic tensor has a shape and no elements",
                expected: "a tensor with elements", got: "\(spec)", operands: [spec])
        }
        return representation
    }

    /// The elements under plain strides: as they are kept, or reordered from a blocked format.
    func strided() throws -> StridedElements {
        let own = try representation()
        switch own.layout {
        case .strided(let offset, let strides):
            return StridedElements(storage: own.storage, offset: offset, strides: strides)
        case .blocked(let descriptor):
            let storage = try Storage(byteCount: spec.byteCount)
            try reorder(
                own.storage, 0, descriptor,
                to: storage,
                try MemoryDescriptor(shape: descriptor.shape, type: elementType()))
            return StridedElements(
                storage: storage, offset: 0, strides: spec.contiguousStrides)
        }
    }

    /// The elements in dense row-major order: as they are kept where they are so, else a copy.
    func dense() throws -> StridedElements {
        let own = try strided()
        if isContiguous(shape, own.strides) { return own }
        let storage = try Storage(byteCount: spec.byteCount)
        copyElements(own, to: storage, shape: shape, dtype: dtype)
        return StridedElements(storage: storage, offset: 0, strides: spec.contiguousStrides)
    }

    /// A tensor with the same elements in dense row-major order.
    func contiguous() throws -> Tensor {
        let own = try representation()
        if case .strided(_, let strides) = own.layout, isContiguous(shape, strides) { return self }
        let dense = try dense()
        return Tensor(
            spec, dense.storage, .strided(offset: dense.offset, strides: dense.strides))
    }

    /// oneDNN's description of the format in which the elements are kept, and where they start.
    func described() throws -> (storage: Storage, offset: Int, descriptor: MemoryDescriptor) {
        let own = try representation()
        switch own.layout {
        case .blocked(let descriptor): return (own.storage, 0, descriptor)
        case .strided(let offset, let strides):
            // A size of 1 has no meaningful stride, and oneDNN compares strides.
            var strides = strides
            let plain = spec.contiguousStrides
            for axis in strides.indices where shape[axis] == 1 { strides[axis] = plain[axis] }
            guard rank > 0, strides.allSatisfy({ $0 > 0 }) else {
                let dense = try dense()
                return (
                    dense.storage, dense.offset,
                    try MemoryDescriptor(shape: rank == 0 ? [1] : shape, type: elementType())
                )
            }
            return (
                own.storage, offset,
                try MemoryDescriptor(shape: shape, strides: strides, type: elementType())
            )
        }
    }

    /// The type of the elements as oneDNN knows it; throws for int64, which it does not.
    private func elementType() throws -> ElementType {
        if let type = dtype.elementType { return type }
        throw TensorError(
            .dtype, "elements", "there is no kernel for \(dtype) elements",
            expected: "float32, bfloat16, int32 or uint8", got: "\(dtype)", operands: [spec])
    }

    /// The elements in the format a primitive asks for, converted where it has another element type.
    /// With `adopting`, this tensor keeps them so from now on, as weights do, unless they were
    /// converted. The format's shape may group axes, as grouped convolutions do.
    func packed(as wanted: MemoryDescriptor, adopting: Bool = false) throws -> PackedElements {
        let own: (storage: Storage, offset: Int, descriptor: MemoryDescriptor)
        if case .blocked(let descriptor) = try representation().layout,
            descriptor.shape == wanted.shape
        {
            own = (try representation().storage, 0, descriptor)
        } else if shape == wanted.shape {
            own = try described()
        } else {
            let dense = try dense()
            own = (
                dense.storage, dense.offset,
                try MemoryDescriptor(shape: wanted.shape, type: elementType())
            )
        }
        let bytes = own.offset * dtype.byteCount
        if own.descriptor == wanted {
            return PackedElements(storage: own.storage, pointer: own.storage.pointer + bytes)
        }
        let storage = try Storage(byteCount: wanted.byteCount)
        try reorder(own.storage, bytes, own.descriptor, to: storage, wanted)
        if adopting, wanted.type == dtype.elementType {
            handle.adopt(Representation(storage: storage, layout: Layout(wanted, rank: rank)))
        }
        return PackedElements(storage: storage, pointer: storage.pointer)
    }
}

extension Tensor {
    /// Whether no other tensor, view or saved copy refers to the elements.
    mutating func ownsElementsAlone() -> Bool {
        isKnownUniquelyReferenced(&handle) && handle.ownsStorageAlone()
    }

    /// The elements in dense row-major order for writing: a copy first where anyone else, a copy
    /// of this tensor or the tape, refers to them.
    ///
    /// Throws for a tensor on the tape, whose elements are given by what computed it.
    mutating func makeWritable(_ operation: String) throws -> StridedElements {
        guard !handle.isTracked || !Context.current.isGradientEnabled else {
            throw TensorError(
                .gradient, operation, "the tensor is on the tape and cannot be changed in place",
                expected: "detached(), or a change inside withoutGradient", got: "\(spec)",
                operands: [spec])
        }
        // What is still in a file is then its own, and needs no copy.
        _ = try representation()
        if ownsElementsAlone(),
            case .strided(let offset, let strides) = try representation().layout,
            isContiguous(shape, strides)
        {
            let storage = try representation().storage
            storage.version += 1
            return StridedElements(storage: storage, offset: offset, strides: strides)
        }
        let source = try strided()
        let storage = try Tensor.allocate(operation, spec)
        copyElements(source, to: storage, shape: shape, dtype: dtype)
        let layout = Layout.strided(offset: 0, strides: spec.contiguousStrides)
        let copy = TensorHandle(spec, Representation(storage: storage, layout: layout))
        copy.requiresGradient = handle.requiresGradient
        copy.gradient = handle.gradient
        copy.meaning = handle.meaning
        handle = copy
        return StridedElements(storage: storage, offset: 0, strides: spec.contiguousStrides)
    }
}

/// Elements in a format that a primitive asked for. The storage must outlive the pointer's use.
struct PackedElements {
    let storage: Storage
    let pointer: UnsafeMutableRawPointer
}

/// Copies between two formats.
func reorder(
    _ source: Storage, _ sourceBytes: Int, _ from: MemoryDescriptor,
    to destination: Storage, _ to: MemoryDescriptor
) throws {
    try ReorderConfiguration(from: from, to: to).primitive().execute([
        (.source, source.pointer + sourceBytes), (.destination, destination.pointer),
    ])
}

/// Whether strides are row-major without gaps; sizes of 1 may have any.
func isContiguous(_ shape: [Int], _ strides: [Int]) -> Bool {
    var step = 1
    for axis in stride(from: shape.count - 1, through: 0, by: -1) where shape[axis] != 1 {
        if strides[axis] != step && !shape.contains(0) { return false }
        step *= shape[axis]
    }
    return true
}

/// Whether strides fill one piece of memory without gaps or overlap, in any order of axes.
func isDensePermutation(_ shape: [Int], _ strides: [Int]) -> Bool {
    let order = shape.indices.filter { shape[$0] != 1 }.sorted { strides[$0] < strides[$1] }
    var step = 1
    for axis in order {
        if strides[axis] != step { return false }
        step *= shape[axis]
    }
    return true
}
