import Hosting
import OneDNN
import Tensors

/// Principal component analysis: the few directions in which features differ most.
///
/// The eigenvectors of the covariance matrix with the greatest eigenvalues (Pearson 1901), found by
/// iteration of a subspace.
///
///     let pca = PCA(components: 2)
///     pca.fit(features)
///     pca.transformed(features)  // [N, 2]
public final class PCA: CustomStringConvertible {
    private struct Fitted {
        let mean: [Float]
        /// [k, D] row by row, of length 1 and at right angles.
        let directions: [Float]
        let variances: [Double]
        let total: Double
    }

    /// How many directions are kept.
    public let components: Int
    private var fitted: Fitted?

    /// The longest rows of features, whose covariance matrix has 256 MB.
    private static let dimensionLimit = 8192

    /// Throws when `components` is not 1 to 256.
    public init(components: Int) throws {
        guard (1...256).contains(components) else {
            throw TensorError(
                .value, "PCA", "wrong number of components", expected: "1 to 256",
                got: "\(components)")
        }
        self.components = components
    }

    /// Finds the directions of some features, [N, D].
    ///
    /// Throws when there are fewer rows than components or at most as many features, or more than
    /// 8192 of them, and `Interrupted`.
    public func fit(_ features: Tensor) throws {
        let rows = try FeatureRows(features, "fit")
        let dimension = rows.dimension
        guard components <= min(rows.count, dimension), rows.count > 1 else {
            throw TensorError(
                .value, "fit", "more components than rows or features",
                expected: "at most \(min(rows.count, dimension))", got: "\(components)")
        }
        guard dimension <= Self.dimensionLimit else {
            throw TensorError(
                .value, "fit", "too many features", expected: "at most \(Self.dimensionLimit)",
                got: "\(dimension)")
        }
        fitted = nil
        let mean = try rows.mean()
        let covariance = try rows.covariance(mean)
        let total = (0..<dimension).reduce(0.0) { $0 + Double(covariance[$1 * dimension + $1]) }
        let subspace = try LeadingSubspace(covariance, dimension: dimension, count: components)
        fitted = Fitted(
            mean: mean, directions: subspace.vectors, variances: subspace.values, total: total)
    }

    /// The directions, [k, D], that of the greatest variance first. Throws before `fit`.
    public var directions: Tensor {
        get throws {
            let fitted = try checked("directions")
            return try Tensor(fitted.directions, shape: [components, fitted.mean.count])
        }
    }

    /// The variance along each direction, estimated with `n - 1`. Throws before `fit`.
    public var variances: [Double] { get throws { try checked("variances").variances } }

    /// The share of all variance that lies along each direction. Throws before `fit`.
    public var varianceRatios: [Double] {
        get throws {
            let fitted = try checked("varianceRatios")
            return fitted.variances.map { fitted.total > 0 ? $0 / fitted.total : 0 }
        }
    }

    /// Where features lie along the directions, [N, k].
    public func transformed(_ features: Tensor) throws -> Tensor {
        let fitted = try checked("transformed")
        let rows = try FeatureRows(features, "transformed", dimension: fitted.mean.count)
        let mean = try Tensor(fitted.mean, shape: [1, fitted.mean.count])
        return try Tensor.subtracting(rows.tensor, mean).matmul(directions.transposed())
    }

    /// The features that lie at some places along the directions, [N, D]: what `transformed` left of
    /// them.
    public func reconstructed(_ places: Tensor) throws -> Tensor {
        let fitted = try checked("reconstructed")
        let rows = try FeatureRows(places, "reconstructed", dimension: components)
        let mean = try Tensor(fitted.mean, shape: [1, fitted.mean.count])
        return try Tensor.adding(try rows.tensor.matmul(directions), mean)
    }

    private func checked(_ operation: String) throws -> Fitted {
        guard let fitted else {
            throw TensorError(
                .value, operation, "it has learned nothing yet", expected: "fit(features) first")
        }
        return fitted
    }

    /// Number of directions, and how much of the variance they hold.
    public var description: String {
        guard let ratios = try? varianceRatios else { return "PCA(components: \(components))" }
        let share = formatted(ratios.reduce(0, +), places: 3)
        return "PCA(components: \(components)), \(share) of the variance"
    }
}

extension FeatureRows {
    /// The mean of each feature.
    func mean() throws -> [Float] {
        var sums = [Double](repeating: 0, count: dimension)
        try withRows { base in
            for row in 0..<count {
                let line = base + row * dimension
                for index in 0..<dimension { sums[index] += Double(line[index]) }
            }
        }
        return sums.map { Float($0 / Double(count)) }
    }

    /// The covariance matrix [D, D], with `n - 1`.
    func covariance(_ mean: [Float]) throws -> [Float] {
        let cancellation = Host.current.cancellation
        var result = [Float](repeating: 0, count: dimension * dimension)
        let stretch = max(1, min(count, 4_000_000 / dimension))
        var centered = [Float](repeating: 0, count: stretch * dimension)
        try withRows { base in
            for start in stride(from: 0, to: count, by: stretch) {
                try cancellation.check()
                let length = min(stretch, count - start)
                for row in 0..<length {
                    let line = base + (start + row) * dimension
                    for index in 0..<dimension {
                        centered[row * dimension + index] = line[index] - mean[index]
                    }
                }
                try matrixProduct(
                    transposeA: true, transposeB: false, rows: dimension, columns: dimension,
                    inner: length, centered, leadingA: dimension, centered, leadingB: dimension,
                    beta: 1, &result, leadingC: dimension)
            }
        }
        let scale = 1 / Float(count - 1)
        for index in result.indices { result[index] *= scale }
        return result
    }
}

/// The eigenvectors of a symmetric matrix that belong to its greatest eigenvalues.
struct LeadingSubspace {
    /// Row by row, each of length 1, its element of greatest size positive.
    private(set) var vectors: [Float]
    /// Eigenvalues, the greatest first.
    private(set) var values: [Double]

    init(_ matrix: [Float], dimension: Int, count: Int) throws {
        // A few more directions than asked for make those converge sooner.
        let size = count + 10
        if size >= dimension {
            let (found, columns) = try Self.eigenvectors(matrix.map { Double($0) }, dimension)
            values = found
            vectors = (0..<count).flatMap { row in
                (0..<dimension).map { Float(columns[$0 * dimension + row]) }
            }
        } else {
            (values, vectors) = try Self.iterated(matrix, dimension, size, count)
        }
        values = values.prefix(count).map { max($0, 0) }
        vectors = Array(vectors.prefix(count * dimension))
        for row in 0..<count {
            let line = row * dimension..<(row + 1) * dimension
            let greatest = vectors[line].max { abs($0) < abs($1) } ?? 0
            if greatest < 0 { for index in line { vectors[index] = -vectors[index] } }
        }
    }

    /// Multiplies a few directions by the matrix again and again, each time turned so that they are
    /// its eigenvectors within what they span (Rayleigh and Ritz).
    private static func iterated(
        _ matrix: [Float], _ dimension: Int, _ size: Int, _ count: Int
    ) throws -> (values: [Double], vectors: [Float]) {
        var generator = RandomGenerator(seed: 0)
        var basis = (0..<size * dimension).map { _ in Float(generator.uniform() - 0.5) }
        var product = basis
        var small = [Float](repeating: 0, count: size * size)
        var values = [Double](repeating: 0, count: size)
        let cancellation = Host.current.cancellation
        try orthonormalize(&basis, size, dimension, &generator)
        for _ in 0..<200 {
            try cancellation.check()
            try matrixProduct(
                transposeA: false, transposeB: false, rows: size, columns: dimension,
                inner: dimension, basis, leadingA: dimension, matrix, leadingB: dimension,
                &product, leadingC: dimension)
            try matrixProduct(
                transposeA: false, transposeB: true, rows: size, columns: size, inner: dimension,
                basis, leadingA: dimension, product, leadingB: dimension, &small, leadingC: size)
            let (found, columns) = try eigenvectors(small.map { Double($0) }, size)
            let change = zip(found, values).prefix(count).map { abs($0 - $1) }.max() ?? 0
            values = found
            try matrixProduct(
                transposeA: true, transposeB: false, rows: size, columns: dimension, inner: size,
                columns.map { Float($0) }, leadingA: size, product, leadingB: dimension, &basis,
                leadingC: dimension)
            try orthonormalize(&basis, size, dimension, &generator)
            if change <= 1e-7 * (found.first ?? 0) { break }
        }
        return (values, basis)
    }

    /// Gram and Schmidt's method, twice for each row, as the first time leaves rounding errors; a row
    /// of which the others leave nothing is drawn anew.
    private static func orthonormalize(
        _ rows: inout [Float], _ count: Int, _ dimension: Int, _ generator: inout RandomGenerator
    ) throws {
        let cancellation = Host.current.cancellation
        for row in 0..<count {
            try cancellation.check()
            for _ in 0..<4 {
                let shares = rows.withUnsafeMutableBufferPointer { rows in
                    orthonormalize(rows, row, dimension)
                }
                if shares.allSatisfy({ $0 > 1e-3 }) { break }
                for index in 0..<dimension {
                    rows[row * dimension + index] = Float(generator.uniform() - 0.5)
                }
            }
        }
    }

    /// Makes one row stand at right angles to those before it, with length 1; gives what was left of
    /// its length each time. A first time may leave little, a second one takes rounding errors away.
    private static func orthonormalize(
        _ rows: UnsafeMutableBufferPointer<Float>, _ row: Int, _ dimension: Int
    ) -> [Float] {
        guard let base = rows.baseAddress else { return [] }
        let line = base + row * dimension
        func scaleToOne() -> Float {
            let length = dotProduct(line, line, dimension).squareRoot()
            let scale = length > 1e-30 ? 1 / length : 0
            for index in 0..<dimension { line[index] *= scale }
            return length
        }
        _ = scaleToOne()
        return (0..<2).map { _ in
            for other in 0..<row {
                let share = dotProduct(line, base + other * dimension, dimension)
                addScaled(base + other * dimension, -share, to: line, dimension)
            }
            return scaleToOne()
        }
    }

    /// Eigenvalues, the greatest first, and eigenvectors in columns, by Jacobi's rotations.
    private static func eigenvectors(
        _ matrix: [Double], _ size: Int
    ) throws -> (values: [Double], vectors: [Double]) {
        let cancellation = Host.current.cancellation
        var a = matrix
        var v = [Double](repeating: 0, count: size * size)
        for index in 0..<size { v[index * size + index] = 1 }
        let scale = a.reduce(0) { $0 + $1 * $1 }
        for _ in 0..<60 {
            try cancellation.check()
            var rest = 0.0
            for row in 0..<size {
                for column in 0..<row { rest += a[row * size + column] * a[row * size + column] }
            }
            if rest <= 1e-22 * scale { break }
            for p in 0..<size {
                for q in p + 1..<max(p + 1, size) where a[p * size + q] != 0 {
                    let ratio = (a[q * size + q] - a[p * size + p]) / (2 * a[p * size + q])
                    let t = (ratio < 0 ? -1 : 1) / (abs(ratio) + (ratio * ratio + 1).squareRoot())
                    let c = 1 / (t * t + 1).squareRoot()
                    let s = t * c
                    for k in 0..<size {
                        let (x, y) = (a[k * size + p], a[k * size + q])
                        a[k * size + p] = c * x - s * y
                        a[k * size + q] = s * x + c * y
                    }
                    for k in 0..<size {
                        let (x, y) = (a[p * size + k], a[q * size + k])
                        a[p * size + k] = c * x - s * y
                        a[q * size + k] = s * x + c * y
                        let (u, w) = (v[k * size + p], v[k * size + q])
                        v[k * size + p] = c * u - s * w
                        v[k * size + q] = s * u + c * w
                    }
                }
            }
        }
        let order = (0..<size).sorted { a[$0 * size + $0] > a[$1 * size + $1] }
        var sorted = v
        for row in 0..<size {
            for (place, column) in order.enumerated() {
                sorted[row * size + place] = v[row * size + column]
            }
        }
        return (order.map { a[$0 * size + $0] }, sorted)
    }
}
