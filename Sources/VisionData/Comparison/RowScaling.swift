import Tensors

/// Brings rows of features to mean 0 and one typical length, by what the training rows show.
///
/// One factor for all numbers, and not one for each: numbers that hardly ever change would become as
/// loud as the telling ones.
struct RowScaling {
    private let mean: [Float]
    private let factor: Float

    /// The mean squared length of the rows afterwards, at which a cost of 1 neither starves nor spoils
    /// a linear machine.
    private static let length: Double = 16

    init(_ rows: FeatureRows, _ positions: [Int]) throws {
        let dimension = rows.dimension
        var sums = [Double](repeating: 0, count: dimension)
        var squares = 0.0
        try rows.withRows { base in
            for position in positions {
                let row = base + position * dimension
                squares += Double(dotProduct(row, row, dimension))
                for index in 0..<dimension { sums[index] += Double(row[index]) }
            }
        }
        let count = Double(max(1, positions.count))
        mean = sums.map { Float($0 / count) }
        let spread = squares / count - sums.reduce(0) { $0 + ($1 / count) * ($1 / count) }
        factor = spread > 1e-12 * squares / count ? Float((Self.length / spread).squareRoot()) : 1
    }

    /// Some of the rows as a tensor [n, D].
    func apply(_ rows: FeatureRows, _ positions: [Int]) throws -> Tensor {
        let (dimension, factor) = (rows.dimension, factor)
        return try Tensor.unsafeUninitialized(
            shape: [positions.count, dimension], dtype: .float32
        ) { buffer in
            guard let out = buffer.bindMemory(to: Float.self).baseAddress else { return }
            try rows.withRows { base in
                mean.withUnsafeBufferPointer { mean in
                    for (row, position) in positions.enumerated() {
                        let (from, to) = (base + position * dimension, out + row * dimension)
                        for index in 0..<dimension {
                            to[index] = (from[index] - mean[index]) * factor
                        }
                    }
                }
            }
        }
    }
}
