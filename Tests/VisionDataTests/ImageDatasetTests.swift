import Testing
import VisionData

@Suite("Data sets of pictures")
struct ImageDatasetTests {
    /// Ten 2x1 pictures whose samples are 10 * i + channel, with labels i % 3.
    static func ten(channels: Int = 3) throws -> ImageDataset {
        let images = try (0..<10).map { index in
            try Image(
                width: 2, height: 1, channels: channels,
                bytes: (0..<2 * channels).map { UInt8(10 * index + $0 % channels) })
        }
        return try ImageDataset(
            images: images, labels: (0..<10).map { $0 % 3 }, classes: ["a", "b", "c"])
    }

    @Test("samples are the pictures and labels given")
    func samples() throws {
        let data = try Self.ten()
        #expect(data.count == 10 && data.imageShape == [3, 1, 2])
        #expect(data[4].image.bytes == [40, 41, 42, 40, 41, 42] && data[4].label == 1)
        #expect(try data.sample(-1) == data[9])
        #expect(data.map(\.label) == data.labels)
        #expect(data.description == "ImageDataset: 10 pictures 2x1 RGB, 3 classes")
        #expect(
            errorText { _ = try data.sample(10) }
                == "ImageDataset: index out of range, expected -10 to 9, got 10")
    }

    @Test("pictures that are changed can be kept in memory")
    func inMemory() throws {
        let data = try Self.ten().transformed(Resize(4, 3))
        let kept = try data.inMemory()
        #expect(kept.imageShape == [3, 3, 4] && kept.labels == data.labels)
        #expect(kept.classes == data.classes)
        for index in data.indices { #expect(kept[index] == data[index]) }
        #expect(try kept.channelMeans == data.channelMeans)
        #expect(kept.description == "ImageDataset: 10 pictures 4x3 RGB, 3 classes")
        let normalized = try data.transformed(Normalize(data.normalization))
        #expect(
            errorText { _ = try normalized.inMemory() }
                == "ImageDataset.inMemory: a Normalize changes the pictures, expected it to come "
                + "after inMemory(), which keeps bytes")
    }

    @Test("statistics are exact, channel by channel")
    func statistics() throws {
        let data = try Self.ten()
        let levels = (0..<10).map { Double(10 * $0) }
        let deviation = (levels.map { ($0 - 45) * ($0 - 45) }.reduce(0, +) / 10).squareRoot()
        for channel in 0..<3 {
            #expect(try abs(data.channelMeans[channel] * 255 - 45 - Double(channel)) < 1e-9)
            #expect(try abs(data.channelDeviations[channel] * 255 - deviation) < 1e-9)
        }
    }

    @Test("a prefix has the first samples and the whole set's statistics")
    func prefix() throws {
        let data = try Self.ten()
        let part = data.prefix(4)
        #expect(part.labels == [0, 1, 2, 0] && part[3] == data[3])
        #expect(try part.channelMeans == data.channelMeans)
        #expect(data.prefix(99).count == 10 && data.prefix(-1).isEmpty)
    }

    @Test("a split parts the set at random, the same for one seed")
    func split() throws {
        let data = try Self.ten()
        func first(_ data: ImageDataset) -> [UInt8] { data.map { $0.image.bytes[0] } }
        let (train, validation) = try data.split(validation: 0.3, seed: 5)
        #expect(train.count == 7 && validation.count == 3)
        #expect((first(train) + first(validation)).sorted() == first(data))
        #expect(try first(data.split(validation: 0.3, seed: 5).validation) == first(validation))
        let others = try (0..<8).map { try first(data.split(validation: 0.3, seed: $0).validation) }
        #expect(Set(others).count > 1)
        #expect(validation.prefix(2)[1] == validation[1])
        #expect(
            errorText { _ = try data.split(validation: 1.5) }
                == "split: 'validation' is out of range, expected a fraction within 0...1, got 1.5")
    }

    @Test("a stratified split gives each part its share of every class")
    func stratified() throws {
        let image = try Image.filled(width: 1, height: 1, color: [0])
        let labels =
            [Int](repeating: 0, count: 60) + [Int](repeating: 1, count: 30)
            + [Int](repeating: 2, count: 10)
        let data = try ImageDataset(
            images: Array(repeating: image, count: 100), labels: labels, classes: ["a", "b", "c"])
        for seed in 0..<5 as Range<UInt64> {
            let two = try data.split(validation: 0.2, stratified: true, seed: seed)
            #expect(two.validation.classCounts == [12, 6, 2])
            let three = try data.split(validation: 0.1, test: 0.3, stratified: true, seed: seed)
            #expect(three.train.classCounts == [36, 18, 6])
            #expect(three.validation.classCounts == [6, 3, 1])
            #expect(three.test.classCounts == [18, 9, 3])
        }
        // Shares that are no whole numbers still make up the size asked for.
        let ten = try Self.ten().split(validation: 0.5, stratified: true)
        #expect(ten.validation.count == 5 && ten.validation.classCounts == [2, 2, 1])
        #expect(
            errorText { _ = try data.split(validation: 0.6, test: 0.6) }
                == "split: the fractions exceed 1 together, expected at most 1, got 1.2")
    }

    @Test("pictures that differ and labels without a class are refused")
    func errors() throws {
        let small = try Image.filled(width: 2, height: 1, color: [0])
        let large = try Image.filled(width: 2, height: 2, color: [0])
        #expect(
            errorText {
                _ = try ImageDataset(images: [small, large], labels: [0, 0], classes: ["a"])
            } == """
                ImageDataset: picture 1 differs in size, expected Image 2x1 grey, got Image 2x2 grey
                """)
        #expect(
            errorText { _ = try ImageDataset(images: [small], labels: [1], classes: ["a"]) }
                == "label 0 is 1, expected 0 to 0")
        #expect(throws: DatasetError.self) {
            try ImageDataset(images: [small], labels: [], classes: ["a"])
        }
        #expect(throws: DatasetError.self) {
            try ImageDataset(images: [], labels: [], classes: [])
        }
    }

    @Test("a data set shows its first pictures")
    func shown() throws {
        let bundle = try Self.ten().mimeBundle()
        #expect(bundle.plain == "ImageDataset: 10 pictures 2x1 RGB, 3 classes")
        #expect(bundle["image/png"] != nil)
        let sample = try Self.ten()[4].mimeBundle()
        #expect(sample.plain == "Sample: Image 2x1 RGB, label 1" && sample["image/png"] != nil)
    }
}
