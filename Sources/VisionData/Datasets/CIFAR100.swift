/// CIFAR-100: 60,000 photographs of 32x32 pixels in 100 classes, or in 20 wider ones (Krizhevsky
/// 2009).
///
///     let data = try CIFAR100(path: "cifar-100-binary")
///     data.classes[data.train[0].label]
public struct CIFAR100: Sendable, CustomStringConvertible {
    /// 50,000 pictures.
    public let train: ImageDataset
    /// 10,000 pictures; its statistics are those of `train`.
    public let test: ImageDataset
    /// The names of the labels.
    public var classes: [String] { train.classes }

    /// Reads the binary form: `train.bin`, `test.bin` and the names of the classes beside them,
    /// which are numbers where those files are missing.
    ///
    /// `path` is their folder, or the one that holds `cifar-100-binary`; `coarse` takes the 20 wider
    /// classes. Throws `DatasetError` when a file is missing or damaged.
    public init(path: String? = nil, coarse: Bool = false) throws {
        let folder = CIFARFile.folder(path, "cifar-100-binary")
        (train, test) = try ImageFolder.named("CIFAR100") {
            do {
                let count = coarse ? 20 : 100
                let file = "\(coarse ? "coarse" : "fine")_label_names.txt"
                let names = try CIFARFile.names(file, in: folder) ?? (0..<count).map(String.init)
                guard names.count == count else {
                    throw DatasetError(
                        .corrupt,
                        "\"\(folder)/\(file)\": expected \(count) names, got \(names.count)")
                }
                func part(_ name: String) throws -> CIFARFile {
                    try CIFARFile(
                        ["\(folder)/\(name).bin"], labelCount: 2, label: coarse ? 0 : 1,
                        classes: count)
                }
                let train = try part("train").dataset(names)
                return (train, try part("test").dataset(names, train.statistics))
            } catch let error as DatasetError {
                throw CIFARFile.advice(error, "cifar-100-binary.tar.gz", "CIFAR100")
            }
        }
    }

    /// The numbers of pictures and classes.
    public var description: String {
        "CIFAR100: \(train.count) training and \(test.count) test pictures, "
            + "\(classes.count) classes"
    }
}
