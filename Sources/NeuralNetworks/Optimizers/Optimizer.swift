import Tensors

/// Changes weights along their gradients.
///
///     let optimizer = SGD(learningRate: 0.05, momentum: 0.9)
///     loss.backward(); optimizer.step(model); model.zeroGradients()
public protocol Optimizer: AnyObject, CustomStringConvertible {
    /// The step size; a schedule sets it before every step.
    var learningRate: Double { get set }

    /// Throws where an argument is out of its range; every step and `fit` ask.
    func validate() throws

    /// One step of the given parameters, those without a gradient or frozen being left alone.
    func step(_ parameters: [(name: String, parameter: Parameter)]) throws

    /// What it remembers of the given parameters, by names that `restore` knows: what a checkpoint
    /// keeps of it. Throws where it cannot be kept.
    func memory(of parameters: [(name: String, parameter: Parameter)]) throws -> [String: Tensor]

    /// Takes back what `memory` gave, so that it goes on as if it had never stopped. Throws,
    /// leaving it as it was, where something is not what it remembers of these parameters.
    func restore(
        _ memory: [String: Tensor], of parameters: [(name: String, parameter: Parameter)]) throws

    /// Another one with the same settings that remembers nothing. Throws where it does not say how
    /// that is made.
    func withoutMemory() throws -> Self
}

extension Optimizer {
    /// One step of every weight of the model that is trainable and has a gradient.
    public func step(_ model: any Layer) throws { try step(model.namedWeights) }

    /// One step of the given parameters, which have no names.
    public func step(_ parameters: [Parameter]) throws { try step(parameters.map { ("", $0) }) }

    /// Throws: an optimizer of one's own has to say what it remembers.
    public func memory(
        of parameters: [(name: String, parameter: Parameter)]
    ) throws -> [String: Tensor] {
        throw LayerError(
            layer: "\(Self.self)", problem: "it does not say what it remembers",
            expected: "an implementation of memory(of:) and restore(_:of:)", got: "none")
    }

    /// Throws: an optimizer of one's own has to say how another one is made.
    public func withoutMemory() throws -> Self {
        throw LayerError(
            layer: "\(Self.self)", problem: "it does not say how another one is made",
            expected: "an implementation of withoutMemory()", got: "none")
    }

    /// Throws as `memory` does.
    public func restore(
        _ memory: [String: Tensor], of parameters: [(name: String, parameter: Parameter)]
    ) throws { _ = try self.memory(of: parameters) }
}

/// Throws unless an optimizer's rate of forgetting is in 0..<1.
func requireBelowOne(_ optimizer: String, _ name: String, _ value: Double) throws {
    guard (0..<1).contains(value) else {
        throw LayerError(
            layer: optimizer, problem: "'\(name)' is out of range", expected: "a number in 0..<1",
            got: "\(value)")
    }
}
