import NeuralNetworks
import Tensors
import VisionData

extension TrainingRun {
    /// The error of a step whose loss or gradients are no finite numbers: the batch is done again
    /// as it was, and the first operation whose results are not finite though its operands are is
    /// named with the ranges of these.
    func withoutNumbers(
        _ batch: Batch, share: Double, _ generator: RandomGenerator
    ) throws -> TrainingError {
        zeroGradients()
        defer { zeroGradients() }
        Context.current.generator = generator
        var search = NumberSearch()
        var number = Double.nan
        try Context.current.observing(.operations { try search.look(at: $0) }) {
            let (_, value) = try loss(of: batch)
            number = try value.item()
            search.loss = value
            if number.isFinite { try propagate(value, share: share) }
        }
        let step = history.stepLosses.count + 1
        let what =
            number.isFinite
            ? "the gradients are not finite at a loss of \(number)"
            : "the loss is \(number.isNaN ? "not a number" : "\(number)")"
        let place = "fit: \(what) in epoch \(history.epochs.count + 1), step \(step): "
        let end = "; the weights are as they were before this step"
        if try !batch.images.fingerprint().isFinite {
            return TrainingError(
                place + "the images of the batch are not finite, \(batch.images.rangeText)" + end)
        }
        for (name, parameter) in model.namedState
        where try !parameter.value.fingerprint().isFinite {
            return TrainingError(
                place + "\(name) was not finite before, \(parameter.value.rangeText)")
        }
        guard let culprit = search.culprit else {
            return TrainingError(
                place + "every operation gives finite numbers when the step is done again" + end)
        }
        return TrainingError(place + culprit + end)
    }
}

/// Finds the operation that numbers which are not finite come from.
private struct NumberSearch {
    private struct Source {
        /// Kept so that its identity stays its own.
        let tensor: Tensor
        let text: String
    }

    /// Results that are not finite and what they come from, by the tensor.
    private var sources: [Source] = []
    private var firstGradient: String?
    var loss: Tensor?

    /// Takes in one operation.
    mutating func look(at operation: ComputedOperation) throws {
        if operation.isBackward {
            guard firstGradient == nil,
                try operation.outputs.contains(where: { try !$0.fingerprint().isFinite })
            else { return }
            firstGradient = Self.text(operation)
            return
        }
        let known = sources
        for output in operation.outputs where try !output.fingerprint().isFinite {
            // What was made of something that is not finite comes from there.
            let before = operation.inputs.lazy.compactMap { input in
                known.last { $0.tensor.isIdentical(to: input) }?.text
            }.first
            sources.append(Source(tensor: output, text: before ?? Self.text(operation)))
        }
    }

    /// The operation and its operands; `nil` where all was finite.
    var culprit: String? {
        if let loss, let source = sources.last(where: { $0.tensor.isIdentical(to: loss) }) {
            return source.text
        }
        return firstGradient ?? sources.last?.text
    }

    private static func text(_ operation: ComputedOperation) -> String {
        let operands = operation.inputs.prefix(4).map { "\($0.shape) of \($0.rangeText)" }
        let result = operation.outputs.lazy.compactMap { output in
            (try? output.fingerprint().isFinite) == false ? output.rangeText : nil
        }.first
        return "the first operation that gave no finite number is \(operation.label), given "
            + operands.joined(separator: " and ")
            + (result.map { ", it gave \($0)" } ?? "")
    }
}
