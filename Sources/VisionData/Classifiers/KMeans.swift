import Hosting
import Tensors

/// Finds `clusters` groups among features: each row belongs to the nearest of as many centres, and
/// each centre is the mean of its rows (Lloyd 1982).
///
///     let means = KMeans(clusters: 8)
///     means.fit(features)
///     means.assigned(features)  // the centre of each row
public final class KMeans: CustomStringConvertible {
    /// How many centres there are.
    public let clusters: Int
    /// The most rounds.
    public let iterations: Int
    /// What the first centres are drawn with.
    public let seed: Int
    private var fitted: (centers: [Float], dimension: Int, inertia: Double)?

    /// Throws when there is not at least one cluster and one round.
    public init(clusters: Int, iterations: Int = 100, seed: Int = 0) throws {
        guard (1...100_000).contains(clusters), iterations > 0 else {
            throw TensorError(
                .value, "KMeans", "wrong argument", expected: "1 to 100000 clusters and a round",
                got: "clusters: \(clusters), iterations: \(iterations)")
        }
        self.clusters = clusters
        self.iterations = iterations
        self.seed = seed
    }

    /// Finds the centres of some features, [N, D].
    ///
    /// They begin at rows far from each other (k-means++, Arthur and Vassilvitskii 2007), or at
    /// `initial`, [clusters, D]. Throws when there are fewer rows than clusters, and `Interrupted`.
    public func fit(_ features: Tensor, initial: Tensor? = nil) throws {
        let rows = try FeatureRows(features, "fit")
        guard rows.count >= clusters else {
            throw TensorError(
                .value, "fit", "fewer rows than clusters", expected: "at least \(clusters) rows",
                got: "\(rows.count)")
        }
        fitted = nil
        var centers: [Float]
        if let initial {
            let given = try FeatureRows(initial, "fit", dimension: rows.dimension)
            guard given.count == clusters else {
                throw TensorError(
                    .shape, "fit", "wrong number of initial centres", expected: "\(clusters)",
                    got: "\(given.count)")
            }
            centers = try given.tensor.scalars(as: Float.self)
        } else {
            centers = try spread(rows)
        }
        let reporter = rows.reporter("KMeans", unit: "rounds")
        var nearest: [Int] = []
        var inertia = 0.0
        for _ in 0..<iterations {
            let found = try Self.nearest(rows, centers)
            inertia = found.distances.reduce(0) { $0 + Double($1) }
            reporter?.advance(metrics: { [("inertia", inertia)] })
            if found.centers == nearest { break }
            nearest = found.centers
            try move(&centers, rows, nearest, found.distances)
        }
        reporter?.finish()
        fitted = (centers, rows.dimension, inertia)
    }

    /// The centres, [clusters, D]. Throws before `fit`.
    public var centers: Tensor {
        get throws {
            let fitted = try checked("centers")
            return try Tensor(fitted.centers, shape: [clusters, fitted.dimension])
        }
    }

    /// The sum of the squared distances of all rows to their centres. Throws before `fit`.
    public var inertia: Double { get throws { try checked("inertia").inertia } }

    /// The nearest centre of each row.
    public func assigned(_ features: Tensor) throws -> [Int] {
        let fitted = try checked("assigned")
        let rows = try FeatureRows(features, "assigned", dimension: fitted.dimension)
        return try Self.nearest(rows, fitted.centers).centers
    }

    private func checked(
        _ operation: String
    ) throws -> (centers: [Float], dimension: Int, inertia: Double) {
        guard let fitted else {
            throw TensorError(
                .value, operation, "it has learned nothing yet", expected: "fit(features) first")
        }
        return fitted
    }

    /// The nearest centre of each row and the squared distance to it.
    private static func nearest(
        _ rows: FeatureRows, _ centers: [Float]
    ) throws -> (centers: [Int], distances: [Float]) {
        let found = try centers.withUnsafeBufferPointer { centers -> [[FeatureRows.Neighbor]] in
            guard let base = centers.baseAddress else { return [] }
            return try rows.nearest(
                1, among: base,
                lengths: squaredNorms(
                    base, count: centers.count / rows.dimension, rows.dimension))
        }.joined()
        return (found.map(\.row), found.map(\.squared))
    }

    /// Moves each centre to the mean of its rows; one without rows to the row that lies farthest from
    /// its own centre.
    private func move(
        _ centers: inout [Float], _ rows: FeatureRows, _ nearest: [Int], _ distances: [Float]
    ) throws {
        let dimension = rows.dimension
        var sums = [Double](repeating: 0, count: centers.count)
        var counts = [Int](repeating: 0, count: clusters)
        try rows.withRows { base in
            for (row, center) in nearest.enumerated() {
                counts[center] += 1
                let line = base + row * dimension
                let start = center * dimension
                for index in 0..<dimension { sums[start + index] += Double(line[index]) }
            }
            var farthest =
                counts.contains(0)
                ? distances.indices.sorted { distances[$0] < distances[$1] } : []
            for center in 0..<clusters {
                if counts[center] == 0, let row = farthest.popLast() {
                    for index in 0..<dimension {
                        centers[center * dimension + index] = base[row * dimension + index]
                    }
                } else {
                    for index in 0..<dimension {
                        centers[center * dimension + index] = Float(
                            sums[center * dimension + index] / Double(counts[center]))
                    }
                }
            }
        }
    }

    /// Rows drawn one after the other, each with a chance that grows as the square of its distance
    /// to those before.
    private func spread(_ rows: FeatureRows) throws -> [Float] {
        var generator = RandomGenerator(seed: seed)
        let dimension = rows.dimension
        let cancellation = Host.current.cancellation
        var centers: [Float] = []
        try rows.withRows { base in
            var distances = [Float](repeating: .infinity, count: rows.count)
            var chosen = Int.random(in: 0..<rows.count, using: &generator)
            for _ in 0..<clusters {
                try cancellation.check()
                let line = base + chosen * dimension
                centers.append(contentsOf: UnsafeBufferPointer(start: line, count: dimension))
                var total = 0.0
                for row in 0..<rows.count {
                    let other = base + row * dimension
                    var distance: Float = 0
                    for index in 0..<dimension {
                        let difference = other[index] - line[index]
                        distance += difference * difference
                    }
                    distances[row] = min(distances[row], distance)
                    total += Double(distances[row])
                }
                var place = generator.uniform() * total
                chosen = rows.count - 1
                for row in 0..<rows.count {
                    place -= Double(distances[row])
                    if place < 0 {
                        chosen = row
                        break
                    }
                }
            }
        }
        return centers
    }

    /// Settings, and how well it fits.
    public var description: String {
        "KMeans(clusters: \(clusters))"
            + (fitted.map { ", inertia \(formatted($0.inertia, places: 3))" } ?? "")
    }
}
