import Foundation
import Hosting
import Tensors
import Testing
import VisionData

@Suite("Batches")
struct BatchLoaderTests {
    private func firstValues(_ loader: BatchLoader) throws -> [[Int]] {
        try loader.map { batch in
            let values = try batch.images.scalars(as: Float.self)
            let size = values.count / batch.count
            return (0..<batch.count).map { Int((values[$0 * size] * 255).rounded()) }
        }
    }

    @Test("batches come in order, the last one smaller, each a tensor of planes")
    func order() throws {
        let data = try ImageDatasetTests.ten()
        let loader = try data.batches(4)
        #expect(loader.count == 3)
        #expect(try firstValues(loader) == [[0, 10, 20, 30], [40, 50, 60, 70], [80, 90]])
        let batches = Array(loader)
        #expect(batches.map(\.images.shape) == [[4, 3, 1, 2], [4, 3, 1, 2], [2, 3, 1, 2]])
        #expect(batches[0].images.dtype == .float32 && batches[0].labels.dtype == .int64)
        #expect(try batches[1].labels.scalars(as: Int.self) == [1, 2, 0, 1])
        let values = try batches[0].images.scalars(as: Float.self)
        for (index, expected) in [0, 0, 1, 1, 2, 2, 10, 10, 11, 11, 12, 12].enumerated() {
            #expect(abs(values[index] * 255 - Float(expected)) < 1e-4)
        }
    }

    @Test("samples are normalised channel by channel")
    func normalized() throws {
        let data = try ImageDatasetTests.ten()
        var sums = [Double](repeating: 0, count: 3)
        var squares = sums
        for batch in try data.batches(3, normalized: data.normalization) {
            for (index, value) in try batch.images.scalars(as: Float.self).enumerated() {
                sums[index / 2 % 3] += Double(value)
                squares[index / 2 % 3] += Double(value) * Double(value)
            }
        }
        for channel in 0..<3 {
            #expect(abs(sums[channel]) < 1e-4)
            #expect(abs(squares[channel] / 20 - 1) < 1e-4)
        }
        #expect(
            errorText {
                _ = try data.batches(
                    2, normalized: Normalization(means: [0], deviations: [1]))
            }.contains("expected 3, got 1"))
    }

    @Test("shuffled batches hold every picture once, in an order that the context's seed decides")
    func shuffled() throws {
        let data = try ImageDatasetTests.ten()
        func passes(seed: Int) throws -> [[[Int]]] {
            try Context.$current.withValue(Context(seed: seed)) {
                let loader = try data.batches(4, shuffled: true)
                return [try firstValues(loader), try firstValues(loader)]
            }
        }
        let one = try passes(seed: 1)
        #expect(one[0].joined().sorted() == (0..<10).map { 10 * $0 })
        #expect(one[0] != one[1], "each pass has its own order")
        #expect(try passes(seed: 1) == one)
        #expect(try passes(seed: 2) != one)
        let fixed = try data.batches(4, shuffled: true, seed: 3)
        #expect(try firstValues(fixed) == firstValues(fixed))
    }

    private func threadCount() -> Int {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []).count
    }

    @Test("a pass left early ends its thread")
    func early() throws {
        let image = try Image.filled(width: 8, height: 8, color: [1])
        let data = try ImageDataset(
            images: Array(repeating: image, count: 500), labels: Array(repeating: 0, count: 500),
            classes: ["a"])
        let before = threadCount()
        for _ in 0..<50 {
            for batch in try data.batches(2) {
                #expect(batch.count == 2)
                break
            }
        }
        #expect(threadCount() <= before + 2)
    }

    @Test("an interrupt ends the pass, the data set stays usable")
    func interrupted() throws {
        let data = try ImageDatasetTests.ten()
        let host = Host(output: StandardOutput())
        try Host.$current.withValue(host) {
            let pass = try data.batches(1).makeIterator()
            #expect(try pass.nextBatch() != nil)
            host.cancellation.request()
            #expect(throws: Interrupted.self) { try pass.nextBatch() }
            #expect(pass.next() == nil && pass.failure is Interrupted)
        }
        #expect(try firstValues(data.batches(5)).count == 2)
    }

    @Test("sizes that make no batches are errors, a size beyond the set is the set")
    func sizes() throws {
        let data = try ImageDatasetTests.ten()
        #expect(
            errorText { _ = try data.batches(0) } == "batches: expected a size of at least 1, got 0"
        )
        #expect(try firstValues(data.batches(.max)).map(\.count) == [10])
        #expect(try firstValues(data.prefix(0).batches(4)).isEmpty)
    }

    @Test("a pass over many batches delivers each of them once")
    func many() throws {
        let images = try (0..<256).map {
            try Image.filled(width: 1, height: 1, color: [UInt8($0)])
        }
        let data = try ImageDataset(
            images: images, labels: Array(repeating: 0, count: 256), classes: ["a"])
        for _ in 0..<20 {
            #expect(try firstValues(data.batches(1)).joined().elementsEqual(0..<256))
        }
    }
}
