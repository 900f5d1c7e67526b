/// Where the pictures of a data set come from.
enum PictureSource: Sendable {
    /// Memory.
    case stored(StoredPictures)
    /// Files, which are read whenever a picture is asked for.
    case files(PictureFiles)

    /// The picture at a position in the source, as a change of it reads it.
    func unread(_ index: Int) throws -> UnreadImage {
        switch self {
        case .stored(let pictures): UnreadImage(pictures.image(index))
        case .files(let files): try files.unread(index)
        }
    }

    /// How an error calls the picture at a position in the source.
    func name(_ index: Int) -> String {
        switch self {
        case .stored: "picture \(index)"
        case .files(let files): "\"\(files.paths[index])\""
        }
    }
}

/// Pictures of one size, one after the other; the data sets that are parts of them share them.
final class StoredPictures: Sendable {
    let pixels: [UInt8]
    let width: Int
    let height: Int
    let channels: Int
    /// What the channels mean; `nil` for grey and RGB.
    let colorSpace: ColorSpace?

    init(pixels: [UInt8], width: Int, height: Int, channels: Int, colorSpace: ColorSpace?) {
        self.pixels = pixels
        self.width = width
        self.height = height
        self.channels = channels
        self.colorSpace = colorSpace
    }

    func image(_ index: Int) -> Image {
        let size = channels * height * width
        return Image(
            unchecked: Array(pixels[index * size..<(index + 1) * size]), width: width,
            height: height, channels: channels, colorSpace: colorSpace)
    }
}

/// Picture files, each brought to the same channels and, where one is given, to one size.
struct PictureFiles: Sendable {
    let paths: [String]
    /// Height and width; `nil` leaves the pictures as large as they are.
    let size: [Int]?
    /// 1 or 3.
    let channels: Int

    /// The picture of a file, of which as much is read as is asked for.
    func unread(_ index: Int) throws -> UnreadImage {
        let picture = try reading(index) { try UnreadImage($0) }
        let opaque = picture.mapped(channels: channels) { part in
            part.flattened().converted(to: channels == 1 ? .gray : .rgb)
        }
        let named = UnreadImage(
            width: opaque.width, height: opaque.height, channels: channels
        ) { area in try reading(index) { _ in try opaque.part(area) } }
        return try reading(index) { _ in try sized(named) }
    }

    /// Reads all of a file, to find out whether that can be done.
    func check(_ index: Int) throws { _ = try reading(index) { try Image($0) } }

    /// What `body` reads from a file; its errors are those of a data set.
    private func reading<Result>(_ index: Int, _ body: (String) throws -> Result) throws -> Result {
        let path = paths[index]
        do {
            return try body(path)
        } catch let error as ImageError {
            guard error.kind == .missing else { throw DatasetError(.corrupt, error.description) }
            throw DatasetError(
                .missing,
                "ImageDataset: the file \"\(path)\" is gone; it was there when the data set was "
                    + "made"
            )
        }
    }

    /// The middle of the picture in the size asked for.
    private func sized(_ opaque: UnreadImage) throws -> UnreadImage {
        guard let size, [opaque.height, opaque.width] != size else { return opaque }
        let (height, width) = (size[0], size[1])
        // As small as covers the size.
        let scale = max(
            Double(width) / Double(opaque.width), Double(height) / Double(opaque.height))
        let covering = try opaque.resized(
            max(width, Int((Double(opaque.width) * scale).rounded())),
            max(height, Int((Double(opaque.height) * scale).rounded())))
        return try covering.cropped(
            x: (covering.width - width) / 2, y: (covering.height - height) / 2, width: width,
            height: height)
    }
}

/// A change that every picture of a data set goes through when it is asked for.
struct PictureChange: Sendable {
    /// How it is written, such as `RandomFlip()`.
    let name: String
    /// What the changed samples are to be brought to, where the change says it.
    let normalization: Normalization?
    /// All chance comes from the generator.
    let apply: @Sendable (UnreadImage, inout ShuffleGenerator) throws -> Image
}
