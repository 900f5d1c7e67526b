/// What went wrong with a picture: reading, writing, or an argument that makes no picture.
///
/// Its text names the operation, the file or the argument, what was wrong and what was expected:
///
///     Image: cannot read "cat.jpg": it is not an image (starts with "hello wo"); expected PNG, JPEG, WebP, GIF, TIFF, BMP or PPM
public struct ImageError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What to tell errors apart by.
    public enum Kind: Sendable, Equatable {
        /// There is no such file.
        case missing
        /// The file exists and cannot be opened or written: a folder, no permission, a full disk.
        case file
        /// The content is none of the formats.
        case notAnImage
        /// The file ends before the picture does.
        case truncated
        /// The content breaks its format's rules.
        case corrupt
        /// The content uses a part of its format that is not read here.
        case unsupported
        /// More pixels than `Image.pixelLimit`.
        case tooLarge
        /// An argument of an operation on a picture.
        case argument
    }

    /// Which sort of mistake it is, for code that treats them differently.
    public var kind: Kind
    /// The whole message.
    public var description: String

    /// An error with its message.
    public init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }

    /// This error as the reason that a named file could not be read.
    ///
    /// An impossible size, which is a wrong argument elsewhere, is damage in a file.
    func reading(_ name: String) -> ImageError {
        let prefix = "Image: "
        let reason =
            description.hasPrefix(prefix) ? description.dropFirst(prefix.count) : description[...]
        return ImageError(
            kind == .argument ? .corrupt : kind, "Image: cannot read \(name): \(reason)")
    }
}
