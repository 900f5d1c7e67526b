import CJPEG
import Glibc
import Hosting

/// JPEG through libjpeg: grey, colour and CMYK, baseline and progressive.
enum JPEGCodec {
    static func decode(_ data: [UInt8]) throws -> Image {
        let markers = JPEGMarkers(data)
        return try data.withUnsafeBufferPointer { bytes in
            let reader = try JPEGReader(bytes)
            let all = PixelArea(columns: 0..<reader.width, rows: 0..<reader.height)
            return markers.orientation.applied(to: try decode(reader, markers, all))
        }
    }

    /// A picture of which only the blocks are decoded that a part of it lies in.
    ///
    /// What is damaged elsewhere is not noticed then.
    static func unread(_ data: [UInt8]) throws -> UnreadImage {
        let markers = JPEGMarkers(data)
        // That a file is cut short shows at its end, which the rows of a part may not reach.
        guard markers.width > 0, markers.height > 0, data.suffix(64).containsEndOfJPEG else {
            return UnreadImage(try decode(data))
        }
        let channels = markers.components == 1 ? 1 : 3
        _ = try Image.byteCount(width: markers.width, height: markers.height, channels: channels)
        let stored = UnreadImage(
            width: markers.width, height: markers.height, channels: channels
        ) { area in
            try data.withUnsafeBufferPointer { bytes in
                let reader = try JPEGReader(bytes)
                guard reader.width == markers.width, reader.height == markers.height else {
                    throw ImageError(.corrupt, "the JPEG is damaged: it has two sizes")
                }
                return try decode(reader, markers, area)
            }
        }
        return stored.turned(markers.orientation)
    }

    /// A part of the stored picture; of a whole one the file is read to its end.
    private static func decode(
        _ reader: JPEGReader, _ markers: JPEGMarkers, _ area: PixelArea
    ) throws -> Image {
        _ = try Image.byteCount(width: reader.width, height: reader.height, channels: 4)
        let isGray = reader.colors == JCS_GRAYSCALE
        let isInked = reader.colors == JCS_CMYK || reader.colors == JCS_YCCK
        let channels = isGray ? 1 : 3
        let samples = isInked ? 4 : channels
        let flip: UInt8 = markers.hasAdobe ? 0 : 255
        // The colours of a pixel depend on its neighbours' where files store fewer colours.
        let reach = 4
        let columns =
            max(
                0, area.columns.lowerBound - reach)..<min(
                reader.width, area.columns.upperBound + reach)
        try reader.start(
            isGray ? JCS_GRAYSCALE : isInked ? JCS_CMYK : JCS_RGB, columns: columns,
            top: area.rows.lowerBound)
        let rowBytes = area.columns.count * channels
        let stride = reader.columns * samples
        let offset = (area.columns.lowerBound - reader.left) * samples
        let cancellation = Host.current.cancellation
        let image = try Image(
            width: area.columns.count, height: area.rows.count, channels: channels,
            count: rowBytes * area.rows.count
        ) { out in
            let band = 16
            if stride == rowBytes {
                for row in Swift.stride(from: 0, to: area.rows.count, by: band) {
                    try cancellation.check()
                    try reader.read(
                        min(band, area.rows.count - row), into: out + row * rowBytes,
                        stride: stride)
                }
                return
            }
            try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: band * stride) { rows in
                guard let base = rows.baseAddress else { return }
                for first in Swift.stride(from: 0, to: area.rows.count, by: band) {
                    try cancellation.check()
                    let count = min(band, area.rows.count - first)
                    try reader.read(count, into: base, stride: stride)
                    for row in 0..<count {
                        let from = base + row * stride + offset
                        let to = out + (first + row) * rowBytes
                        if isInked {
                            fillRGB(to, fromInk: from, pixels: area.columns.count, flip: flip)
                        } else {
                            to.update(from: from, count: rowBytes)
                        }
                    }
                }
            }
        }
        if area.covers(width: reader.width, height: reader.height) { try reader.finish() }
        try reader.check()
        return image
    }

    /// What the headers say.
    static func info(_ data: [UInt8]) throws -> ImageInfo {
        try data.withUnsafeBufferPointer { bytes in
            let reader = try JPEGReader(bytes)
            let markers = JPEGMarkers(data)
            return ImageInfo(
                format: .jpeg, storedWidth: reader.width, storedHeight: reader.height, bitDepth: 8,
                orientation: markers.orientation.value,
                colorProfile: markers.profile.isEmpty ? nil : ColorProfile.name(markers.profile))
        }
    }

    /// From a quality of 90 on, colours are stored pixel by pixel, below for four together.
    static func encode(_ image: Image, quality: Int) throws -> [UInt8] {
        guard image.width <= 65_500, image.height <= 65_500 else {
            throw ImageError(
                .argument,
                "a JPEG's sides have at most 65500 pixels, got \(image.width)x\(image.height)")
        }
        let opaque = image.channels == 4 ? image.flattened() : image
        let sampling: Int32 = opaque.channels == 1 || quality >= 90 ? 1 : 2
        var output: UnsafeMutablePointer<UInt8>?
        var length: UInt = 0
        var reason = [CChar](repeating: 0, count: Int(JMSG_LENGTH_MAX))
        let status = opaque.bytes.withUnsafeBufferPointer {
            cjpeg_write(
                $0.baseAddress, UInt32(opaque.width), UInt32(opaque.height),
                Int32(opaque.channels), Int32(quality), sampling, &output, &length, &reason)
        }
        guard status == 1, let output else {
            let text = String(
                decoding: reason.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            throw ImageError(.file, "libjpeg could not encode the picture: \(text)")
        }
        defer { free(output) }
        return Array(UnsafeBufferPointer(start: output, count: Int(length)))
    }

    /// Inks to light; `flip` is 0 where they are stored inverted, as Adobe's programs do, else 255.
    private static func fillRGB(
        _ out: UnsafeMutablePointer<UInt8>, fromInk ink: UnsafePointer<UInt8>, pixels: Int,
        flip: UInt8
    ) {
        for pixel in 0..<pixels {
            let light = Int(ink[4 * pixel + 3] ^ flip)
            for channel in 0..<3 {
                let value = Int(ink[4 * pixel + channel] ^ flip) * light + 128
                out[3 * pixel + channel] = UInt8(truncatingIfNeeded: (value + value >> 8) >> 8)
            }
        }
    }
}

extension ArraySlice<UInt8> {
    /// Whether the marker stands here that ends a JPEG; some programs write a little behind it.
    fileprivate var containsEndOfJPEG: Bool {
        indices.dropLast().contains { self[$0] == 0xFF && self[$0 + 1] == 0xD9 }
    }
}
