import Tensors

/// A figure of merit of a batch of predictions, averaged over a data set by `fit` and `evaluate`.
public struct Metric: Sendable, CustomStringConvertible {
    /// What the metric is called in histories and progress: `accuracy`.
    public let name: String
    let function: @Sendable (_ output: Tensor, _ labels: Tensor) throws -> Double

    /// A metric of your own: the mean over one batch, from the model's output and the labels.
    public init(
        _ name: String,
        function: @escaping @Sendable (_ output: Tensor, _ labels: Tensor) throws -> Double
    ) {
        self.name = name
        self.function = function
    }

    public var description: String { ".\(name)" }

    /// The share of images whose highest output, of logits `[N, K]`, is their label; of a single
    /// logit `[N, 1]` or `[N]`, whose sign tells the label, 1 or 0.
    public static let accuracy = Metric("accuracy") { output, labels in
        try share(output, labels) { row, label in
            row.count == 1
                ? (row[row.startIndex] > 0 ? 1 : 0) == label : indexOfMaximum(row) == label
        }
    }

    /// The share of images whose label is among the `count` highest outputs, of logits `[N, K]`.
    ///
    ///     fit(model, ..., metrics: [.accuracy, .topK(5)])  // "accuracy" and "top 5"
    public static func topK(_ count: Int) -> Metric {
        Metric("top \(count)") { output, labels in
            try share(output, labels) { row, label in
                guard label >= 0, label < row.count else { return false }
                let place = row.startIndex + label
                let own = row[place]
                // Of equal outputs the first counts as higher.
                let higher = row.indices.count {
                    row[$0] > own || (row[$0] == own && $0 < place)
                }
                return higher < count && !own.isNaN
            }
        }
    }

    /// The share of rows for which `isRight` is true.
    private static func share(
        _ output: Tensor, _ labels: Tensor,
        _ isRight: (_ row: Slice<UnsafeBufferPointer<Float>>, _ label: Int) -> Bool
    ) throws -> Double {
        let logits = try output.scalars(as: Float.self)
        let labels = try labels.scalars(as: Int.self)
        guard !labels.isEmpty else { return .nan }
        let classes = logits.count / labels.count
        guard classes > 0 else { return .nan }
        return logits.withUnsafeBufferPointer { logits in
            let right = labels.indices.count { row in
                isRight(logits[(row * classes)..<((row + 1) * classes)], labels[row])
            }
            return Double(right) / Double(labels.count)
        }
    }
}

/// The position of the largest element, counted from the slice's start; the first of equals.
func indexOfMaximum(_ values: Slice<UnsafeBufferPointer<Float>>) -> Int {
    var best = values.startIndex
    for index in values.indices where values[index] > values[best] { best = index }
    return best - values.startIndex
}

/// Means of several figures over batches of different sizes.
struct RunningMeans {
    private(set) var sums: [Double]
    private(set) var weight = 0.0

    init(count: Int) { sums = Array(repeating: 0, count: count) }

    /// Means that go on from others.
    init(sums: [Double], weight: Double) {
        self.sums = sums
        self.weight = weight
    }

    mutating func add(_ value: Double, at index: Int, weight: Double) {
        sums[index] += value * weight
    }

    mutating func addWeight(_ more: Double) { weight += more }

    subscript(index: Int) -> Double { weight > 0 ? sums[index] / weight : .nan }
}
