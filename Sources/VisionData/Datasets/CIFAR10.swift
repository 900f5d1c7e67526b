/// CIFAR-10: 60,000 photographs of 32x32 pixels in 10 classes (Krizhevsky 2009).
///
///     let data = try CIFAR10(path: "cifar-10-batches-bin")
///     fit(model, train: data.train, validation: data.test)
public struct CIFAR10: Sendable, CustomStringConvertible {
    /// 50,000 pictures, 5,000 of each class.
    public let train: ImageDataset
    /// 10,000 pictures, 1,000 of each class; its statistics are those of `train`.
    public let test: ImageDataset
    /// The names of the labels 0 to 9.
    public var classes: [String] { train.classes }

    /// Reads the binary form: `data_batch_1.bin` to `data_batch_5.bin` and `test_batch.bin`.
    ///
    /// `path` is their folder, or the one that holds `cifar-10-batches-bin`. Throws `DatasetError`
    /// when a file is missing or damaged.
    public init(path: String? = nil) throws {
        let folder = CIFARFile.folder(path, "cifar-10-batches-bin")
        (train, test) = try ImageFolder.named("CIFAR10") {
            do {
                let classes =
                    try CIFARFile.names("batches.meta.txt", in: folder).map { Array($0.prefix(10)) }
                    ?? Self.names
                let train = try CIFARFile(
                    (1...5).map { "\(folder)/data_batch_\($0).bin" }, classes: classes.count
                ).dataset(classes)
                let test = try CIFARFile(["\(folder)/test_batch.bin"], classes: classes.count)
                    .dataset(classes, train.statistics)
                return (train, test)
            } catch let error as DatasetError {
                throw CIFARFile.advice(error, "cifar-10-binary.tar.gz", "CIFAR10")
            }
        }
    }

    /// The numbers of pictures and classes.
    public var description: String {
        "CIFAR10: \(train.count) training and \(test.count) test pictures, "
            + "\(classes.count) classes"
    }

    private static let names = [
        "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
    ]
}
