/// Handwritten digits of 8x8 pixels, 1,797 of them in 10 classes (Alpaydin, Kaynak 1998): small
/// enough to try anything in seconds.
///
///     let data = try Digits()
///     print(data.train.count, data.train.imageShape)  // 1438 [1, 8, 8]
public struct Digits: Sendable, CustomStringConvertible {
    /// Four fifths of each class.
    public let train: ImageDataset
    /// A fifth of each class; its statistics are those of `train`.
    public let test: ImageDataset
    /// `0` to `9`.
    public var classes: [String] { train.classes }

    /// Reads the table of 64 samples of 0 to 16 and a label a line, gzipped or not; the samples
    /// become 0 to 255.
    ///
    /// Without a `path` it is where `make data` puts it. Throws `DatasetError` when the file is
    /// missing or damaged.
    public init(path: String? = nil) throws {
        (train, test) = try ImageFolder.named("Digits") {
            let file = path.map(DataFolder.expanded) ?? DataFolder.path("digits/digits.csv.gz")
            do {
                let table = try NumberTable(file, samples: 64, greatest: 16, labels: 10)
                let all = try ImageDataset(
                    pixels: table.samples.map { UInt8((Int($0) * 255 + 8) / 16) },
                    count: table.labels.count, height: 8, width: 8, channels: 1,
                    labels: table.labels, classes: (0...9).map(String.init), statistics: nil)
                return try all.divided(test: 0.2, seed: 0)
            } catch let error as DatasetError where error.kind == .missing {
                throw DatasetError(
                    .missing,
                    "\(error.description); `make data` fetches it, or name the table: "
                        + "Digits(path: \"...\")")
            }
        }
    }

    /// The numbers of pictures and classes.
    public var description: String {
        "Digits: \(train.count) training and \(test.count) test pictures, "
            + "\(classes.count) classes"
    }
}
