import OneDNN
import Tensors

/// Scores of classes that are sums of weighted features: `score = W x + b`.
struct LinearModel: Sendable {
    let classes: [Int]
    let dimension: Int
    /// [K, D] row by row.
    var weights: [Float]
    /// [K]
    var biases: [Float]

    init(classes: [Int], dimension: Int) {
        self.classes = classes
        self.dimension = dimension
        weights = [Float](repeating: 0, count: classes.count * dimension)
        biases = [Float](repeating: 0, count: classes.count)
    }

    /// The weights as a tensor [K, D].
    func tensor() throws -> Tensor { try Tensor(weights, shape: [classes.count, dimension]) }

    /// The scores of some rows, [rows, K].
    func scores(
        _ rows: UnsafePointer<Float>, count: Int, into out: UnsafeMutablePointer<Float>
    ) throws {
        let size = classes.count
        for row in 0..<count {
            for index in 0..<size { out[row * size + index] = biases[index] }
        }
        try weights.withUnsafeBufferPointer { weights in
            guard let weights = weights.baseAddress else { return }
            try matrixProduct(
                transposeA: false, transposeB: true, rows: count, columns: size, inner: dimension,
                rows, leadingA: dimension, weights, leadingB: dimension, beta: 1, out,
                leadingC: size)
        }
    }

    /// The scores of all rows, [N, K].
    func scores(_ features: Tensor, _ operation: String) throws -> Tensor {
        let rows = try FeatureRows(features, operation, dimension: dimension)
        return try Tensor.unsafeUninitialized(
            shape: [rows.count, classes.count], dtype: .float32
        ) { buffer in
            guard let out = buffer.bindMemory(to: Float.self).baseAddress else { return }
            try rows.withRows { try scores($0, count: rows.count, into: out) }
        }
    }

    /// The class of the greatest score in each row.
    func labels(_ features: Tensor) throws -> [Int] {
        let scores = try scores(features, "predict").scalars(as: Float.self)
        let size = classes.count
        return stride(from: 0, to: scores.count, by: size).map { start in
            var best = 0
            for index in 1..<size where scores[start + index] > scores[start + best] {
                best = index
            }
            return classes[best]
        }
    }
}

/// The sum of the products of two rows.
@inline(__always)
func dotProduct(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
    let lanes = FloatLanes.width
    var (first, second) = (FloatLanes.zero, FloatLanes.zero)
    var (third, fourth) = (FloatLanes.zero, FloatLanes.zero)
    var index = 0
    while index &+ 4 &* lanes <= count {
        first = multiplyAdd(FloatLanes(at: a + index), FloatLanes(at: b + index), first)
        second = multiplyAdd(
            FloatLanes(at: a + (index &+ lanes)), FloatLanes(at: b + (index &+ lanes)), second)
        third = multiplyAdd(
            FloatLanes(at: a + (index &+ 2 &* lanes)), FloatLanes(at: b + (index &+ 2 &* lanes)),
            third)
        fourth = multiplyAdd(
            FloatLanes(at: a + (index &+ 3 &* lanes)), FloatLanes(at: b + (index &+ 3 &* lanes)),
            fourth)
        index &+= 4 &* lanes
    }
    while index &+ lanes <= count {
        first = multiplyAdd(FloatLanes(at: a + index), FloatLanes(at: b + index), first)
        index &+= lanes
    }
    var sum = ((first + second) + (third + fourth)).laneTotal
    while index < count {
        sum += a[index] * b[index]
        index &+= 1
    }
    return sum
}

/// `b += factor * a`.
@inline(__always)
func addScaled(
    _ a: UnsafePointer<Float>, _ factor: Float, to b: UnsafeMutablePointer<Float>, _ count: Int
) {
    let lanes = FloatLanes.width
    let factors = FloatLanes(repeating: factor)
    var index = 0
    while index &+ lanes <= count {
        multiplyAdd(FloatLanes(at: a + index), factors, FloatLanes(at: b + index)).store(
            at: b + index)
        index &+= lanes
    }
    while index < count {
        b[index] += factor * a[index]
        index &+= 1
    }
}
