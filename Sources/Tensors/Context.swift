/// What operations of one run share: random numbers, whether gradients are recorded, training or
/// evaluation mode, the layers around, and the trace.
///
///     Context.$current.withValue(Context(seed: 1)) { ... }
///
/// A session keeps one and binds it around each cell.
public final class Context: @unchecked Sendable {
    // Invariant: used by one thread at a time, the one that runs operations.
    /// The context of the running code; one of the process where none is bound.
    @TaskLocal public static var current = Context()

    /// Where random tensors, dropout and shuffles draw from.
    public var generator: RandomGenerator
    /// Whether operations are written on the tape.
    public private(set) var isGradientEnabled = true
    /// Whether layers behave as in training (dropout, batch statistics).
    public private(set) var isTraining = false
    /// Whether convolutions, linear layers, matrix products and attention compute in bfloat16.
    public private(set) var isMixedPrecision = false
    /// The layers around the running operation, outermost first.
    public private(set) var layerPath: [LayerScope] = []
    /// The type of layer whose `forward` is its `callAsFunction` at the moment, if any.
    package private(set) var forwarding: ObjectIdentifier?
    /// Who watches what is computed, if anyone.
    private(set) var observer: RunObserver?
    /// Whether gradients that flow back through rectifiers keep only what is positive.
    private(set) var guidesGradients = false
    /// Who writes down operations, if anyone.
    public private(set) var trace: Trace?

    /// A fresh context; without a seed, random numbers differ from run to run.
    public init(seed: Int? = nil) {
        generator = seed.map { RandomGenerator(seed: $0) } ?? RandomGenerator()
    }

    /// Starts the random numbers again from `seed`.
    public func seed(_ seed: Int) { generator = RandomGenerator(seed: seed) }

    /// Runs `body` with random numbers that begin from `seed`; those of before go on after it.
    package func withGenerator<R>(seed: Int, _ body: () throws -> R) rethrows -> R {
        try with(\.generator, RandomGenerator(seed: seed), body)
    }

    /// Runs `body` recording gradients, or not.
    public func withGradient<R>(_ enabled: Bool = true, _ body: () throws -> R) rethrows -> R {
        try with(\.isGradientEnabled, enabled, body)
    }

    /// Runs `body` without recording gradients.
    public func withoutGradient<R>(_ body: () throws -> R) rethrows -> R {
        try withGradient(false, body)
    }

    /// Runs `body` in training mode, or in evaluation mode.
    public func withTraining<R>(_ training: Bool = true, _ body: () throws -> R) rethrows -> R {
        try with(\.isTraining, training, body)
    }

    /// Runs `body` in mixed precision, or in the tensors' own precision.
    public func withMixedPrecision<R>(
        _ enabled: Bool = true, _ body: () throws -> R
    ) rethrows -> R {
        try with(\.isMixedPrecision, enabled, body)
    }

    /// `x` as the multiplying operations compute with it: in mixed precision a float32 tensor
    /// becomes bfloat16, on the tape; otherwise, and any other tensor, it is `x` itself.
    func lowered(_ x: Tensor) throws -> Tensor {
        guard isMixedPrecision, x.dtype == .float32 else { return x }
        return try x.cast(to: .bfloat16)
    }

    /// Runs `body` inside a layer, so that errors and the trace can name it.
    public func withLayer<R>(
        _ name: String, kind: String, _ body: () throws -> R
    ) rethrows -> R {
        layerPath.append(LayerScope(name: name, kind: kind))
        defer {
            observer?.ending?(layerPath, false)
            layerPath.removeLast()
        }
        return try body()
    }

    /// Runs `body` with `observer` watching beside whoever watches other things already; with `nil`
    /// nobody watches.
    package func observing<R>(
        _ observer: RunObserver?, _ body: () throws -> R
    ) rethrows -> R {
        try with(\.observer, observer?.beside(self.observer), body)
    }

    /// Shows an operation to who observes them; what that computes is not shown.
    func show(_ operation: ComputedOperation) throws {
        guard let show = observer?.operation else { return }
        try observing(nil) { try withoutGradient { try show(operation) } }
    }

    /// Runs `body` inside a layer, like `withLayer`, and shows its output to who watches it.
    package func inLayer(
        _ name: String, kind: String, _ body: () throws -> Tensor
    ) throws -> Tensor {
        try withLayer(name, kind: kind) {
            let output = try body()
            return try observer?.output?(layerPath, output) ?? output
        }
    }

    /// Whether anyone watches what comes out of layers.
    package var watchesOutputs: Bool { observer?.output != nil }

    /// Whether the weights of attention are watched.
    var watchesAttention: Bool { observer?.attention != nil }

    /// Whether operations are watched.
    var watchesOperations: Bool { observer?.operation != nil }

    /// Shows the weights of attention, `[..., T, S]`, to who watches them.
    func show(attention weights: Tensor) throws { try observer?.attention?(layerPath, weights) }

    /// Whether layers may be computed together as one: in evaluation, where no gradient is recorded
    /// and nobody is shown what comes out of each of them.
    package var joinsLayers: Bool {
        !isGradientEnabled && !isTraining && !isMixedPrecision && trace == nil
            && !(observer?.watchesInside(layerPath) ?? false)
    }

    /// Records gradients from here to the end of the innermost `withGradient` around.
    package func beginGradient() { isGradientEnabled = true }

    /// Runs `body`; where it goes back through rectifiers only positive gradients pass, which is
    /// guided backpropagation.
    package func guidingGradients<R>(_ body: () throws -> R) rethrows -> R {
        try with(\.guidesGradients, true, body)
    }

    /// Runs `body`, which is the `callAsFunction` of a type of layers, as their `forward`.
    package func forwarding<R>(_ type: ObjectIdentifier, _ body: () throws -> R) rethrows -> R {
        try with(\.forwarding, type, body)
    }

    /// Runs `body` with `trace` writing down its operations; `nil` writes nothing.
    public func withTrace<R>(_ trace: Trace?, _ body: () throws -> R) rethrows -> R {
        try with(\.trace, trace, body)
    }

    /// Runs `body` with another value of a property, and brings the one of before back.
    @inline(__always)
    private func with<Value, R>(
        _ property: ReferenceWritableKeyPath<Context, Value>, _ value: Value,
        _ body: () throws -> R
    ) rethrows -> R {
        let before = self[keyPath: property]
        self[keyPath: property] = value
        defer { self[keyPath: property] = before }
        return try body()
    }
}

/// Starts the random numbers of the current context again from `seed`.
public func seed(_ seed: Int) { Context.current.seed(seed) }

/// Runs `body` without recording gradients.
public func withoutGradient<R>(_ body: () throws -> R) rethrows -> R {
    try Context.current.withoutGradient(body)
}

/// Runs `body` in training mode: dropout drops and batch normalisation uses the batch.
public func withTraining<R>(_ training: Bool = true, _ body: () throws -> R) rethrows -> R {
    try Context.current.withTraining(training, body)
}

/// Runs `body` in mixed precision: convolutions, linear layers, matrix products and attention
/// compute in bfloat16, which takes half the memory traffic, and accumulate in float32; parameters
/// and their gradients stay float32.
///
///     let loss = try withMixedPrecision { try crossEntropy(model(images), labels) }
///     try loss.backward()
public func withMixedPrecision<R>(
    _ enabled: Bool = true, _ body: () throws -> R
) rethrows -> R {
    try Context.current.withMixedPrecision(enabled, body)
}

/// Runs `body` and returns what it did, operation by operation.
public func traced<R>(_ body: () throws -> R) rethrows -> (R, Trace) {
    let trace = Trace()
    let result = try Context.current.withTrace(trace, body)
    return (result, trace)
}
