/// A picture: `height` rows of `width` pixels with 1 (grey), 3 (RGB) or 4 (RGB and alpha, not
/// premultiplied) channels of 8 bits, or of 16 where `bitDepth` says so.
///
/// A value: every operation makes a new picture. Row 0 is the top.
///
///     let photo = try Image("cat.jpg")
///     try photo.resized(shortSide: 256).centerCropped(224).save("small.png")
public struct Image: Sendable, Hashable {
    /// Pixels from left to right.
    public let width: Int
    /// Pixels from top to bottom.
    public let height: Int
    /// 1 for grey, 3 for RGB, 4 for RGB with alpha.
    public let channels: Int
    /// What the channels mean; an alpha channel comes after them.
    ///
    /// Files, screens and operations on colours see the RGB of any space; operations that move
    /// pixels keep it.
    public let colorSpace: ColorSpace
    /// The samples row by row, pixel by pixel, channel by channel: `height * width * channels`.
    public let bytes: [UInt8]
    /// The samples with 16 bits, of which `bytes` are the upper halves; `nil` where there are 8.
    let deep: [UInt16]?

    /// The most pixels a picture may have, the frames of an animation together: 134 million, 400 MB
    /// as RGB, unless `withPixelLimit(_:_:)` says otherwise.
    @TaskLocal public static var pixelLimit = 1 << 27

    /// A picture from its samples, row by row, pixel by pixel, channel by channel.
    ///
    /// Without a colour space it is grey or RGB. Throws when a side is not positive, the channels
    /// are not 1, 3 or 4 or not those of the colour space, or the number of bytes is not
    /// `width * height * channels`.
    public init(
        width: Int, height: Int, channels: Int, bytes: [UInt8], colorSpace: ColorSpace? = nil
    ) throws {
        let count = try Image.byteCount(width: width, height: height, channels: channels)
        guard bytes.count == count else {
            throw ImageError(
                .argument,
                "Image: wrong number of bytes for \(width)x\(height) pixels of \(channels) "
                    + "channels, expected \(count), got \(bytes.count)")
        }
        if let colorSpace, colorSpace.channels != channels, colorSpace != .rgb || channels != 4 {
            throw ImageError(
                .argument,
                "Image: wrong number of channels for \(colorSpace.title), expected "
                    + "\(colorSpace.channels), got \(channels)")
        }
        self.init(
            unchecked: bytes, width: width, height: height, channels: channels,
            colorSpace: colorSpace)
    }

    /// A picture whose sizes the caller has already checked.
    init(
        unchecked bytes: [UInt8], deep: [UInt16]? = nil, width: Int, height: Int, channels: Int,
        colorSpace: ColorSpace? = nil
    ) {
        self.width = width
        self.height = height
        self.channels = channels
        self.colorSpace = colorSpace ?? (channels == 1 ? .gray : .rgb)
        self.bytes = bytes
        self.deep = deep
    }

    /// A picture of one colour: `color` has one value a channel.
    public static func filled(width: Int, height: Int, color: [UInt8]) throws -> Image {
        let count = try byteCount(width: width, height: height, channels: color.count)
        return Image(width: width, height: height, channels: color.count, count: count) { out in
            for index in 0..<count { out[index] = color[index % color.count] }
        }
    }

    /// A picture whose `count` bytes `fill` writes, every one of them.
    init(
        width: Int, height: Int, channels: Int, count: Int, colorSpace: ColorSpace? = nil,
        fill: (UnsafeMutablePointer<UInt8>) throws -> Void
    ) rethrows {
        let bytes = try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let base = buffer.baseAddress { try fill(base) }
            initialized = count
        }
        self.init(
            unchecked: bytes, width: width, height: height, channels: channels,
            colorSpace: colorSpace)
    }

    /// A picture of this one's channels and meaning, whose every byte `fill` writes.
    ///
    /// Throws what `fill` throws, and when there can be no picture of this size.
    func resembling(
        width: Int, height: Int, fill: (UnsafeMutablePointer<UInt8>) throws -> Void
    ) throws -> Image {
        try Image(
            width: width, height: height, channels: channels,
            count: try Image.byteCount(width: width, height: height, channels: channels),
            colorSpace: colorSpace, fill: fill)
    }

    /// A picture of this one's size and meaning, whose every byte `fill` writes.
    func resembling(fill: (UnsafeMutablePointer<UInt8>) throws -> Void) rethrows -> Image {
        try Image(
            width: width, height: height, channels: channels, count: bytes.count,
            colorSpace: colorSpace, fill: fill)
    }

    /// The number of bytes of a picture, or an error where there can be no such picture.
    static func byteCount(width: Int, height: Int, channels: Int) throws -> Int {
        guard channels == 1 || channels == 3 || channels == 4 else {
            throw ImageError(
                .argument,
                "Image: wrong number of channels, expected 1 (grey), 3 (RGB) or 4 (RGB and alpha), "
                    + "got \(channels)")
        }
        guard width > 0, height > 0 else {
            throw ImageError(
                .argument,
                "Image: empty size, expected at least 1x1 pixels, got \(width)x\(height)")
        }
        let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
        guard !overflow, pixels <= pixelLimit else {
            throw ImageError(
                .tooLarge,
                "Image: too many pixels, expected at most \(pixelLimit), got \(width)x\(height)"
                    + Image.higherLimitAdvice(overflow ? .max : pixels))
        }
        return pixels * channels
    }
}

extension Image: CustomStringConvertible {
    /// Size and colour, such as `Image 451x300 RGB`.
    public var description: String { "Image \(width)x\(height) \(colorName)" }

    /// `grey`, `RGB`, `RGBA`, `HSV` and so on.
    var colorName: String { colorSpace.title + (channels == 4 ? "A" : "") }
}
