import Hosting
import Synchronization
import Tensors
import Testing
import VisionData

@Suite("Comparing features")
struct CompareFeaturesTests {
    /// Stripes across or along, of random widths at random places: pixel by pixel both classes are
    /// alike.
    private func stripes(_ count: Int, seed: Int = 1) throws -> ImageDataset {
        var generator = RandomGenerator(seed: seed)
        let images = try (0..<count).map { index in
            let width = Int.random(in: 2...5, using: &generator)
            let phase = Int.random(in: 0..<20, using: &generator)
            let bytes = (0..<256).map { pixel -> UInt8 in
                let place = index % 2 == 0 ? pixel / 16 : pixel % 16
                let bright = (place + phase) / width % 2 == 0 ? 150 : 0
                return UInt8(bright + Int.random(in: 0..<40, using: &generator))
            }
            return try Image(width: 16, height: 16, channels: 1, bytes: bytes)
        }
        return try ImageDataset(
            images: images, labels: (0..<count).map { $0 % 2 }, classes: ["across", "along"])
    }

    @Test("features that see what tells classes apart win, with every classifier")
    func winners() throws {
        let comparison = try compareFeatures(try stripes(80), folds: 4) {
            PixelFeatures()
            try HOG(cell: 8, block: 1)
            FeatureFunction("brightness") { try $0.tensor.mean().reshaped(1) }
        }
        #expect(
            comparison.results.map(\.features)
                == [String](repeating: "PixelFeatures()", count: 3)
                + [String](repeating: "HOG(block: 1)", count: 3)
                + [String](repeating: "brightness", count: 3))
        #expect(
            comparison.results.prefix(3).map(\.classifier)
                == ["LinearSVM", "KNearestNeighbors", "SoftmaxRegression"])
        #expect(comparison.results.map(\.dimension) == [256, 256, 256, 36, 36, 36, 1, 1, 1])
        for result in comparison.results[3..<6] {
            #expect(result.accuracy == 1, "\(result.classifier): \(result.accuracy)")
            #expect(result.confusion.counts == [[40, 0], [0, 40]])
            #expect(result.predicted == (0..<80).map { $0 % 2 })
        }
        #expect(comparison.results[0].accuracy < 0.95, "\(comparison)")
        for result in comparison.results[6...] { #expect(result.accuracy < 0.8) }
        for result in comparison.results {
            #expect(result.lower <= result.accuracy && result.accuracy <= result.upper)
            #expect(result.seconds > 0 && result.describingSeconds > 0)
            #expect(result.confusion.count == 80)
        }
        #expect(comparison.best.accuracy == 1)
    }

    @Test("the same features get the same splits, whatever their scale and zero")
    func fairness() throws {
        let data = try stripes(60)
        let comparison = try compareFeatures(data, folds: 3, seed: 5) {
            PixelFeatures()
            PixelFeatures()
            FeatureFunction("louder") { try Tensor.multiplying($0.tensor, .real(4096)) }
        }
        let accuracies = comparison.results.map(\.accuracy)
        #expect(accuracies[0..<3] == accuracies[3..<6])
        #expect(accuracies[0..<3] == accuracies[6..<9])
        let other = try compareFeatures(data, folds: 3, seed: 5) { PixelFeatures() }
        #expect(other.results.map(\.accuracy) == Array(accuracies[0..<3]))
    }

    @Test("what learns sees the training part of each split alone")
    func noPeeping() throws {
        let data = try stripes(40)
        let spy = Spy()
        _ = try compareFeatures(
            data, classifiers: [try KNearestNeighbors(1)], folds: 4, features: [spy])
        #expect(spy.log.fits.count == 4)
        var tested: [Set<[UInt8]>] = []
        for (fit, described) in zip(spy.log.fits, stride(from: 0, to: 8, by: 2)) {
            #expect(spy.log.described[described] == fit)
            tested.append(spy.log.described[described + 1])
            #expect(fit.count == 30 && tested[tested.count - 1].isDisjoint(with: fit))
        }
        #expect(tested.reduce(into: Set()) { $0.formUnion($1) }.count == 40)

        let test = try stripes(10, seed: 9)
        let other = Spy()
        let single = try compareFeatures(
            data, test: test, classifiers: [try KNearestNeighbors(1)], features: [other])
        #expect(other.log.fits == [Set(data.map(\.image.bytes))])
        #expect(other.log.described.last == Set(test.map(\.image.bytes)))
        let result = single.results[0]
        let right = Int((result.accuracy * 10).rounded())
        #expect(result.estimate == AccuracyEstimate(right: right, of: 10))
    }

    @Test("it shows itself as a table and a chart, and two of a kind by their settings")
    func display() throws {
        let comparison = try compareFeatures(
            try stripes(40), classifiers: [try KNearestNeighbors(1), try KNearestNeighbors(3)],
            folds: 2
        ) {
            try HOG(cell: 8, block: 1)
            LBP(cells: 2)
        }
        let lines = comparison.description.split(separator: "\n").map(String.init)
        #expect(lines.count == 5)
        #expect(lines[0].contains("KNearestNeighbors(1)  seconds  KNearestNeighbors(3)  seconds"))
        #expect(lines[2].hasPrefix("HOG(block: 1)") && lines[2].contains(" ± "), "\(lines[2])")
        #expect(lines[3].hasPrefix("LBP(cells: 2)"))
        #expect(lines[4] == "accuracy with its 95% interval, 2 folds of 40 pictures")
        let chart = comparison.plot()
        #expect(chart.categories == ["HOG(block: 1)", "LBP(cells: 2)"])
        #expect(chart.series.map(\.name) == ["KNearestNeighbors(1)", "KNearestNeighbors(3)"])
        #expect(chart.series[0].y[1] == comparison.results[2].accuracy)
        #expect(chart.series[0].intervals[1] == comparison.results[2].estimate.interval)
        let bundle = try comparison.mimeBundle()
        #expect(bundle.plain == comparison.description)
        guard case .text(let html)? = bundle["text/html"] else {
            Issue.record("no HTML")
            return
        }
        #expect(html.contains("<table") && html.contains("data:image/svg+xml;base64,"))
    }

    @Test("one line tells of the progress of all of it")
    func progress() throws {
        let sink = ProgressSink()
        try Host.$current.withValue(Host(output: sink)) {
            _ = try compareFeatures(
                try stripes(40), classifiers: [try KNearestNeighbors(1)], folds: 2
            ) {
                PixelFeatures()
                FeatureFunction("said") { image in
                    Host.current.output.emit(.text("x", stream: .standardOutput))
                    return try image.tensor
                }
            }
        }
        let progress = sink.progress
        #expect(Set(progress.map(\.id)).count == 1)
        #expect(progress.last?.isFinished == true)
        #expect(progress.last?.completed == 8 && progress.last?.total == 8)
        #expect(sink.texts == 40)
    }

    @Test("impossible requests are errors that say what was expected")
    func errors() throws {
        let data = try stripes(12)
        #expect(
            errorText { _ = try compareFeatures(data, features: []) }
                == "compareFeatures: there are no features to compare, expected at least 1, got 0")
        #expect(
            errorText { _ = try compareFeatures(data, classifiers: []) { PixelFeatures() } }
                .contains("there are no classifiers"))
        #expect(
            errorText { _ = try compareFeatures(data, folds: 7) { PixelFeatures() } }
                == """
                compareFeatures: wrong number of folds, expected 2 to 6, as many as the smallest \
                class has rows, got 7
                """)
        let small = try ImageDataset(
            images: [try Image.filled(width: 3, height: 3, color: [1])], labels: [0],
            classes: ["a"])
        #expect(
            errorText { _ = try compareFeatures(data, test: small) { PixelFeatures() } }
                .contains("the test pictures do not fit"))
        var count = 0
        #expect(
            errorText {
                _ = try compareFeatures(data, folds: 2) {
                    FeatureFunction("growing") { _ in
                        count += 1
                        return try Tensor.zeros([count])
                    }
                }
            } == """
                growing: picture 1 has another count of numbers than the first, expected 1, got 2
                """)
        #expect(
            errorText { _ = try compareFeatures(data, folds: 2) { try HOG(cell: 16, block: 2) } }
                .contains("too small for one block"))
        let host = Host(output: StandardOutput())
        host.cancellation.request()
        Host.$current.withValue(host) {
            #expect(throws: Interrupted.self) {
                try compareFeatures(data, folds: 2) { PixelFeatures() }
            }
        }
    }
}

/// Features that write down which pictures they were shown.
private final class Spy: FeatureExtractor {
    final class Log {
        var fits: [Set<[UInt8]>] = []
        var described: [Set<[UInt8]>] = []
    }

    let log: Log
    let learns = true
    let description = "Spy"

    init(_ log: Log = Log()) { self.log = log }

    func untrained() -> Spy { Spy(log) }
    func fit(_ data: ImageDataset) { log.fits.append(Set(data.map(\.image.bytes))) }

    func features(_ data: ImageDataset) throws -> Tensor {
        log.described.append(Set(data.map(\.image.bytes)))
        return try data.pixelFeatures
    }
}

private final class ProgressSink: OutputSink {
    private let events = Mutex<[Progress]>([])
    private let count = Mutex(0)

    var progress: [Progress] { events.withLock { $0 } }
    var texts: Int { count.withLock { $0 } }

    func emit(_ event: OutputEvent) {
        switch event {
        case .progress(let progress): events.withLock { $0.append(progress) }
        case .text: count.withLock { $0 += 1 }
        default: break
        }
    }

    func readLine(prompt: String, isPassword: Bool) throws -> String? { nil }
}
