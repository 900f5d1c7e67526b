import Analysis
import Hosting
import NeuralNetworks
import Tensors
import Testing
import VisionData

@Suite struct WeightDriftTests {
    @Test func itTellsHowFarAndInWhichDirectionWeightsMoved() throws {
        let model = Sequential {
            try! Conv2d(weight: sobelKernel(), padding: 1, bias: true).named("edges")
            Flatten()
            Linear(8, 2).named("head")
        }
        let before = try model.copy()
        #expect(try model.drift(since: before).changes.allSatisfy { $0.change == 0 })

        // One kernel twice as large: the change is as long as that kernel was.
        let edges = try model.parameter(named: "edges.weight")
        let changed = try Tensor.multiplying(
            edges.value, try Tensor([2.0, 1]).reshaped(2, 1, 1, 1))
        try edges.setValue(changed)
        try model.parameter(named: "edges.bias").setValue(try Tensor([0.5, 0]))
        let drift = try model.drift(since: before)
        #expect(
            drift.changes.map(\.name)
                == ["edges.weight", "edges.bias", "head.weight", "head.bias"])
        let moved = drift.changes[0]
        #expect(abs(moved.change - 0.5.squareRoot()) < 1e-6)
        #expect(abs(moved.similarity - 3 / 10.0.squareRoot()) < 1e-6)
        #expect(drift.changes[1].change == .infinity)
        #expect(drift.changes[2].change == 0 && drift.changes[2].similarity == 1)
        #expect(drift.description.contains("edges.weight   70.7%       0.949"), "\(drift)")
        #expect(drift.description.contains("edges.bias    from 0"), "\(drift)")
    }

    @Test func kernelsAreShownBeforeAndAfterInTheSameShades() throws {
        let model = try Conv2d(weight: try Tensor([[[[1.0, -1], [0, 0.5]]]]))
        let before = model.copy()
        try model.weight.setValue(try Tensor([[[[2.0, 0], [0, -2]]]]))
        let drift = try model.drift(since: before)
        let image = try #require(drift.image)
        let bundle = try drift.mimeBundle()
        guard case .text(let html)? = bundle["text/html"] else {
            Issue.record("no HTML")
            return
        }
        #expect(html.contains("<table") && html.contains("data:image/"))
        // Greatest magnitude 2 is white or black; 0 is middle grey, 1 halfway to white.
        #expect(Set(image.bytes).isSuperset(of: [255, 191, 64, 128, 159, 0]))
        #expect(try Linear(2, 2).drift(since: Linear(2, 2)).image == nil)
    }

    @Test func anotherModelIsAnError() throws {
        let error = #expect(throws: LayerError.self) {
            try Linear(2, 2).drift(since: Linear(2, 3))
        }
        #expect(
            error?.description == """
                Linear: drift compares a model with an earlier copy of itself, expected the weights \
                weight [2, 2], bias [2], got weight [3, 2], bias [3]
                """)
    }
}
