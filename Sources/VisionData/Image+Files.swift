extension Image {
    /// Reads a picture from a file: PNG, JPEG, WebP, BMP or PPM, recognised by content.
    ///
    /// The orientation that a camera noted (EXIF) is applied. 16-bit samples keep their upper
    /// 8 bits, palettes become RGB, CMYK becomes RGB. Throws `ImageError`, which names the file,
    /// for a file that is missing, is no picture, is cut short or damaged, or is larger than
    /// `Image.pixelLimit`.
    ///
    ///     let photo = try Image("cat.jpg")
    ///     print(photo.width, photo.height, photo.channels)
    public init(_ path: String) throws {
        let file = ImageFile(path)
        do {
            self = try Image.decoded(try file.read())
        } catch let error as ImageError {
            throw error.reading(file.quoted)
        }
    }

    /// Reads a picture from the bytes of a file; `name` stands in errors.
    public init(data: [UInt8], name: String = "image data") throws {
        do {
            self = try Image.decoded(data)
        } catch let error as ImageError {
            throw error.reading(name)
        }
    }

    /// Writes the picture; the extension says the format: png, jpg, jpeg, webp, bmp, ppm, pgm.
    ///
    /// `quality` (1 to 100) is for JPEG and WebP; WebP at 100 is lossless. PNG and BMP keep the
    /// alpha channel, and so does WebP; JPEG and PPM have none, so the picture is laid on white.
    public func save(_ path: String, quality: Int = 90) throws {
        let file = ImageFile(path)
        do {
            guard let format = ImageFormat(path: path) else {
                throw ImageError(
                    .argument,
                    "the extension names no format, expected .png, .jpg, .webp, .bmp, .ppm or .pgm")
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
        switch format {
        case .png: return try PNGCodec.encode(self)
        case .jpeg: return try JPEGCodec.encode(self, quality: quality)
        case .webp: return try WebPCodec.encode(self, quality: quality)
        case .bmp: return BMPCodec.encode(self)
        case .ppm: return PPMCodec.encode(self)
        }
    }

    private static func decoded(_ data: [UInt8]) throws -> Image {
        guard !data.isEmpty else {
            throw ImageError(.notAnImage, "it is empty; expected \(ImageFormat.list)")
        }
        guard let format = ImageFormat(content: data) else {
            throw ImageError(
                .notAnImage,
                "it is not an image (starts with \(ImageFormat.excerpt(of: data))); "
                    + "expected \(ImageFormat.list)")
        }
        switch format {
        case .png: return try PNGCodec.decode(data)
        case .jpeg: return try JPEGCodec.decode(data)
        case .webp: return try WebPCodec.decode(data)
        case .bmp: return try BMPCodec.decode(data)
        case .ppm: return try PPMCodec.decode(data)
        }
    }
}
