import ScriptTesting
import Testing
import VisionBindings

/// A request to stop is obeyed within a tenth of a second of the running thread's own time while a
/// script computes with tensors, between operations and inside one that takes seconds.
@Suite(.serialized) struct TensorInterruptTests {
    static let constructs = [
        "large tensor loop": """
        var x = Tensor.rand([700, 700])
        while true { x = (x • x).softmax(axis: 1) }
        """,
        "small tensor loop": """
        var x = Tensor.ones([4])
        while true { x = x * 2 - 1 }
        """,
        "one long product": """
        let x = Tensor.rand([6000, 6000])
        let y = x • x • x • x • x
        """,
        "one statement of many operations": """
        let x = Tensor.rand([2000, 2000])
        let y = (0..<100_000).map { _ in x.exp().sum(axis: 1).sqrt() }
        """,
        "gradient": """
        let w = Tensor.rand([500, 500])
        while true { _ = gradient(of: { ($0 • $0).relu().sum() }, at: w) }
        """,
        "a network's forward and backward": """
        let model = Sequential {
            Conv2d(3, 64, kernel: 7, stride: 2, padding: 3); BatchNorm2d(64); ReLU()
            for _ in 0..<8 { Conv2d(64, 64, kernel: 3, padding: 1); BatchNorm2d(64); ReLU() }
            GlobalAvgPool2d(); Linear(64, 10)
        }
        let x = Tensor.rand([4, 3, 96, 96])
        while true { model(x).sum().backward() }
        """,
    ]

    @Test(arguments: constructs.keys.sorted())
    func aRequestIsObeyedWithinATenthOfASecond(_ name: String) throws {
        let source = try #require(Self.constructs[name])
        let run = InterruptedRun(source, library: visionLibrary)
        #expect(run.error?.kind == .interrupted, "\(name): \(run.error?.message ?? "it ended")")
        #expect(run.secondsAfter < 0.1, "\(name) went on for \(run.secondsAfter) seconds")
    }
}
