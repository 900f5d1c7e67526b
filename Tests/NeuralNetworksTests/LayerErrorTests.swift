import NeuralNetworks
import Tensors
import Testing

@Suite struct LayerErrorTests {
    private let lenet = Sequential {
        Conv2d(1, 6, kernel: 5)
        ReLU()
        MaxPool2d(2)
        Conv2d(6, 16, kernel: 5)
        ReLU()
        MaxPool2d(2)
        Flatten()
        Linear(400, 120)
        ReLU()
        Linear(120, 10)
    }

    @Test func aMismatchNamesTheLayerBothShapesAndHowTheShapeCameToBe() throws {
        let images = try Tensor.zeros([64, 1, 28, 28])
        let text = errorText { _ = try lenet.call(images) }
        #expect(text.contains("400") && text.contains("256"))
        #expect(text.contains("in layer 7 (Linear(400, 120))"))
        #expect(
            text.contains(
                """
                    input [64, 1, 28, 28] -> Conv2d 0 [64, 6, 24, 24] -> ReLU 1 [64, 6, 24, 24]
                    -> MaxPool2d 2 [64, 6, 12, 12] -> Conv2d 3 [64, 16, 8, 8] -> ReLU 4 [64, 16, 8, 8]
                    -> MaxPool2d 5 [64, 16, 4, 4] -> Flatten 6 [64, 256]
                """), "\(text)")
    }

    @Test func theErrorCarriesTheModelAndTheInput() throws {
        do {
            _ = try lenet.call(Tensor.zeros([2, 1, 28, 28]))
            Issue.record("no error")
        } catch let error as ModelError {
            #expect(error.error.kind == .shape)
            #expect(error.input.shape == [2, 1, 28, 28])
            #expect(error.error.layerPath.map(\.name) == ["7"])
        }
    }

    @Test func nestedLayersAreNamedByTheirPath() throws {
        let model = Sequential {
            Sequential { Linear(3, 4).named("fc") }.named("head")
        }
        let text = errorText { _ = try model.call(Tensor.zeros([1, 5])) }
        #expect(text.contains("in layer head.fc (Linear(3, 4))"), "\(text)")
    }

    @Test func lookingForTheReasonPrintsNothingAndLeavesTheModelUsable() throws {
        #expect(throws: ModelError.self) { try lenet.call(Tensor.zeros([1, 1, 20, 20])) }
        #expect(try lenet.call(Tensor.zeros([1, 1, 32, 32])).shape == [1, 10])
        #expect(Context.current.layerPath.isEmpty)
        #expect(Context.current.isGradientEnabled)
    }

    @Test func memoryThatIsNotThereNamesTheLayer() throws {
        let budget = Memory.budget
        defer { Memory.budget = budget }
        let model = Sequential {
            Flatten()
            Linear(1000, 2000).named("fc")
        }
        let x = try Tensor.zeros([1, 1000])
        Memory.budget = Memory.used + 4_000_000
        let text = errorText { _ = try model.call(x) }
        #expect(text.contains("no room for 8 MB"), "\(text)")
        #expect(text.contains("in layer fc (Linear(1000, 2000))"), "\(text)")
    }
}
