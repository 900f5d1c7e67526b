import Tensors

/// A running average of a model's weights, which often generalises better than the weights
/// themselves.
///
///     let average = try ExponentialMovingAverage(of: model, decay: 0.999)
///     optimizer.step(model); average.update()
///     average.withAverage { evaluate(model, on: data.test) }
///
/// Each `update()` does `average = decay * average + (1 - decay) * weight`, the first one takes the
/// weights as they are. Running statistics are averaged too, counters are taken over. As
/// `torch.optim.swa_utils.AveragedModel` with buffers. Source: Polyak and Juditsky, "Acceleration
/// of stochastic approximation by averaging", 1992.
public final class ExponentialMovingAverage: CustomStringConvertible {
    /// The model whose weights are averaged.
    public let model: any Layer
    /// How slowly the average forgets.
    public let decay: Double
    /// How often it was updated.
    public private(set) var updates = 0
    /// Whether the model holds the average at the moment, and this the weights.
    public private(set) var isSwapped = false
    private var others: [(parameter: Parameter, value: Tensor)]

    /// An average that begins as the weights of `model` are; throws unless `decay` is in 0...1.
    public init(of model: any Layer, decay: Double = 0.999) throws {
        guard (0...1).contains(decay) else {
            throw LayerError(
                layer: "ExponentialMovingAverage", problem: "'decay' is out of range",
                expected: "a number in 0...1", got: "\(decay)")
        }
        self.model = model
        self.decay = decay
        others = model.namedState.map { ($0.parameter, $0.parameter.value.detached()) }
    }

    /// Takes in the present weights, after an optimizer's step.
    ///
    /// Throws while the average is swapped in.
    public func update() throws {
        guard !isSwapped else {
            throw LayerError(
                layer: "ExponentialMovingAverage",
                problem: "the model holds the average, not what was trained",
                expected: "swap() before update()", got: "the average")
        }
        for index in others.indices {
            let parameter = others[index].parameter
            let value = parameter.value.detached()
            if updates == 0 || parameter.dtype != .float32 {
                others[index].value = value
            } else {
                try averageStep(&others[index].value, value: value, decay: decay)
            }
        }
        updates += 1
    }

    /// Exchanges the model's weights and the average; once more exchanges them back.
    public func swap() throws {
        for index in others.indices {
            let parameter = others[index].parameter
            let value = parameter.value.detached()
            try parameter.setValue(others[index].value)
            others[index].value = value
        }
        isSwapped.toggle()
    }

    /// Runs `body` while the model holds the average.
    public func withAverage<R>(_ body: () throws -> R) throws -> R {
        guard !isSwapped else { return try body() }
        try swap()
        let result = Result { try body() }
        try swap()
        return try result.get()
    }

    /// What it holds beside the model's own values, by the names of these.
    package var memory: [String: Tensor] {
        Dictionary(zip(model.namedState.map(\.name), others.map(\.value))) { first, _ in first }
    }

    /// Takes back what `memory` gave after so many updates. Throws where it does not fit the model.
    package func restore(_ memory: [String: Tensor], updates: Int) throws {
        let state = model.namedState
        guard Set(memory.keys) == Set(state.map(\.name)), state.count == others.count,
            state.allSatisfy({ memory[$0.name]?.shape == $0.parameter.shape })
        else {
            throw LayerError(
                layer: "ExponentialMovingAverage", problem: "the average is of another model",
                expected: "one of \(model.kind)", got: "\(memory.count) tensors")
        }
        for index in others.indices {
            guard let value = memory[state[index].name] else { continue }
            others[index].value = value
        }
        self.updates = updates
        isSwapped = false
    }

    public var description: String {
        "ExponentialMovingAverage(decay: \(decay), \(updates) updates)"
    }
}
