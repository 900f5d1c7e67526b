import Hosting
import Tensors
import Testing

@Suite struct TraceTests {
    private func lenet(_ x: Tensor, _ p: (_ shape: [Int]) throws -> Tensor) throws -> Tensor {
        var h = try maxPool2d(conv2d(x, p([6, 1, 5, 5]), bias: p([6]), padding: 2).relu(), 2)
        h = try Context.current.withLayer("3", kind: "Conv2d") {
            try maxPool2d(conv2d(h, p([16, 6, 5, 5]), bias: p([16])).relu(), 2)
        }
        h = try h.flattened(startAxis: 1)
        h = try linear(h, p([120, 400]), bias: p([120])).relu()
        h = try linear(h, p([84, 120]), bias: p([84])).relu()
        return try linear(h, p([10, 84]), bias: p([10]))
    }

    @Test func aSymbolicRunComputesShapesAndCostsAlone() throws {
        let before = Memory.used
        let (y, trace) = try traced {
            try lenet(.symbolic(TensorSpec([1, 1, 28, 28]))) { .symbolic(TensorSpec($0)) }
        }
        #expect(y.isSymbolic && y.shape == [1, 10])
        #expect(Memory.used == before)
        #expect(trace.total.multiplyAccumulates == 416_520)
        #expect(
            trace.entries.map(\.operation) == [
                "conv2d", "relu", "maxPool2d", "conv2d", "relu", "maxPool2d", "flattened",
                "linear", "relu", "linear", "relu", "linear",
            ])
        #expect(trace.entries[3].layerPath == [LayerScope(name: "3", kind: "Conv2d")])
        #expect(trace.entries[5].outputs == [TensorSpec([1, 16, 5, 5])])
        #expect(
            thrownText { try y.scalars(as: Float.self) }
                == "scalars: a symbolic tensor has a shape and no elements, expected a tensor with "
                + "elements, got float32[1, 10]")
    }

    @Test func aRunWithElementsIsTracedAlike() throws {
        let (_, trace) = try traced {
            try lenet(Tensor.ones([1, 1, 28, 28])) { try Tensor.ones($0) }
        }
        #expect(trace.entries.count == 12)
        #expect(trace.total.multiplyAccumulates == 416_520)
    }

    @Test func operationsStopWhenAsked() throws {
        let cancellation = Cancellation()
        let host = Host(output: StandardOutput(), cancellation: cancellation)
        try Host.$current.withValue(host) {
            let x = try Tensor.ones([3])
            _ = try x.exp()
            cancellation.request()
            #expect(throws: Interrupted.self) { try x.exp() }
        }
    }
}
