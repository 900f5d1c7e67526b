import Tensors

extension Layer {
    /// What the layer with a full name makes of `x` inside this model; the layers behind it are not
    /// run. Its activation counts as its own where it does both in one pass.
    ///
    ///     let model = Sequential { Linear(4, 3); ReLU(); Linear(3, 2).named("head") }
    ///     try model.features(of: Tensor.ones([1, 4]), upTo: "1").shape  // [1, 3]
    ///
    /// Throws where no layer of that name is run on the way.
    public func features(of x: Tensor, upTo name: String) throws -> Tensor {
        do {
            _ = try observing(x) { path, output in
                if path == name { throw Reached(output: output) }
            }
        } catch {
            guard let reached = error as? Reached else { throw error }
            return reached.output
        }
        let names = children.map(\.name).joined(separator: ", ")
        throw LayerError(
            layer: kind, problem: "the input goes through no layer of that name",
            expected: "one such as \(names), or one inside them, joined by dots", got: "\"\(name)\""
        )
    }

    /// What the layers with the given full names make of `x` inside this model.
    package func outputs(
        of x: Tensor, at names: [String]
    ) throws -> (output: Tensor, inner: [String: Tensor]) {
        let wanted = Set(names)
        var inner: [String: Tensor] = [:]
        let output = try observing(x) { path, output in
            if wanted.contains(path) { inner[path] = output }
        }
        return (output, inner)
    }

    /// The output for `x`, each layer's shown to `body` with its full name.
    private func observing(
        _ x: Tensor, _ body: @escaping (String, Tensor) throws -> Void
    ) throws -> Tensor {
        let context = Context.current
        let depth = context.layerPath.count + 1
        return try context.observing {
            path, output in
            try body(path.dropFirst(depth).map(\.name).joined(separator: "."), output)
        } _: {
            try call(x)
        }
    }
}

/// How a model stops when it has come to the layer asked for.
private struct Reached: Error {
    let output: Tensor
}
