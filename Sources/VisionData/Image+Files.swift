extension Image {
    /// Reads a picture from a file: PNG, JPEG, WebP, GIF, TIFF, BMP or PPM, recognised by content.
    ///
    /// The orientation that a camera noted (EXIF) is applied. 16-bit samples are kept (see
    /// `bitDepth`), palettes become RGB, CMYK becomes RGB; of an animation or several pages it is
    /// the first. Throws `ImageError`, which names the file, for a file that is missing, is no picture,
    /// is cut short or damaged, or is larger than `Image.pixelLimit`.
    ///
    ///     let photo = try Image("cat.jpg")
    ///     print(photo.width, photo.height, photo.channels)
    public init(_ path: String) throws {
        self = try Image.reading(path) { try Image.first($0) }
    }

    /// Reads a picture from the bytes of a file; `name` stands in errors.
    public init(data: [UInt8], name: String = "image data") throws {
        self = try Image.naming(name) { try Image.first(data) }
    }

    /// Reads every frame of an animated GIF or WebP or every page of a TIFF; of other pictures the
    /// one there is.
    ///
    /// The frames of an animation have one size: each is the whole canvas as it looks at that time.
    /// Throws as `Image(_:)` does; together the frames have at most `Image.pixelLimit` pixels.
    ///
    ///     let frames = try Image.frames("wave.gif")
    ///     grid(frames, columns: 8)
    public static func frames(_ path: String) throws -> [Image] {
        try reading(path) { try decoded($0, limit: .max) }
    }

    /// Reads every frame or page from the bytes of a file; `name` stands in errors.
    public static func frames(data: [UInt8], name: String = "image data") throws -> [Image] {
        try naming(name) { try decoded(data, limit: .max) }
    }

    /// Writes the picture; the extension says the format: png, jpg, jpeg, webp, gif, tif, tiff, bmp,
    /// ppm, pgm.
    ///
    /// `quality` (1 to 100) is for JPEG and WebP; WebP at 100 is lossless. A GIF has at most 256
    /// colours: the best ones are chosen. Samples of 16 bits are written as such to PNG, TIFF, PPM
    /// and PGM. PNG, TIFF and BMP keep the alpha channel, and so does
    /// WebP; JPEG and PPM have none, so the picture is laid on white.
    public func save(_ path: String, quality: Int = 90) throws {
        let file = ImageFile(path)
        do {
            guard let format = ImageFormat(path: path) else {
                throw ImageError(
                    .argument,
                    "the extension names no format, expected .png, .jpg, .webp, .gif, .tiff, .bmp, "
                        + ".ppm or .pgm")
            }
            try file.write(try encoded(as: format, quality: quality))
        } catch let error as ImageError {
            throw ImageError(error.kind, "save: cannot write \(file.quoted): \(error.description)")
        }
    }

    /// The bytes of a file that holds this picture.
    public func encoded(as format: ImageFormat, quality: Int = 90) throws -> [UInt8] {
        guard (1...100).contains(quality) else {
            throw ImageError(.argument, "quality: expected 1 to 100, got \(quality)")
        }
        let picture = standard
        switch format {
        case .png: return try PNGCodec.encode(picture)
        case .jpeg: return try JPEGCodec.encode(picture, quality: quality)
        case .webp: return try WebPCodec.encode(picture, quality: quality)
        case .gif: return try GIFEncoder.encode(picture)
        case .tiff: return try TIFFCodec.encode(picture)
        case .bmp: return BMPCodec.encode(picture)
        case .ppm: return PPMCodec.encode(picture)
        }
    }

    /// At most `limit` of the pictures that a file's bytes hold, and at least one.
    private static func decoded(_ data: [UInt8], limit: Int) throws -> [Image] {
        switch try ImageFormat.recognized(data) {
        case .png: return [try PNGCodec.decode(data)]
        case .jpeg: return [try JPEGCodec.decode(data)]
        case .webp: return try WebPCodec.frames(data, limit: limit)
        case .gif: return try GIFCodec.frames(data, limit: limit)
        case .tiff: return try TIFFCodec.pages(data, limit: limit)
        case .bmp: return [try BMPCodec.decode(data)]
        case .ppm: return [try PPMCodec.decode(data)]
        }
    }

    /// The first picture that a file's bytes hold.
    static func first(_ data: [UInt8]) throws -> Image { try decoded(data, limit: 1)[0] }

    /// What `body` makes of a file's bytes; its errors name the file.
    static func reading<Result>(
        _ path: String, _ body: ([UInt8]) throws -> Result
    ) throws -> Result {
        let file = ImageFile(path)
        return try naming(file.quoted) { try body(try file.read()) }
    }

    /// What `body` reads; its errors say that it was `name` that could not be read.
    static func naming<Result>(_ name: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as ImageError {
            throw error.reading(name)
        }
    }
}
