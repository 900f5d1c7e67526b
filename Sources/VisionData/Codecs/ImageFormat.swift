/// A kind of picture file.
public enum ImageFormat: String, Sendable, CaseIterable {
    /// Without loss: grey, colour and alpha, with or without a palette.
    case png
    /// With loss, for photographs; has no alpha.
    case jpeg
    /// With or without loss, also with alpha and animated (RFC 9649).
    case webp
    /// At most 256 colours a picture, also animated.
    case gif
    /// Without loss as a rule; one page or several, 1 to 16 bits a sample.
    case tiff
    /// Windows' bitmaps, of 1 to 32 bits a pixel.
    case bmp
    /// Netpbm's portable maps, grey (`.pgm`) and colour (`.ppm`).
    case ppm

    /// The format that a file's first bytes show; `nil` when they are no picture's.
    public init?(content: [UInt8]) {
        func starts(_ prefix: [UInt8], at offset: Int = 0) -> Bool {
            content.count >= offset + prefix.count
                && content[offset..<offset + prefix.count].elementsEqual(prefix)
        }
        if starts([0x89, 0x50, 0x4E, 0x47]) {
            self = .png
        } else if starts([0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if starts(Array("RIFF".utf8)), starts(Array("WEBP".utf8), at: 8) {
            self = .webp
        } else if starts(Array("GIF87a".utf8)) || starts(Array("GIF89a".utf8)) {
            self = .gif
        } else if starts([0x49, 0x49, 42, 0]) || starts([0x4D, 0x4D, 0, 42])
            || starts([0x49, 0x49, 43, 0]) || starts([0x4D, 0x4D, 0, 43])
        {
            self = .tiff  // 43 where offsets have 64 bits
        } else if starts(Array("BM".utf8)), content.count >= 18, content[15...17] == [0, 0, 0] {
            self = .bmp  // the header's size, a small number, stands at 14
        } else if content.count >= 3, content[0] == UInt8(ascii: "P"),
            [UInt8(ascii: "2"), UInt8(ascii: "3"), UInt8(ascii: "5"), UInt8(ascii: "6")]
                .contains(content[1]),
            PPMCodec.isSpace(content[2]) || content[2] == UInt8(ascii: "#")
        {
            self = .ppm
        } else {
            return nil
        }
    }

    /// The format that a path's extension asks for.
    public init?(path: String) {
        guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return nil }
        switch path[path.index(after: dot)...].lowercased() {
        case "png": self = .png
        case "jpg", "jpeg": self = .jpeg
        case "webp": self = .webp
        case "gif": self = .gif
        case "tif", "tiff": self = .tiff
        case "bmp": self = .bmp
        case "ppm", "pgm": self = .ppm
        default: return nil
        }
    }

    /// What a reader of an error should have given.
    static let list = "PNG, JPEG, WebP, GIF, TIFF, BMP or PPM"

    /// The first bytes as text where they are text, as hexadecimal digits otherwise.
    static func excerpt(of data: [UInt8]) -> String {
        let head = data.prefix(8)
        if head.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A || $0 == 0x0D || $0 == 9 }) {
            let text = String(decoding: head, as: UTF8.self)
            return "\"" + text.map { $0.isNewline || $0 == "\t" ? " " : String($0) }.joined() + "\""
        }
        return head.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    }
}

extension ImageFormat {
    /// The format of a file's bytes; an error where they are no picture's.
    static func recognized(_ data: [UInt8]) throws -> ImageFormat {
        guard !data.isEmpty else {
            throw ImageError(.notAnImage, "it is empty; expected \(list)")
        }
        guard let format = ImageFormat(content: data) else {
            throw ImageError(
                .notAnImage,
                "it is not an image (starts with \(excerpt(of: data))); expected \(list)")
        }
        return format
    }
}
