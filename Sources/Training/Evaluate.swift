import Hosting
import NeuralNetworks
import Tensors
import VisionData

/// Runs a model over labelled images in evaluation mode and counts.
///
///     let evaluation = try evaluate(model, on: data.test)
///     evaluation.accuracy
///     evaluation.mistakes.first?.image
///     try evaluate(model, on: data.test, augmentations: [RandomFlip(probability: 1)])
///
/// Images are normalised as the model's training data was (`model.info`). With `augmentations` the
/// model sees each image as it is and once as each of them changes it, and the mean of the
/// probabilities counts; changes by chance are the same in every call. Progress events tell how far
/// it is. Throws where the data is empty, shapes do not fit or an augmentation changes the size.
public func evaluate(
    _ model: any Layer, on data: ImageDataset, batchSize: Int = 256, loss: Loss = .crossEntropy,
    augmentations: [any Transform] = []
) throws -> Evaluation {
    guard data.count > 0 else {
        throw TrainingError("evaluate: the data is empty, expected at least 1 image, got 0")
    }
    var losses = RunningMeans(count: 1)
    var counts = Evaluation.Outcomes()
    let progress = ProgressReporter("Evaluating", total: data.count, unit: "images")
    let passes = try passes(over: data, batchSize, model.info, augmentations)
    try forEachBatch(of: passes, { try meanScores($0.map { try model.call($0) }) }) {
        output, batch in
        let labels = try batch.labels.scalars(as: Int.self)
        let count = Double(labels.count)
        losses.addWeight(count)
        losses.add(try loss(output, batch.labels).item(), at: 0, weight: count)
        counts.add(try probabilityRows(output, count: labels.count), labels)
        progress.advance(by: labels.count)
    }
    progress.finish()
    let classes = model.info.map(\.classes) ?? []
    return Evaluation(
        data: data, classes: classes.isEmpty ? data.classes : classes, loss: losses[0],
        outcomes: counts)
}

/// A pass over the pictures, and one over what each augmentation makes of them.
private func passes(
    over data: ImageDataset, _ batchSize: Int, _ info: ModelInfo?,
    _ augmentations: [any Transform]
) throws -> [any BatchPass] {
    let normalization = try info?.normalization
    return try ([nil] + augmentations).enumerated().map { number, augmentation in
        let view = try augmentation.map { try data.transformed($0) } ?? data
        guard view.imageShape == data.imageShape else {
            throw TrainingError(
                "evaluate: the augmentation \(augmentation.map { "\($0)" } ?? "") changes "
                    + "the size, expected \(data.imageShape), got \(view.imageShape)")
        }
        return try view.batches(
            batchSize, normalized: normalization, seed: number == 0 ? nil : UInt64(number)
        ).makeIterator()
    }
}

/// Scores whose probabilities are the means of those of several outputs; those of one as they are.
func meanScores(_ outputs: [Tensor]) throws -> Tensor {
    guard let first = outputs.first, outputs.count > 1 else {
        return try outputs.first ?? Tensor.zeros([0])
    }
    let isBinary = first.shape.dropFirst().allSatisfy { $0 == 1 }
    let sum = try outputs.map { try isBinary ? $0.sigmoid() : $0.softmax(axis: -1) }
        .reduce(nil as Tensor?) { sum, next in try sum.map { try Tensor.adding($0, next) } ?? next }
    // Not quite 0 or 1, whose logarithms are no scores.
    let mean = try Tensor.multiplying(sum ?? first, .real(1 / Double(outputs.count)))
        .clipped(1e-12, isBinary ? 1 - 1e-7 : 1)
    guard isBinary else { return try mean.log() }
    let other = try Tensor.adding(Tensor.multiplying(mean, .real(-1)), .real(1))
    return try Tensor.subtracting(mean.log(), other.log())
}

/// The probabilities of the classes, row by row; those of two classes where there is one logit.
func probabilityRows(_ output: Tensor, count: Int) throws -> [Float] {
    guard output.count == count else { return try output.softmax(axis: -1).scalars() }
    return try output.sigmoid().scalars(as: Float.self).flatMap { [1 - $0, $0] }
}

/// The mean loss and metrics of a model over a data set, without keeping predictions.
func measure(
    _ model: any Layer, on data: any BatchSource, batchSize: Int, loss: Loss, metrics: [Metric],
    isMixed: Bool
) throws -> History.Figures {
    var means = RunningMeans(count: metrics.count + 1)
    try forEachBatch(
        of: [data.pass(batchSize: batchSize, order: nil, from: 0)], isMixed: isMixed,
        { try model.call($0[0]) }
    ) { output, batch in
        let count = Double(batch.labels.count)
        means.addWeight(count)
        means.add(try loss(output, batch.labels).item(), at: 0, weight: count)
        for (index, metric) in metrics.enumerated() {
            means.add(try metric.function(output, batch.labels), at: index + 1, weight: count)
        }
    }
    return History.Figures(
        loss: means[0], metrics: metrics.enumerated().map { ($1.name, means[$0 + 1]) })
}

/// Computes something of inputs in evaluation mode, without gradients, batch by batch: of those of
/// several passes over the same labels together. The modes end with each batch: whoever has a turn
/// between two of them is in none.
func forEachBatch(
    of passes: [any BatchPass], isMixed: Bool = Context.current.isMixedPrecision,
    _ compute: ([Tensor]) throws -> Tensor,
    _ body: (_ output: Tensor, _ batch: Batch) throws -> Void
) throws {
    while let first = try passes.first?.nextBatch() {
        let inputs =
            try [first.images] + passes.dropFirst().compactMap { try $0.nextBatch()?.images }
        try withoutGradient {
            try withTraining(false) {
                try withMixedPrecision(isMixed) { try body(try compute(inputs), first) }
            }
        }
        try Host.current.rest()
    }
}
