import CWebP

/// WebP through libwebp, still pictures only.
enum WebPCodec {
    static func decode(_ data: [UInt8]) throws -> Image {
        var config = WebPDecoderConfig()
        guard WebPInitDecoderConfig(&config) != 0 else {
            throw ImageError(.unsupported, "libwebp has another version than its header")
        }
        return try data.withUnsafeBufferPointer { source in
            try check(WebPGetFeatures(source.baseAddress, source.count, &config.input))
            guard config.input.has_animation == 0 else {
                throw ImageError(.unsupported, "it is an animated WebP; expected a still picture")
            }
            let width = Int(config.input.width)
            let height = Int(config.input.height)
            let channels = config.input.has_alpha != 0 ? 4 : 3
            let count = try Image.byteCount(width: width, height: height, channels: channels)
            let image = try Image(width: width, height: height, channels: channels, count: count) {
                config.output.colorspace = channels == 4 ? MODE_RGBA : MODE_RGB
                config.output.is_external_memory = 1
                config.output.u.RGBA.rgba = $0
                config.output.u.RGBA.stride = Int32(width * channels)
                config.output.u.RGBA.size = count
                try check(WebPDecode(source.baseAddress, source.count, &config))
            }
            return orientation(data).applied(to: image)
        }
    }

    static func encode(_ image: Image, quality: Int) throws -> [UInt8] {
        guard image.width <= 16_383, image.height <= 16_383 else {
            throw ImageError(
                .argument,
                "a WebP's sides have at most 16383 pixels, got \(image.width)x\(image.height)")
        }
        let source = image.channels == 1 ? image.converted(to: .rgb) : image
        let (width, height) = (Int32(source.width), Int32(source.height))
        let stride = width * Int32(source.channels)
        var output: UnsafeMutablePointer<UInt8>?
        defer { WebPFree(output) }
        let length = source.bytes.withUnsafeBufferPointer { bytes in
            let pixels = bytes.baseAddress
            switch (source.channels, quality) {
            case (3, 100): return WebPEncodeLosslessRGB(pixels, width, height, stride, &output)
            case (3, _):
                return WebPEncodeRGB(pixels, width, height, stride, Float(quality), &output)
            case (_, 100): return WebPEncodeLosslessRGBA(pixels, width, height, stride, &output)
            default: return WebPEncodeRGBA(pixels, width, height, stride, Float(quality), &output)
            }
        }
        guard length > 0, let output else {
            throw ImageError(.file, "libwebp could not encode the picture")
        }
        return Array(UnsafeBufferPointer(start: output, count: length))
    }

    /// Looks through the RIFF chunks for EXIF.
    private static func orientation(_ data: [UInt8]) -> EXIFOrientation {
        var offset = 12
        while offset + 8 <= data.count {
            let length = (0..<4).reduce(0) { $0 | Int(data[offset + 4 + $1]) << (8 * $1) }
            let end = offset + 8 + length
            guard end <= data.count else { break }
            if data[offset..<offset + 4].elementsEqual("EXIF".utf8) {
                let payload = data[(offset + 8)..<end]
                return payload.starts(with: "Exif".utf8)
                    ? EXIFOrientation(app1: payload) : EXIFOrientation(tiff: Array(payload))
            }
            offset = end + length % 2
        }
        return EXIFOrientation()
    }

    private static func check(_ status: VP8StatusCode) throws {
        switch status {
        case VP8_STATUS_OK: return
        case VP8_STATUS_NOT_ENOUGH_DATA:
            throw ImageError(.truncated, "the WebP is cut short (libwebp: not enough data)")
        case VP8_STATUS_OUT_OF_MEMORY:
            throw ImageError(.file, "not enough memory for libwebp")
        case VP8_STATUS_UNSUPPORTED_FEATURE:
            throw ImageError(.unsupported, "the WebP uses a feature that libwebp does not read")
        default:
            throw ImageError(.corrupt, "the WebP is damaged (libwebp status \(status.rawValue))")
        }
    }
}
