import Glibc
import Tensors
import Testing

private func reduced(_ x: Naive, _ reduction: LossReduction) -> Naive {
    let sum = x.values.reduce(0, +)
    switch reduction {
    case .none: return x
    case .sum: return Naive([], [sum])
    case .mean: return Naive([], [sum / Double(x.values.count)])
    }
}

/// The logarithm of the softmax of each row.
private func logSoftmax(_ x: Naive) -> Naive {
    Naive(x.shape) { index in
        let row = (0..<x.shape[1]).map { x[index[0], $0] }
        return x[at: index] - log(row.reduce(0) { $0 + exp($1) })
    }
}

@Suite struct LossTests {
    @Test(arguments: LossReduction.allCases, [[7], [3, 5], [2, 3, 2, 4], []])
    func pointwiseLossesMatchTheirDefinition(_ reduction: LossReduction, _ shape: [Int]) throws {
        let inputs = [
            Naive.sample(shape, low: -2, high: 2), Naive.sample(shape, low: 0, high: 1, salt: 1),
        ]
        func each(_ loss: @escaping (Double, Double) -> Double) -> ([Naive]) -> Naive {
            { i in reduced(Naive(shape) { loss(i[0][at: $0], i[1][at: $0]) }, reduction) }
        }
        try checkGradients(
            inputs, { try meanSquaredError($0[0], $0[1], reduction: reduction) },
            reference: each { ($0 - $1) * ($0 - $1) })
        try checkGradients(
            inputs, { try meanAbsoluteError($0[0], $0[1], reduction: reduction) },
            reference: each { abs($0 - $1) })
        try checkGradients(
            inputs, { try binaryCrossEntropy($0[0], $0[1], reduction: reduction) },
            reference: each { x, t in
                let p = 1 / (1 + exp(-x))
                return -(t * log(p) + (1 - t) * log(1 - p))
            })
        let weight = Naive.sample(shape.suffix(1) + [], low: 0.3, high: 3, salt: 2)
        try checkGradients(inputs) {
            try binaryCrossEntropy(
                $0[0], $0[1], positiveWeight: weight.tensor(), reduction: reduction)
        } reference: { i in
            reduced(
                Naive(shape) { index in
                    let t = i[1][at: index]
                    let p = 1 / (1 + exp(-i[0][at: index]))
                    return -(weight.broadcast(at: index) * t * log(p) + (1 - t) * log(1 - p))
                }, reduction)
        }
    }

    @Test func binaryCrossEntropyOfLargeLogitsIsFinite() throws {
        let x = try Tensor([1000, -1000, 1000, -1000])
        let t = try Tensor([1, 0, 0, 1], dtype: .int64)
        x.requiresGradient = true
        let loss = try binaryCrossEntropy(x, t, reduction: .none)
        #expect(try loss.scalars(as: Float.self) == [0, 0, 1000, 1000])
        try loss.sum().backward()
        #expect(try x.gradient?.scalars(as: Float.self) == [0, 0, 1, -1])
        #expect(try binaryCrossEntropy(Tensor([Double.nan]), Tensor([1.0])).item().isNaN)
    }

    @Test(arguments: LossReduction.allCases, [2, 0, 1.5, 0.5])
    func focalLossMatchesItsDefinition(_ reduction: LossReduction, _ gamma: Double) throws {
        let logits = Naive.sample([5, 9], low: -3, high: 3)
        let labels = [3, 0, 8, 1, 2]
        let alpha = Naive.sample([9], low: 0.3, high: 2, salt: 1)
        let y = try Tensor(labels, shape: [5])
        for weighted in [true, false] {
            try checkGradients([logits]) {
                try focalLoss(
                    $0[0], y, gamma: gamma, alpha: weighted ? alpha.tensor() : nil,
                    reduction: reduction)
            } reference: { i in
                let logs = logSoftmax(i[0])
                return reduced(
                    Naive([5]) { index in
                        let label = labels[index[0]]
                        let own = logs[index[0], label]
                        return -(weighted ? alpha.values[label] : 1) * pow(1 - exp(own), gamma)
                            * own
                    }, reduction)
            }
        }
    }

    @Test func focalLossOfCertainLogitsIsFinite() throws {
        let x = try Tensor([[1000, 0], [0, 1000]])
        x.requiresGradient = true
        let loss = try focalLoss(x, Tensor([0, 0], dtype: .int64), gamma: 0.5, reduction: .none)
        #expect(try loss.scalars(as: Float.self) == [0, 1000])
        try loss.sum().backward()
        #expect(try x.gradient?.scalars(as: Float.self).allSatisfy(\.isFinite) == true)
    }

    @Test(arguments: LossReduction.allCases, [0, 0.2])
    func crossEntropyTakesClassProbabilities(
        _ reduction: LossReduction, _ smoothing: Double
    ) throws {
        let inputs = [
            Naive.sample([5, 11], low: -3, high: 3),
            Naive.sample([5, 11], low: 0, high: 1, salt: 1),
        ]
        let weights = Naive.sample([11], low: 0.3, high: 2, salt: 2)
        for weighted in [true, false] {
            try checkGradients(inputs) {
                try crossEntropy(
                    $0[0], $0[1], labelSmoothing: smoothing,
                    classWeights: weighted ? weights.tensor() : nil, reduction: reduction)
            } reference: { i in
                let logs = logSoftmax(i[0])
                return reduced(
                    Naive([5]) { index in
                        (0..<11).reduce(0.0) { sum, k in
                            let t = (1 - smoothing) * i[1][index[0], k] + smoothing / 11
                            return sum - (weighted ? weights.values[k] : 1) * t * logs[index[0], k]
                        }
                    }, reduction)
            }
        }
    }

    @Test func crossEntropyOfManyClassesIsExact() throws {
        let logits = Naive.sample([3, 1003], low: -20, high: 20)
        let labels = [1002, 0, 517]
        let logs = logSoftmax(logits)
        let found = try crossEntropy(
            logits.tensor(), Tensor(labels, shape: [3]), reduction: .none)
        try expectClose(found, Naive([3]) { -logs[$0[0], labels[$0[0]]] }, tolerance: 1e-6)
    }

    @Test func bfloat16LogitsGiveFloat32Losses() throws {
        let low = try Naive.sample([4, 10], low: -3, high: 3).tensor().cast(to: .bfloat16)
        let full = try low.cast(to: .float32)
        let labels = try Tensor([1, 9, 0, 3], dtype: .int64)
        let other = try Naive.sample([4, 10], salt: 1).tensor()
        let losses: [(Tensor) throws -> Tensor] = [
            { try crossEntropy($0, labels) }, { try focalLoss($0, labels) },
            { try meanSquaredError($0, other) }, { try meanAbsoluteError($0, other) },
            { try binaryCrossEntropy($0, other) },
        ]
        for loss in losses {
            low.clearGradient()
            low.requiresGradient = true
            let found = try loss(low)
            #expect(found.dtype == .float32)
            #expect(try found.item() == loss(full).item())
            try found.backward()
            #expect(low.gradient?.dtype == .bfloat16)
        }
    }

    @Test func emptyTensorsAndMistakes() throws {
        let none = try Tensor.zeros([0, 3])
        #expect(try meanSquaredError(none, none).item().isNaN)
        #expect(try meanSquaredError(none, none, reduction: .sum).item() == 0)
        #expect(
            try crossEntropy(none, Tensor.zeros([0], dtype: .int64), reduction: .sum).item() == 0)
        #expect(
            thrownText { try meanSquaredError(Tensor.zeros([2, 1]), Tensor.zeros([2])) }
                == "meanSquaredError: each element has a target, expected two tensors of one "
                + "shape, got [2, 1] and [2]")
        #expect(
            thrownText { try crossEntropy(Tensor.zeros([2, 3]), Tensor.zeros([2, 4])) }
                == "crossEntropy: logits and class probabilities do not belong together, expected "
                + "logits [N, K] and probabilities [N, K], got [2, 3] and [2, 4]")
        #expect(
            thrownText {
                try focalLoss(Tensor.zeros([1, 3]), Tensor([3], dtype: .int64))
            }
                == "focalLoss: a label is not one of the classes, expected 0..<3, got 3 at "
                + "position 0")
        #expect(
            thrownText {
                try focalLoss(Tensor.zeros([1, 3]), Tensor([1], dtype: .int64), gamma: -1)
            } == "focalLoss: gamma is the power of the error, expected at least 0, got -1.0")
        #expect(
            thrownText {
                try binaryCrossEntropy(
                    Tensor.zeros([2, 3]), Tensor.zeros([2, 3]), positiveWeight: Tensor.ones([2]))
            }
                == "binaryCrossEntropy: positiveWeight does not broadcast to the logits, expected "
                + "sizes of [2, 3] or 1, from the last axis on, got [2]")
    }
}

@Suite struct DropPathTests {
    @Test func dropsWholeSamplesAndKeepsTheExpectedValue() throws {
        try Context.$current.withValue(Context(seed: 5)) {
            for dtype in [DType.float32, .bfloat16] {
                let x = try Tensor.ones([800, 2, 3], dtype: dtype)
                x.requiresGradient = true
                let y = try dropPath(x, probability: 0.2)
                #expect(y.dtype == dtype)
                try y.sum().backward()
                let values = try y.scalars(as: Float.self)
                for sample in 0..<800 {
                    #expect(Set(values[sample * 6..<sample * 6 + 6]).count == 1)
                }
                #expect(Set(values) == [0, 1.25])
                #expect(abs(values.reduce(0, +) / 4800 - 1) < 0.06)
                #expect(try x.gradient?.scalars(as: Float.self) == values)
                #expect(try dropPath(x, probability: 0.2, training: false).isIdentical(to: x))
                #expect(
                    try dropPath(x, probability: 1).scalars(as: Float.self).allSatisfy { $0 == 0 })
            }
        }
        #expect(
            thrownText { try dropPath(Tensor.ones([2]), probability: 1.5) }
                == "dropPath: probability is a share of the samples, expected 0...1, got 1.5")
        #expect(
            thrownText {
                try dropPath(Tensor.ones([1]).broadcast(to: [1 << 45]), probability: 0.5)
            }.hasPrefix("dropPath: no room for "))
        #expect(
            thrownText { try dropPath(Tensor.ones([]), probability: 0.5) }
                == "dropPath: there are no samples to choose from, expected [N, ...], got []")
    }
}
