import Hosting
import Tensors

extension ImageDataset {
    /// The same pictures, read and changed once on all processors and kept in memory from then on:
    /// for files that are slow to read and are gone through many times.
    ///
    ///     let small = try data.train.transformed(Resize(96, 96)).inMemory()
    ///
    /// Where pictures are changed by chance, one change of each is kept. Throws `DatasetError` where
    /// they do not fit into memory or a `Normalize` changes them, and what reading a file throws.
    public func inMemory() throws -> ImageDataset {
        let operation = "ImageDataset.inMemory"
        guard !isNormalized else {
            throw DatasetError(
                .argument,
                "\(operation): a Normalize changes the pictures, expected it to come after "
                    + "inMemory(), which keeps bytes")
        }
        var bytes = count
        for size in imageShape {
            let (product, overflow) = bytes.multipliedReportingOverflow(by: size)
            bytes = overflow ? .max : product
        }
        guard bytes <= Memory.budget / 2 else {
            throw DatasetError(
                .argument,
                "\(operation): too many pictures, expected at most \(Memory.budget / 2) bytes, got "
                    + "\(bytes)")
        }
        let work = OrderedWork(count: count) { try image($0, seed: 0) }
        let reporter = ProgressReporter("Reading", total: count, unit: "pictures")
        var pixels: [UInt8] = []
        pixels.reserveCapacity(bytes)
        var spaces: Set<ColorSpace?> = []
        while let image = try work.next() {
            pixels += image.bytes
            spaces.insert(image.colorSpace)
            reporter.advance()
        }
        reporter.finish()
        return try ImageDataset(
            pixels: pixels, count: count, height: imageShape[1], width: imageShape[2],
            channels: imageShape[0], labels: labels, classes: classes, statistics: statistics,
            colorSpace: spaces.count == 1 ? spaces.first ?? nil : nil)
    }
}
