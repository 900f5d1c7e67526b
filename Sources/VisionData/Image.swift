/// A picture: `height` rows of `width` pixels with 8 bits a channel, 1 (grey), 3 (RGB) or
/// 4 (RGB and alpha, not premultiplied) channels.
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
    /// The samples row by row, pixel by pixel, channel by channel: `height * width * channels`.
    public let bytes: [UInt8]

    /// The most pixels a picture may have, the frames of an animation together: 134 million, 400 MB
    /// as RGB, unless `withPixelLimit(_:_:)` says otherwise.
    @TaskLocal public static var pixelLimit = 1 << 27

    /// A picture from its samples, row by row, pixel by pixel, channel by channel.
    ///
    /// Throws when a side is not positive, the channels are not 1, 3 or 4, or the number of bytes
    /// is not `width * height * channels`.
    public init(width: Int, height: Int, channels: Int, bytes: [UInt8]) throws {
        let count = try Image.byteCount(width: width, height: height, channels: channels)
        guard bytes.count == count else {
            throw ImageError(
                .argument,
                "Image: wrong number of bytes for \(width)x\(height) pixels of \(channels) "
                    + "channels, expected \(count), got \(bytes.count)")
        }
        self.init(unchecked: bytes, width: width, height: height, channels: channels)
    }

    /// A picture whose sizes the caller has already checked.
    init(unchecked bytes: [UInt8], width: Int, height: Int, channels: Int) {
        self.width = width
        self.height = height
        self.channels = channels
        self.bytes = bytes
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
        width: Int, height: Int, channels: Int, count: Int,
        fill: (UnsafeMutablePointer<UInt8>) throws -> Void
    ) rethrows {
        let bytes = try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let base = buffer.baseAddress { try fill(base) }
            initialized = count
        }
        self.init(unchecked: bytes, width: width, height: height, channels: channels)
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

    /// `grey`, `RGB` or `RGBA`.
    var colorName: String {
        switch channels {
        case 1: "grey"
        case 3: "RGB"
        default: "RGBA"
        }
    }
}
