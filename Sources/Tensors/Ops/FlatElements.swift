import OneDNN

/// All elements of a dense layout in memory order, padding included where it is harmless.
struct FlatElements {
    let elements: StridedElements
    let layout: Layout
    let count: Int

    init(_ tensor: Tensor, keepsZero: Bool) throws {
        let own = try tensor.representation()
        switch own.layout {
        case .blocked(let descriptor) where keepsZero || !descriptor.isPadded:
            elements = StridedElements(storage: own.storage, offset: 0, strides: [1])
            layout = own.layout
            count = descriptor.bufferCount
        case .strided(let offset, let strides) where isDense(tensor.shape, strides):
            elements = StridedElements(storage: own.storage, offset: offset, strides: [1])
            layout = .strided(offset: 0, strides: strides)
            count = tensor.count
        default:
            elements = try tensor.dense()
            layout = .strided(offset: 0, strides: tensor.spec.contiguousStrides)
            count = tensor.count
        }
    }
}

/// Whether strides fill one piece of memory in some order of axes.
func isDense(_ shape: [Int], _ strides: [Int]) -> Bool {
    isContiguous(shape, strides) || isDensePermutation(shape, strides)
}
