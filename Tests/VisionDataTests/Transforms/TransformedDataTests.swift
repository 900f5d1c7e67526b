import Tensors
import Testing
import VisionData

@Suite("Data sets whose pictures are changed")
struct TransformedDataTests {
    private func data(_ count: Int = 40) throws -> ImageDataset {
        try ImageDataset(
            images: try (0..<count).map {
                let card = try testCard(width: 12, height: 10, channels: 3)
                return try card.adjusted(brightness: Double($0) / 100)
            }, labels: (0..<count).map { $0 % 2 }, classes: ["even", "odd"])
    }

    private func samples(_ loader: BatchLoader) throws -> [Float] {
        let iterator = loader.makeIterator()
        var result: [Float] = []
        while let batch = try iterator.nextBatch() { result += try batch.images.scalars() }
        return result
    }

    @Test("one seed gives one pass, each pass draws anew, and a picture by itself stays")
    func seeded() throws {
        let changed = try data().transformed(
            try Compose {
                try RandomCrop(8); try ColorJitter(brightness: 0.5)
            })
        #expect(changed.imageShape == [3, 8, 8] && changed.count == 40)
        #expect(changed[3] == changed[3])
        let first = try samples(changed.batches(7, shuffled: true, seed: 5))
        #expect(first.count == 40 * 192)
        #expect(try samples(changed.batches(7, shuffled: true, seed: 5)) == first)
        #expect(try samples(changed.batches(7, shuffled: true, seed: 6)) != first)
        seed(1)
        let loader = try changed.batches(40)
        #expect(try samples(loader) != samples(loader))
        #expect(
            changed.description.hasSuffix(
                "changed by Compose { RandomCrop(8, padding: 0, mode: .constant) "
                    + "ColorJitter(brightness: 0.5, contrast: 0.0, saturation: 0.0, hue: 0.0) }"))
    }

    @Test("changes of changed data follow each other, on parts too")
    func chained() throws {
        let plain = try data()
        let changed = try plain.prefix(4).transformed(try Invert())
            .transformed(try RandomFlip(probability: 1))
        for index in 0..<4 {
            expectEqual(changed[index].image, plain[index].image.inverted().flippedHorizontally())
            #expect(changed[index].label == plain[index].label)
        }
    }

    @Test("Normalize takes the place of the statistics, and nothing is normalised twice")
    func normalized() throws {
        let half = try Normalization(means: [0.5, 0.5, 0.5], deviations: [0.25, 0.25, 0.25])
        let plain = try data()
        let changed = try plain.transformed(
            Compose {
                try Invert(); Normalize(half)
            })
        #expect(try changed.normalization == half)
        #expect(try changed.channelMeans == half.means)
        let expected = try samples(plain.batches(9)).map { (1 - $0 - 0.5) / 0.25 }
        expectEqual(
            try samples(changed.batches(9)), expected, tolerance: 1e-5, "by the pipeline")
        expectEqual(
            try samples(changed.batches(9, normalized: half)), expected, tolerance: 1e-5, "asked")
        let usual = try plain.transformed(try Invert())
        #expect(try usual.normalization == plain.normalization)
    }

    @Test("a change that gives other sizes or fails says so")
    func errors() throws {
        #expect(
            errorText { _ = try data().transformed(try CenterCrop(11)) }
                == "centerCropped: expected a size of 1 to 10 for 12x10 pixels, got 11")
        let uneven = try data(2).transformed(try RandomApply(probability: 0.5) { try Pad(1) })
        #expect(
            errorText {
                for seed in 0..<20 { _ = try samples(uneven.batches(2, seed: UInt64(seed))) }
            }.hasPrefix("ImageDataset: picture "))
    }
}
