import Analysis
import NeuralNetworks
import Tensors
import Testing

func lenet(classifierInputs: Int = 400, padding: Int = 2) -> Sequential {
    Sequential {
        Conv2d(1, 6, kernel: 5, padding: padding)
        ReLU()
        MaxPool2d(2)
        Conv2d(6, 16, kernel: 5)
        ReLU()
        MaxPool2d(2)
        Flatten()
        Linear(classifierInputs, 120)
        ReLU()
        Linear(120, 84)
        ReLU()
        Linear(84, 10)
    }
}

private struct Residual: Layer {
    let conv1 = Conv2d(4, 4, kernel: 3, padding: 1)
    let conv2 = Conv2d(4, 4, kernel: 3, padding: 1)
    func forward(_ x: Tensor) throws -> Tensor {
        try Tensor.adding(conv2.call(conv1.call(x).relu()), x).relu()
    }
}

@Suite struct SummaryTests {
    @Test func lenetHasTheKnownFigures() throws {
        let summary = try lenet().summary(input: [1, 28, 28])
        #expect(summary.parameterCount == 61_706)
        #expect(summary.multiplyAccumulates == 416_520)
        #expect(summary.rows.count == 12)
        #expect(summary.rows[0].output == [6, 28, 28])
        #expect(summary.rows[0].parameters == 156)
        #expect(summary.rows[0].multiplyAccumulates == 117_600)
        #expect(summary.rows[6].output == [400])
        #expect(summary.rows.reduce(0) { $0 + $1.parameters } == 61_706)
        #expect(summary.rows.reduce(0) { $0 + $1.multiplyAccumulates } == 416_520)
    }

    @Test func theTableIsAligned() throws {
        #expect(
            try lenet().summary(input: [1, 28, 28]).description == """
                layer  kind       output        parameters     MACs  memory  field
                ─────  ─────────  ────────────  ──────────  ───────  ──────  ─────
                0      Conv2d     [6, 28, 28]          156  117,600   19 kB    5x5
                1      ReLU       [6, 28, 28]                         19 kB    5x5
                2      MaxPool2d  [6, 14, 14]                        4.7 kB    6x6
                3      Conv2d     [16, 10, 10]       2,416  240,000  6.4 kB  14x14
                4      ReLU       [16, 10, 10]                       6.4 kB  14x14
                5      MaxPool2d  [16, 5, 5]                         1.6 kB  16x16
                6      Flatten    [400]                                      16x16
                7      Linear     [120]             48,120   48,000   480 B  16x16
                8      ReLU       [120]                               480 B  16x16
                9      Linear     [84]              10,164   10,080   336 B  16x16
                10     ReLU       [84]                                336 B  16x16
                11     Linear     [10]                 850      840    40 B  16x16
                Sequential, input [1, 28, 28]: 61,706 parameters, 416,520 MACs
                58 kB of activations, receptive field 16x16
                """)
    }

    @Test func layersInsideLayersAreIndentedUnderThem() throws {
        let model = Sequential {
            Conv2d(1, 4, kernel: 1).named("stem")
            Residual().named("block")
            Dropout(0.5)
        }
        let summary = try model.summary(input: [1, 6, 6])
        #expect(
            summary.rows.map { "\($0.depth) \($0.name) \($0.kind)" } == [
                "0 stem Conv2d", "0 block Residual", "1 block.conv1 Conv2d",
                "1 block.conv2 Conv2d", "0 2 Dropout",
            ])
        #expect(summary.rows[1].parameters == 0)
        #expect(summary.rows[1].output == [4, 6, 6])
        #expect(summary.rows[2].parameters == 148)
    }

    @Test func aBatchIsCountedAsAWhole() throws {
        let summary = try lenet().summary(input: [2, 1, 28, 28])
        #expect(summary.multiplyAccumulates == 833_040)
        #expect(summary.rows[0].output == [2, 6, 28, 28])
    }

    @Test func frozenParametersAreTold() throws {
        let model = lenet()
        try (model[0] as? Conv2d)?.freeze()
        let summary = try model.summary(input: [1, 28, 28])
        #expect(summary.trainableCount == 61_550)
        #expect(summary.description.contains("61,706 parameters (156 frozen)"))
    }

    @Test func anInputThatDoesNotFitIsTheTaughtError() throws {
        do {
            _ = try lenet(padding: 0).summary(input: [1, 28, 28])
            Issue.record("no error")
        } catch {
            #expect("\(error)".contains("in layer 7 (Linear(400, 120))"), "\(error)")
            #expect(
                explain(error)
                    == "Linear(400, 120) receives 256 features: MaxPool2d 5 outputs 16x4x4; "
                    + "use Linear(256, 120), or images of 32x32"
            )
        }
        #expect(throws: (any Error).self) { try lenet().summary(input: [1, 0, 28]) }
        #expect(throws: (any Error).self) { try lenet().summary(input: [1, 2, 2]) }
    }

    @Test func aSummaryMakesNoWeights() throws {
        let model = Sequential {
            Flatten()
            Linear(20_000, 20_000)
        }
        let before = Memory.used
        _ = try model.summary(input: [2, 100, 100])
        #expect(Memory.used == before)
    }
}
