import NeuralNetworks
import Tensors
import Testing

@Suite struct AverageTests {
    private func weight(_ model: any Layer) throws -> [Double] {
        try model["weight"].scalars(as: Double.self)
    }

    @Test func theAverageFollowsTheWeights() throws {
        let model = Linear(2, 1, bias: false)
        let average = try ExponentialMovingAverage(of: model, decay: 0.75)
        var expected: [Double] = []
        for (step, values) in [[1, 2], [5, -2], [9, 0]].enumerated() {
            model.weight.value = try Tensor(values.map(Float.init), shape: [1, 2])
            try average.update()
            let values = values.map(Double.init)
            expected =
                step == 0 ? values : zip(expected, values).map { 0.75 * $0 + 0.25 * $1 }
        }
        #expect(average.updates == 3)
        #expect(try weight(model) == [9, 0])
        let inside = try average.withAverage { try weight(model) }
        #expect(inside == expected)
        #expect(try weight(model) == [9, 0])
        try average.swap()
        #expect(try weight(model) == expected && average.isSwapped)
        #expect(
            errorText { try average.update() }
                == "ExponentialMovingAverage: the model holds the average, not what was trained, "
                + "expected swap() before update(), got the average")
        try average.swap()
        #expect(try weight(model) == [9, 0])
    }

    @Test func aFailureInsideBringsTheWeightsBack() throws {
        let model = Linear(2, 1, bias: false)
        let average = try ExponentialMovingAverage(of: model)
        model.weight.value = try Tensor.ones([1, 2])
        struct Failure: Error {}
        #expect(throws: Failure.self) { try average.withAverage { throw Failure() } }
        #expect(try weight(model) == [1, 1])
    }

    @Test func trainingGoesOnAfterASwapAndStatisticsAreAveraged() throws {
        let model = Sequential { BatchNorm2d(1) }
        let average = try ExponentialMovingAverage(of: model, decay: 0.5)
        for value in [1.0, 3.0] {
            try model.parameter(named: "0.running_mean").setValue(Tensor.full([1], value))
            try model.parameter(named: "0.num_batches_tracked").setValue(
                Tensor([Int(value)], shape: []))
            try average.update()
        }
        let inside = try average.withAverage {
            try [model["0.running_mean"].item(), model["0.num_batches_tracked"].item()]
        }
        #expect(inside == [2, 3])
        #expect(try model["0.num_batches_tracked"].dtype == .int64)
        #expect(try model["0.weight"].requiresGradient)
        #expect(try model["0.running_mean"].requiresGradient == false)
    }

    @Test func aDecayOutsideItsRangeIsAnError() {
        #expect(
            errorText { _ = try ExponentialMovingAverage(of: Linear(1, 1), decay: 1.5) }
                == "ExponentialMovingAverage: 'decay' is out of range, expected a number in 0...1, "
                + "got 1.5")
    }
}
