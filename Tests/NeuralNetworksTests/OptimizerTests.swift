import NeuralNetworks
import Tensors
import Testing

@Suite struct OptimizerTests {
    /// A weight of two elements under the loss `sum(weight^2) / 2`, whose gradient is the weight.
    private func train(_ optimizer: any Optimizer, steps: Int) throws -> [Double] {
        let weight = try Parameter([2], .constant(0))
        weight.value = try Tensor([1, -2] as [Float], shape: [2])
        for _ in 0..<steps {
            let value = weight.value
            let loss = try Tensor.multiplying(Tensor.multiplying(value, value).sum(), 0.5)
            try loss.backward()
            try optimizer.step([weight])
            weight.zeroGradient()
        }
        return try weight.value.scalars(as: Double.self)
    }

    /// The same by hand, in Double.
    private func byHand(
        steps: Int, _ rule: (_ w: Double, _ g: Double, _ v: inout [Double], _ t: Int) -> Double
    ) -> [Double] {
        [1.0, -2.0].map { start in
            var w = start
            var memory = [0.0, 0.0]
            for t in 1...steps { w = rule(w, w, &memory, t) }
            return w
        }
    }

    private func expectClose(_ a: [Double], _ b: [Double], tolerance: Double = 1e-6) {
        for (a, b) in zip(a, b) { #expect(abs(a - b) < tolerance, "\(a) against \(b)") }
    }

    @Test func plainGradientDescent() throws {
        expectClose(try train(SGD(learningRate: 0.1), steps: 1), [0.9, -1.8])
        expectClose(try train(SGD(learningRate: 0.1), steps: 3), [0.729, -1.458])
    }

    @Test func momentumNesterovAndDecayFollowTheirFormulas() throws {
        expectClose(
            try train(SGD(learningRate: 0.1, momentum: 0.9, weightDecay: 0.01), steps: 4),
            byHand(steps: 4) { w, g, v, _ in
                v[0] = 0.9 * v[0] + g + 0.01 * w
                return w - 0.1 * v[0]
            })
        expectClose(
            try train(SGD(learningRate: 0.1, momentum: 0.9, nesterov: true), steps: 4),
            byHand(steps: 4) { w, g, v, _ in
                v[0] = 0.9 * v[0] + g
                return w - 0.1 * (g + 0.9 * v[0])
            })
    }

    @Test func adamFollowsItsFormula() throws {
        expectClose(
            try train(Adam(learningRate: 0.1, weightDecay: 0.02), steps: 5),
            byHand(steps: 5) { w, g, v, t in
                let g = g + 0.02 * w
                v[0] = 0.9 * v[0] + 0.1 * g
                v[1] = 0.999 * v[1] + 0.001 * g * g
                let first = v[0] / (1 - pow(0.9, t))
                let second = v[1] / (1 - pow(0.999, t))
                return w - 0.1 * first / (second.squareRoot() + 1e-8)
            }, tolerance: 1e-5)
    }

    @Test func frozenWeightsAndThoseWithoutGradientStay() throws {
        let model = Sequential {
            Linear(2, 2).named("frozen")
            Linear(2, 1).named("free")
        }
        try (model[0] as? Linear)?.freeze()
        let before = try model["frozen.weight"].scalars(as: Float.self)
        let free = try model["free.weight"].scalars(as: Float.self)
        try model.call(Tensor.ones([4, 2])).sum().backward()
        #expect(try model["frozen.weight"].gradient == nil)
        let optimizer = SGD(learningRate: 0.5)
        try optimizer.step(model)
        model.zeroGradients()
        #expect(try model["frozen.weight"].scalars(as: Float.self) == before)
        let after = try model["free.weight"].scalars(as: Float.self)
        #expect(after != free)
        try optimizer.step(model)
        #expect(try model["free.weight"].scalars(as: Float.self) == after)
    }

    @Test func aValueReadBeforeAStepKeepsItsElements() throws {
        let layer = Linear(3, 1)
        let before = layer.weight.value
        let elements = try before.scalars(as: Float.self)
        try layer.call(Tensor.ones([1, 3])).sum().backward()
        try SGD(learningRate: 1).step(layer)
        #expect(try before.scalars(as: Float.self) == elements)
        #expect(try layer.weight.value.scalars(as: Float.self) != elements)
    }
}

private func pow(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { power, _ in power * base }
}
