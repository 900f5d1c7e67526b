import Tensors

/// The stamps of the drawing program Tux Paint: cut-out photographs and drawings of animals, food,
/// vehicles and more, in colour on white, in a folder for each class.
///
///     let data = try TuxPaint(size: 64)
///     print(data.classes)
public struct TuxPaint: Sendable, CustomStringConvertible {
    /// Four fifths of each class.
    public let train: ImageDataset
    /// A fifth of each class; its statistics are those of `train`.
    public let test: ImageDataset
    /// The names of the folders.
    public var classes: [String] { train.classes }

    /// Finds the stamps of the package `tuxpaint-stamps-default`.
    ///
    /// - Parameters:
    ///   - path: the folder of the classes; without it where `make data` or the package puts them.
    ///   - size: what each picture is brought to, one number or `[height, width]`.
    ///
    /// Pictures are read when they are asked for. Throws `DatasetError` when the folder is missing or
    /// a size is out of range.
    public init(path: String? = nil, size: any IntOrPair = 64) throws {
        let folder =
            path.map(DataFolder.expanded)
            ?? [DataFolder.path("tuxpaint/stamps"), Self.systemFolder].first(
                where: DataFolder.isFolder) ?? Self.systemFolder
        (train, test) = try ImageFolder.named("TuxPaint") {
            do {
                // Mirrored and flipped twins of a stamp would stand in both parts.
                let paths = try LabelledPaths(classesIn: folder) {
                    !$0.hasSuffix("_mirror.png") && !$0.hasSuffix("_flip.png")
                }
                return try ImageFiles(size: size, channels: 3, damaged: .refuse).dataset(paths)
                    .divided(test: 0.2, seed: 0)
            } catch let error as DatasetError where error.kind == .missing {
                throw DatasetError(
                    .missing,
                    "\(error.description); `make data` fetches the stamps, or name their folder: "
                        + "TuxPaint(path: \"...\")")
            }
        }
    }

    /// The folder of Debian's package `tuxpaint-stamps-default`.
    public static let systemFolder = "/usr/share/tuxpaint/stamps"

    /// The numbers of pictures and classes.
    public var description: String {
        "TuxPaint: \(train.count) training and \(test.count) test pictures, "
            + "\(classes.count) classes"
    }
}
