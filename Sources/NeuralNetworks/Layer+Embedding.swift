import Tensors

extension Layer {
    /// What the model makes of `x` before its last `Linear` layer tells classes apart: the features
    /// that it has learned, [N, D].
    ///
    /// Runs without gradients, in evaluation mode, up to that layer. Throws where the model has no
    /// linear layer, and where shapes do not fit.
    ///
    ///     let features = try lenet.embedding(batch.images)  // [64, 84]
    public func embedding(_ x: Tensor) throws -> Tensor {
        let shapes = trace(x.spec)
        if let error = shapes.modelError(of: self) { throw error }
        guard let last = shapes.lastLinear else { throw noClassifier }
        let end = TraceEnd()
        var changes = ModelChanges()
        changes.layers[last.path] = end
        let trace = ModelTrace(input: x.spec, changes: changes)
        do {
            _ = try Context.current.withTraining(false) { try trace.run(self, x) }
        } catch {
            guard end.input != nil else { throw error }
        }
        guard let features = end.input, let count = x.shape.first, count > 0 else {
            throw LayerError(
                layer: kind, problem: "its last Linear layer was not reached",
                expected: "one that every input goes through", got: "\(x.shape)")
        }
        return try features.reshaped(count, -1)
    }
}

/// Stands in the place of a layer, keeps what arrives there and ends the run.
private final class TraceEnd: Layer {
    private(set) var input: Tensor?

    private struct Reached: Error {}

    func forward(_ x: Tensor) throws -> Tensor {
        input = x
        throw Reached()
    }

    func copy() throws -> TraceEnd { TraceEnd() }
}
