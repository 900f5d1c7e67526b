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
            _ = try watching([name], on: x) { _, output in throw Reached(output: output) }
        } catch {
            guard let reached = error as? Reached else { throw error }
            return reached.output
        }
        throw LayerError(noLayer: name, in: self)
    }

    /// What the layers with the given full names make of `x` inside this model.
    package func outputs(
        of x: Tensor, at names: [String]
    ) throws -> (output: Tensor, inner: [String: Tensor]) {
        var inner: [String: Tensor] = [:]
        let output = try watching(Set(names), on: x) { name, output in
            inner[name] = output
            return output
        }
        return (output, inner)
    }

    /// The output for `x`, where `body` is given what comes out of the layers with some full names,
    /// and gives what goes on in its place: a hook. Without names it is given that of all layers.
    package func watching(
        _ names: Set<String>?, on x: Tensor, _ body: @escaping (String, Tensor) throws -> Tensor
    ) throws -> Tensor {
        let context = Context.current
        let observer = RunObserver.outputs(
            below: context.layerPath.count + 1, of: names, body)
        return try context.observing(observer) { try call(x) }
    }

    /// The output for `x`, where `body` is given how much tokens look at each other: for each
    /// attention on the way the full name of its layer, and weights `[..., heads, T, S]`.
    package func watchingAttention(
        on x: Tensor, _ body: @escaping (String, Tensor) throws -> Void
    ) throws -> Tensor {
        let context = Context.current
        let observer = RunObserver.attention(below: context.layerPath.count + 1, body)
        return try context.observing(observer) { try call(x) }
    }
}

extension LayerError {
    /// That the input goes through no layer of a name.
    package init(noLayer name: String, in model: any Layer) {
        self.init(
            layer: model.kind, problem: "the input goes through no layer of that name",
            expected: "one such as \(model.children.map(\.name).joined(separator: ", ")), or one "
                + "inside them, joined by dots", got: "\"\(name)\"")
    }
}

/// How a model stops when it has come to the layer asked for.
private struct Reached: Error {
    let output: Tensor
}
