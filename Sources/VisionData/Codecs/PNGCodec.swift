import CSpng
import Glibc

/// PNG through libspng, the usual kind through `PNGRows`.
enum PNGCodec {
    static func decode(_ data: [UInt8]) throws -> Image {
        if let rows = PNGRows(data), let image = try rows.decoded() {
            return rows.orientation.applied(to: image)
        }
        guard let context = spng_ctx_new(0) else { throw outOfMemory }
        defer { spng_ctx_free(context) }
        return try data.withUnsafeBytes { source in
            try check(spng_set_png_buffer(context, source.baseAddress, source.count))
            try check(spng_set_chunk_limits(context, 1 << 26, 1 << 28))
            var header = spng_ihdr()
            try check(spng_get_ihdr(context, &header))
            let width = Int(header.width)
            let height = Int(header.height)
            var transparency = spng_trns()
            let isKeyed = spng_get_trns(context, &transparency) == 0

            let color = spng_color_type(UInt32(header.color_type))
            let isGray = color == SPNG_COLOR_TYPE_GRAYSCALE && !isKeyed
            let isOpaque =
                !isKeyed && (color == SPNG_COLOR_TYPE_TRUECOLOR || color == SPNG_COLOR_TYPE_INDEXED)
            let channels = isGray ? 1 : isOpaque ? 3 : 4
            let count = try Image.byteCount(width: width, height: height, channels: channels)

            let image: Image
            let flags = isKeyed ? Int32(SPNG_DECODE_TRNS.rawValue) : 0
            if header.bit_depth == 16 {
                let format = isGray || isOpaque ? SPNG_FMT_PNG : SPNG_FMT_RGBA16
                image = try Image(
                    deepWidth: width, height: height, channels: channels, count: count
                ) {
                    try check(
                        spng_decode_image(context, $0, 2 * count, Int32(format.rawValue), flags))
                }
            } else {
                let format =
                    isGray ? SPNG_FMT_G8 : isOpaque ? SPNG_FMT_RGB8 : SPNG_FMT_RGBA8
                image = try Image(width: width, height: height, channels: channels, count: count) {
                    try check(spng_decode_image(context, $0, count, Int32(format.rawValue), flags))
                }
            }
            try check(spng_decode_chunks(context))
            var exif = spng_exif()
            if spng_get_exif(context, &exif) == 0, let bytes = exif.data {
                let block = UnsafeRawBufferPointer(start: bytes, count: Int(exif.length))
                return EXIFOrientation(tiff: Array(block)).applied(to: image)
            }
            return image
        }
    }

    /// What the chunks say.
    static func info(_ data: [UInt8]) throws -> ImageInfo {
        guard let context = spng_ctx_new(0) else { throw outOfMemory }
        defer { spng_ctx_free(context) }
        return try data.withUnsafeBytes { source in
            try check(spng_set_png_buffer(context, source.baseAddress, source.count))
            try check(spng_set_chunk_limits(context, 1 << 26, 1 << 28))
            var header = spng_ihdr()
            try check(spng_get_ihdr(context, &header))
            var exif = spng_exif()
            var orientation = EXIFOrientation()
            if spng_get_exif(context, &exif) == 0, let bytes = exif.data {
                orientation = EXIFOrientation(
                    tiff: Array(UnsafeRawBufferPointer(start: bytes, count: Int(exif.length))))
            }
            var name: String?
            var profile = spng_iccp()
            var intent: UInt8 = 0
            if spng_get_iccp(context, &profile) == 0, let bytes = profile.profile {
                name = ColorProfile.name(
                    Array(UnsafeRawBufferPointer(start: bytes, count: profile.profile_len)))
            } else if spng_get_srgb(context, &intent) == 0 {
                name = "sRGB"
            }
            return ImageInfo(
                format: .png, storedWidth: Int(header.width), storedHeight: Int(header.height),
                bitDepth: Int(header.bit_depth), orientation: orientation.value, colorProfile: name)
        }
    }

    /// `level` is zlib's: 1 is quick, 9 is small.
    static func encode(_ image: Image, level: Int = 6) throws -> [UInt8] {
        guard let context = spng_ctx_new(Int32(SPNG_CTX_ENCODER.rawValue)) else {
            throw outOfMemory
        }
        defer { spng_ctx_free(context) }
        let color: spng_color_type
        switch image.channels {
        case 1: color = SPNG_COLOR_TYPE_GRAYSCALE
        case 3: color = SPNG_COLOR_TYPE_TRUECOLOR
        default: color = SPNG_COLOR_TYPE_TRUECOLOR_ALPHA
        }
        var header = spng_ihdr(
            width: UInt32(image.width), height: UInt32(image.height),
            bit_depth: UInt8(image.bitDepth),
            color_type: UInt8(color.rawValue), compression_method: 0, filter_method: 0,
            interlace_method: 0)
        try check(spng_set_option(context, SPNG_ENCODE_TO_BUFFER, 1))
        try check(spng_set_option(context, SPNG_IMG_COMPRESSION_LEVEL, Int32(level)))
        try check(spng_set_ihdr(context, &header))
        func encode(_ pixels: UnsafeRawBufferPointer) throws {
            try check(
                spng_encode_image(
                    context, pixels.baseAddress, pixels.count, Int32(SPNG_FMT_PNG.rawValue),
                    Int32(SPNG_ENCODE_FINALIZE.rawValue)))
        }
        if let deep = image.deep {
            try deep.withUnsafeBytes(encode)
        } else {
            try image.bytes.withUnsafeBytes(encode)
        }
        var length = 0
        var status: Int32 = 0
        guard let encoded = spng_get_png_buffer(context, &length, &status) else {
            try check(status)
            throw outOfMemory
        }
        defer { free(encoded) }
        return Array(UnsafeRawBufferPointer(start: encoded, count: length))
    }

    private static var outOfMemory: ImageError {
        ImageError(.file, "not enough memory for libspng")
    }

    private static func check(_ status: Int32) throws {
        guard status != 0 else { return }
        let reason = String(cString: spng_strerror(status))
        switch status {
        case Int32(SPNG_EOF.rawValue), SPNG_IO_EOF.rawValue, Int32(SPNG_EIDAT_TOO_SHORT.rawValue):
            throw ImageError(.truncated, "the PNG is cut short (libspng: \(reason))")
        case Int32(SPNG_EMEM.rawValue):
            throw outOfMemory
        default:
            throw ImageError(.corrupt, "the PNG is damaged (libspng: \(reason))")
        }
    }
}
