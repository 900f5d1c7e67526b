import Glibc
import Hosting
import Tensors
import VisionData

/// Features as points of a plane, such that rows near each other stay near each other: t-SNE with
/// Barnes and Hut's approximation.
///
///     let map = try tsne(net.features(of: data), labels: data.labels.map { data.classes[$0] })
///     map["divergence"]  // what is left of the Kullback-Leibler divergence
///
/// Conventions are scikit-learn's: it begins at the first two principal components, scaled to a
/// deviation of 1e-4; the learning rate is N / 48, at least 50; nearness counts 12 times in the
/// first 250 iterations; momentum rises from 0.5 to 0.8. The same features give the same points.
///
/// - Parameters:
///   - features: `[N, D]`.
///   - labels: a name for each row, for colours.
///   - perplexity: about how many neighbours each row has, less than N.
///   - iterations: how often points are moved.
///   - angle: from how far away a group of points counts as one; 0 is exact, and slow.
///
/// Reports progress and can be interrupted. Throws where there are fewer than 4 rows, an argument
/// is out of range or a feature is not finite.
/// Sources: van der Maaten and Hinton, "Visualizing Data using t-SNE", 2008; van der Maaten,
/// "Accelerating t-SNE using Tree-Based Algorithms", 2014.
public func tsne(
    _ features: Tensor, labels: [String] = [], perplexity: Double = 30, iterations: Int = 1000,
    angle: Double = 0.5
) throws -> EmbeddingMap {
    let rows = try PointRows(features, "tsne")
    try EmbeddingMap.check(labels, count: rows.count, "tsne")
    guard rows.count >= 4, perplexity >= 1, perplexity < Double(rows.count) else {
        throw TensorError(
            .value, "tsne", "'perplexity' does not fit the rows",
            expected: "at least 4 rows, and 1 up to their number",
            got: "\(rows.count) rows and \(perplexity)")
    }
    guard (1...100_000).contains(iterations), (0...1).contains(angle) else {
        throw TensorError(
            .value, "tsne", "'iterations' or 'angle' is out of range",
            expected: "1...100000 and 0...1", got: "\(iterations) and \(angle)")
    }
    let neighbors = min(rows.count - 1, Int(3 * perplexity + 1))
    let near = JointProbabilities(try rows.nearest(neighbors), perplexity: perplexity)
    var layout = TSNELayout(
        near: near, points: try rows.firstComponents(spread: 1e-4), angle: angle)
    let rate = max(Double(rows.count) / 12 / 4, 50)
    let progress = ProgressReporter("t-SNE", total: iterations, unit: "iterations")
    for iteration in 0..<iterations {
        try Host.current.cancellation.check()
        let isEarly = iteration < 250
        layout.move(rate: rate, momentum: isEarly ? 0.5 : 0.8, exaggeration: isEarly ? 12 : 1)
        progress.advance()
    }
    progress.finish()
    return try EmbeddingMap(
        Tensor(layout.points.map { Float($0) }, shape: [rows.count, 2]), labels: labels,
        method: "t-SNE",
        figures: [("divergence", layout.gradient(exaggeration: 1).divergence)])
}

/// How near rows are to each other, as probabilities of pairs that add up to 1: each row's Gaussian
/// is as wide as gives it the perplexity that is asked for.
package struct JointProbabilities {
    /// For each row the others that have a probability with it, and these.
    package let rows: [[(other: Int, value: Double)]]

    /// Of the neighbours of each row with their squared distances.
    package init(_ nearest: [[(row: Int, squared: Double)]], perplexity: Double) {
        var sums: [[Int: Double]] = nearest.map { _ in [:] }
        for (row, list) in nearest.enumerated() {
            let shares = Self.shares(list.map(\.squared), entropy: log(perplexity))
            for (neighbour, share) in zip(list, shares) {
                sums[row][neighbour.row, default: 0] += share
                sums[neighbour.row][row, default: 0] += share
            }
        }
        let total = 2 * Double(nearest.count)
        rows = sums.map { sums in
            sums.sorted { $0.key < $1.key }.map { ($0.key, max($0.value / total, 1e-300)) }
        }
    }

    /// The Gaussian of squared distances whose shares have an entropy.
    private static func shares(_ squared: [Double], entropy: Double) -> [Double] {
        var (low, high, precision) = (-Double.infinity, Double.infinity, 1.0)
        var shares: [Double] = []
        let least = squared.min() ?? 0
        for _ in 0..<100 {
            shares = squared.map { exp(-($0 - least) * precision) }
            let sum = shares.reduce(0, +)
            shares = shares.map { $0 / sum }
            let mean = zip(squared, shares).reduce(0) { $0 + ($1.0 - least) * $1.1 }
            let difference = log(sum) + precision * mean - entropy
            if abs(difference) <= 1e-5 { break }
            if difference > 0 {
                low = precision
                precision = high.isInfinite ? precision * 2 : (precision + high) / 2
            } else {
                high = precision
                precision = low.isInfinite ? precision / 2 : (precision + low) / 2
            }
        }
        return shares
    }
}

/// Points in the plane that are moved until the nearness of pairs is that of the features.
package struct TSNELayout {
    /// Two numbers a point.
    package private(set) var points: [Double]
    private let near: JointProbabilities
    private let angle: Double
    private var step: [Double]
    private var gains: [Double]

    package init(near: JointProbabilities, points: [Double], angle: Double) {
        self.near = near
        self.points = points
        self.angle = angle
        step = points.map { _ in 0 }
        gains = points.map { _ in 1 }
    }

    /// Goes one step down the gradient.
    package mutating func move(rate: Double, momentum: Double, exaggeration: Double) {
        let slopes = gradient(exaggeration: exaggeration).slopes
        for index in points.indices {
            let turns = step[index] * slopes[index] < 0
            gains[index] = max(0.01, turns ? gains[index] + 0.2 : gains[index] * 0.8)
            step[index] = momentum * step[index] - rate * gains[index] * slopes[index]
            points[index] += step[index]
        }
    }

    /// The gradient of the Kullback-Leibler divergence, two numbers a point, and the divergence.
    package func gradient(exaggeration: Double) -> (slopes: [Double], divergence: Double) {
        let count = points.count / 2
        let tree = PointTree(points)
        var repulsion = [Double](repeating: 0, count: points.count)
        var total = 0.0
        for row in 0..<count {
            let force = tree.repulsion(at: points[2 * row], points[2 * row + 1], angle: angle)
            repulsion[2 * row] = force.x
            repulsion[2 * row + 1] = force.y
            // A point does not repel itself.
            total += force.sum - 1
        }
        total = max(total, 1e-300)
        var slopes = [Double](repeating: 0, count: points.count)
        var divergence = 0.0
        for row in 0..<count {
            var (x, y) = (0.0, 0.0)
            for (other, value) in near.rows[row] {
                let dx = points[2 * row] - points[2 * other]
                let dy = points[2 * row + 1] - points[2 * other + 1]
                let closeness = 1 / (1 + dx * dx + dy * dy)
                let pull = exaggeration * value * closeness
                x += pull * dx
                y += pull * dy
                divergence += value * log(value / max(closeness / total, 1e-300))
            }
            slopes[2 * row] = 4 * (x - repulsion[2 * row] / total)
            slopes[2 * row + 1] = 4 * (y - repulsion[2 * row + 1] / total)
        }
        return (slopes, divergence)
    }
}

extension PointRows {
    /// Places along the first two principal components, two numbers a row, that of the greatest
    /// variance with a deviation of `spread`; features of one number lie on a line.
    func firstComponents(spread: Double) throws -> [Double] {
        guard dimension > 1, count > 2 else {
            return (0..<count).flatMap { row -> [Double] in
                [values[row * dimension] * spread, 0]
            }
        }
        let tensor = try centered()
        let pca = try PCA(components: 2)
        try pca.fit(tensor)
        let places = try pca.transformed(tensor).scalars(as: Double.self)
        let first = stride(from: 0, to: places.count, by: 2).map { places[$0] }
        let mean = first.reduce(0, +) / Double(count)
        let variance = first.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
        // Rows that are all the same need somewhere to begin.
        guard variance > 0 else {
            return (0..<count).flatMap { row -> [Double] in
                [spread * cos(Double(row)), spread * sin(Double(row))]
            }
        }
        let scale = spread / variance.squareRoot()
        return places.map { $0 * scale }
    }
}
