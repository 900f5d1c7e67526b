import Glibc
import Hosting
import Tensors

/// Features as points of a plane, such that rows that are neighbours stay so: UMAP.
///
///     let map = try umap(net.features(of: data), labels: data.labels.map { data.classes[$0] })
///     map.plot()
///
/// The graph of neighbours and the curve of distances are those of umap-learn; points begin at the
/// first two principal components instead of at the graph's spectrum.
///
/// - Parameters:
///   - features: `[N, D]`.
///   - labels: a name for each row, for colours.
///   - neighbors: how many rows each is joined with, itself counted: more show the whole, fewer the
///     detail.
///   - minDistance: how close points may be, 0...3.
///   - epochs: how often all joined pairs are pulled together; by default 500, of more than 10,000
///     rows 200.
///   - seed: decides which points are pushed apart.
///
/// Reports progress and can be interrupted. Throws where there are not more rows than neighbours,
/// an argument is out of range or a feature is not finite.
/// Source: McInnes, Healy and Melville, "UMAP: Uniform Manifold Approximation and Projection for
/// Dimension Reduction", 2018.
public func umap(
    _ features: Tensor, labels: [String] = [], neighbors: Int = 15, minDistance: Double = 0.1,
    epochs: Int? = nil, seed: Int = 0
) throws -> EmbeddingMap {
    let rows = try PointRows(features, "umap")
    try EmbeddingMap.check(labels, count: rows.count, "umap")
    guard neighbors >= 2, rows.count > neighbors, (0...3).contains(minDistance) else {
        throw TensorError(
            .value, "umap", "'neighbors' or 'minDistance' is out of range",
            expected: "2..<\(max(3, rows.count)) and 0...3", got: "\(neighbors) and \(minDistance)")
    }
    let epochs = epochs ?? (rows.count <= 10_000 ? 500 : 200)
    guard (1...100_000).contains(epochs) else {
        throw TensorError(
            .value, "umap", "'epochs' is out of range", expected: "1...100000", got: "\(epochs)")
    }
    let graph = NeighborGraph(try rows.nearest(neighbors - 1))
    let curve = DistanceCurve(minDistance: minDistance)
    var layout = UMAPLayout(
        graph: graph, points: try rows.widestComponents(), curve: curve, epochs: epochs,
        seed: seed)
    let progress = ProgressReporter("UMAP", total: epochs, unit: "epochs")
    for epoch in 0..<epochs {
        try Host.current.cancellation.check()
        layout.move(epoch)
        progress.advance()
    }
    progress.finish()
    return try EmbeddingMap(
        Tensor(layout.points.map { Float($0) }, shape: [rows.count, 2]), labels: labels,
        method: "UMAP", figures: [("a", curve.a), ("b", curve.b)])
}

/// How sure it is that two rows are neighbours: the union of what each of them says.
package struct NeighborGraph {
    /// For each row the others and how sure it is, 0...1.
    package let rows: [[Int: Double]]

    /// Of the neighbours of each row, itself not counted, with their squared distances.
    package init(_ nearest: [[(row: Int, squared: Double)]]) {
        let distances = nearest.map { $0.map { $0.squared.squareRoot() } }
        let all = distances.flatMap(\.self)
        // As umap-learn, which counts each row as its own neighbour.
        let mean = all.reduce(0, +) / Double(max(1, all.count + nearest.count))
        var directed: [[Int: Double]] = nearest.map { _ in [:] }
        for (row, list) in nearest.enumerated() {
            let scale = Self.scale(distances[row], mean: mean)
            for (neighbour, distance) in zip(list, distances[row]) {
                let beyond = distance - scale.nearest
                directed[row][neighbour.row] =
                    beyond <= 0 || scale.width == 0 ? 1 : exp(-beyond / scale.width)
            }
        }
        var joined: [[Int: Double]] = directed
        for (row, list) in directed.enumerated() {
            for (other, value) in list {
                let back = directed[other][row] ?? 0
                let union = value + back - value * back
                joined[row][other] = union
                joined[other][row] = union
            }
        }
        rows = joined
    }

    /// The distance of the nearest row that is another one, and the width at which what is beyond
    /// it adds up to the logarithm of the number of neighbours.
    private static func scale(
        _ distances: [Double], mean: Double
    ) -> (nearest: Double, width: Double) {
        let nearest = distances.first { $0 > 0 } ?? 0
        let target = log2(Double(distances.count + 1))
        var (low, high, width) = (0.0, Double.infinity, 1.0)
        for _ in 0..<64 {
            let sum = distances.reduce(0) {
                $0 + ($1 > nearest ? exp(-($1 - nearest) / width) : 1)
            }
            if abs(sum - target) < 1e-5 { break }
            if sum > target {
                high = width
                width = (low + high) / 2
            } else {
                low = width
                width = high.isInfinite ? width * 2 : (low + high) / 2
            }
        }
        let own = distances.reduce(0, +) / Double(distances.count + 1)
        return (nearest, max(width, 1e-3 * (nearest > 0 ? own : mean)))
    }
}

/// How near points at a distance x count as: `1 / (1 + a x^(2 b))`, fitted to 1 up to a distance
/// and an exponential decay beyond it.
package struct DistanceCurve {
    package let a, b: Double

    package init(minDistance: Double) {
        let places = (0..<300).map { Double($0) * 3 / 299 }
        let wanted = places.map { $0 < minDistance ? 1 : exp(-($0 - minDistance)) }
        func error(_ a: Double, _ b: Double) -> Double {
            zip(places, wanted).reduce(0) {
                let rest = 1 / (1 + a * pow($1.0, 2 * b)) - $1.1
                return $0 + rest * rest
            }
        }
        // Levenberg and Marquardt's method.
        var (a, b, damping) = (1.0, 1.0, 1e-3)
        var best = error(a, b)
        for _ in 0..<500 {
            var (aa, ab, bb, ra, rb) = (0.0, 0.0, 0.0, 0.0, 0.0)
            for (x, value) in zip(places, wanted) where x > 0 {
                let power = pow(x, 2 * b)
                let near = 1 / (1 + a * power)
                let slopeA = -near * near * power
                let slopeB = -near * near * a * power * 2 * log(x)
                aa += slopeA * slopeA
                ab += slopeA * slopeB
                bb += slopeB * slopeB
                ra += slopeA * (value - near)
                rb += slopeB * (value - near)
            }
            let (da, db) = (aa * (1 + damping), bb * (1 + damping))
            let determinant = da * db - ab * ab
            guard determinant > 0 else { break }
            let stepA = (ra * db - rb * ab) / determinant
            let stepB = (rb * da - ra * ab) / determinant
            let next = error(a + stepA, b + stepB)
            if next < best {
                (a, b, damping) = (a + stepA, b + stepB, damping / 10)
                if best - next < 1e-15 * best { break }
                best = next
            } else {
                damping *= 10
                if damping > 1e12 { break }
            }
        }
        self.a = a
        self.b = b
    }
}

/// Points in the plane: joined pairs pull each other, and each pushes some others away.
struct UMAPLayout {
    private struct Edge {
        let from, to: Int
        /// After how many epochs the pair is pulled again, and when next.
        let period: Double
        var next: Double
        var nextPush: Double
    }

    private(set) var points: [Double]
    private var edges: [Edge] = []
    private let curve: DistanceCurve
    private let epochs: Int
    private var generator: RandomGenerator

    /// How many points are pushed away for each pull.
    private static let pushes = 5.0

    init(graph: NeighborGraph, points: [Double], curve: DistanceCurve, epochs: Int, seed: Int) {
        self.points = points
        self.curve = curve
        self.epochs = epochs
        generator = RandomGenerator(seed: seed)
        let greatest = graph.rows.flatMap(\.values).max() ?? 1
        for (row, list) in graph.rows.enumerated() {
            for (other, value) in list.sorted(by: { $0.key < $1.key })
            where value >= greatest / Double(epochs) {
                let period = greatest / value
                edges.append(
                    Edge(
                        from: row, to: other, period: period, next: period,
                        nextPush: period / Self.pushes))
            }
        }
    }

    mutating func move(_ epoch: Int) {
        let rate = 1 - Double(epoch) / Double(epochs)
        let now = Double(epoch)
        let count = UInt64(points.count / 2)
        for index in edges.indices where edges[index].next <= now {
            let (from, to) = (edges[index].from, edges[index].to)
            let squared = squaredDistance(from, to)
            if squared > 0 {
                let power = pow(squared, curve.b)
                let pull = -2 * curve.a * curve.b * power / squared / (curve.a * power + 1)
                for axis in 0..<2 {
                    let step = Self.clipped(pull * difference(from, to, axis)) * rate
                    points[2 * from + axis] += step
                    points[2 * to + axis] -= step
                }
            }
            edges[index].next += edges[index].period
            let period = edges[index].period / Self.pushes
            let due = Int((now - edges[index].nextPush) / period)
            for _ in 0..<max(0, due) {
                let other = Int(generator.next() % count)
                guard other != from else { continue }
                let squared = squaredDistance(from, other)
                let power = pow(squared, curve.b)
                let push =
                    squared > 0 ? 2 * curve.b / ((0.001 + squared) * (curve.a * power + 1)) : 0
                for axis in 0..<2 {
                    points[2 * from + axis] +=
                        Self.clipped(push * difference(from, other, axis)) * rate
                }
            }
            edges[index].nextPush += Double(max(0, due)) * period
        }
    }

    private func difference(_ a: Int, _ b: Int, _ axis: Int) -> Double {
        points[2 * a + axis] - points[2 * b + axis]
    }

    private func squaredDistance(_ a: Int, _ b: Int) -> Double {
        let (x, y) = (difference(a, b, 0), difference(a, b, 1))
        return x * x + y * y
    }

    private static func clipped(_ value: Double) -> Double { max(-4, min(4, value)) }
}

extension PointRows {
    /// Places along the first two principal components, the furthest at a distance of 10.
    fileprivate func widestComponents() throws -> [Double] {
        let places = try firstComponents(spread: 1)
        let reach = places.map(abs).max() ?? 0
        return reach > 0 ? places.map { $0 / reach * 10 } : places
    }
}
