import CWebP

import Hosting

/// WebP through libwebp: still pictures and animations.
enum WebPCodec {
    /// The first pictures, at most `limit` of them; those of an animation as they look on its canvas.
    static func frames(_ data: [UInt8], limit: Int) throws -> [Image] {
        var features = WebPBitstreamFeatures()
        try data.withUnsafeBufferPointer {
            try check(WebPGetFeatures($0.baseAddress, $0.count, &features))
        }
        return features.has_animation == 0
            ? [try decode(data)]
            : try animation(
                data, width: Int(features.width), height: Int(features.height), limit: limit)
    }

    private static func animation(
        _ data: [UInt8], width: Int, height: Int, limit: Int
    ) throws -> [Image] {
        let count = try Image.byteCount(width: width, height: height, channels: 4)
        // The RIFF header says how long the file is, without its own eight bytes.
        let stated = (0..<4).reduce(8) { $0 + Int(data[4 + $1]) << (8 * $1) }
        guard data.count >= stated else {
            try check(VP8_STATUS_NOT_ENOUGH_DATA)
            return []
        }
        return try data.withUnsafeBufferPointer { source in
            var content = WebPData(bytes: source.baseAddress, size: source.count)
            guard let decoder = WebPAnimDecoderNew(&content, nil) else {
                try check(VP8_STATUS_BITSTREAM_ERROR)
                return []
            }
            defer { WebPAnimDecoderDelete(decoder) }
            var info = WebPAnimInfo()
            WebPAnimDecoderGetInfo(decoder, &info)
            let wanted = min(limit, Int(info.frame_count))
            let (pixels, overflow) = wanted.multipliedReportingOverflow(by: count / 4)
            guard !overflow, pixels <= Image.pixelLimit else {
                throw ImageError(
                    .tooLarge,
                    "too many pixels, expected at most \(Image.pixelLimit), got \(wanted) pictures "
                        + "of \(width)x\(height)"
                        + Image.higherLimitAdvice(overflow ? .max : pixels))
            }
            let orientation = orientation(data)
            var frames: [Image] = []
            while frames.count < wanted {
                try Host.current.cancellation.check()
                var canvas: UnsafeMutablePointer<UInt8>?
                var time: Int32 = 0
                guard WebPAnimDecoderGetNext(decoder, &canvas, &time) != 0, let canvas else {
                    try check(VP8_STATUS_BITSTREAM_ERROR)
                    break
                }
                let image = Image(width: width, height: height, channels: 4, count: count) {
                    $0.update(from: canvas, count: count)
                }
                frames.append(orientation.applied(to: image))
            }
            let isOpaque = frames.allSatisfy { frame in
                stride(from: 3, to: count, by: 4).allSatisfy { frame.bytes[$0] == 255 }
            }
            return isOpaque ? frames.map { $0.keepingChannels(3) } : frames
        }
    }

    private static func decode(_ data: [UInt8]) throws -> Image {
        var config = WebPDecoderConfig()
        guard WebPInitDecoderConfig(&config) != 0 else {
            throw ImageError(.unsupported, "libwebp has another version than its header")
        }
        return try data.withUnsafeBufferPointer { source in
            try check(WebPGetFeatures(source.baseAddress, source.count, &config.input))
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

    private static func orientation(_ data: [UInt8]) -> EXIFOrientation {
        guard let payload = chunk("EXIF", data) else { return EXIFOrientation() }
        return payload.starts(with: "Exif".utf8)
            ? EXIFOrientation(app1: payload) : EXIFOrientation(tiff: Array(payload))
    }

    /// The content of the first RIFF chunk of a kind.
    private static func chunk(_ kind: String, _ data: [UInt8]) -> ArraySlice<UInt8>? {
        var offset = 12
        while offset + 8 <= data.count {
            let length = (0..<4).reduce(0) { $0 | Int(data[offset + 4 + $1]) << (8 * $1) }
            let end = offset + 8 + length
            guard end <= data.count else { return nil }
            if data[offset..<offset + 4].elementsEqual(kind.utf8) {
                return data[(offset + 8)..<end]
            }
            offset = end + length % 2
        }
        return nil
    }

    /// What the headers say.
    static func info(_ data: [UInt8]) throws -> ImageInfo {
        var features = WebPBitstreamFeatures()
        let frames = try data.withUnsafeBufferPointer { source in
            try check(WebPGetFeatures(source.baseAddress, source.count, &features))
            guard features.has_animation != 0 else { return 1 }
            var content = WebPData(bytes: source.baseAddress, size: source.count)
            let demuxer = WebPDemux(&content)
            defer { WebPDemuxDelete(demuxer) }
            guard let demuxer else {
                try check(VP8_STATUS_NOT_ENOUGH_DATA)
                return 0
            }
            return Int(WebPDemuxGetI(demuxer, WEBP_FF_FRAME_COUNT))
        }
        return ImageInfo(
            format: .webp, storedWidth: Int(features.width), storedHeight: Int(features.height),
            bitDepth: 8, frameCount: frames, orientation: orientation(data).value,
            colorProfile: chunk("ICCP", data).map { ColorProfile.name(Array($0)) })
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
