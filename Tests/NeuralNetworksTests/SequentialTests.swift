import NeuralNetworks
import Tensors
import Testing

@Suite struct SequentialTests {
    @Test func layersAreNamedByPositionOrByName() {
        let model = Sequential {
            Conv2d(1, 6, kernel: 5, padding: 2).named("conv1")
            ReLU()
            MaxPool2d(2)
            Flatten()
            Linear(6, 2)
        }
        #expect(
            model.parameters.map(\.name) == [
                "conv1.weight", "conv1.bias", "4.weight", "4.bias",
            ])
        #expect(model.parameters[0].value.shape == [6, 1, 5, 5])
        #expect(model.parameterCount == 6 * 25 + 6 + 14)
    }

    @Test func builderTakesConditionsLoopsOptionalsAndArrays() {
        let normalized = true
        let extra: (any Layer)? = nil
        let tail: [any Layer] = [Linear(8, 4), ReLU()]
        let model = Sequential {
            Conv2d(3, 8, kernel: 3)
            if normalized { BatchNorm2d(8) } else { Dropout(0.1) }
            if !normalized { ReLU() }
            extra
            for (i, o) in [(8, 8), (8, 8)] {
                Linear(i, o)
                ReLU()
            }
            tail
        }
        #expect(
            model.children.map(\.layer.kind) == [
                "Conv2d", "BatchNorm2d", "Linear", "ReLU", "Linear", "ReLU", "Linear", "ReLU",
            ])
    }

    @Test func namesThatClashOrHaveDotsAreErrors() {
        #expect(
            errorText {
                _ = try Sequential(layers: [ReLU().named("a"), ReLU().named("a")])
            }
                == "Sequential: two layers have the same name, expected a name for each, got \"a\" twice"
        )
        #expect(
            errorText { _ = try Sequential(layers: [ReLU().named("a.b")]) }
                == "Sequential: the name of layer 0 is not usable, expected a name without dots, "
                + "got \"a.b\"")
    }

    @Test func nestedModelsJoinNamesWithDots() throws {
        let block = Sequential { Linear(2, 2).named("fc") }
        let model = Sequential {
            block.named("block")
            Linear(2, 1)
        }
        #expect(
            model.parameters.map(\.name) == [
                "block.fc.weight", "block.fc.bias", "1.weight", "1.bias",
            ])
        #expect(try model["block.fc.weight"].shape == [2, 2])
    }

    @Test func layersPrintAsOneWritesThem() {
        let model = Sequential {
            Conv2d(1, 6, kernel: 5, padding: 2).named("conv1")
            Sequential {
                ReLU()
                Linear(4, 2, bias: false)
            }
        }
        #expect(
            "\(model)" == """
                Sequential {
                    conv1: Conv2d(1, 6, kernel: 5, padding: 2)
                    1: Sequential {
                        0: ReLU()
                        1: Linear(4, 2, bias: false)
                    }
                }
                """)
    }

    @Test func indexBeyondTheEndIsAnError() {
        let model = Sequential { ReLU() }
        #expect(
            errorText { _ = try model[3] }
                == "Sequential: there is no layer 3, expected 0...0, got 3")
    }
}
