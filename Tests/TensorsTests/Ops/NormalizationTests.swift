import Glibc
import Tensors
import Testing

@Suite struct NormalizationTests {
    @Test(arguments: [0, 1, -1])
    func softmaxMatchesTheDefinition(_ axis: Int) throws {
        let x = Naive.sample([3, 4, 5], low: -4, high: 4)
        let own = axis < 0 ? axis + 3 : axis
        func softmax(_ x: Naive) -> Naive {
            let exponentials = x.map(exp)
            let sums = exponentials.reduced(own) { $0.reduce(0, +) }
            return Naive(x.shape) { exponentials[at: $0] / sums.broadcast(at: $0) }
        }
        try checkGradients([x], { try $0[0].softmax(axis: axis) }) { softmax($0[0]) }
        try checkGradients([x], { try $0[0].logSoftmax(axis: axis) }) { softmax($0[0]).map(log) }
    }

    @Test func softmaxOfLargeNumbersIsFinite() throws {
        let values = try Tensor([1000, 1000]).softmax().scalars(as: Float.self)
        #expect(values == [0.5, 0.5])
    }

    @Test(arguments: [[4, 3, 2, 2], [2, 17, 3, 3], [3, 1, 2, 1]])
    func batchNormalizationMatchesTheDefinition(_ shape: [Int]) throws {
        let c = shape[1]
        let n = Double(shape[0] * shape[2] * shape[3])
        let inputs = [
            Naive.sample(shape, low: -2, high: 3), Naive.sample([c], low: 0.5, high: 1.5, salt: 1),
            Naive.sample([c], salt: 2),
        ]
        func statistics(_ x: Naive) -> (Naive, Naive) {
            let mean = [0, 2, 3].reduce(x) { $0.reduced($1) { $0.reduce(0, +) } }.map { $0 / n }
            let squares = Naive(shape) { pow(x[at: $0] - mean.broadcast(at: $0), 2) }
            return (
                mean,
                [0, 2, 3].reduce(squares) { $0.reduced($1) { $0.reduce(0, +) } }.map { $0 / n }
            )
        }
        func normalized(_ i: [Naive], _ mean: Naive, _ variance: Naive) -> Naive {
            Naive(shape) {
                (i[0][at: $0] - mean.broadcast(at: $0))
                    / (variance.broadcast(at: $0) + 1e-5).squareRoot() * i[1][$0[1]] + i[2][$0[1]]
            }
        }
        var mean = try Tensor.zeros([c])
        var variance = try Tensor.ones([c])
        try checkGradients(inputs, tolerance: 1e-3) {
            try batchNorm2d(
                $0[0], scale: $0[1], shift: $0[2], runningMean: &mean, runningVariance: &variance,
                training: true)
        } reference: { i in
            let (mean, variance) = statistics(i[0])
            return normalized(i, mean, variance)
        }
        let (batchMean, batchVariance) = statistics(inputs[0])
        try expectClose(mean, Naive([c]) { 0.1 * batchMean.values[$0[0]] })
        try expectClose(
            variance, Naive([c]) { 0.9 + 0.1 * batchVariance.values[$0[0]] * n / (n - 1) })

        let before = try mean.scalars(as: Float.self)
        try checkGradients(inputs, tolerance: 1e-3) {
            try batchNorm2d(
                $0[0], scale: $0[1], shift: $0[2], runningMean: &mean, runningVariance: &variance,
                training: false)
        } reference: { i in
            normalized(
                i, Naive([1, c, 1, 1]) { 0.1 * batchMean.values[$0[1]] },
                Naive([1, c, 1, 1]) { 0.9 + 0.1 * batchVariance.values[$0[1]] * n / (n - 1) })
        }
        #expect(try mean.scalars(as: Float.self) == before)
    }

    @Test func crossEntropyMatchesTheDefinition() throws {
        let logits = Naive.sample([5, 4], low: -3, high: 3)
        let labels = [3, 0, 1, 1, 2]
        let weights = [1, 2, 0.5, 1.5]
        func reference(_ x: Naive, smoothing: Double, weights: [Double], mean: Bool) -> Naive {
            var total = 0.0
            var divisor = 0.0
            for row in 0..<5 {
                let sum = log((0..<4).reduce(0) { $0 + exp(x[row, $1]) })
                for k in 0..<4 {
                    let share = (k == labels[row] ? 1 - smoothing : 0) + smoothing / 4
                    total -= share * weights[k] * (x[row, k] - sum)
                }
                divisor += weights[labels[row]]
            }
            return Naive([], [mean ? total / divisor : total])
        }
        let y = try Tensor(labels, shape: [5])
        try checkGradients([logits], { try crossEntropy($0[0], y) }) {
            reference($0[0], smoothing: 0, weights: [1, 1, 1, 1], mean: true)
        }
        try checkGradients([logits], { try crossEntropy($0[0], y, labelSmoothing: 0.1) }) {
            reference($0[0], smoothing: 0.1, weights: [1, 1, 1, 1], mean: true)
        }
        let w = try Tensor(weights, shape: [4])
        try checkGradients(
            [logits], { try crossEntropy($0[0], y, labelSmoothing: 0.2, classWeights: w) }
        ) { reference($0[0], smoothing: 0.2, weights: weights, mean: true) }
        try checkGradients([logits], { try crossEntropy($0[0], y, reduction: .sum) }) {
            reference($0[0], smoothing: 0, weights: [1, 1, 1, 1], mean: false)
        }
        #expect(try crossEntropy(logits.tensor(), y, reduction: .none).shape == [5])
    }

    @Test func labelsAreChecked() throws {
        let logits = try Tensor.zeros([2, 3])
        #expect(
            thrownText { try crossEntropy(logits, Tensor([0, 3], dtype: .int64)) }
                == "crossEntropy: a label is not one of the classes, expected 0..<3, got 3 at "
                + "position 1")
        #expect(
            thrownText { try crossEntropy(logits, Tensor([0, 1, 2], dtype: .int64)) }
                == "crossEntropy: logits and labels do not belong together, expected logits "
                + "[N, K] and labels [N], got [2, 3] and [3]")
    }

    @Test func dropoutKeepsTheExpectedValueAndItsMask() throws {
        try Context.$current.withValue(Context(seed: 3)) {
            let x = try Tensor.ones([200, 100])
            x.requiresGradient = true
            let y = try dropout(x, probability: 0.25)
            try y.sum().backward()
            let values = try y.scalars(as: Float.self)
            #expect(Set(values) == [0, Float(1 / 0.75)])
            #expect(abs(try y.mean().item() - 1) < 0.02)
            #expect(try x.gradient?.scalars(as: Float.self) == values)
            #expect(try dropout(x, probability: 0.25, training: false).isIdentical(to: x))
        }
    }
}
