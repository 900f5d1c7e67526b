import Hosting
import Tensors

extension Layer {
    /// The output for `x`, with errors that tell the layer they happened in.
    ///
    /// Where shapes do not fit, the outermost layer throws a `ModelError`, which says how the shape
    /// came to be.
    public func call(_ x: Tensor) throws -> Tensor { try call(x, as: "") }

    /// The same for a layer that its parent knows by name.
    public func call(_ x: Tensor, as name: String) throws -> Tensor {
        let context = Context.current
        if context.trace != nil, let recorder = ModelTrace.current {
            return try recorder.visit(self, name: name, input: x)
        }
        let isOutermost = context.layerPath.isEmpty
        if isOutermost, let meaning = x.meaning { info?.warn(of: meaning) }
        do {
            return try context.inLayer(name, kind: kind) { try forward(x) }
        } catch var error as TensorError {
            if error.layerPath.isEmpty {
                error.layerPath = context.layerPath + [LayerScope(name: name, kind: signature)]
            }
            guard isOutermost else { throw error }
            throw ModelError(error, model: self, trace: trace(x.spec))
        }
    }

    /// The output for `x`. Stops a compiled program where shapes do not fit; `call(_:)` throws.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        trapping {
            // The two defaults call each other; of a layer with one of its own only one ever runs.
            guard Context.current.forwarding != ObjectIdentifier(Self.self) else {
                throw LayerError(
                    layer: kind, problem: "it does not say what it computes",
                    expected: "func forward(_ x: Tensor) throws -> Tensor", got: "none")
            }
            return try call(x)
        }
    }

    /// What `callAsFunction` gives, for a layer that is written as one.
    public func forward(_ x: Tensor) throws -> Tensor {
        Context.current.forwarding(ObjectIdentifier(Self.self)) { callAsFunction(x) }
    }

    /// What the model does with an input of the given shape: every layer, every operation, without
    /// computing anything. Where it fails, the trace ends there and has a `failure`.
    public func trace(_ input: TensorSpec) -> ModelTrace {
        trace(input, changes: ModelChanges())
    }

    /// The same with changes that are tried.
    package func trace(_ input: TensorSpec, changes: ModelChanges) -> ModelTrace {
        let trace = ModelTrace(input: input, changes: changes)
        trace.record(self)
        return trace
    }

    /// The same with formulas in the place of sizes, and the numbers that stand for their names.
    package func trace(_ sizes: [Size], numbers: [String: Int]) -> ModelTrace? {
        let shape = sizes.compactMap { $0.evaluated(numbers) }
        guard shape.count == sizes.count else { return nil }
        let trace = ModelTrace(
            input: TensorSpec(shape), changes: ModelChanges(), sizes: sizes, numbers: numbers)
        trace.record(self)
        return trace
    }

    /// What tells this layer from others: the object it is, or the first one inside it.
    package var identity: ObjectIdentifier? {
        for child in children {
            if let identity = child.layer.identity { return identity }
        }
        if let own = ownParameters.first { return ObjectIdentifier(own.parameter) }
        return Self.self is AnyObject.Type ? ObjectIdentifier(self as AnyObject) : nil
    }
}

/// An error inside a model: the failed operation, the layer it happened in, and how the shape
/// there came to be.
public struct ModelError: Error, @unchecked Sendable, CustomStringConvertible {
    // Invariant: the model is only read, and only by the thread that runs operations.

    /// What went wrong, with the layer path and the chain of shapes.
    public private(set) var error: TensorError
    /// The model that was called.
    public let model: any Layer
    /// What it was called with.
    public let input: TensorSpec

    /// An error from calling `model`, told with what the trace of the same input says.
    init(_ error: TensorError, model: any Layer, trace: ModelTrace) {
        self.error = error
        self.model = model
        input = trace.input
        if let failure = trace.failure, failure.summary == error.summary {
            self.error.layerPath = trace.failedPath
            self.error.chain = trace.chain
        } else {
            self.error.layerPath = Array(error.layerPath.drop { $0.name.isEmpty })
        }
    }

    public var description: String { error.description }
}
