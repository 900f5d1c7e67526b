import Glibc
import Hosting
import NeuralNetworks
import Tensors

extension Layer {
    /// Which parts of a picture make a class likely: a linear model of the class's probability,
    /// fitted to pictures in which a random half of the parts is hidden.
    ///
    ///     let why = try net.lime(photo, segments: 50, samples: 500)
    ///     why["fit"]  // how well the linear model says what the network does, 1 at best
    ///
    /// The parts are superpixels of similar colour (SLIC), which are hidden by their mean colour.
    /// The fit is a ridge regression with penalty 1, in which pictures count the more the less of
    /// them is hidden: `exp(-d^2 / (2 0.25^2))` for the cosine distance d. `values` are the
    /// coefficients, one a part, the map gives each pixel that of its part; the figures are `fit`,
    /// the share of the variance that is explained, `intercept` and `segments`.
    ///
    /// - Parameters:
    ///   - photo: an `Image`, or a tensor `[C, H, W]` as the model takes it.
    ///   - target: the position of the class; `nil` for the likeliest one.
    ///   - segments: about how many parts.
    ///   - samples: how many pictures are tried; each takes a run of the model.
    ///   - seed: decides which parts are hidden.
    ///
    /// Throws where there are not 2 to 1000 segments and as many samples at least, and where the
    /// model gives no row of scores or has no such class.
    /// Sources: Ribeiro et al., "Why Should I Trust You?", 2016; Achanta et al., "SLIC Superpixels
    /// Compared to State-of-the-Art Superpixel Methods", 2012.
    public func lime(
        _ photo: any ModelPicture, target: Int? = nil, segments: Int = 50, samples: Int = 500,
        seed: Int = 0
    ) throws -> Explanation {
        guard (2...1000).contains(segments), samples >= segments, samples <= 100_000 else {
            throw TensorError(
                .value, "lime", "'segments' and 'samples' do not fit together",
                expected: "2...1000 segments and as many samples at least, at most 100000",
                got: "\(segments) and \(samples)")
        }
        let run = try Questioned("lime", self, photo)
        let parts = try Superpixels(run.photo, count: segments)
        return try run.asking {
            try withoutGradient {
                let answer = try run.answer(run.scores(run.input), target)
                var generator = RandomGenerator(seed: seed)
                var shown = (0..<samples).map { _ in
                    (0..<parts.count).map { _ in generator.next() >> 63 == 1 }
                }
                // The picture itself is one of them.
                shown[0] = [Bool](repeating: true, count: parts.count)
                let found = try run.probabilities(parts, shown, answer.target)
                let fit = try LocalFit(shown, found)
                return Explanation(
                    "LIME", run, answer, values: try Tensor(fit.coefficients, shape: [parts.count]),
                    map: try Tensor(
                        parts.labels.map { fit.coefficients[$0] }, shape: [run.height, run.width]),
                    figures: [
                        ("fit", fit.explained), ("intercept", fit.intercept),
                        ("segments", Double(parts.count)),
                    ])
            }
        }
    }
}

/// A linear model of what is found where some parts are shown: ridge regression, weighted.
struct LocalFit {
    let coefficients: [Double]
    let intercept: Double
    /// The share of the weighted variance that the model explains.
    let explained: Double

    init(_ shown: [[Bool]], _ values: [Double], penalty: Double = 1, width: Double = 0.25) throws {
        let count = shown.first?.count ?? 0
        let weights = shown.map { row in
            // The cosine distance to the picture with all parts.
            let share = Double(row.count { $0 }) / Double(max(1, count))
            let distance = 1 - share.squareRoot()
            return exp(-distance * distance / (width * width)).squareRoot()
        }
        let total = weights.reduce(0, +)
        var means = [Double](repeating: 0, count: count)
        var mean = 0.0
        for (row, weight) in shown.indices.map({ ($0, weights[$0] / total) }) {
            mean += weight * values[row]
            for part in 0..<count where shown[row][part] { means[part] += weight }
        }
        var matrix = [Double](repeating: 0, count: count * count)
        var right = [Double](repeating: 0, count: count)
        for (row, parts) in shown.enumerated() {
            try Host.current.cancellation.check()
            let centred = (0..<count).map { (parts[$0] ? 1 : 0) - means[$0] }
            for i in 0..<count {
                let scaled = weights[row] * centred[i]
                right[i] += scaled * (values[row] - mean)
                for j in 0...i { matrix[i * count + j] += scaled * centred[j] }
            }
        }
        for i in 0..<count { matrix[i * count + i] += penalty }
        let coefficients = try solvedByCholesky(matrix, right)
        let intercept = mean - zip(means, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
        var (left, all) = (0.0, 0.0)
        for (row, parts) in shown.enumerated() {
            let guess = (0..<count).reduce(intercept) { $0 + (parts[$1] ? coefficients[$1] : 0) }
            left += weights[row] * (values[row] - guess) * (values[row] - guess)
            all += weights[row] * (values[row] - mean) * (values[row] - mean)
        }
        self.coefficients = coefficients
        self.intercept = intercept
        explained = all > 0 ? 1 - left / all : 0
    }
}

/// The solution of `A x = b` for a positive definite matrix, of which the lower half is read.
func solvedByCholesky(_ matrix: [Double], _ right: [Double]) throws -> [Double] {
    let count = right.count
    var factor = matrix
    for i in 0..<count {
        for j in 0...i {
            var sum = factor[i * count + j]
            for k in 0..<j { sum -= factor[i * count + k] * factor[j * count + k] }
            if i == j {
                guard sum > 0 else {
                    throw TensorError(
                        .value, "solve", "the matrix is not positive definite",
                        expected: "finite numbers", got: "\(sum)")
                }
                factor[i * count + i] = sum.squareRoot()
            } else {
                factor[i * count + j] = sum / factor[j * count + j]
            }
        }
    }
    var x = right
    for i in 0..<count {
        for k in 0..<i { x[i] -= factor[i * count + k] * x[k] }
        x[i] /= factor[i * count + i]
    }
    for i in (0..<count).reversed() {
        for k in i + 1..<max(count, i + 1) { x[i] -= factor[k * count + i] * x[k] }
        x[i] /= factor[i * count + i]
    }
    return x
}

extension Questioned {
    /// How likely a class is where only some parts of the picture are shown.
    fileprivate func probabilities(
        _ parts: Superpixels, _ shown: [[Bool]], _ target: Int
    ) throws -> [Double] {
        let samples = try input.scalars(as: Float.self)
        let pixels = height * width
        var hidden = samples
        for channel in 0..<input.shape[1] {
            var sums = [Float](repeating: 0, count: parts.count)
            for pixel in 0..<pixels {
                sums[parts.labels[pixel]] += samples[channel * pixels + pixel]
            }
            for pixel in 0..<pixels {
                let part = parts.labels[pixel]
                hidden[channel * pixels + pixel] = sums[part] / Float(parts.sizes[part])
            }
        }
        let batch = batchSize(most: shown.count)
        let progress = ProgressReporter("LIME", total: shown.count, unit: "pictures")
        var found: [Double] = []
        for first in stride(from: 0, to: shown.count, by: batch) {
            let rows = shown[first..<min(shown.count, first + batch)]
            var pictures: [Float] = []
            pictures.reserveCapacity(rows.count * samples.count)
            for row in rows {
                for channel in 0..<input.shape[1] {
                    for pixel in 0..<pixels {
                        let place = channel * pixels + pixel
                        pictures.append(row[parts.labels[pixel]] ? samples[place] : hidden[place])
                    }
                }
            }
            let x = try Tensor(pictures, shape: [rows.count] + input.shape.dropFirst())
            let scores = try self.scores(x)
            let shares = try scores.shape[1] == 1 ? scores.sigmoid() : scores.softmax(axis: 1)
            found += try shares.indexed(by: [0..., target]).scalars(as: Double.self)
            progress.advance(by: rows.count)
        }
        progress.finish()
        return found
    }
}
