import Hosting
import Tensors

/// Labelled pictures in files: a folder for each class, or a table of paths and labels.
///
///     let data = try ImageFolder("pets", size: 64)
///     fit(model, train: data.train, validation: data.test)
///
/// Only the names are kept in memory; a picture is read whenever it is asked for.
public struct ImageFolder: Sendable, CustomStringConvertible {
    /// The pictures to learn from.
    public let train: ImageDataset
    /// The pictures to test with; their statistics are those of `train`.
    public let test: ImageDataset
    /// The names of the classes, in the order of the labels.
    public var classes: [String] { train.classes }
    /// Why files were left out, each with its name; empty where none was.
    public var skipped: [String] { train.skipped }

    /// The pictures of a folder that holds a folder for each class, or `train` and `test` (or
    /// `val`, `valid`, `validation`) with such folders.
    ///
    /// - Parameters:
    ///   - path: the folder. A picture may lie anywhere below the folder of its class.
    ///   - size: what each picture is brought to, one number or `[height, width]`: the middle of it,
    ///     scaled so that it just covers the size. Without it the pictures stay as they are.
    ///   - channels: 3 for RGB, 1 for grey. Transparent parts lie on white.
    ///   - test: the share of each class that is for testing, where the folder does not say.
    ///   - damaged: whether files that cannot be read are an error or left out.
    ///   - seed: what the share is drawn from.
    ///
    /// Throws `DatasetError` when the folder is missing or has no classes with pictures, or an
    /// argument is out of range.
    public init(
        _ path: String, size: (any IntOrPair)? = nil, channels: Int = 3, test: Double = 0.2,
        damaged: DamagedFiles = .refuse, seed: UInt64 = 0
    ) throws {
        self = try Self.named("ImageFolder") {
            try Self.checkFraction(test)
            let folder = DataFolder.expanded(path)
            let listing = try FolderListing(folder)
            let reader = try ImageFiles(size: size, channels: channels, damaged: damaged)
            let others = ["test", "val", "valid", "validation"]
            if listing.folders.contains("train"),
                let other = others.first(where: listing.folders.contains)
            {
                let train = try LabelledPaths(classesIn: "\(folder)/train")
                let test = try LabelledPaths(classesIn: "\(folder)/\(other)", as: train.classes)
                return try ImageFolder(try reader.dataset(train), try reader.dataset(test))
            }
            return try ImageFolder(
                try reader.dataset(LabelledPaths(classesIn: folder)), test: test, seed: seed)
        }
    }

    /// The pictures that a CSV table names, with their labels.
    ///
    /// - Parameters:
    ///   - table: the table. Its first line names the columns, unless its first cell names a picture.
    ///   - images: the column of paths, which are relative to the table's folder; without it the one
    ///     named path, file, filename, image, image_path or picture, or the first.
    ///   - labels: the column of labels, which are numbers or names; without it the one named label,
    ///     class, category or target, or the one after the paths.
    ///   - size: what each picture is brought to; without it the pictures stay as they are.
    ///   - channels: 3 for RGB, 1 for grey.
    ///   - test: the share of each class that is for testing.
    ///   - damaged: whether files that cannot be read are an error or left out.
    ///   - seed: what the share is drawn from.
    ///
    /// The others are as for folders. Throws `DatasetError` when the table is missing, breaks the
    /// rules of CSV, has no such columns, or names a file that is not there.
    public init(
        table: String, images: String? = nil, labels: String? = nil,
        size: (any IntOrPair)? = nil, channels: Int = 3, test: Double = 0.2,
        damaged: DamagedFiles = .refuse, seed: UInt64 = 0
    ) throws {
        self = try Self.named("ImageFolder") {
            try Self.checkFraction(test)
            let reader = try ImageFiles(size: size, channels: channels, damaged: damaged)
            let paths = try LabelledPaths(
                table: DataFolder.expanded(table), images: images, labels: labels)
            return try ImageFolder(try reader.dataset(paths), test: test, seed: seed)
        }
    }

    /// The numbers of pictures and classes.
    public var description: String {
        let left = skipped.isEmpty ? "" : ", \(skipped.count) damaged files skipped"
        return "ImageFolder: \(train.count) training and \(test.count) test pictures, "
            + "\(classes.count) classes\(left)"
    }

    private init(_ train: ImageDataset, _ test: ImageDataset) throws {
        self.train = train
        self.test = ImageDataset(test, positions: test.indices, statistics: train.statistics)
    }

    private init(_ all: ImageDataset, test: Double, seed: UInt64) throws {
        (train, self.test) = try all.divided(test: test, seed: seed)
    }

    private static func checkFraction(_ test: Double) throws {
        guard (0...1).contains(test) else {
            throw DatasetError(
                .argument, "'test' is out of range, expected a fraction within 0...1, got \(test)")
        }
    }

    /// What `body` gives; its errors begin with `name`.
    static func named<Result>(_ name: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatasetError {
            throw DatasetError(error.kind, "\(name): \(error.description)")
        }
    }
}

/// How files are made a data set.
struct ImageFiles {
    let size: [Int]?
    let channels: Int
    let damaged: DamagedFiles

    /// Throws where the size or the channels are none that a picture can have.
    init(size: (any IntOrPair)?, channels: Int, damaged: DamagedFiles) throws {
        self.size = size?.windowSizes
        self.channels = channels
        self.damaged = damaged
        guard channels == 1 || channels == 3 else {
            throw DatasetError(
                .argument, "'channels' is out of range, expected 1 or 3, got \(channels)")
        }
        guard let size = self.size else { return }
        guard size.count == 2, size.allSatisfy({ (1...65_535).contains($0) }) else {
            throw DatasetError(
                .argument,
                "'size' is out of range, expected one number or [height, width] of 1 to 65535, "
                    + "got \(size)")
        }
    }

    func dataset(_ paths: LabelledPaths) throws -> ImageDataset {
        var files = PictureFiles(paths: paths.paths, size: size, channels: channels)
        guard damaged == .skip else {
            return try ImageDataset(files: files, labels: paths.labels, classes: paths.classes)
        }
        let (kept, skipped) = try PictureReading.check(files)
        PictureReading.report("ImageFolder", skipped: skipped, of: files.paths.count)
        files = PictureFiles(paths: kept.map { files.paths[$0] }, size: size, channels: channels)
        return try ImageDataset(
            files: files, labels: kept.map { paths.labels[$0] }, classes: paths.classes,
            skipped: skipped)
    }
}
