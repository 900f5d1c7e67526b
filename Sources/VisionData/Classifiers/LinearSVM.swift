import Hosting
import OneDNN
import Tensors

/// A support vector machine without a kernel: one plane for each class against all others, as far
/// from the nearest features on both sides as it may be.
///
/// Minimises `|w|² / 2 + C · sum max(0, 1 - y (w·x + b))²`, b counted in `|w|²`, by coordinate
/// descent in the dual problem (Hsieh and others 2008), as liblinear does.
///
///     let svm = LinearSVM(c: 1)
///     svm.fit(hog(data.train), data.train.labels)
public final class LinearSVM: Classifier, CustomStringConvertible {
    /// What a feature on the wrong side costs.
    public let c: Double
    /// How far from the optimum to stop.
    public let tolerance: Double
    /// The most passes over the features.
    public let iterations: Int
    private var model: LinearModel?

    /// Throws when an argument is not positive.
    public init(c: Double = 1, tolerance: Double = 0.01, iterations: Int = 100) throws {
        guard c > 0, c.isFinite, tolerance > 0, iterations > 0 else {
            throw TensorError(
                .value, "LinearSVM", "an argument is not positive", expected: "positive numbers",
                got: "c: \(c), tolerance: \(tolerance), iterations: \(iterations)")
        }
        self.c = c
        self.tolerance = tolerance
        self.iterations = iterations
    }

    private init(settingsOf other: LinearSVM) {
        c = other.c
        tolerance = other.tolerance
        iterations = other.iterations
    }

    /// Another one with the same settings that has learned nothing.
    public func untrained() -> LinearSVM { LinearSVM(settingsOf: self) }

    /// The planes' directions, [K, D]; `nil` before `fit`.
    public var weights: Tensor? { get throws { try model?.tensor() } }

    /// The planes' offsets, one a class; empty before `fit`.
    public var biases: [Double] { model?.biases.map(Double.init) ?? [] }

    /// Learns one plane a class. Reports progress; see `Classifier.fit`.
    public func fit(_ features: Tensor, _ labels: [Int]) throws {
        let rows = try FeatureRows(features, "fit")
        let index = try LabelIndex(labels, count: rows.count, "fit")
        let limit = 1 << 29
        guard index.classes.count <= limit / max(rows.count, rows.dimension) else {
            throw TensorError(
                .memory, "fit", "too many rows or features for so many classes",
                expected: "at most \(limit) products of rows and classes",
                got: "\(rows.count) rows, \(rows.dimension) features, "
                    + "\(index.classes.count) classes")
        }
        model = nil
        var descent = try DualDescent(rows, index, cost: Float(c))
        let cancellation = Host.current.cancellation
        let reporter = rows.reporter("LinearSVM", unit: "passes")
        var order = Array(0..<rows.count)
        var generator = RandomGenerator(seed: 0)
        let stretch = max(1, 20_000_000 / (rows.dimension * index.classes.count))
        for _ in 0..<iterations {
            order.shuffle(using: &generator)
            descent.begin()
            for start in stride(from: 0, to: order.count, by: stretch) {
                try cancellation.check()
                try descent.visit(order[start..<min(start + stretch, order.count)])
            }
            reporter?.advance()
            if descent.isFinished(tolerance: Float(tolerance)) { break }
        }
        reporter?.finish()
        model = descent.model
    }

    /// The label of the class on whose side each row lies farthest.
    public func predict(_ features: Tensor) throws -> [Int] {
        guard let model else { throw untrainedError("predict") }
        return try model.labels(features)
    }

    /// How far each row lies on the side of each class, [N, K].
    public func scores(_ features: Tensor) throws -> Tensor {
        guard let model else { throw untrainedError("scores") }
        return try model.scores(features, "scores")
    }

    /// Settings, and what it learned.
    public var description: String {
        "LinearSVM(c: \(c))" + (model.map { ", \($0.classes.count) classes" } ?? "")
    }
}

/// Coordinate descent for all classes at once: a row is read from memory once for all of them.
private struct DualDescent {
    private let rows: FeatureRows
    private let index: LabelIndex
    private let squares: [Float]
    private let diagonal: Float
    /// The planes one after the other, each with its bias at its end and then some room, so that no
    /// two threads write into one line of the cache.
    private var planes: [Float]
    private let planeSize: Int
    /// How much each row supports each class's plane, [K, N].
    private var supports: [Float]
    /// The range of the projected gradients of a pass, class by class.
    private var ranges: [GradientRange]
    private var isDone: [Bool]

    private struct GradientRange {
        var low = Float.infinity
        var high = -Float.infinity
    }

    init(_ rows: FeatureRows, _ index: LabelIndex, cost: Float) throws {
        self.rows = rows
        self.index = index
        let size = index.classes.count
        planeSize = rows.dimension + 17
        planes = [Float](repeating: 0, count: size * planeSize)
        diagonal = 0.5 / cost
        supports = [Float](repeating: 0, count: rows.count * size)
        ranges = []
        isDone = [Bool](repeating: false, count: size)
        // The bias is the weight of one more feature that is always 1.
        squares = try rows.squaredNorms().map { $0 + 1 }
    }

    /// Weights and biases as they are now.
    var model: LinearModel {
        var model = LinearModel(classes: index.classes, dimension: rows.dimension)
        for label in isDone.indices {
            let start = label * planeSize
            let end = start + rows.dimension
            model.weights.replaceSubrange(
                label * rows.dimension..<(label + 1) * rows.dimension, with: planes[start..<end])
            model.biases[label] = planes[end]
        }
        return model
    }

    /// Begins a pass.
    mutating func begin() {
        ranges = [GradientRange](repeating: GradientRange(), count: isDone.count)
    }

    /// Whether every class's plane is as near to the optimum as asked.
    mutating func isFinished(tolerance: Float) -> Bool {
        for (label, range) in ranges.enumerated() where range.high - range.low < tolerance {
            isDone[label] = true
        }
        return isDone.allSatisfy(\.self)
    }

    /// Moves the supports of some rows.
    mutating func visit(_ order: ArraySlice<Int>) throws {
        let (isDone, dimension, count, planeSize) = (isDone, rows.dimension, rows.count, planeSize)
        let (squares, positions, diagonal) = (squares, index.positions, diagonal)
        try rows.withRows { base in
            planes.withUnsafeMutableBufferPointer { planes in
                supports.withUnsafeMutableBufferPointer { supports in
                    ranges.withUnsafeMutableBufferPointer { ranges in
                        guard let planes = planes.baseAddress, let supports = supports.baseAddress,
                            let ranges = ranges.baseAddress
                        else { return }
                        // Each thread has some of the classes; none touches another's plane.
                        Parallel.forEach(count: isDone.count, grain: 1) { part in
                            var own = part.map { ranges[$0] }
                            for row in order {
                                let features = base + row * dimension
                                for label in part where !isDone[label] {
                                    Self.step(
                                        features, dimension,
                                        sign: positions[row] == label ? 1 : -1,
                                        scale: squares[row] + diagonal, diagonal,
                                        planes + label * planeSize,
                                        supports + (label * count + row),
                                        &own[label - part.lowerBound])
                                }
                            }
                            for label in part { ranges[label] = own[label - part.lowerBound] }
                        }
                    }
                }
            }
        }
    }

    /// Moves one row's support for one plane to the best place.
    @inline(__always)
    private static func step(
        _ features: UnsafePointer<Float>, _ dimension: Int, sign: Float, scale: Float,
        _ diagonal: Float, _ plane: UnsafeMutablePointer<Float>,
        _ support: UnsafeMutablePointer<Float>, _ range: inout GradientRange
    ) {
        let before = support.pointee
        let side = dotProduct(features, plane, dimension) + plane[dimension]
        let gradient = sign * side - 1 + diagonal * before
        let projected = before == 0 ? min(gradient, 0) : gradient
        range.low = min(range.low, projected)
        range.high = max(range.high, projected)
        guard projected != 0 else { return }
        let after = max(before - gradient / scale, 0)
        support.pointee = after
        let change = (after - before) * sign
        addScaled(features, change, to: plane, dimension)
        plane[dimension] += change
    }
}
