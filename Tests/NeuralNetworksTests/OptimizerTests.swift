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

    // torch 2.15, in float64: w = torch.tensor([1., -2.], requires_grad=True), five steps of
    //   o.zero_grad(); (w * w).sum().mul(0.5).backward(); o.step()
    @Test func theAdaptiveOptimizersArePyTorchs() throws {
        expectClose(
            try train(Adam(learningRate: 0.1, weightDecay: 0.02), steps: 5),
            [0.5079636618227941, -1.502955782542085])
        expectClose(
            try train(AdamW(learningRate: 0.1, weightDecay: 0.3), steps: 5),
            [0.39926380990133636, -1.2518651931597893])
        expectClose(
            try train(RMSProp(learningRate: 0.05), steps: 5),
            [0.049155070840928135, -0.6776891936600993])
        expectClose(
            try train(
                RMSProp(
                    learningRate: 0.01, alpha: 0.9, epsilon: 1e-6, weightDecay: 0.1,
                    momentum: 0.8, centered: true), steps: 5),
            [0.7090501384917355, -1.7041124729534138])
    }

    @Test func groupsHaveTheirOwnRatesAndDecay() throws {
        let model = Sequential {
            Linear(1, 1).named("slow")
            Linear(1, 1).named("fast")
        }
        let optimizer = SGD(
            learningRate: 0.1, weightDecay: 0.5,
            groups: [
                .biasesAndNorms(weightDecay: 0),
                ParameterGroup(learningRate: 0.01) { name, _ in name.hasPrefix("slow") },
            ])
        func step() throws -> [Double] {
            for (_, parameter) in model.namedState {
                parameter.value = try Tensor.ones(parameter.shape)
                try parameter.setGradient(Tensor.ones(parameter.shape))
            }
            try optimizer.step(model)
            return try model.parameters.map { try $0.value.item() }
        }
        // slow.weight, slow.bias, fast.weight, fast.bias.
        expectClose(try step(), [1 - 0.01 * 1.5, 0.99, 1 - 0.1 * 1.5, 0.9])
        // A schedule halves every rate.
        optimizer.learningRate = 0.05
        expectClose(try step(), [1 - 0.005 * 1.5, 0.995, 1 - 0.05 * 1.5, 0.95])
        #expect(
            optimizer.description
                == "SGD(learningRate: 0.05, weightDecay: 0.5, groups: "
                + "[ParameterGroup(weightDecay: 0.0), ParameterGroup(learningRate: 0.01)])")
        #expect(
            errorText {
                try SGD(learningRate: 1, groups: [.biasesAndNorms(weightDecay: -1)]).validate()
            }
                == "SGD: ParameterGroup: 'weightDecay' is out of range, expected a number from 0, "
                + "got -1.0")
    }

    @Test func badArgumentsAreRefusedByEveryStep() throws {
        let layer = Linear(1, 1)
        try layer.weight.setGradient(Tensor.ones([1, 1]))
        let before = try layer["weight"].item()
        let optimizers: [any Optimizer] = [
            Adam(betas: (1, 0.9)), AdamW(weightDecay: -1), RMSProp(alpha: 1),
            RMSProp(epsilon: .nan), SGD(learningRate: 0.1, momentum: -1),
        ]
        for optimizer in optimizers {
            #expect(errorText { try optimizer.step(layer) }.contains("is out of range"))
        }
        let scheduled = SGD(learningRate: 0.1)
        scheduled.learningRate = .nan
        #expect(
            errorText { try scheduled.step(layer) }
                == "SGD: 'learningRate' is out of range, expected a number from 0, got nan")
        #expect(try layer["weight"].item() == before)
    }

    @Test func aFrozenWeightKeepsItsMomentum() throws {
        let weight = try Parameter([1], .constant(0))
        let optimizer = SGD(learningRate: 1, momentum: 0.5)
        func step(_ gradient: Double) throws -> Double {
            try weight.setGradient(Tensor.full([1], gradient))
            try optimizer.step([weight])
            weight.zeroGradient()
            return try weight.value.item()
        }
        #expect(try step(1) == -1)
        weight.isTrainable = false
        #expect(try step(100) == -1)
        weight.isTrainable = true
        // The velocity is still 1: 0.5 * 1 + 1.
        #expect(try step(1) == -2.5)
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
