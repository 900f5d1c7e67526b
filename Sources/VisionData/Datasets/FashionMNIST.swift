import Glibc

/// Fashion-MNIST: 60,000 training and 10,000 test pictures of clothes, 28x28 grey, 10 classes
/// (Xiao, Rasul, Vollgraf 2017).
///
///     let data = try FashionMNIST()
///     print(data.train.count, data.classes[data.train[0].label])
public struct FashionMNIST: Sendable, CustomStringConvertible {
    /// 60,000 pictures, 6,000 of each class.
    public let train: ImageDataset
    /// 10,000 pictures, 1,000 of each class; its statistics are those of `train`.
    public let test: ImageDataset
    /// The names of the labels 0 to 9.
    public var classes: [String] { train.classes }

    /// The folder of Debian's package `dataset-fashion-mnist`.
    public static let systemFolder = "/usr/share/datasets/fashion-mnist"

    /// Reads the four `.gz` files of the data set.
    ///
    /// They are looked for in `path`, without it in the folder that the environment variable
    /// `FASHION_MNIST` names, without that in Debian's. Throws `DatasetError` when a file is
    /// missing or damaged.
    public init(path: String? = nil) throws {
        let folder =
            path ?? getenv("FASHION_MNIST").map { String(cString: $0) }
            ?? Self.systemFolder
        let classes = [
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker",
            "Bag", "Ankle boot",
        ]
        train = try Self.part("train", in: folder, classes: classes, statistics: nil)
        test = try Self.part("t10k", in: folder, classes: classes, statistics: train.statistics)
    }

    /// The numbers of pictures and classes.
    public var description: String {
        "FashionMNIST: \(train.count) training and \(test.count) test pictures, "
            + "\(classes.count) classes"
    }

    private static func part(
        _ name: String, in folder: String, classes: [String], statistics: ChannelStatistics?
    ) throws -> ImageDataset {
        do {
            return try ImageDataset(
                images: IDXFile("\(folder)/\(name)-images-idx3-ubyte.gz", rank: 3),
                labels: IDXFile("\(folder)/\(name)-labels-idx1-ubyte.gz", rank: 1),
                classes: classes, statistics: statistics)
        } catch let error as DatasetError {
            let advice =
                error.kind == .missing
                ? "; apt-get install dataset-fashion-mnist puts the data into \(systemFolder), or "
                    + "name its folder: FashionMNIST(path: \"...\")" : ""
            throw DatasetError(error.kind, "FashionMNIST: \(error.description)\(advice)")
        }
    }
}
