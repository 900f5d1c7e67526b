import Hosting

extension Tensor {
    /// What a subscript selects, as a new tensor that shares the elements where strides can describe
    /// it (positions, ranges, new axes) and copies them elsewhere (index tensors, backward strides).
    ///
    ///     let x = try Tensor([[1, 2], [3, 4]])
    ///     try x.indexed(by: [0])        // [1.0, 2.0]
    ///     try x.indexed(by: [0..., -1]) // [2.0, 4.0]
    ///
    /// Each position removes its axis, each range keeps it, and axes without an index stay whole.
    /// Index tensors of integers broadcast together and put their shape in the place of their axes,
    /// or in front when their axes are not side by side. A mask covers as many axes as it has.
    /// Throws a `TensorError` when a position is out of range or a shape does not fit.
    public func indexed(by indices: [any TensorIndex]) throws -> Tensor {
        let plan = try located("subscript") { try IndexPlan(indices, in: shape) }
        if plan.elements == nil, plan.view.isIdentity(of: shape) { return self }
        guard plan.isComplete else { return .symbolic(TensorSpec(plan.shape, dtype)) }
        return try apply(IndexRead(plan: plan), [self])[0]
    }

    /// This tensor with `value`, cast to its type and broadcast, in the place that a subscript
    /// selects. Gradients flow to the value and to the untouched rest.
    public func assigning(_ value: Tensor, at indices: [any TensorIndex]) throws -> Tensor {
        let plan = try located("subscript") { try IndexPlan(indices, in: shape) }
        return try assigning(value, plan)
    }

    /// Puts `value`, cast to this tensor's type and broadcast, in the place that a subscript selects.
    ///
    ///     var x = try Tensor.zeros([2, 3])
    ///     try x.assign(Tensor([1, 2, 3]), at: [0])
    ///
    /// Other tensors never see the change, and gradients flow as in `assigning`. Without gradients
    /// being recorded, a tensor that requires its gradient stays one that does.
    public mutating func assign(_ value: Tensor, at indices: [any TensorIndex]) throws {
        let plan = try located("subscript") { try IndexPlan(indices, in: shape) }
        let records = Context.current.isGradientEnabled && (isTracked || value.isTracked)
        guard !records, handle.node == nil, !isSymbolic, !value.isSymbolic, plan.isComplete else {
            self = try assigning(value, plan)
            return
        }
        try Host.current.cancellation.check()
        try plan.check(value: value.spec, for: spec)
        let value = try value.cast(to: dtype)
        let meaning = handle.meaning?.written(value, plan)
        try plan.write(value, into: try makeWritable("subscript"))
        handle.meaning = meaning
    }

    /// Puts one number, cast to this tensor's type, everywhere a subscript selects.
    public mutating func assign(_ value: Double, at indices: [any TensorIndex]) throws {
        try assign(Tensor.full([], value), at: indices)
    }

    private func assigning(_ value: Tensor, _ plan: IndexPlan) throws -> Tensor {
        guard plan.isComplete else {
            try plan.check(value: value.spec, for: spec)
            return .symbolic(spec)
        }
        return try apply(IndexWrite(plan: plan), [self, try value.cast(to: dtype)])[0]
    }
}

/// What can be written into a tensor by subscript: a tensor or one number.
public protocol TensorAssignable {
    /// The value as a tensor that broadcasts.
    func assignedTensor() throws -> Tensor
    /// The value that a tensor's only element has.
    static func element(of tensor: Tensor) throws -> Self
}

extension Tensor: TensorAssignable {
    public func assignedTensor() throws -> Tensor { self }
    public static func element(of tensor: Tensor) throws -> Tensor { tensor }
}

extension TensorAssignable where Self: TensorScalar {
    public func assignedTensor() throws -> Tensor { try Tensor([self], shape: []) }

    public static func element(of tensor: Tensor) throws -> Self {
        guard tensor.count == 1 else { return Self(tensorReal: try tensor.item()) }
        return try tensor.scalars(as: Self.self)[0]
    }
}

extension Int: TensorAssignable {}
extension Float: TensorAssignable {}
extension Double: TensorAssignable {}
extension Bool: TensorAssignable {}

extension Tensor {
    /// What the indices select; see `indexed(by:)`.
    ///
    ///     try x[0, 1...]
    public subscript(_ indices: any TensorIndex...) -> Tensor {
        get throws { try indexed(by: indices) }
    }

    /// Sets what the indices select to a tensor, broadcast, or to one number; see `assign(_:at:)`.
    ///
    ///     x[0, 1] = 5
    ///     x[mask] = 0
    ///
    /// Swift's assignment cannot throw: an index that does not fit ends the program with the error's
    /// text. `assign(_:at:)` throws it.
    @_disfavoredOverload
    public subscript<Value: TensorAssignable>(_ indices: any TensorIndex...) -> Value {
        get { orTrap { try Value.element(of: try indexed(by: indices)) } }
        set { orTrap { try assign(try newValue.assignedTensor(), at: indices) } }
    }
}

/// The result of `body`, or the end of the program with the error's text.
private func orTrap<R>(_ body: () throws -> R) -> R {
    do {
        return try body()
    } catch {
        fatalError("\(error)")
    }
}
