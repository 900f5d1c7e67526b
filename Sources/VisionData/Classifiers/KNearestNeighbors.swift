import Hosting
import Tensors

/// Takes each row of features for what most of its `k` nearest neighbours are.
///
/// It learns by heart: neighbours are searched among all features, by Euclidean distance. Of classes
/// with equally many neighbours the one with the lesser label wins.
///
///     let neighbors = KNearestNeighbors(5)
///     neighbors.fit(features, labels)
public final class KNearestNeighbors: Classifier, CustomStringConvertible {
    /// How many neighbours vote.
    public let k: Int
    private var memory: (rows: FeatureRows, squares: [Float], index: LabelIndex)?

    /// Throws when `k` is not 1 to 1000.
    public init(_ k: Int = 5) throws {
        guard (1...1000).contains(k) else {
            throw TensorError(
                .value, "KNearestNeighbors", "wrong number of neighbours", expected: "1 to 1000",
                got: "\(k)")
        }
        self.k = k
    }

    private init(checked k: Int) { self.k = k }

    /// Another one with the same settings that has learned nothing.
    public func untrained() -> KNearestNeighbors { KNearestNeighbors(checked: k) }

    /// Keeps the features; see `Classifier.fit`.
    public func fit(_ features: Tensor, _ labels: [Int]) throws {
        let rows = try FeatureRows(features, "fit")
        let index = try LabelIndex(labels, count: rows.count, "fit")
        memory = (rows, try rows.squaredNorms(), index)
    }

    /// The label of most neighbours of each row.
    public func predict(_ features: Tensor) throws -> [Int] {
        guard let (known, _, index) = memory else { throw untrainedError("predict") }
        let size = index.classes.count
        let votersCount = min(k, known.count)
        return try nearest(features).map { neighbours in
            var votes = [Int](repeating: 0, count: size)
            for neighbour in neighbours.prefix(votersCount) {
                votes[index.positions[neighbour]] += 1
            }
            var best = 0
            for label in 1..<size where votes[label] > votes[best] { best = label }
            return index.classes[best]
        }
    }

    /// The positions of the nearest known rows of each row, the nearest first.
    public func neighbors(_ features: Tensor) throws -> [[Int]] { try nearest(features) }

    private func nearest(_ features: Tensor) throws -> [[Int]] {
        guard let (known, squares, _) = memory else { throw untrainedError("predict") }
        let rows = try FeatureRows(features, "predict", dimension: known.dimension)
        let reporter = rows.reporter("Neighbours", total: rows.count, unit: "rows")
        let found = try known.withRows { base in
            try rows.nearest(
                min(k, known.count), among: base, lengths: squares, reporter: reporter)
        }
        reporter?.finish()
        return found.map { $0.map(\.row) }
    }

    /// Settings, and what it learned.
    public var description: String {
        "KNearestNeighbors(\(k))" + (memory.map { ", \($0.rows.count) known rows" } ?? "")
    }
}
