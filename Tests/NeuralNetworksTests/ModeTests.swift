import NeuralNetworks
import Tensors
import Testing

/// Training and evaluation mode are properties of the run.
@Suite struct ModeTests {
    private func network() -> Sequential {
        Sequential {
            Conv2d(2, 4, kernel: 3, padding: 1).named("conv")
            BatchNorm2d(4).named("norm")
            ReLU()
            Dropout(0.5)
            DropPath(0.5)
        }
    }

    private func statistics(_ model: any Layer) throws -> [[Double]] {
        try ["running_mean", "running_var", "num_batches_tracked"].map {
            try model["norm.\($0)"].scalars(as: Double.self)
        }
    }

    @Test func aBareCallChangesNothingAndDropsNothing() throws {
        seed(1)
        let model = network()
        let x = try Tensor.randn([4, 2, 5, 5])
        let before = try statistics(model)
        let first = try model.call(x).scalars(as: Float.self)
        #expect(try model.call(x).scalars(as: Float.self) == first)
        #expect(try statistics(model) == before)
        let trained = try withTraining { try model.call(x).scalars(as: Float.self) }
        #expect(trained != first)
        #expect(try statistics(model)[0] != before[0] && statistics(model)[2] == [1])
    }

    @Test func frozenStatisticsStandStillAndAreUsed() throws {
        seed(2)
        let norm = BatchNorm2d(4)
        let x = try Tensor.randn([4, 4, 5, 5])
        try norm.runningMean.setValue(Tensor.full([4], 0.5))
        norm.freeze()
        let frozen = try withTraining { try norm.call(x).scalars(as: Double.self) }
        #expect(try norm.call(x).scalars(as: Double.self) == frozen)
        #expect(try norm.runningMean.value.scalars(as: Float.self) == [0.5, 0.5, 0.5, 0.5])
        #expect(try norm.batchesTracked.value.item() == 0)
        // What comes before a frozen normalisation still gets its gradient.
        let conv = Conv2d(4, 4, kernel: 1)
        try withTraining { try norm.call(conv.call(x)) }.sum().backward()
        #expect(conv.weight.gradient != nil && norm.weight?.gradient == nil)
    }

    @Test func withoutMomentumTheStatisticsAreTheMeanOfAllBatches() throws {
        let norm = BatchNorm2d(1, momentum: nil)
        for values in [[1, 3], [2, 6], [0, 0]] as [[Float]] {
            _ = try withTraining { try norm.call(Tensor(values, shape: [2, 1, 1, 1])) }
        }
        #expect(try abs(norm.runningMean.value.item() - 2) < 1e-6)
        // Unbiased variances 2, 8 and 0.
        #expect(try abs(norm.runningVariance.value.item() - 10.0 / 3) < 1e-5)
        #expect(try norm.batchesTracked.value.item() == 3)
    }

    @Test func withoutRunningStatisticsTheBatchsAreUsedAlways() throws {
        seed(3)
        let norm = BatchNorm2d(3, trackRunningStatistics: false)
        #expect(norm.namedState.map(\.name) == ["weight", "bias"])
        let y = try norm.call(Tensor.randn([4, 3, 6, 6]))
        try expectElements(y.mean(axes: [0, 2, 3]), [0, 0, 0], tolerance: 1e-5)
        try expectElements(y.variance(axes: [0, 2, 3]), [1, 1, 1], tolerance: 1e-3)
    }

    @Test func dropPathLeavesOutWholeSamples() throws {
        seed(4)
        let y = try withTraining { try DropPath(0.25).call(Tensor.ones([400, 3, 2])) }
        let rows = try y.reshaped(400, 6).scalars(as: Float.self)
        let samples = (0..<400).map { rows[$0 * 6..<$0 * 6 + 6] }
        #expect(samples.allSatisfy { row in row.allSatisfy { $0 == row.first } })
        let dropped = samples.filter { $0.first == 0 }.count
        #expect(abs(dropped - 100) < 40)
        #expect(samples.contains { abs(($0.first ?? 0) - 4.0 / 3) < 1e-6 })
    }

    @Test func oneSeedGivesTheSameNumbersTwice() throws {
        let runs = try (0..<2).map { _ in
            seed(7)
            let model = Sequential {
                PatchEmbedding(1, 8, patch: 2, imageSize: 8, classToken: true)
                TransformerEncoder(
                    embedding: 8, heads: 2, depth: 2, dropout: 0.1, attentionDropout: 0.1,
                    dropPath: 0.2)
                Flatten()
                Linear(17 * 8, 3)
            }
            let optimizer = AdamW(learningRate: 0.01)
            var numbers: [Float] = []
            for _ in 0..<3 {
                let output = try withTraining { try model.call(Tensor.randn([4, 1, 8, 8])) }
                let loss = try crossEntropy(output, Tensor([0, 1, 2, 0]).cast(to: .int64))
                try loss.backward()
                try optimizer.step(model)
                model.zeroGradients()
                numbers += try loss.scalars(as: Float.self)
            }
            return try numbers + model["3.weight"].scalars(as: Float.self)
        }
        #expect(runs[0].map(\.bitPattern) == runs[1].map(\.bitPattern))
    }

    @Test func trainingStepsLeaveNoMemoryBehind() throws {
        seed(5)
        let model = Sequential {
            Residual(activation: ReLU()) {
                Conv2d(3, 3, kernel: 3, padding: 1)
                BatchNorm2d(3)
                DropPath(0.1)
            }
            Flatten()
            Linear(3 * 36, 4)
        }
        let optimizers: [any Optimizer] = [
            SGD(learningRate: 0.01, momentum: 0.9), AdamW(), RMSProp(momentum: 0.9, centered: true),
        ]
        let average = try ExponentialMovingAverage(of: model)
        func step() throws {
            let output = try withTraining { try model.call(Tensor.randn([8, 3, 6, 6])) }
            try Tensor.multiplying(output, output).mean().backward()
            try model.clipGradients(.norm(0.5))
            for optimizer in optimizers { try optimizer.step(model) }
            model.zeroGradients()
            try average.update()
        }
        for _ in 0..<3 { try step() }
        let used = Memory.used
        for _ in 0..<5 { try step() }
        #expect(Memory.used <= used)
    }
}
