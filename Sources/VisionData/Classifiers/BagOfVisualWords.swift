import Hosting
import OneDNN
import Tensors

/// Describes a picture by which small patches occur in it how often, wherever they are (Csurka and
/// others 2004).
///
/// Patches lie on a grid, each described as `sift` does; `fit` groups those of many pictures into
/// `words`, and `features` counts the words of each picture.
///
///     let bag = BagOfVisualWords(words: 64)
///     bag.fit(data.train.prefix(1000))
///     let features = bag.features(data.train)  // [N, 64]
public final class BagOfVisualWords: CustomStringConvertible {
    /// How many words there are.
    public let words: Int
    /// The distance between patches in pixels.
    public let step: Int
    /// The side of a patch in pixels.
    public let size: Int
    /// What the first words are drawn with.
    let seed: Int
    private let means: KMeans
    private var isFitted = false

    /// The most patches that the words are found among.
    private static let sampleLimit = 100_000

    /// Throws when there are not 2 to 10000 words or step or size are not 1 to 256 pixels.
    public init(words: Int, step: Int = 4, size: Int = 12, seed: Int = 0) throws {
        guard (2...10_000).contains(words), (1...256).contains(step), (4...256).contains(size)
        else {
            throw TensorError(
                .value, "BagOfVisualWords", "an argument is out of range",
                expected: "2 to 10000 words, a step of 1 to 256 and a size of 4 to 256 pixels",
                got: "words: \(words), step: \(step), size: \(size)")
        }
        self.words = words
        self.step = step
        self.size = size
        self.seed = seed
        means = try KMeans(clusters: words, iterations: 30, seed: seed)
    }

    /// Finds the words of some pictures. Throws when they have fewer patches than words.
    public func fit(_ images: [Image]) throws { try learn(images.count) { images[$0] } }

    /// Finds the words of the pictures of a data set.
    public func fit(_ data: ImageDataset) throws {
        try learn(data.count) { try data.sample($0).image }
    }

    /// How often each word occurs in each picture, as shares of all its patches, [N, words].
    public func features(_ images: [Image]) throws -> Tensor {
        try count(images.count) { images[$0] }
    }

    /// How often each word occurs in each picture of a data set, [N, words].
    public func features(_ data: ImageDataset) throws -> Tensor {
        try count(data.count) { try data.sample($0).image }
    }

    /// What the patches of each word look like on average, [words, 128]. Throws before `fit`.
    public var vocabulary: Tensor { get throws { try means.centers } }

    private func learn(_ count: Int, _ image: (Int) throws -> Image) throws {
        isFitted = false
        var sample: [Float] = []
        var number = 0
        var generator = RandomGenerator(seed: seed)
        let reporter = ProgressReporter("Patches", total: count, unit: "pictures")
        // A random order, so that the patches that fit into the sample stand for all.
        for index in (0..<count).shuffled(using: &generator) {
            guard number < Self.sampleLimit else { break }
            let patches = try descriptors(try image(index))
            sample += patches
            number += patches.count / SIFTDescriptor.count
            reporter.advance()
        }
        reporter.finish()
        guard number >= words else {
            throw TensorError(
                .value, "fit", "the pictures have fewer patches than there are words",
                expected: "at least \(words) patches", got: "\(number)")
        }
        try means.fit(try Tensor(sample, shape: [number, SIFTDescriptor.count]))
        isFitted = true
    }

    private func count(_ count: Int, _ image: (Int) throws -> Image) throws -> Tensor {
        guard isFitted else {
            throw TensorError(
                .value, "features", "it has learned nothing yet", expected: "fit(images) first")
        }
        guard count > 0 else {
            throw TensorError(.shape, "features", "there are no pictures")
        }
        let reporter = ProgressReporter("Visual words", total: count, unit: "pictures")
        let features = try Tensor.unsafeUninitialized(
            shape: [count, words], dtype: .float32
        ) { buffer in
            guard let out = buffer.bindMemory(to: Float.self).baseAddress else { return }
            out.update(repeating: 0, count: count * words)
            for index in 0..<count {
                let patches = try descriptors(try image(index))
                let number = patches.count / SIFTDescriptor.count
                if number > 0 {
                    let assigned = try means.assigned(
                        try Tensor(patches, shape: [number, SIFTDescriptor.count]))
                    for word in assigned { out[index * words + word] += 1 / Float(number) }
                }
                reporter.advance()
            }
        }
        reporter.finish()
        return features
    }

    /// The descriptors of a picture's patches one after the other; those of flat patches are left
    /// out.
    private func descriptors(_ image: Image) throws -> [Float] {
        let plane = try FloatPlane(image.grayscale(), channel: 0, scale: 1).blurred(0.8)
        let describer = SIFTDescriptor(plane)
        let columns = Array(stride(from: step / 2, to: image.width, by: step))
        let rows = Array(stride(from: step / 2, to: image.height, by: step))
        let count = columns.count * rows.count
        let length = SIFTDescriptor.count
        guard count <= 1_000_000 else {
            throw TensorError(
                .value, "BagOfVisualWords", "the picture has too many patches",
                expected: "at most 1000000, by a larger step", got: "\(count)")
        }
        var values = [Float](repeating: 0, count: count * length)
        try values.withUnsafeMutableBufferPointer { values in
            guard let out = values.baseAddress else { return }
            try forEachStretch(count, cost: 40 * size * size) { part in
                for index in part {
                    describer.write(
                        x: Double(columns[index % columns.count]),
                        y: Double(rows[index / columns.count]), angle: 0,
                        scale: Double(size) / 12, into: out + index * length)
                }
            }
        }
        return (0..<count).flatMap { index -> ArraySlice<Float> in
            let row = values[index * length..<(index + 1) * length]
            return row.contains { $0 != 0 } ? row : []
        }
    }

    /// How it is made, without what is as usual.
    public var description: String {
        written(
            "BagOfVisualWords",
            [("words", words, nil), ("step", step, 4), ("size", size, 12), ("seed", seed, 0)])
    }
}
