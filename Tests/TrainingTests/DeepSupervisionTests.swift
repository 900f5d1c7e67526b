import NeuralNetworks
import Tensors
import Testing
import Training
import VisionData

/// A network with a head in its middle.
private struct TwoHeads: DeeplySupervised {
    let trunk = Sequential {
        Flatten()
        Linear(64, 8)
    }
    let head = Linear(8, 4)
    let side = Linear(8, 4)
    var auxiliaryWeight: Double { 0.5 }

    func forward(_ x: Tensor) throws -> Tensor { try outputs(x).scores }

    func outputs(_ x: Tensor) throws -> (scores: Tensor, auxiliary: [Tensor]) {
        let features = try trunk.call(x)
        return (try head.call(features), [try side.call(features)])
    }
}

@Suite struct DeepSupervisionTests {
    @Test func lossesOfHeadsInTheMiddleAreAdded() throws {
        seed(2)
        let (model, data) = (TwoHeads(), try quarters(20))
        let before = try model["side.weight"].scalars(as: Float.self)
        var expected = 0.0
        for batch in try data.batches(20) {
            let (scores, auxiliary) = try model.outputs(batch.images)
            #expect(auxiliary.count == 1)
            expected += try crossEntropy(scores, batch.labels).item()
            expected += try 0.5 * crossEntropy(auxiliary[0], batch.labels).item()
        }
        let history = try Recorder().run {
            try fit(
                model, train: data, batchSize: 20, optimizer: SGD(learningRate: 0.1),
                normalized: false)
        }
        #expect(abs(history.stepLosses[0] - expected) < 1e-5)
        #expect(try model["side.weight"].scalars(as: Float.self) != before)
    }
}
