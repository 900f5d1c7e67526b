import Hosting

/// Pictures of one size with a label each, in memory or in files that are read when asked for.
///
/// In memory they are bytes: 47 MB for 60,000 of 28x28. Of files only the names are kept.
///
///     let data = try FashionMNIST().train
///     data[0].image   // a picture
///     data.classes[data[0].label]
public struct ImageDataset: Sendable, RandomAccessCollection, CustomStringConvertible {
    /// The names of the labels.
    public let classes: [String]
    /// [C, H, W]
    public let imageShape: [Int]
    /// Why files were left out, each with its name; empty where none was.
    public let skipped: [String]
    let source: PictureSource
    let change: PictureChange?
    /// Which of the source's pictures belong to this data set, in order.
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
            channels: first.channels, labels: labels, classes: classes, statistics: nil,
            colorSpace: images.allSatisfy { $0.colorSpace == first.colorSpace }
                ? first.colorSpace : nil)
    }

    /// A data set from stored samples; `statistics` are those of a training part, where this is not
    /// one itself.
    init(
        pixels: [UInt8], count: Int, height: Int, width: Int, channels: Int, labels: [Int],
        classes: [String], statistics: ChannelStatistics?, colorSpace: ColorSpace? = nil
    ) throws {
        try Self.check(labels: labels, count: count, classes: classes)
        self.classes = classes
        imageShape = [channels, height, width]
        skipped = []
        source = .stored(
            StoredPictures(
                pixels: pixels, width: width, height: height, channels: channels,
                colorSpace: colorSpace))
        change = nil
        self.labels = labels
        order = Array(0..<count)
        self.statistics = statistics ?? ChannelStatistics(pixels: pixels, channels: channels)
    }

    /// A data set of files, of which the first says what size the others have where none is given.
    init(
        files: PictureFiles, labels: [Int], classes: [String], skipped: [String] = []
    ) throws {
        guard !files.paths.isEmpty else {
            throw DatasetError(.argument, "expected at least one picture, got none")
        }
        try Self.check(labels: labels, count: files.paths.count, classes: classes)
        if let size = files.size {
            imageShape = [files.channels] + size
        } else {
            let first = try files.unread(0)
            imageShape = [files.channels, first.height, first.width]
        }
        self.classes = classes
        self.skipped = skipped
        source = .files(files)
        change = nil
        self.labels = labels
        order = Array(files.paths.indices)
        statistics = ChannelStatistics(
            count: files.paths.count, channels: files.channels
        ) { try files.unread($0).whole() }
    }

    /// The pictures at some positions of another data set, with its statistics unless others are
    /// given.
    init(
        _ base: ImageDataset, positions: some Sequence<Int>, statistics: ChannelStatistics? = nil
    ) {
        source = base.source
        change = base.change
        skipped = base.skipped
        classes = base.classes
        imageShape = base.imageShape
        self.statistics = statistics ?? base.statistics
        order = positions.map { base.order[$0] }
        labels = positions.map { base.labels[$0] }
    }

    /// The pictures of another data set as they are in another place, with no statistics but those
    /// that were computed.
    init(_ base: ImageDataset, in source: PictureSource, order: [Int]) {
        classes = base.classes
        imageShape = base.imageShape
        skipped = base.skipped
        self.source = source
        change = base.change
        self.order = order
        labels = base.labels
        statistics = ChannelStatistics(base.statistics)
    }

    /// The pictures of another data set, each changed whenever it is asked for.
    ///
    /// The size of the first result is the new size. The statistics stay those of the unchanged
    /// pictures as long as the number of channels does.
    init(_ base: ImageDataset, change: PictureChange) throws {
        let apply = change.apply
        let earlier = base.change?.apply
        let whole = PictureChange(
            name: base.change.map { "\($0.name), \(change.name)" } ?? change.name,
            normalization: change.normalization ?? base.change?.normalization
        ) { picture, generator in
            let before = try earlier.map { UnreadImage(try $0(picture, &generator)) }
            return try apply(before ?? picture, &generator)
        }
        var generator = ShuffleGenerator(seed: 0)
        let first = try base.order.first.map {
            try whole.apply(try base.source.unread($0), &generator)
        }
        let shape = first.map { [$0.channels, $0.height, $0.width] } ?? base.imageShape
        if shape[0] == base.imageShape[0] {
            statistics = base.statistics
        } else {
            let (source, order) = (base.source, base.order)
            statistics = ChannelStatistics(count: order.count, channels: shape[0]) {
                var generator = ShuffleGenerator(seed: UInt64($0))
                return try whole.apply(try source.unread(order[$0]), &generator)
            }
        }
        source = base.source
        self.change = whole
        skipped = base.skipped
        classes = base.classes
        imageShape = shape
        order = base.order
        labels = base.labels
    }

    /// 0.
    public var startIndex: Int { 0 }
    /// The number of pictures.
    public var endIndex: Int { order.count }

    /// The picture and label at a position in `0..<count`, for files that are there; `sample(_:)`
    /// is the form that throws.
    public subscript(position: Int) -> Sample {
        precondition(
            indices.contains(position), "ImageDataset: index \(position) out of 0..<\(count)")
        do {
            return try sample(position)
        } catch {
            fatalError("\(error)")
        }
    }

    /// The picture and label at a position; a negative one counts from the end. Throws
    /// `DatasetError` when there is none, or its file cannot be read.
    ///
    /// Where pictures are changed by chance, it is the same change each time.
    public func sample(_ position: Int) throws -> Sample {
        let index = position < 0 ? position + count : position
        guard indices.contains(index) else {
            throw DatasetError(
                .argument,
                "ImageDataset: index out of range, expected \(-count) to \(count - 1), "
                    + "got \(position)")
        }
        return Sample(image: try image(index, seed: 0), label: labels[index])
    }

    /// The picture at a position in `0..<count` as a network takes it; one `seed` draws one change
    /// for it, on any thread.
    func image(_ position: Int, seed: UInt64) throws -> Image {
        let picture = try source.unread(order[position])
        let image: Image
        if let change {
            var mixer = ShuffleGenerator(seed: seed ^ UInt64(position))
            var generator = ShuffleGenerator(seed: mixer.next() ^ seed)
            image = try change.apply(picture, &generator)
        } else {
            image = try picture.whole()
        }
        guard [image.channels, image.height, image.width] == imageShape else {
            throw DatasetError(
                .corrupt,
                "ImageDataset: \(source.name(order[position])) differs from the first in size, "
                    + "expected \(Self.text(imageShape)), got \(image)"
                    + (change == nil ? "; give the size that all are brought to: size: 224" : ""))
        }
        return image
    }

    /// The means of the training samples in 0...1, channel by channel.
    ///
    /// Of many files a thousand are read for it. Where a `Normalize` changes the pictures, it is
    /// its means. Throws where a file cannot be read.
    public var channelMeans: [Double] {
        get throws { try change?.normalization?.means ?? statistics.computed().means }
    }

    /// The deviations of the training samples in 0...1, channel by channel, of as many pictures as
    /// `channelMeans`.
    public var channelDeviations: [Double] {
        get throws { try change?.normalization?.deviations ?? statistics.computed().deviations }
    }

    /// The normalisation that brings the training samples to mean 0 and deviation 1.
    public var normalization: Normalization {
        get throws { try Normalization(means: channelMeans, deviations: channelDeviations) }
    }

    /// The first `count` pictures, or all where there are fewer; none for a negative count.
    public func prefix(_ count: Int) -> ImageDataset {
        ImageDataset(self, positions: 0..<Swift.max(0, Swift.min(count, self.count)))
    }

    /// Size, colour and number of pictures and classes, what was left out and what changes them.
    public var description: String {
        let left = skipped.isEmpty ? "" : ", \(skipped.count) damaged files skipped"
        return "ImageDataset: \(count) pictures \(Self.text(imageShape)), "
            + "\(classes.count) classes\(left)\(change.map { ", changed by \($0.name)" } ?? "")"
    }

    private static func text(_ shape: [Int]) -> String {
        let color = shape[0] == 1 ? "grey" : shape[0] == 3 ? "RGB" : "RGBA"
        return "\(shape[2])x\(shape[1]) \(color)"
    }

    private static func check(labels: [Int], count: Int, classes: [String]) throws {
        guard labels.count == count else {
            throw DatasetError(
                .corrupt, "expected one label a picture, got \(labels.count) for \(count) pictures")
        }
        if let index = labels.firstIndex(where: { !classes.indices.contains($0) }) {
            throw DatasetError(
                .corrupt,
                "label \(index) is \(labels[index]), expected 0 to \(classes.count - 1)")
        }
    }
}
