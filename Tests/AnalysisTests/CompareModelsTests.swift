import Analysis
import Foundation
import Hosting
import NeuralNetworks
import Plots
import Tensors
import Testing
import Training
import VisionData
import VisionModels

/// Tells of what is emitted, and asks for a stop at a count of progress events.
private final class Watcher: OutputSink, @unchecked Sendable {
    // Invariant: used by the thread of the test.
    var events = 0
    var last: Hosting.Progress?
    let stopAfter: Int
    let cancellation = Cancellation()

    init(stopAfter: Int = .max) { self.stopAfter = stopAfter }

    func emit(_ event: OutputEvent) {
        guard case .progress(let progress) = event else { return }
        events += 1
        last = progress
        if events == stopAfter { cancellation.request() }
    }

    func readLine(prompt: String, isPassword: Bool) throws -> String? { nil }

    func run<R>(_ body: () throws -> R) rethrows -> R {
        try Host.$current.withValue(Host(output: self, cancellation: cancellation)) {
            try body()
        }
    }
}

private func narrow() -> Sequential {
    Sequential {
        Conv2d(1, 4, kernel: 3, stride: 2)
        BatchNorm2d(4)
        ReLU()
        Flatten()
        Linear(4 * 13 * 13, 10)
    }
}

@Suite struct CompareModelsTests {
    @Test func costsComeFromTheTraceAndTimesFromRuns() throws {
        let watcher = Watcher()
        let model = try LeNet()
        let comparison = try watcher.run {
            try compare([model, narrow()], input: [1, 28, 28], batch: 4, repeats: 3)
        }
        let lenet = comparison.results[0]
        let summary = try model.summary(input: [1, 28, 28])
        #expect(comparison.results.map(\.name) == ["LeNet", "Sequential"])
        #expect(lenet.parameterCount == 61_706 && lenet.weightBytes == 4 * 61_706)
        #expect(lenet.multiplyAccumulates == summary.multiplyAccumulates)
        #expect(lenet.activationBytes == summary.activationBytes)
        #expect(lenet.receptiveField?.size == [16, 16])
        #expect(lenet.latency.times.count >= 3 && lenet.latency.median > 0)
        #expect(lenet.batch == 4 && (lenet.batchLatency?.times.count ?? 0) >= 3)
        let step = try #require(lenet.trainingStep)
        let batch = try #require(lenet.batchLatency)
        // Forward and backward take longer than forward.
        #expect(step.minimum > batch.minimum)
        #expect(lenet.throughput >= 4 / batch.median)
        #expect(lenet.accuracy == nil && comparison.pareto.isEmpty)
        #expect(watcher.last?.isFinished == true && watcher.last?.completed == 2 * 3 * 3)
    }

    @Test func modelsAndRandomNumbersStayAsTheyAre() throws {
        let context = Context(seed: 7)
        try Context.$current.withValue(context) {
            let model = narrow()
            let before = try model.namedState.map { try $0.parameter.value.array() as? [Double] }
            var expected = context.generator
            _ = try Watcher().run {
                try compare([model], input: [1, 28, 28], batch: 2, repeats: 2)
            }
            #expect(context.generator.next() == expected.next())
            let after = try model.namedState.map { try $0.parameter.value.array() as? [Double] }
            #expect(before == after)
            #expect(model.weights.allSatisfy { $0.gradient == nil })
        }
    }

    @Test func accuracyIsMeasuredOnDataAndTheParetoSetIsMarked() throws {
        let data = try shapes(count: 60)
        let quick = Sequential {
            Flatten(); Linear(64, 2)
        }.named("quick")
        // It takes everything for the first class.
        for weight in quick.weights { weight.value = try Tensor.zeros(weight.shape) }
        let slow = Sequential {
            Conv2d(1, 64, kernel: 5, padding: 2)
            ReLU()
            Conv2d(64, 64, kernel: 5, padding: 2)
            Flatten()
            Linear(64 * 64, 2)
        }.named("slow")
        try Watcher().run {
            try fit(
                slow, train: data, epochs: 6, batchSize: 10,
                optimizer: SGD(learningRate: 0.01, momentum: 0.9))
        }
        let comparison = try Watcher().run {
            try compare(
                [quick, slow], input: [1, 8, 8], on: data, batch: 1, repeats: 5, training: false)
        }
        for (result, model) in zip(comparison.results, [quick, slow]) {
            let evaluation = try Watcher().run { try evaluate(model, on: data) }
            #expect(result.measuredAccuracy?.mean == evaluation.accuracy)
            #expect(result.batchLatency == nil && result.trainingStep == nil)
        }
        let (one, two) = (comparison.results[0], comparison.results[1])
        try #require((two.accuracy ?? 0) > (one.accuracy ?? 1))
        #expect(comparison.pareto.map(\.name) == ["quick", "slow"])
        #expect(one.isDominated(by: two) == false && two.isDominated(by: one) == false)
        let lines = comparison.description.split(separator: "\n")
        #expect(lines[0].hasPrefix("model") && !lines[0].contains("training step"))
        #expect(lines[2].hasPrefix("quick *") && lines[3].hasPrefix("slow *"))
        #expect(lines.last == "* no other model is as quick and as accurate")
        let chart = comparison.plot()
        #expect(chart.isXLogarithmic && chart.series.count == 1)
        #expect(chart.series[0].labels == ["quick", "slow"])
        #expect(chart.series[0].y == comparison.pareto.compactMap(\.accuracy))
        #expect(try comparison.mimeBundle().items.map(\.type) == ["text/plain", "text/html"])
    }

    @Test func publishedAccuracyBelongsToThePublishedArchitectureAlone() throws {
        let comparison = try Watcher().run {
            try compare(
                [
                    MobileNetV2(), MobileNetV2(classes: 10), GoogLeNet(),
                    MobileNetV2(inputChannels: 3),
                ], input: [3, 32, 32], batch: 1, repeats: 1, training: false)
        }
        #expect(
            comparison.results.map { $0.publishedAccuracy.map { Int((1e5 * $0).rounded()) } }
                == [71_878, nil, 69_778, 71_878])
        #expect(
            comparison.results.map(\.name) == [
                "MobileNetV2 1", "MobileNetV2 2", "GoogLeNet", "MobileNetV2 3",
            ])
    }

    @Test func receptiveFieldsAreThoseOfTheLiterature() throws {
        for (model, size) in [
            (try ResNet50(), 427), (try AlexNet(), 195), (try VGG16(), 212), (try ResNet18(), 435),
        ] {
            let field = try model.summary(input: [3, 224, 224]).receptiveField
            #expect(field?.size == [size, size], "\(model.kind)")
        }
    }

    @Test func networksThatLookEverywhereSaySo() throws {
        for model in [try ViT_B16(), try EfficientNetB0(), try SwinTiny()] {
            let field = try model.summary(input: [3, 224, 224]).receptiveField
            #expect(field?.description == "all", "\(model.kind)")
        }
    }

    @Test func itStopsWhereItIsAskedTo() throws {
        let watcher = Watcher(stopAfter: 3)
        #expect(throws: Interrupted.self) {
            try watcher.run { try compare([narrow()], input: [1, 28, 28], repeats: 500) }
        }
        #expect(watcher.events < 30)
    }

    @Test func whatMakesNoSenseIsRefused() throws {
        func message(_ body: () throws -> Void) -> String {
            do {
                try body()
                return "nothing"
            } catch { return "\(error)" }
        }
        #expect(
            message { _ = try compare([], input: [1, 8, 8]) }.contains(
                "there are no models to compare"))
        #expect(
            message { _ = try compare([narrow()], input: [28, 28]) }.contains(
                "expected [channels, height, width], got [28, 28]"))
        #expect(
            message { _ = try compare([narrow()], input: [1, 28, 28], batch: 0) }.contains(
                "'batch' is out of range"))
        #expect(message { _ = try compare([narrow()], input: [1, 20, 20]) }.contains("Linear"))
        let data = try shapes(count: 4)
        #expect(
            message { _ = try compare([narrow()], input: [1, 28, 28], on: data) }.contains(
                "data.transformed(Resize(28, 28))"))
    }
}

@Suite struct ChooseModelTests {
    private let data = try? shapes(count: 40)

    @Test func rankedByAccuracyWithinTheLimitsAndReasonsForTheRest() throws {
        let small = try MobileNetV3Small()
        let mobile = try MobileNetV2()
        let large = try ResNet18()
        let choice = try Watcher().run {
            try choose(
                under: .milliseconds(60_000), .megabytes(25), among: [small, mobile, large],
                input: [3, 32, 32], repeats: 2)
        }
        #expect(choice.ranked.map(\.model.name) == ["MobileNetV2", "MobileNetV3Small"])
        #expect(choice.best?.model.name == "MobileNetV2")
        let reasons = try #require(choice.best?.reasons)
        #expect(reasons[0] == "71.9% on ImageNet")
        #expect(reasons[1].hasSuffix(" ms of 60000"))
        #expect(reasons[2] == "14.2 MB of 25.0")
        #expect(reasons[3].hasPrefix("the most accurate"))
        #expect(choice.rejected.map(\.name) == ["ResNet18"])
        #expect(choice.rejected[0].reason == "46.8 MB, more than 25.0")
        #expect(choice.description.contains("left out:\n  ResNet18: 46.8 MB, more than 25.0"))
        #expect(choice.plot().series.map(\.labels.count).reduce(0, +) == 2)
    }

    @Test func aModelThatTakesTooLongIsLeftOutWithItsTime() throws {
        let choice = try Watcher().run {
            try choose(under: .milliseconds(1e-6), among: [narrow()], input: [1, 28, 28])
        }
        #expect(choice.ranked.isEmpty && choice.best == nil)
        #expect(choice.rejected[0].reason.contains(" ms, more than 0.00"))
        #expect(choice.description.contains("no model stays within the limits"))
    }

    @Test func accuracyOnOnesOwnDataDecides() throws {
        let data = try #require(data)
        let model = Sequential {
            Flatten(); Linear(64, 2)
        }
        let choice = try Watcher().run {
            try choose(
                under: .megabytes(1), among: [model.named("a"), model.named("b")], on: data,
                repeats: 2)
        }
        #expect(Set(choice.ranked.map(\.model.name)) == ["a", "b"])
        #expect(choice.ranked.allSatisfy { $0.model.measuredAccuracy != nil })
        #expect(choice.ranked[0].reasons[0].hasPrefix("accuracy 0."))
    }

    @Test func publishedArchitecturesAreRuledOutByTheirSizeWithoutARun() throws {
        let watcher = Watcher()
        let choice = try watcher.run {
            try choose(
                under: .megabytes(16), .milliseconds(60_000), input: [3, 64, 64], repeats: 1)
        }
        let names = choice.ranked.map(\.model.name)
        #expect(names == ["mobilenet_v2", "mobilenet_v3_small"])
        #expect(choice.ranked.count + choice.rejected.count == PublishedWeights.all.count)
        #expect(
            choice.rejected.contains { $0.name == "vit_l_16" && $0.reason.hasPrefix("1217 MB") })
        #expect(watcher.last?.total == 2)
    }

    @Test func limitsAndArgumentsAreChecked() throws {
        for limit in [ModelLimit.milliseconds(0), .megabytes(-1), .milliseconds(.nan)] {
            #expect(throws: TensorError.self) { try choose(under: limit) }
        }
        #expect(throws: TensorError.self) { try choose(under: .megabytes(1), on: data) }
        #expect(throws: TensorError.self) { try choose(under: .megabytes(1), among: []) }
        #expect(throws: TensorError.self) { try choose(under: .megabytes(1), among: [narrow()]) }
        #expect(ModelLimit.milliseconds(20).description == ".milliseconds(20.0)")
    }
}

/// Pictures of 8x8 pixels of two classes: the left or the right half is lighter.
private func shapes(count: Int) throws -> ImageDataset {
    let images = try (0..<count).map { index in
        let bytes = (0..<64).map { place -> UInt8 in
            let isLighter = (place % 8 < 4) == (index % 2 == 0)
            return isLighter ? UInt8(120 + index % 7) : UInt8(90 + place % 5)
        }
        return try Image(width: 8, height: 8, channels: 1, bytes: bytes)
    }
    return try ImageDataset(
        images: images, labels: (0..<count).map { $0 % 2 }, classes: ["left", "right"])
}
