import Hosting
import NeuralNetworks
import Tensors
import Training
import VisionData

/// Puts models beside each other: what they cost by their structure, what they take on this
/// machine, and how good they are.
///
/// Parameters, multiply-accumulates, activations and receptive field are read from the trace. Times
/// are measured with random images, in at most `repeats` turns of each model: the scores of
/// one image and of `batch` images in evaluation mode, and with `training` a step of training.
/// Copies of the models are measured, so that they stay as they are. With data, whose pictures have
/// the shape `input`, the accuracy on it is measured; `PublishedWeights` give the accuracies on
/// ImageNet.
///
///     let comparison = try compare([ResNet18(), MobileNetV2(), ViT_B16()], input: [3, 224, 224])
///     comparison.pareto.map(\.name)
///     comparison.plot()
///
/// Reports progress and can be interrupted. Throws where there are no models, a number is not
/// positive, the data does not fit, or a model does not take such an input.
public func compare(
    _ models: [any Layer], input: [Int], on data: ImageDataset? = nil, batch: Int = 8,
    repeats: Int = 10, training: Bool = true
) throws -> ModelComparison {
    try check("compare", input: input, on: data, batch: batch, repeats: repeats)
    guard !models.isEmpty else {
        throw TensorError(
            .value, "compare", "there are no models to compare", expected: "at least 1", got: "0")
    }
    let candidates = try withoutDrawing {
        let published = PublishedNetworks()
        return try ModelCandidate.named(models).map {
            try ModelCandidate($0.model, name: $0.name, input: input, published: published)
        }
    }
    let works: [ModelTimer.Work] =
        [.scores(1)] + (batch > 1 ? [.scores(batch)] : []) + (training ? [.step(batch)] : [])
    let timer = ModelTimer(works: works, repeats: repeats)
    let steps = models.count * (works.count * repeats + (data == nil ? 0 : 1))
    let reporter = ProgressReporter("Comparing models", total: steps, unit: "measurements")
    let times = try timer.measure(candidates) { name in
        reporter.title = "Comparing models: \(name)"
        reporter.advance()
    }
    let results = try zip(candidates, times).compactMap { candidate, times in
        let accuracy = try candidate.original.flatMap { try measuredAccuracy(of: $0, on: data) }
        if data != nil { reporter.advance() }
        return candidate.result(times, batch: batch, accuracy: accuracy)
    }
    reporter.finish()
    return ModelComparison(results: results, data: data?.count)
}

/// Throws where arguments that `compare` and `choose` share make no sense.
func check(
    _ operation: String, input: [Int]?, on data: ImageDataset?, batch: Int = 8, repeats: Int
) throws {
    for (name, value) in [("batch", batch), ("repeats", repeats)] {
        guard (1...10_000).contains(value) else {
            throw TensorError(
                .value, operation, "'\(name)' is out of range", expected: "1...10000",
                got: "\(value)")
        }
    }
    if let input {
        guard input.count == 3, input.allSatisfy({ $0 > 0 }) else {
            throw TensorError(
                .shape, operation, "'input' is the shape of one image",
                expected: "[channels, height, width]", got: "\(input)")
        }
    }
    guard let data else { return }
    guard data.count > 0 else {
        throw TensorError(
            .value, operation, "the data is empty", expected: "at least 1 image", got: "0")
    }
    guard let input, data.imageShape != input else { return }
    throw TensorError(
        .shape, operation, "the pictures are not of the shape that is compared",
        expected: "\(input), as data.transformed(Resize(\(input[2]), \(input[1]))) makes them",
        got: "\(data.imageShape)")
}

/// The share of the data that a model classifies rightly; `nil` without data.
func measuredAccuracy(of model: any Layer, on data: ImageDataset?) throws -> AccuracyEstimate? {
    guard let data else { return nil }
    let host = Host.current.withoutProgress
    let evaluation = try Host.$current.withValue(host) {
        try evaluate(model, on: data, batchSize: 32)
    }
    let right = zip(evaluation.labels, evaluation.predicted).count { $0 == $1 }
    return AccuracyEstimate(right: right, of: evaluation.count)
}
