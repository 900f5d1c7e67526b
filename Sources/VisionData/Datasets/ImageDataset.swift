import Hosting

/// Pictures of one size with a label each, kept as bytes: 47 MB for 60,000 of 28x28.
///
///     let data = try FashionMNIST().train
///     data[0].image   // a picture
///     data.classes[data[0].label]
public struct ImageDataset: Sendable, RandomAccessCollection, CustomStringConvertible {
    /// The names of the labels.
    public let classes: [String]
    /// [C, H, W]
    public let imageShape: [Int]
    let pixels: [UInt8]
    /// Which of the stored pictures belong to this data set, in order.
    let order: [Int]
    /// The label of each picture, in order.
    public let labels: [Int]
    let statistics: ChannelStatistics

    /// A data set of pictures that share one size and number of channels.
    ///
    /// Throws `DatasetError` when there is no picture, the sizes differ, or a label is not in
    /// `0..<classes.count`.
    public init(images: [Image], labels: [Int], classes: [String]) throws {
        guard let first = images.first else {
            throw DatasetError(.argument, "ImageDataset: expected at least one picture, got none")
        }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(images.count * first.bytes.count)
        for (index, image) in images.enumerated() {
            guard image.width == first.width, image.height == first.height,
                image.channels == first.channels
            else {
                throw DatasetError(
                    .argument,
                    "ImageDataset: picture \(index) differs in size, expected \(first), "
                        + "got \(image)")
            }
            pixels += image.bytes
        }
        try self.init(
            pixels: pixels, count: images.count, height: first.height, width: first.width,
            channels: first.channels, labels: labels, classes: classes, statistics: nil)
    }

    /// A data set from stored samples; `statistics` are those of a training part, where this is not
    /// one itself.
    init(
        pixels: [UInt8], count: Int, height: Int, width: Int, channels: Int, labels: [Int],
        classes: [String], statistics: ChannelStatistics?
    ) throws {
        guard labels.count == count else {
            throw DatasetError(
                .corrupt, "expected one label a picture, got \(labels.count) for \(count) pictures")
        }
        if let index = labels.firstIndex(where: { !classes.indices.contains($0) }) {
            throw DatasetError(
                .corrupt,
                "label \(index) is \(labels[index]), expected 0 to \(classes.count - 1)")
        }
        self.pixels = pixels
        self.classes = classes
        imageShape = [channels, height, width]
        self.labels = labels
        order = Array(0..<count)
        self.statistics = statistics ?? ChannelStatistics(pixels: pixels, channels: channels)
    }

    /// The pictures at some positions of another data set.
    private init(_ base: ImageDataset, positions: some Sequence<Int>) {
        pixels = base.pixels
        classes = base.classes
        imageShape = base.imageShape
        statistics = base.statistics
        order = positions.map { base.order[$0] }
        labels = positions.map { base.labels[$0] }
    }

    /// 0.
    public var startIndex: Int { 0 }
    /// The number of pictures.
    public var endIndex: Int { order.count }

    /// The picture and label at a position in `0..<count`; `sample(_:)` is the form that throws.
    public subscript(position: Int) -> Sample {
        precondition(
            indices.contains(position), "ImageDataset: index \(position) out of 0..<\(count)")
        return stored(position)
    }

    /// The picture and label at a position; a negative one counts from the end. Throws
    /// `DatasetError` when there is none.
    public func sample(_ position: Int) throws -> Sample {
        let index = position < 0 ? position + count : position
        guard indices.contains(index) else {
            throw DatasetError(
                .argument,
                "ImageDataset: index out of range, expected \(-count) to \(count - 1), "
                    + "got \(position)")
        }
        return stored(index)
    }

    /// The means of the training samples in 0...1, channel by channel.
    public var channelMeans: [Double] { statistics.computed().means }

    /// The deviations of the training samples in 0...1, channel by channel.
    public var channelDeviations: [Double] { statistics.computed().deviations }

    /// The normalisation that brings the training samples to mean 0 and deviation 1.
    public var normalization: Normalization {
        get throws { try Normalization(means: channelMeans, deviations: channelDeviations) }
    }

    /// The first `count` pictures, or all where there are fewer; none for a negative count.
    public func prefix(_ count: Int) -> ImageDataset {
        ImageDataset(self, positions: 0..<Swift.max(0, Swift.min(count, self.count)))
    }

    /// Two parts drawn at random: `fraction` of the pictures for validation, the others for training.
    ///
    /// One `seed` gives one split. Throws when `fraction` is not within 0...1.
    public func split(
        validation fraction: Double, seed: UInt64 = 0
    ) throws -> (train: ImageDataset, validation: ImageDataset) {
        guard (0...1).contains(fraction) else {
            throw DatasetError(
                .argument, "split: expected a fraction within 0...1, got \(fraction)")
        }
        var generator = ShuffleGenerator(seed: seed)
        let shuffled = indices.shuffled(using: &generator)
        let count = Int((Double(self.count) * fraction).rounded())
        return (
            ImageDataset(self, positions: shuffled.dropFirst(count).sorted()),
            ImageDataset(self, positions: shuffled.prefix(count).sorted())
        )
    }

    /// Size, colour and number of pictures and classes.
    public var description: String {
        let (channels, height, width) = (imageShape[0], imageShape[1], imageShape[2])
        let color = channels == 1 ? "grey" : channels == 3 ? "RGB" : "RGBA"
        return "ImageDataset: \(count) pictures \(width)x\(height) \(color), "
            + "\(classes.count) classes"
    }

    private func stored(_ position: Int) -> Sample {
        let (channels, height, width) = (imageShape[0], imageShape[1], imageShape[2])
        let size = channels * height * width
        let start = order[position] * size
        let image = Image(
            unchecked: Array(pixels[start..<start + size]), width: width, height: height,
            channels: channels)
        return Sample(image: image, label: labels[position])
    }
}

extension ImageDataset: Displayable {
    /// The first pictures with their classes as a sheet, and the description.
    public func mimeBundle() throws -> MIMEBundle {
        guard !isEmpty else { return MIMEBundle(plain: description) }
        let shown = try (0..<Swift.min(16, count)).map { try sample($0) }
        var bundle = try grid(
            shown.map(\.image), columns: 8, captions: shown.map { classes[$0.label] }
        ).mimeBundle()
        bundle["text/plain"] = .text(description)
        return bundle
    }
}
