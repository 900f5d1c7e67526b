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
    func step(_ parameters: [Parameter]) throws
}

extension Optimizer {
    /// One step of every weight of the model that is trainable and has a gradient.
    public func step(_ model: any Layer) throws { try step(model.weights) }
}

/// What an optimizer remembers of each parameter from step to step.
struct OptimizerState<Memory> {
    private var memories: [ObjectIdentifier: (parameter: Parameter, memory: Memory)] = [:]

    /// The memory of a parameter, taken out while `body` changes it.
    mutating func update(
        _ parameter: Parameter, initial: @autoclosure () -> Memory,
        _ body: (inout Memory) throws -> Void
    ) throws {
        let key = ObjectIdentifier(parameter)
        var memory = memories.removeValue(forKey: key)?.memory ?? initial()
        defer { memories[key] = (parameter, memory) }
        try body(&memory)
    }
}

/// Throws unless an optimizer's argument is a number from 0.
func requireFromZero(_ optimizer: String, _ name: String, _ value: Double) throws {
    guard value >= 0, value.isFinite else {
        throw LayerError(
            layer: optimizer, problem: "'\(name)' is out of range", expected: "a number from 0",
            got: "\(value)")
    }
}
