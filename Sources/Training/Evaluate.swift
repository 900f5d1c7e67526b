import Hosting
import NeuralNetworks
import Tensors
import VisionData

/// Runs a model over labelled images in evaluation mode and counts.
///
///     let evaluation = try evaluate(model, on: data.test)
///     evaluation.accuracy
///     evaluation.mistakes.first?.image
///
/// Images are normalised as the model's training data was (`model.info`). Progress events tell how
/// far it is. Throws where the data is empty or shapes do not fit.
public func evaluate(
    _ model: any Layer, on data: ImageDataset, batchSize: Int = 256, loss: Loss = .crossEntropy
) throws -> Evaluation {
    guard data.count > 0 else {
        throw TrainingError("evaluate: the data is empty, expected at least 1 image, got 0")
    }
    var losses = RunningMeans(count: 1)
    var predicted: [Int] = []
    var labels: [Int] = []
    var probabilities: [Float] = []
    let progress = ProgressReporter("Evaluating", total: data.count, unit: "images")
    try forEachBatch(
        on: data, batchSize: batchSize, normalization: model.info?.normalization,
        { try model.call($0) }
    ) { output, batch in
        let batchLabels = try batch.labels.scalars(as: Int.self)
        let count = Double(batchLabels.count)
        losses.addWeight(count)
        losses.add(try loss(output, batch.labels).item(), at: 0, weight: count)
        let best = try probabilityRows(output, count: batchLabels.count)
        let classes = best.count / max(1, batchLabels.count)
        best.withUnsafeBufferPointer { best in
            for row in batchLabels.indices {
                let values = best[(row * classes)..<((row + 1) * classes)]
                let index = indexOfMaximum(values)
                predicted.append(index)
                probabilities.append(values[values.startIndex + index])
            }
        }
        labels += batchLabels
        progress.advance(by: batchLabels.count)
    }
    progress.finish()
    let classes = model.info.map(\.classes) ?? []
    return Evaluation(
        data: data, classes: classes.isEmpty ? data.classes : classes, loss: losses[0],
        labels: labels, predicted: predicted, probabilities: probabilities)
}

/// The probabilities of the classes, row by row; those of two classes where there is one logit.
func probabilityRows(_ output: Tensor, count: Int) throws -> [Float] {
    guard output.count == count else { return try output.softmax(axis: -1).scalars() }
    return try output.sigmoid().scalars(as: Float.self).flatMap { [1 - $0, $0] }
}

/// The mean loss and metrics of a model over a data set, without keeping predictions.
func measure(
    _ model: any Layer, on data: ImageDataset, batchSize: Int, loss: Loss, metrics: [Metric],
    normalization: Normalization?, isMixed: Bool
) throws -> History.Figures {
    var means = RunningMeans(count: metrics.count + 1)
    try forEachBatch(
        on: data, batchSize: batchSize, normalization: normalization, isMixed: isMixed,
        { try model.call($0) }
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

/// Computes something of the data in evaluation mode, without gradients, batch by batch in order. The
/// modes end with each batch: whoever has a turn between two of them is in none.
func forEachBatch(
    on data: ImageDataset, batchSize: Int, normalization: Normalization?,
    isMixed: Bool = Context.current.isMixedPrecision, _ compute: (Tensor) throws -> Tensor,
    _ body: (_ output: Tensor, _ batch: Batch) throws -> Void
) throws {
    guard batchSize > 0 else {
        throw TrainingError(
            "evaluate: 'batchSize' is too small, expected at least 1, got \(batchSize)")
    }
    let batches = try data.batches(batchSize, normalized: normalization).makeIterator()
    while let batch = try batches.nextBatch() {
        try withoutGradient {
            try withTraining(false) {
                try withMixedPrecision(isMixed) { try body(try compute(batch.images), batch) }
            }
        }
        try Host.current.rest()
    }
}
