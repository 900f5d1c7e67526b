/// MNIST: handwritten digits, 28x28 grey, 10 classes (LeCun, Cortes, Burges 1998).
///
///     let data = try MNIST()
///     print(data.train.count, data.train[0].label)
public struct MNIST: Sendable, CustomStringConvertible {
    /// The digits to learn from: 60,000 of the IDX files, 4,000 of the small table.
    public let train: ImageDataset
    /// The digits to test with; its statistics are those of `train`.
    public let test: ImageDataset
    /// `0` to `9`.
    public var classes: [String] { train.classes }

    /// Reads the four IDX files of the data set, or a CSV table of 784 samples and a label a line.
    ///
    /// `path` is the folder of the IDX files (gzipped or not) or of the table, or the table itself;
    /// without it it is where `make data` puts 5,000 digits. A table is divided: a fifth of each
    /// class is for testing. Throws `DatasetError` when a file is missing or damaged.
    public init(path: String? = nil) throws {
        let folder = path.map(DataFolder.expanded) ?? DataFolder.path("mnist")
        (train, test) = try ImageFolder.named("MNIST") {
            if !DataFolder.isFolder(folder), path != nil { return try Self.table(folder) }
            if let images = Self.file("train-images", rank: 3, in: folder) {
                let train = try Self.part("train", images: images, in: folder, nil)
                guard let images = Self.file("t10k-images", rank: 3, in: folder) else {
                    throw Self.missing("t10k-images-idx3-ubyte.gz", in: folder)
                }
                return (train, try Self.part("t10k", images: images, in: folder, train.statistics))
            }
            let files = DataFolder.isFolder(folder) ? try FolderListing(folder).files : []
            guard
                let table = files.first(where: { $0.hasSuffix(".csv") || $0.hasSuffix(".csv.gz") })
            else { throw Self.missing("train-images-idx3-ubyte.gz or mnist_5k.csv.gz", in: folder) }
            return try Self.table("\(folder)/\(table)")
        }
    }

    /// The numbers of pictures and classes.
    public var description: String {
        "MNIST: \(train.count) training and \(test.count) test pictures, "
            + "\(classes.count) classes"
    }

    private static let digits = (0...9).map(String.init)

    private static func table(_ path: String) throws -> (ImageDataset, ImageDataset) {
        let table = try NumberTable(path, samples: 784, greatest: 255, labels: 10)
        let all = try ImageDataset(
            pixels: table.samples, count: table.labels.count, height: 28, width: 28, channels: 1,
            labels: table.labels, classes: digits, statistics: nil)
        return try all.divided(test: 0.2, seed: 0)
    }

    private static func part(
        _ name: String, images path: String, in folder: String, _ statistics: ChannelStatistics?
    ) throws -> ImageDataset {
        guard let labels = file("\(name)-labels", rank: 1, in: folder) else {
            throw missing("\(name)-labels-idx1-ubyte.gz", in: folder)
        }
        return try ImageDataset(
            images: IDXFile(path, rank: 3), labels: IDXFile(labels, rank: 1), classes: digits,
            statistics: statistics)
    }

    private static func file(_ name: String, rank: Int, in folder: String) -> String? {
        DataFolder.first(
            ["-idx\(rank)-ubyte.gz", "-idx\(rank)-ubyte", ".idx\(rank)-ubyte"].map { name + $0 },
            in: folder)
    }

    private static func missing(_ name: String, in folder: String) -> DatasetError {
        DatasetError(
            .missing,
            "there is no \(name) in \"\(folder)\"; `make data` fetches 5,000 digits, or name the "
                + "folder: MNIST(path: \"...\")")
    }
}
