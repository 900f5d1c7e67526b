import Hosting

/// What a picture file says about itself, read without decoding its pixels.
///
///     let info = try ImageInfo("cat.jpg")
///     print(info.width, info.height, info.colorProfile ?? "no profile")
///
/// A colour profile is noted here and nowhere applied: samples are taken as they are stored.
public struct ImageInfo: Sendable, Hashable, CustomStringConvertible {
    /// The kind of file, recognised by content.
    public let format: ImageFormat
    /// Pixels from left to right, once the picture is turned as the camera noted.
    public let width: Int
    /// Pixels from top to bottom, once the picture is turned.
    public let height: Int
    /// Bits a sample in the file: 1 to 16.
    public let bitDepth: Int
    /// How many frames or pages there are.
    public let frameCount: Int
    /// How the camera was held, 1 to 8 as in EXIF; 1 is upright.
    public let orientation: Int
    /// The name of the ICC colour profile; `nil` where the file has none.
    public let colorProfile: String?

    /// Reads the headers of a file; throws `ImageError`, which names it, when it is missing, no
    /// picture or damaged there.
    public init(_ path: String) throws { self = try Image.reading(path, ImageInfo.of) }

    init(
        format: ImageFormat, storedWidth: Int, storedHeight: Int, bitDepth: Int,
        frameCount: Int = 1, orientation: Int = 1, colorProfile: String? = nil
    ) {
        self.format = format
        (width, height) =
            orientation >= 5 ? (storedHeight, storedWidth) : (storedWidth, storedHeight)
        self.bitDepth = bitDepth
        self.frameCount = frameCount
        self.orientation = orientation
        self.colorProfile = colorProfile
    }

    /// What the bytes of a file say.
    static func of(_ data: [UInt8]) throws -> ImageInfo {
        switch try ImageFormat.recognized(data) {
        case .png: try PNGCodec.info(data)
        case .jpeg: try JPEGCodec.info(data)
        case .webp: try WebPCodec.info(data)
        case .gif: try GIFCodec.info(data)
        case .tiff: try TIFFCodec.info(data)
        case .bmp: try BMPCodec.info(data)
        case .ppm: try PPMCodec.info(data)
        }
    }

    /// All of it in a line, such as `JPEG 640x427, 8 bits, profile "Display P3"`.
    public var description: String {
        var parts = ["\(format.name) \(width)x\(height)", "\(bitDepth) bits"]
        if frameCount != 1 { parts.append("\(frameCount) frames") }
        if orientation != 1 { parts.append("EXIF orientation \(orientation)") }
        if let colorProfile { parts.append("profile \"\(colorProfile)\"") }
        return parts.joined(separator: ", ")
    }
}

extension ImageFormat {
    /// As people write it.
    var name: String { self == .webp ? "WebP" : rawValue.uppercased() }
}
