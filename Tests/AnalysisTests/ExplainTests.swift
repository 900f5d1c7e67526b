import Analysis
import NeuralNetworks
import Tensors
import Testing

@Suite struct ExplainTests {
    private func explanation(_ model: Sequential, _ shape: [Int]) -> String? {
        do {
            _ = try model.call(Tensor.zeros(shape))
            return "no error"
        } catch { return explain(error) }
    }

    @Test func aLinearLayerOfTheWrongSize() {
        #expect(
            explanation(lenet(classifierInputs: 256), [4, 1, 28, 28])
                == "Linear 7 is Linear(256, 120) and receives 400 features: use Linear(400, 120)")
    }

    @Test func aMissingFlatten() {
        let model = Sequential {
            Conv2d(1, 2, kernel: 3)
            Linear(72, 10)
        }
        #expect(
            explanation(model, [4, 1, 8, 8])
                == "Linear 1 receives images [4, 2, 6, 6]: put Flatten() before it")
    }

    @Test func channelsThatDoNotFit() {
        let model = Sequential {
            Conv2d(1, 8, kernel: 3, stride: 2).named("conv1")
            BatchNorm2d(16).named("bn1")
        }
        #expect(
            explanation(model, [4, 3, 8, 8])
                == "Conv2d conv1 is Conv2d(1, 8, kernel: 3, stride: 2) and receives 3 channels: "
                + "use Conv2d(3, 8, kernel: 3, stride: 2); BatchNorm2d bn1 is BatchNorm2d(16) and "
                + "receives 8 channels: use BatchNorm2d(8)")
    }

    @Test func anInputThatIsNotABatchOfPlanes() throws {
        #expect(
            explanation(lenet(), [1, 28, 28])
                == "the input [1, 28, 28] has no batch axis: use x.expandedDimensions(axis: 0)")
        #expect(
            explanation(lenet(), [4, 28, 28, 1])
                == "the input [4, 28, 28, 1] has its channels last: use x.transposed(0, 3, 1, 2)")
        do {
            _ = try lenet().call(Tensor.zeros([1, 1, 28, 28], dtype: .uint8))
            Issue.record("no error")
        } catch { #expect(explain(error) == "the input is uint8: use x.cast(to: .float32)") }
    }

    @Test func whatNoSingleLayerMendsIsNotExplained() throws {
        #expect(explanation(lenet(), [4, 1, 4, 4]) == nil)
        struct Other: Error {}
        #expect(explain(Other()) == nil)
    }
}
