/// What is known of where a tensor's sizes come from, when sizes are traced by name.
enum SizeOrigin: Sendable {
    /// Numbers that code may have read from other tensors' shapes.
    case unknown
    /// Numbers that are always these: those of a parameter.
    case fixed
    /// Formulas, one for each axis.
    case carried([Size])
    /// They depend on the names in a way that is not known.
    case lost

    fileprivate var dependsOnNames: Bool {
        switch self {
        case .carried, .lost: true
        case .unknown, .fixed: false
        }
    }
}

/// An operand as rules about sizes see it.
public struct SizedSpec: Sendable {
    /// The numbers that stand for the formulas in this trace, and the element type.
    public let spec: TensorSpec
    /// A formula for each axis; `nil` where they are not known.
    public let sizes: [Size]?
    /// Whether the sizes are formulas or numbers that never change, not ones that code may have
    /// computed.
    public let isSure: Bool

    init(_ tensor: Tensor) {
        spec = tensor.spec
        switch tensor.handle.origin {
        case .carried(let sizes): (self.sizes, isSure) = (sizes, true)
        case .fixed: (sizes, isSure) = (tensor.shape.map { Size($0) }, true)
        case .unknown: (sizes, isSure) = (tensor.shape.map { Size($0) }, false)
        case .lost: (sizes, isSure) = (nil, false)
        }
    }

    /// The formulas of the last two axes of images.
    var image: [Size]? {
        guard let sizes, sizes.count == 4 else { return nil }
        return Array(sizes[2...])
    }
}

extension Operation {
    public func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        guard let first = inputs.first, let sizes = first.sizes,
            outputs.allSatisfy({ $0.shape == first.spec.shape })
        else { return nil }
        return outputs.map { _ in sizes }
    }

    public func requirements(_ inputs: [SizedSpec]) -> [SizeRequirement] { [] }

    /// Writes down what must hold of sizes that depend on names.
    func record(requirementsOf inputs: [Tensor], in context: Context) {
        guard let trace = context.trace,
            inputs.contains(where: { $0.handle.origin.dependsOnNames })
        else { return }
        for requirement in requirements(inputs.map(SizedSpec.init)) {
            trace.require(requirement, by: name, in: context.layerPath)
        }
    }

    /// Gives the outputs the formulas that follow from the inputs'.
    func carrySizes(from inputs: [Tensor], to outputs: [Tensor]) {
        guard inputs.contains(where: { $0.handle.origin.dependsOnNames }) else {
            let isFixed = inputs.allSatisfy {
                if case .fixed = $0.handle.origin { true } else { false }
            }
            if isFixed { for output in outputs { output.handle.origin = .fixed } }
            return
        }
        let rule = sizes(inputs.map(SizedSpec.init), outputs: outputs.map(\.spec))
        for (index, output) in outputs.enumerated() {
            guard let rule, index < rule.count, rule[index].count == output.rank else {
                output.handle.origin = .lost
                continue
            }
            output.handle.origin = .carried(rule[index])
            Context.current.trace?.meet(rule[index])
        }
    }
}

extension Tensor {
    /// The formulas of the sizes, where they are traced by name and known.
    package var sizes: [Size]? {
        if case .carried(let sizes) = handle.origin { return sizes }
        return nil
    }

    /// An image of which only the shape is known, with a formula for each of its sizes.
    package static func symbolicImage(_ spec: TensorSpec, sizes: [Size]) -> Tensor {
        let image = spec.rank == 4 ? symbolicImage(spec) : symbolic(spec)
        if sizes.contains(where: { $0.known == nil }) { image.handle.origin = .carried(sizes) }
        image.handle.producer = Trace.input
        return image
    }

    /// A parameter's shape without elements, whose sizes never change.
    package static func symbolicParameter(_ spec: TensorSpec) -> Tensor {
        let value = Tensor.symbolic(spec)
        value.handle.origin = .fixed
        return value
    }

    /// The same tensor, of which is known that its sizes are always those of `other`.
    package func sized(as other: Tensor) -> Tensor {
        guard isSymbolic, shape == other.shape, case .carried = other.handle.origin else {
            return self
        }
        handle.origin = other.handle.origin
        return self
    }

    /// Writes down what must hold of the size of an axis, for traces that carry formulas.
    package func note(_ relation: SizeRequirement.Relation, axis: Int, by name: String) {
        guard let trace = Context.current.trace, let sizes, sizes.indices.contains(axis) else {
            return
        }
        trace.require(
            SizeRequirement(sizes[axis], relation), by: name, in: Context.current.layerPath)
    }

    /// Writes down that both must have the same shape, for traces that carry formulas.
    package func note(sameShapeAs other: Tensor, by name: String) {
        guard let trace = Context.current.trace, let sizes, let others = other.sizes,
            sizes.count == others.count
        else { return }
        for (own, size) in zip(sizes, others) where own != size {
            trace.require(
                SizeRequirement(own, .equal(size)), by: name, in: Context.current.layerPath)
        }
    }
}
