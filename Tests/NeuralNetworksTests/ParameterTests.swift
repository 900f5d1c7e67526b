import NeuralNetworks
import Tensors
import Testing

@Suite struct ParameterTests {
    @Test func namesAndShapesArePyTorchs() throws {
        let model = Sequential {
            Conv2d(4, 8, kernel: [3, 5], groups: 2)
            BatchNorm2d(8)
            Linear(10, 3, bias: false)
        }
        #expect(
            model.namedState.map { "\($0.name) \($0.parameter.shape)" } == [
                "0.weight [8, 2, 3, 5]", "0.bias [8]", "1.weight [8]", "1.bias [8]",
                "1.running_mean [8]", "1.running_var [8]", "1.num_batches_tracked []",
                "2.weight [3, 10]",
            ])
        #expect(model.parameters.map(\.name).contains("1.running_mean") == false)
        #expect(try model["1.running_var"].scalars(as: Float.self) == Array(repeating: 1, count: 8))
    }

    @Test func initialValuesAreUniformWithinPyTorchsBound() throws {
        seed(1)
        let layer = Linear(400, 300)
        for parameter in [layer.weight, try #require(layer.bias)] {
            let values = try parameter.value.scalars(as: Double.self)
            let bound = 1 / 400.0.squareRoot()
            #expect(values.allSatisfy { abs($0) <= bound })
            #expect((values.max() ?? 0) > 0.97 * bound)
            #expect((values.min() ?? 0) < -0.97 * bound)
        }
        let weights = try layer.weight.value.scalars(as: Double.self)
        let mean = weights.reduce(0, +) / 120_000
        let variance = weights.reduce(0) { $0 + $1 * $1 } / 120_000
        #expect(abs(mean) < 0.0005)
        #expect(abs(variance * 3 * 400 - 1) < 0.02)
        let convolution = Conv2d(16, 8, kernel: 5)
        let largest = try convolution.weight.value.scalars(as: Double.self).map(abs).max() ?? 0
        #expect(largest <= 0.05 && largest > 0.049)
    }

    @Test func theSeedDecidesTheWeightsWheneverTheyAreFirstRead() throws {
        seed(7)
        let first = Sequential {
            Linear(3, 4)
            Linear(4, 2)
        }
        seed(7)
        let second = Sequential {
            Linear(3, 4)
            Linear(4, 2)
        }
        let last = try second["1.weight"].scalars(as: Float.self)
        #expect(try first["0.weight"].scalars(as: Float.self) == second["0.weight"].scalars())
        #expect(try first["1.weight"].scalars(as: Float.self) == last)
        seed(8)
        #expect(try Linear(3, 4)["weight"].scalars(as: Float.self) != first["0.weight"].scalars())
    }

    @Test func unknownNamesAreErrorsThatNameTheClosest() {
        let model = Sequential { Conv2d(1, 2, kernel: 3).named("conv1") }
        #expect(
            errorText { _ = try model["conv1.wieght"] }
                == "Sequential: there is no parameter of that name, expected perhaps "
                + "\"conv1.weight\", got \"conv1.wieght\"")
        #expect(
            errorText { _ = try model["layer4.0.downsample"] }
                == "Sequential: there is no parameter of that name, expected one of conv1.weight, "
                + "conv1.bias, got \"layer4.0.downsample\"")
    }

    @Test func copiesAreIndependent() throws {
        let model = Sequential { Linear(2, 2).named("fc") }
        model.info = ModelInfo(classes: ["a", "b"])
        let copy = try model.copy()
        try copy.parameter(named: "fc.weight").value = try Tensor.zeros([2, 2])
        copy.info?.classes = []
        #expect(try model["fc.weight"].scalars(as: Float.self) != [0, 0, 0, 0])
        #expect(model.info?.classes == ["a", "b"])
        #expect(try model["fc.bias"].scalars(as: Float.self) == copy["fc.bias"].scalars())
    }

    @Test func aValueOfAnotherShapeIsRefused() throws {
        let layer = Linear(3, 2)
        #expect(
            errorText { try layer.weight.setValue(Tensor.zeros([2, 2])) }
                == "Parameter: the value does not fit, expected elements of [2, 3], got [2, 2]")
        try layer.weight.setValue(Tensor.zeros([2, 3]))
        #expect(try layer["weight"].scalars(as: Float.self) == Array(repeating: 0, count: 6))
    }

    @Test func sharedLayersCountOnce() {
        let shared = Linear(4, 4)
        let model = Sequential {
            shared
            shared
        }
        #expect(model.parameterCount == 20)
        #expect(model.parameters.map(\.name) == ["0.weight", "0.bias"])
    }

    @Test func freezingStopsGradientsAndStatistics() throws {
        let model = Sequential {
            Conv2d(1, 2, kernel: 1)
            BatchNorm2d(2)
        }
        model.freeze()
        let x = try Tensor.rand([2, 1, 3, 3])
        _ = try withTraining { try model.call(x) }
        #expect(try model["1.running_mean"].scalars(as: Float.self) == [0, 0])
        #expect(try model["0.weight"].requiresGradient == false)
        model.unfreeze()
        _ = try withTraining { try model.call(x) }
        #expect(try model["1.running_mean"].scalars(as: Float.self) != [0, 0])
        #expect(try model["0.weight"].requiresGradient)
        #expect(try model["1.running_mean"].requiresGradient == false)
    }
}
