import CTurboJPEG

/// JPEG through TurboJPEG: grey, colour and CMYK, baseline and progressive.
enum JPEGCodec {
    static func decode(_ data: [UInt8]) throws -> Image {
        guard let handle = tjInitDecompress() else { throw failure(nil) }
        defer { tjDestroy(handle) }
        let (width, height, colorSpace) = try header(handle, data)
        let isGray = colorSpace == Int32(TJCS_GRAY.rawValue)
        let isInked =
            colorSpace == Int32(TJCS_CMYK.rawValue) || colorSpace == Int32(TJCS_YCCK.rawValue)
        let channels = isGray ? 1 : 3
        let count = try Image.byteCount(
            width: Int(width), height: Int(height), channels: channels)
        let format = isGray ? TJPF_GRAY : isInked ? TJPF_CMYK : TJPF_RGB
        let decodedCount = isInked ? count / 3 * 4 : count

        let samples = try [UInt8](unsafeUninitializedCapacity: decodedCount) { buffer, filled in
            let status = data.withUnsafeBufferPointer {
                tjDecompress2(
                    handle, $0.baseAddress, UInt($0.count), buffer.baseAddress, width, 0, height,
                    Int32(format.rawValue), Int32(TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS))
            }
            // Damage is reported as a warning, and the rest of the picture would be grey.
            if status != 0, !isHarmless(handle) { throw failure(handle) }
            filled = decodedCount
        }
        let markers = JPEGMarkers(data)
        let bytes =
            isInked ? rgb(fromInk: samples, isInverted: markers.hasAdobe, count: count) : samples
        let image = Image(
            unchecked: bytes, width: Int(width), height: Int(height), channels: channels)
        return markers.orientation.applied(to: image)
    }

    private static func header(
        _ handle: tjhandle, _ data: [UInt8]
    ) throws -> (width: Int32, height: Int32, colorSpace: Int32) {
        var (width, height, sampling, colorSpace): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        let status = data.withUnsafeBufferPointer {
            tjDecompressHeader3(
                handle, $0.baseAddress, UInt($0.count), &width, &height, &sampling, &colorSpace)
        }
        guard status == 0 || tjGetErrorCode(handle) == Int32(TJERR_WARNING.rawValue) else {
            throw failure(handle)
        }
        return (width, height, colorSpace)
    }

    /// What the headers say.
    static func info(_ data: [UInt8]) throws -> ImageInfo {
        guard let handle = tjInitDecompress() else { throw failure(nil) }
        defer { tjDestroy(handle) }
        let (width, height, _) = try header(handle, data)
        let markers = JPEGMarkers(data)
        return ImageInfo(
            format: .jpeg, storedWidth: Int(width), storedHeight: Int(height), bitDepth: 8,
            orientation: markers.orientation.value,
            colorProfile: markers.profile.isEmpty ? nil : ColorProfile.name(markers.profile))
    }

    static func encode(_ image: Image, quality: Int) throws -> [UInt8] {
        guard image.width <= 65_500, image.height <= 65_500 else {
            throw ImageError(
                .argument,
                "a JPEG's sides have at most 65500 pixels, got \(image.width)x\(image.height)")
        }
        guard let handle = tjInitCompress() else { throw failure(nil) }
        defer { tjDestroy(handle) }
        let opaque = image.channels == 4 ? image.flattened() : image
        let format = opaque.channels == 1 ? TJPF_GRAY : TJPF_RGB
        let sampling = opaque.channels == 1 ? TJSAMP_GRAY : quality >= 90 ? TJSAMP_444 : TJSAMP_420
        var output: UnsafeMutablePointer<UInt8>?
        var length: UInt = 0
        defer { tjFree(output) }
        let status = opaque.bytes.withUnsafeBufferPointer {
            tjCompress2(
                handle, $0.baseAddress, Int32(opaque.width), 0, Int32(opaque.height),
                Int32(format.rawValue), &output, &length, Int32(sampling.rawValue), Int32(quality),
                Int32(TJFLAG_ACCURATEDCT))
        }
        guard status == 0, let output else { throw failure(handle) }
        return Array(UnsafeBufferPointer(start: output, count: Int(length)))
    }

    /// Inks to light: Adobe's programs store CMYK inverted.
    private static func rgb(fromInk ink: [UInt8], isInverted: Bool, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { out, filled in
            let flip: UInt8 = isInverted ? 0 : 255
            for pixel in 0..<count / 3 {
                let light = Int(ink[4 * pixel + 3] ^ flip)
                for channel in 0..<3 {
                    let value = Int(ink[4 * pixel + channel] ^ flip) * light + 128
                    out[3 * pixel + channel] = UInt8(truncatingIfNeeded: (value + value >> 8) >> 8)
                }
            }
            filled = count
        }
    }

    /// Whether the decoder only noticed padding between segments, which cameras do leave.
    private static func isHarmless(_ handle: tjhandle) -> Bool {
        tjGetErrorCode(handle) == Int32(TJERR_WARNING.rawValue)
            && message(handle).contains("extraneous bytes before marker")
    }

    private static func message(_ handle: tjhandle?) -> String {
        String(cString: tjGetErrorStr2(handle))
    }

    private static func failure(_ handle: tjhandle?) -> ImageError {
        let reason = message(handle)
        if reason.lowercased().contains("premature end") || reason.contains("Input file read") {
            return ImageError(.truncated, "the JPEG is cut short (TurboJPEG: \(reason))")
        }
        return ImageError(.corrupt, "the JPEG is damaged (TurboJPEG: \(reason))")
    }
}

/// What a JPEG's application segments say.
struct JPEGMarkers {
    var orientation = EXIFOrientation()
    var hasAdobe = false
    /// The parts of the colour profile, one after the other.
    var profile: [UInt8] = []

    init(_ data: [UInt8]) {
        var offset = 2
        while offset + 4 <= data.count, data[offset] == 0xFF {
            let marker = data[offset + 1]
            if marker == 0xFF {  // padding
                offset += 1
                continue
            }
            if marker == 0xDA || marker == 0xD9 { return }
            let length = Int(data[offset + 2]) << 8 | Int(data[offset + 3])
            let end = offset + 2 + length
            guard length >= 2, end <= data.count else { return }
            let payload = data[(offset + 4)..<end]
            if marker == 0xE1, orientation.value == 1 {
                orientation = EXIFOrientation(app1: payload)
            }
            // A profile is cut into numbered parts, which stand in their order.
            if marker == 0xE2, payload.starts(with: Array("ICC_PROFILE\0".utf8)) {
                profile += payload.dropFirst(14)
            }
            if marker == 0xEE, payload.starts(with: Array("Adobe".utf8)) { hasAdobe = true }
            offset = end
        }
    }
}
