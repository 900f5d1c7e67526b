import Tensors

/// How the inputs of a case lie in memory: the answer must not depend on it.
enum InputLayout: CaseIterable {
    /// Row after row.
    case dense
    /// A view with the axes in reverse.
    case transposed
    /// A view that leaves out the first element of every row.
    case sliced
    /// As a convolution leaves an image: what it is multiplied with is the identity.
    case blocked

    /// A tensor to ask for the gradient, and what the operation sees of it; `nil` where the layout
    /// means nothing for this tensor.
    func arranged(_ tensor: Tensor) throws -> (leaf: Tensor, view: Tensor)? {
        guard self == .dense || (tensor.rank > 0 && tensor.count > 0) else { return nil }
        switch self {
        case .dense:
            let leaf = tensor.detached()
            leaf.requiresGradient = true
            return (leaf, leaf)
        case .transposed:
            guard tensor.rank > 1 else { return nil }
            let order = Array((0..<tensor.rank).reversed())
            let leaf = try copied(tensor.transposed(order))
            return (leaf, try leaf.transposed(order))
        case .sliced:
            let first = try tensor.indexed(by: [IndexPart.ellipsis, 0..<1])
            let leaf = try copied(concatenated([first, tensor], axis: -1))
            return (leaf, try leaf.indexed(by: [IndexPart.ellipsis, 1...]))
        case .blocked:
            let values = tensor.dtype.isFloatingPoint ? try tensor.scalars(as: Float.self) : []
            guard tensor.rank == 4, !values.isEmpty, values.allSatisfy(\.isFinite) else {
                return nil
            }
            let channels = tensor.shape[1]
            let identity = try Tensor.eye(channels).reshaped(channels, channels, 1, 1)
            let leaf = try copied(tensor)
            let image = try conv2d(leaf.cast(to: .float32), identity)
            return (leaf, try image.cast(to: tensor.dtype))
        }
    }

    /// The gradient of the tensor that was arranged, from its leaf's.
    func gradient(_ gradient: Tensor, rank: Int) throws -> Tensor {
        switch self {
        case .dense, .blocked: gradient
        case .transposed: try gradient.transposed(Array((0..<rank).reversed()))
        case .sliced: try gradient.indexed(by: [IndexPart.ellipsis, 1...])
        }
    }

    /// A tensor with elements of its own, row after row, that keeps its gradient.
    private func copied(_ tensor: Tensor) throws -> Tensor {
        let copy = try Tensor.unsafeUninitialized(shape: tensor.shape, dtype: tensor.dtype) {
            target in
            try tensor.withUnsafeBytes { target.copyMemory(from: $0) }
        }
        copy.requiresGradient = true
        return copy
    }
}
