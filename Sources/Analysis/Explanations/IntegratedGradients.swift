import Glibc
import Hosting
import NeuralNetworks
import Tensors

extension Layer {
    /// How much each number of the picture adds to the score of a class, counted from a baseline:
    /// the gradient's mean on the straight way from the baseline to the picture, times the
    /// difference of the two.
    ///
    ///     let why = try net.integratedGradients(photo, steps: 50)
    ///     why["completeness"]  // near 1: the numbers add up to the difference of the scores
    ///
    /// `values` are `[C, H, W]`, the map is their sum over the channels. The figures are `sum`,
    /// what all numbers add up to, `difference`, that of the scores of picture and baseline, and
    /// `completeness`, the one by the other.
    ///
    /// - Parameters:
    ///   - photo: an `Image`, or a tensor `[C, H, W]` as the model takes it.
    ///   - target: the position of the class; `nil` for the likeliest one.
    ///   - steps: at how many places the gradient is taken, those of Gauss and Legendre.
    ///   - baseline: what says nothing, of the input's shape; zeros, which are the mean colour of
    ///     normalised pictures, where none is given.
    ///
    /// Throws where `steps` is not 1 to 1000, the baseline has another shape, the model gives no
    /// row of scores or has no such class.
    /// Source: Sundararajan et al., "Axiomatic Attribution for Deep Networks", 2017.
    public func integratedGradients(
        _ photo: any ModelPicture, target: Int? = nil, steps: Int = 50, baseline: Tensor? = nil
    ) throws -> Explanation {
        guard (1...1000).contains(steps) else {
            throw TensorError(
                .value, "integratedGradients", "'steps' is out of range", expected: "1...1000",
                got: "\(steps)")
        }
        let run = try Questioned("integratedGradients", self, photo)
        let start = try run.baseline(baseline)
        return try run.asking {
            let ends = try withoutGradient {
                try run.scores(concatenated([run.input, start], axis: 0))
            }
            let answer = try run.answer(ends.indexed(by: [0..<1]), target)
            let way = try Tensor.subtracting(run.input, start)
            let places = GaussLegendre(count: steps)
            let batch = run.batchSize(most: steps)
            let progress = ProgressReporter("Integrated gradients", total: steps, unit: "steps")
            var mean = try Tensor.zeros(run.input.shape)
            for first in stride(from: 0, to: steps, by: batch) {
                let range = first..<min(steps, first + batch)
                let shape = [range.count, 1, 1, 1]
                let shares = try Tensor(Array(places.nodes[range]), shape: shape)
                let x = try Tensor.adding(Tensor.multiplying(way, shares), start)
                let gradient = try run.gradient(at: x, answer.target).gradient
                let weights = try Tensor(Array(places.weights[range]), shape: shape)
                mean = try Tensor.adding(
                    mean, Tensor.multiplying(gradient, weights).sum(axis: 0, keepDims: true))
                progress.advance(by: range.count)
            }
            progress.finish()
            let values = try Tensor.multiplying(mean, way).withoutBatch()
            let sum = try values.sum().item()
            let difference =
                try
                (ends.indexed(by: [0, answer.target]).item()
                - ends.indexed(by: [1, answer.target]).item())
            return Explanation(
                "Integrated gradients", run, answer, values: values,
                map: try values.sum(axis: 0),
                figures: [
                    ("sum", sum), ("difference", difference), ("completeness", sum / difference),
                ])
        }
    }
}

extension Questioned {
    /// What stands for nothing: what was given, or zeros.
    func baseline(_ given: Tensor?) throws -> Tensor {
        guard let given else { return try Tensor.zeros(input.shape) }
        let shape = given.shape == input.shape ? given.shape : [1] + given.shape
        guard shape == input.shape, !given.isSymbolic else {
            throw TensorError(
                .shape, operation, "'baseline' has another shape than the input",
                expected: "\(input.shape)", got: "\(given.shape)", operands: [given.spec])
        }
        return try given.detached().cast(to: .float32).reshaped(shape)
    }

    /// How many inputs are run at once: fewer of large pictures, whose activations are large.
    func batchSize(most: Int) -> Int {
        max(1, min(most, 32, 1 << 20 / max(1, input.count)))
    }
}

/// Places and weights of Gauss's quadrature on 0...1: sums at `n` places are exact for polynomials
/// up to degree 2 n - 1.
struct GaussLegendre {
    let nodes: [Double]
    let weights: [Double]

    init(count: Int) {
        var nodes = [Double](repeating: 0.5, count: count)
        var weights = [Double](repeating: 1, count: count)
        for index in 0..<count {
            // Newton's method from a place near the root of Legendre's polynomial.
            var x = cos(Double.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
            var slope = 1.0
            for _ in 0..<100 {
                var (previous, value) = (1.0, x)
                for degree in stride(from: 2, through: count, by: 1) {
                    let n = Double(degree)
                    (previous, value) = (value, ((2 * n - 1) * x * value - (n - 1) * previous) / n)
                }
                slope = Double(count) * (x * value - previous) / (x * x - 1)
                let step = value / slope
                x -= step
                if abs(step) < 1e-15 { break }
            }
            nodes[count - 1 - index] = (x + 1) / 2
            weights[count - 1 - index] = 1 / ((1 - x * x) * slope * slope)
        }
        self.nodes = nodes
        self.weights = weights
    }
}
