import Hosting
import Plots
import Tensors
import VisionData

/// Features as points of a plane: what `tsne` and `umap` give, or any two numbers a row, such as
/// places along the first two directions of `PCA`; shown as a chart in the labels' colours.
///
///     let map = try tsne(net.features(of: data), labels: data.labels.map { data.classes[$0] })
///     try map.trustworthiness(of: features)  // near 1: neighbours in the plane are neighbours
public struct EmbeddingMap: Sendable {
    /// How the points were found: `t-SNE`.
    public let method: String
    /// The points, `[N, 2]`.
    public let points: Tensor
    /// The label of each point; empty where they have none.
    public let labels: [String]
    /// The method's figures, such as the divergence that is left.
    public let figures: [(name: String, value: Double)]

    /// Points that were found elsewhere, `[N, 2]`.
    ///
    ///     try EmbeddingMap(pca.transformed(features), labels: names)
    ///
    /// Throws where the points have another shape, or there are labels but not one for each.
    public init(_ points: Tensor, labels: [String] = [], method: String = "Points") throws {
        try self.init(points, labels: labels, method: method, figures: [])
    }

    init(
        _ points: Tensor, labels: [String], method: String,
        figures: [(name: String, value: Double)]
    ) throws {
        guard points.rank == 2, points.shape[1] == 2, points.count > 0 else {
            throw TensorError(
                .shape, "EmbeddingMap", "points are rows of two numbers", expected: "[N, 2]",
                got: "\(points.shape)", operands: [points.spec])
        }
        try Self.check(labels, count: points.shape[0], "EmbeddingMap")
        self.points = points.detached()
        self.labels = labels
        self.method = method
        self.figures = figures
    }

    static func check(_ labels: [String], count: Int, _ operation: String) throws {
        guard labels.isEmpty || labels.count == count else {
            throw TensorError(
                .shape, operation, "there is not one label for each row", expected: "\(count)",
                got: "\(labels.count)")
        }
    }

    /// A figure by its name.
    public subscript(name: String) -> Double? { figures.first { $0.name == name }?.value }

    /// The points as a chart, a colour for each label.
    public func plot() -> Chart {
        let places = (try? points.scalars(as: Double.self)) ?? []
        let names = labels.isEmpty ? [] : Array(Set(labels)).sorted()
        func series(_ name: String, _ rows: [Int]) -> Chart.Series {
            .points(name, x: rows.map { places[2 * $0] }, y: rows.map { places[2 * $0 + 1] })
        }
        let all = Array(0..<places.count / 2)
        return Chart(
            title: method,
            series: names.isEmpty
                ? [series("", all)]
                : names.map { name in series(name, all.filter { labels[$0] == name }) })
    }

    /// How far those near each other in the plane are near each other in the features, 0...1: 1
    /// where all of a point's `neighbors` nearest are among its nearest in the features.
    ///
    /// Takes N^2 log N steps. Throws where there are not as many features as points, or not more
    /// than twice as many as neighbours.
    /// Source: Venna and Kaski, "Neighborhood Preservation in Nonlinear Projection Methods", 2001.
    public func trustworthiness(of features: Tensor, neighbors: Int = 5) throws -> Double {
        let rows = try PointRows(features, "trustworthiness")
        let count = points.shape[0]
        guard rows.count == count, neighbors >= 1, neighbors <= (count - 1) / 2 else {
            throw TensorError(
                .value, "trustworthiness", "features and neighbours do not fit the points",
                expected: "\(count) rows and at most \((count - 1) / 2) neighbours",
                got: "\(rows.count) and \(neighbors)")
        }
        let places = try PointRows(points, "trustworthiness")
        var penalty = 0
        for row in 0..<count {
            try Host.current.cancellation.check()
            let order = rows.byDistance(from: row)
            var rank = [Int](repeating: 0, count: count)
            for (position, other) in order.enumerated() { rank[other] = position + 1 }
            for other in places.byDistance(from: row).prefix(neighbors) {
                penalty += max(0, rank[other] - neighbors)
            }
        }
        let (n, k) = (Double(count), Double(neighbors))
        return 1 - Double(penalty) * 2 / (n * k * (2 * n - 3 * k - 1))
    }
}

extension EmbeddingMap: CustomStringConvertible, Displayable {
    /// The method, the number of points, and its figures.
    public var description: String {
        let kinds = Set(labels).count
        let text = "\(method) of \(points.shape[0]) rows" + (kinds > 0 ? ", \(kinds) labels" : "")
        return ([text] + figures.map { "\($0.name) \(formatted($0.value))" })
            .joined(separator: ", ")
    }

    /// The description, and the chart.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = try plot().mimeBundle()
        bundle["text/plain"] = .text(description)
        return bundle
    }
}

/// Rows of numbers in double precision.
struct PointRows {
    let count, dimension: Int
    let values: [Double]

    /// Throws where these are no rows of finite numbers.
    init(_ features: Tensor, _ operation: String) throws {
        guard features.rank >= 2, features.count > 0, !features.isSymbolic else {
            throw TensorError(
                .shape, operation, "features are rows of numbers", expected: "[N, D]",
                got: "shape \(features.shape)", operands: [features.spec])
        }
        count = features.shape[0]
        dimension = features.count / count
        values = try features.detached().scalars(as: Double.self)
        guard values.allSatisfy(\.isFinite) else {
            throw TensorError(
                .value, operation, "features are not all finite numbers",
                expected: "finite numbers", got: "NaN or infinity")
        }
    }

    /// The squared distance of two rows.
    func squaredDistance(_ a: Int, _ b: Int) -> Double {
        values.withUnsafeBufferPointer { values in
            var sum = 0.0
            let (a, b) = (a * dimension, b * dimension)
            for index in 0..<dimension {
                let difference = values[a + index] - values[b + index]
                sum += difference * difference
            }
            return sum
        }
    }

    /// All other rows, the nearest first.
    func byDistance(from row: Int) -> [Int] {
        let distances = (0..<count).map { squaredDistance(row, $0) }
        return (0..<count).filter { $0 != row }.sorted {
            (distances[$0], $0) < (distances[$1], $1)
        }
    }

    /// The `neighbors` nearest other rows of each with their squared distances, the nearest first.
    ///
    /// They are searched in float32, around the rows' mean, with some to spare, of which the distances
    /// in double precision choose. Polls; throws where there is no room for so many.
    func nearest(_ neighbors: Int) throws -> [[(row: Int, squared: Double)]] {
        // What is made of the pairs afterwards takes several times as much as they do.
        let bytes = Double(count) * Double(neighbors) * 128
        guard bytes <= Double(Memory.budget) else {
            throw TensorError(
                .memory, "neighbours", "no room for \(neighbors) neighbours of \(count) rows",
                expected: "at most \(Memory.budget) bytes", got: "\(Int(bytes))")
        }
        let progress =
            count * count * dimension < 50_000_000
            ? nil : ProgressReporter("Neighbours", total: count, unit: "rows")
        let spare = min(count - 1, neighbors + 8)
        let found = try FeatureRows(centered(), "neighbours").nearest(spare, reporter: progress)
        progress?.finish()
        return found.enumerated().map { row, others in
            let exact = others.map { (row: $0.row, squared: squaredDistance(row, $0.row)) }
            return Array(
                exact.sorted { ($0.squared, $0.row) < ($1.squared, $1.row) }
                    .prefix(neighbors))
        }
    }

    /// The rows less their mean in float32, none larger than 1.
    func centered() throws -> Tensor {
        let means = (0..<dimension).map { column in
            stride(from: column, to: values.count, by: dimension).reduce(0) {
                $0 + values[$1] / Double(count)
            }
        }
        let centered = values.indices.map { values[$0] - means[$0 % dimension] }
        // Of any size, so that squares stay within float32.
        let reach = max(centered.reduce(0) { max($0, abs($1)) }, 1e-300)
        return try Tensor(centered.map { Float($0 / reach) }, shape: [count, dimension])
    }
}
