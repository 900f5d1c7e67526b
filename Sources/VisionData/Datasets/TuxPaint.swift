import Tensors

/// The stamps of the drawing program Tux Paint: cut-out photographs and drawings of animals, food,
/// vehicles and more, in colour on white, in a folder for each class.
///
///     let data = try TuxPaint(size: 64)
///     print(data.classes)
///     let few = try TuxPaint(size: 224, classes: ["animals/birds", "food/fruit"])
///     print(few.all.count)
public struct TuxPaint: Sendable, CustomStringConvertible {
    /// Four fifths of each class.
    public let train: ImageDataset
    /// A fifth of each class; its statistics are those of `train`.
    public let test: ImageDataset
    /// Both parts together, in the order of the folders.
    public let all: ImageDataset
    /// The names of the folders.
    public var classes: [String] { train.classes }

    /// Finds the stamps of the package `tuxpaint-stamps-default`.
    ///
    /// - Parameters:
    ///   - path: the folder of the classes; without it where `make data` or the package puts them.
    ///   - size: what each picture is brought to, one number or `[height, width]`.
    ///   - classes: folders such as `animals/birds`, whose pictures are a class each, named `birds`;
    ///     those of folders inside them, drawings as a rule, do not count. Without it every folder of
    ///     stamps is a class, with all that is in it.
    ///
    /// Pictures are read when they are asked for. Throws `DatasetError` when a folder is missing or a
    /// size is out of range.
    public init(
        path: String? = nil, size: any IntOrPair = 64, classes: [String]? = nil
    ) throws {
        let folder =
            path.map(DataFolder.expanded)
            ?? [DataFolder.path("tuxpaint/stamps"), Self.systemFolder].first(
                where: DataFolder.isFolder) ?? Self.systemFolder
        all = try ImageFolder.named("TuxPaint") {
            do {
                // Mirrored and flipped twins of a stamp would stand in both parts.
                let isWanted = { (path: String) in
                    !path.hasSuffix("_mirror.png") && !path.hasSuffix("_flip.png")
                }
                let paths =
                    try classes.map {
                        try LabelledPaths(folders: $0, in: folder, where: isWanted)
                    } ?? LabelledPaths(classesIn: folder, where: isWanted)
                return try ImageFiles(size: size, channels: 3, damaged: .refuse).dataset(paths)
            } catch let error as DatasetError where error.kind == .missing {
                throw DatasetError(
                    .missing,
                    "\(error.description); `make data` fetches the stamps, or name their folder: "
                        + "TuxPaint(path: \"...\")")
            }
        }
        (train, test) = try all.divided(test: 0.2, seed: 0)
    }

    /// The folder of Debian's package `tuxpaint-stamps-default`.
    public static let systemFolder = "/usr/share/tuxpaint/stamps"

    /// The numbers of pictures and classes.
    public var description: String {
        "TuxPaint: \(train.count) training and \(test.count) test pictures, "
            + "\(classes.count) classes"
    }
}
