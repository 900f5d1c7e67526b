import Glibc
import Hosting
import OneDNN
import Tensors

/// Logistic regression for several classes: the probability of each class is the softmax of
/// weighted sums of the features.
///
/// Minimises `|W|² / 2 + C · sum of cross-entropies` by the L-BFGS method (Liu and Nocedal 1989);
/// the biases are not held small.
///
///     let softmax = SoftmaxRegression()
///     softmax.fit(features, labels)
///     softmax.probabilities(features)  // [N, K]
public final class SoftmaxRegression: Classifier, CustomStringConvertible {
    /// How much the data counts against small weights.
    public let c: Double
    /// The greatest element of the mean gradient to stop at.
    public let tolerance: Double
    /// The most steps.
    public let iterations: Int
    private var model: LinearModel?

    /// Throws when an argument is not positive.
    public init(c: Double = 1, tolerance: Double = 1e-4, iterations: Int = 100) throws {
        guard c > 0, c.isFinite, tolerance > 0, iterations > 0 else {
            throw TensorError(
                .value, "SoftmaxRegression", "an argument is not positive",
                expected: "positive numbers",
                got: "c: \(c), tolerance: \(tolerance), iterations: \(iterations)")
        }
        self.c = c
        self.tolerance = tolerance
        self.iterations = iterations
    }

    private init(settingsOf other: SoftmaxRegression) {
        c = other.c
        tolerance = other.tolerance
        iterations = other.iterations
    }

    /// Another one with the same settings that has learned nothing.
    public func untrained() -> SoftmaxRegression { SoftmaxRegression(settingsOf: self) }

    /// The weights, [K, D]; `nil` before `fit`.
    public var weights: Tensor? { get throws { try model?.tensor() } }

    /// The biases, one a class; empty before `fit`.
    public var biases: [Double] { model?.biases.map(Double.init) ?? [] }

    /// Learns the weights. Reports progress; see `Classifier.fit`.
    public func fit(_ features: Tensor, _ labels: [Int]) throws {
        let rows = try FeatureRows(features, "fit")
        let index = try LabelIndex(labels, count: rows.count, "fit")
        let limit = 1 << 25
        guard index.classes.count <= limit / (rows.dimension + 1) else {
            throw TensorError(
                .memory, "fit", "too many weights", expected: "at most \(limit)",
                got: "\(rows.dimension) features, \(index.classes.count) classes")
        }
        model = nil
        let objective = CrossEntropyObjective(rows, index, cost: c)
        let reporter = rows.reporter("SoftmaxRegression", total: iterations, unit: "steps")
        var search = QuasiNewton(
            start: [Float](repeating: 0, count: objective.count), memory: 10)
        let best = try search.minimize(
            iterations: iterations, tolerance: Float(tolerance), objective.value
        ) { loss in
            reporter?.advance(metrics: { [("loss", loss)] })
        }
        reporter?.finish()
        model = objective.model(best)
    }

    /// The likeliest label of each row.
    public func predict(_ features: Tensor) throws -> [Int] {
        guard let model else { throw untrainedError("predict") }
        return try model.labels(features)
    }

    /// The probability of each class for each row, [N, K], by increasing labels.
    public func probabilities(_ features: Tensor) throws -> Tensor {
        guard let model else { throw untrainedError("probabilities") }
        return try model.scores(features, "probabilities").softmax(axis: 1)
    }

    /// Settings, and what it learned.
    public var description: String {
        "SoftmaxRegression(c: \(c))" + (model.map { ", \($0.classes.count) classes" } ?? "")
    }
}

/// The mean cross-entropy with the weights' penalty, and its gradient.
private struct CrossEntropyObjective {
    private let rows: FeatureRows
    private let index: LabelIndex
    private let penalty: Float

    init(_ rows: FeatureRows, _ index: LabelIndex, cost: Double) {
        self.rows = rows
        self.index = index
        penalty = Float(1 / (cost * Double(rows.count)))
    }

    private var size: Int { index.classes.count }

    /// The number of weights and biases.
    var count: Int { size * (rows.dimension + 1) }

    /// Weights first, then biases.
    func model(_ parameters: [Float]) -> LinearModel {
        var model = LinearModel(classes: index.classes, dimension: rows.dimension)
        model.weights = Array(parameters[..<(size * rows.dimension)])
        model.biases = Array(parameters[(size * rows.dimension)...])
        return model
    }

    func value(_ parameters: [Float], into gradient: inout [Float]) throws -> Double {
        let model = model(parameters)
        let (size, dimension) = (size, rows.dimension)
        let weightCount = size * dimension
        let stretch = max(1, min(rows.count, 20_000_000 / max(dimension, size)))
        let cancellation = Host.current.cancellation
        let share = 1 / Float(rows.count)
        var loss = 0.0
        var scores = [Float](repeating: 0, count: stretch * size)
        for index in gradient.indices { gradient[index] = 0 }
        try rows.withRows { base in
            for start in stride(from: 0, to: rows.count, by: stretch) {
                try cancellation.check()
                let length = min(stretch, rows.count - start)
                let features = base + start * dimension
                try scores.withUnsafeMutableBufferPointer { scores in
                    guard let scores = scores.baseAddress else { return }
                    try model.scores(features, count: length, into: scores)
                    for row in 0..<length {
                        loss += residual(
                            scores + row * size, index.positions[start + row], share)
                    }
                    try gradient.withUnsafeMutableBufferPointer { gradient in
                        guard let gradient = gradient.baseAddress else { return }
                        try matrixProduct(
                            transposeA: true, transposeB: false, rows: size, columns: dimension,
                            inner: length, scores, leadingA: size, features, leadingB: dimension,
                            beta: 1, gradient, leadingC: dimension)
                        for row in 0..<length {
                            for label in 0..<size {
                                gradient[weightCount + label] += scores[row * size + label]
                            }
                        }
                    }
                }
            }
        }
        var squares = 0.0
        for index in 0..<weightCount {
            squares += Double(parameters[index]) * Double(parameters[index])
            gradient[index] += penalty * parameters[index]
        }
        return loss * Double(share) + 0.5 * Double(penalty) * squares
    }

    /// Turns a row's scores into what its probabilities are too high by, times `share`; gives the
    /// row's loss.
    private func residual(
        _ scores: UnsafeMutablePointer<Float>, _ label: Int, _ share: Float
    ) -> Double {
        var top = scores[0]
        for index in 1..<size { top = max(top, scores[index]) }
        let own = scores[label] - top
        var total: Float = 0
        for index in 0..<size {
            scores[index] = expf(scores[index] - top)
            total += scores[index]
        }
        for index in 0..<size { scores[index] *= share / total }
        scores[label] -= share
        return Double(logf(total) - own)
    }
}
