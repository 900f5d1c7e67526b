import Foundation
import Hosting
import Language
import Testing

/// A network from its layers to saved weights, as a script.
@Suite struct ModelScriptTests {
    static let lenet = """
        seed(1)
        let model = Sequential {
            Conv2d(1, 6, kernel: 5, padding: 2); ReLU(); MaxPool2d(2)
            Conv2d(6, 16, kernel: 5).named("conv2"); ReLU(); MaxPool2d(2)
            Flatten()
            for (i, o) in [(400, 120), (120, 84)] { Linear(i, o); ReLU() }
            Linear(84, 10)
        }
        """

    @Test func trainsAndEvaluatesAndKeepsItsWeights() throws {
        let session = Session()
        try session.run(Self.lenet)
        #expect(try session.run("model.parameterCount") == "61706")
        #expect(try session.run("model.count") == "12")
        #expect(try session.run("model[\"conv2.weight\"].shape") == "[16, 6, 5, 5]")
        #expect(try session.run("model(Tensor.zeros([2, 1, 28, 28])).shape") == "[2, 10]")
        #expect(try session.run("model.summary(input: [1, 28, 28])")?.contains("61,706") == true)
        try session.run("let data = try FashionMNIST()")
        let history = try session.run(
            """
            let history = try fit(model, train: data.train.prefix(128), validation: data.test.prefix(64),
                epochs: 1, batchSize: 64, optimizer: SGD(learningRate: 0.05, momentum: 0.9),
                schedule: .oneCycle(peak: 0.05), loss: .crossEntropy, metrics: [.accuracy])
            history.epochs.count
            """)
        #expect(history == "1")
        #expect(try session.run("history.stepLosses.count") == "2")
        #expect(
            try session.run(
                "history.last.validation.accuracy >= 0 && history.last.validation.accuracy <= 1")
                == "true")
        #expect(
            try session.run("let e = evaluate(model, on: data.test.prefix(64)); e.count") == "64")
        #expect(
            try session.run("model.predict(data.test[0].image).top.count") == "5")
        #expect(
            try session.run("data.classes.contains(model.predict(data.test[0].image).label)")
                == "true")
        let saved = try session.run(
            """
            try model.save("lenet.safetensors")
            let other = model.copy()
            let x = data.test[0].image.tensor.expandedDimensions(axis: 0)
            let before = model(x)
            fit(other, train: data.train.prefix(64))
            let moved = (other(x) - before).abs().sum().item()
            try other.load("lenet.safetensors")
            (moved > 0, (other(x) - before).abs().sum().item())
            """)
        #expect(saved == "(true, 0.0)")
    }

    /// The block of LANGUAGE.md, in which a person at the prompt needs no `try`.
    @Test func theLanguagesOwnBlockStandsAsItIsWritten() throws {
        let session = Session()
        try session.run(
            """
            struct Residual2: Layer {
                let conv1 = Conv2d(16, 16, kernel: 3, padding: 1), conv2 = Conv2d(16, 16, kernel: 3, padding: 1)
                func forward(_ x: Tensor) -> Tensor { (conv2(conv1(x).relu()) + x).relu() }
            }
            let model = Sequential { Conv2d(1, 16, kernel: 3); Residual2().named("block"); Flatten(); Linear(10816, 10) }
            """)
        #expect(try session.run("model[\"block.conv2.weight\"].shape") == "[16, 16, 3, 3]")
        let table = try #require(try session.run("model.summary(input: [1, 28, 28])"))
        #expect(table.contains("block.conv1") && table.contains("2,320"))
        try session.run("model.freeze()")
        let history = try session.run(
            """
            model.unfreeze()
            let data = try FashionMNIST()
            fit(model, train: data.train.prefix(64), epochs: 1).epochs.count
            """)
        #expect(history == "1")
        let copied = try session.run(
            """
            try model.save("residual2.safetensors")
            let other = model.copy()
            try other.load("residual2.safetensors")
            let x = data.test[0].image.tensor.expandedDimensions(axis: 0)
            ((other(x) - model(x)).abs().sum().item(), other[1] is Residual2, other.count)
            """)
        #expect(copied == "(0.0, true, 4)")
    }

    @Test func anInterruptStopsTrainingInsideAStruct() throws {
        let session = Session()
        try session.run(
            """
            struct Slow: Layer {
                let linear = Linear(784, 10)
                func forward(_ x: Tensor) -> Tensor {
                    for _ in 0..<1_000_000_000 {}
                    return linear(x.reshaped(-1, 784))
                }
            }
            let data = try FashionMNIST()
            """)
        let cancellation = Cancellation()
        let host = Host(output: session.output, cancellation: cancellation)
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.1)
            cancellation.request()
        }
        let error = #expect(throws: ScriptError.self) {
            try session.interpreter.run(
                "fit(Slow(), train: data.train.prefix(64), epochs: 1)", cell: .cell(9), host: host)
        }
        #expect(error?.kind == .interrupted)
    }

    @Test func aLoopByHandMakesTheLossSmaller() throws {
        let session = Session()
        let text = try session.run(
            """
            seed(3)
            let data = try FashionMNIST()
            let model = Sequential { Flatten(); Linear(784, 10) }
            let optimizer = Adam(learningRate: 0.01)
            var losses: [Double] = []
            for epoch in 0..<3 {
                for batch in data.train.prefix(128).batches(64, shuffled: true) {
                    let loss = crossEntropy(model(batch.images), batch.labels)
                    loss.backward(); optimizer.step(model); model.zeroGradients()
                    losses.append(loss.item())
                }
            }
            (losses.count, losses[5] < losses[0])
            """)
        #expect(text == "(6, true)")
    }

    @Test(arguments: [
        (
            "Conv2d(1, 6, kernel: 5, padding: .same)(Tensor.zeros([1, 1, 8, 8])).shape",
            "[1, 6, 8, 8]"
        ),
        ("Conv2d(1, 6, kernel: [3, 5])(Tensor.zeros([1, 1, 8, 8])).shape", "[1, 6, 6, 4]"),
        (
            "let k = 3; Conv2d(1, 6, kernel: k, padding: [1, 0])(Tensor.zeros([1, 1, 8, 8])).shape",
            "[1, 6, 8, 6]"
        ),
        ("Sequential { if true { ReLU() } else { Flatten() } }.count", "1"),
        ("let layers = Sequential { Linear(2, 3) }; layers.copy().parameterCount", "9"),
        ("for (name, value) in Linear(2, 3).parameters { print(name, value.shape) }; 1", "1"),
        (
            "let m = Linear(2, 3); m.freeze(); m.unfreeze(); m.parameters.map { $0.name }",
            "[\"weight\", \"bias\"]"
        ),
        ("Loss.crossEntropy(labelSmoothing: 0.1)", ".crossEntropy(labelSmoothing: 0.1)"),
        ("let loss: Loss = .crossEntropy; loss", ".crossEntropy"),
        ("[Schedule.cosine, Schedule.cosine(to: 0.5)]", "[.cosine, .cosine(to: 0.5)]"),
        ("Loss.meanSquaredError(Tensor([1, 2]), Tensor([0, 4]))", "2.5"),
        ("let o = SGD(learningRate: 0.1); o.learningRate = 0.2; o.learningRate", "0.2"),
    ])
    func layers(source: String, expected: String) throws {
        #expect(try Session().run(source) == expected)
    }

    @Test func aModelPrintsAsItsLayers() throws {
        let text = try #require(
            try Session().run("Sequential { Flatten(); Linear(4, 2).named(\"out\") }"))
        #expect(text.contains("0: Flatten()"))
        #expect(text.contains("out: Linear(4, 2)"))
    }
}
