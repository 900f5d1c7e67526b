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

    /// The share of images whose highest output, of logits `[N, K]`, is their label.
    public static let accuracy = Metric("accuracy") { output, labels in
        let logits = try output.scalars(as: Float.self)
        let labels = try labels.scalars(as: Int.self)
        guard !labels.isEmpty else { return .nan }
        let classes = logits.count / labels.count
        var correct = 0
        logits.withUnsafeBufferPointer { logits in
            for (row, label) in labels.enumerated()
            where indexOfMaximum(logits[(row * classes)..<((row + 1) * classes)]) == label {
                correct += 1
            }
        }
        return Double(correct) / Double(labels.count)
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
    private var sums: [Double]
    private(set) var weight = 0.0

    init(count: Int) { sums = Array(repeating: 0, count: count) }

    mutating func add(_ value: Double, at index: Int, weight: Double) {
        sums[index] += value * weight
    }

    mutating func addWeight(_ more: Double) { weight += more }

    subscript(index: Int) -> Double { weight > 0 ? sums[index] / weight : .nan }
}
