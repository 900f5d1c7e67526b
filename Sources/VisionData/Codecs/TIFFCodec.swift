import CTIFF
import Hosting

/// TIFF through libtiff: grey, colour, palette, CMYK and YCbCr of 1 to 16 bits, in strips and tiles,
/// one page or several.
enum TIFFCodec {
    /// The first pages, at most `limit` of them.
    static func pages(_ data: [UInt8], limit: Int) throws -> [Image] {
        try data.withUnsafeBytes { bytes in
            let file = try TIFFFile(reading: bytes)
            var pages: [Image] = []
            var pixels = 0
            repeat {
                try Host.current.cancellation.check()
                // Together the pages are no larger than one picture may be.
                pixels += try file.size.width * file.size.height
                guard pages.isEmpty || pixels <= Image.pixelLimit else {
                    throw ImageError(
                        .tooLarge,
                        "too many pixels, expected at most \(Image.pixelLimit), got \(pixels) or "
                            + "more in \(pages.count + 1) pages; withPixelLimit allows more")
                }
                pages.append(try page(file))
            } while try pages.count < limit && file.next()
            return pages
        }
    }

    /// What the first page's directory says.
    static func info(_ data: [UInt8]) throws -> ImageInfo {
        try data.withUnsafeBytes { bytes in
            let file = try TIFFFile(reading: bytes)
            let (width, height) = try file.size
            let orientation = Int(file.short(UInt32(TIFFTAG_ORIENTATION)))
            return ImageInfo(
                format: .tiff, storedWidth: width, storedHeight: height,
                bitDepth: Int(file.short(UInt32(TIFFTAG_BITSPERSAMPLE))),
                frameCount: Int(TIFFNumberOfDirectories(file.handle)),
                orientation: EXIFOrientation(orientation).value,
                colorProfile: file.profile.map(ColorProfile.name))
        }
    }

    private static func page(_ file: TIFFFile) throws -> Image {
        let format = file.short(UInt32(TIFFTAG_SAMPLEFORMAT))
        guard format == UInt16(SAMPLEFORMAT_UINT) || format == UInt16(SAMPLEFORMAT_VOID) else {
            throw ImageError(
                .unsupported,
                "the TIFF holds signed or floating-point samples; expected unsigned ones")
        }
        let image = try TIFFLayout(file).map { try rows(file, $0) } ?? rendered(file)
        let orientation = Int(file.short(UInt32(TIFFTAG_ORIENTATION)))
        return EXIFOrientation(orientation).applied(to: image)
    }

    /// Samples of 8 or 16 bits as they stand, row by row.
    private static func rows(_ file: TIFFFile, _ layout: TIFFLayout) throws -> Image {
        let (width, height) = try file.size
        let channels = layout.hasAlpha ? 4 : layout.samples
        let count = try Image.byteCount(width: width, height: height, channels: channels)
        let rowBytes = width * layout.samples * layout.bytes
        guard TIFFScanlineSize(file.handle) == rowBytes else {
            throw ImageError(.corrupt, "the TIFF is damaged: its rows do not fit its width")
        }
        /// Rows of numbers in the machine's order.
        func read<Sample: FixedWidthInteger & BitwiseCopyable>(
            into out: UnsafeMutablePointer<Sample>
        ) throws {
            var row = [Sample](repeating: 0, count: width * layout.samples)
            let grayStep = layout.samples <= 2 ? 0 : 1
            var target = out
            for y in 0..<height {
                guard TIFFReadScanline(file.handle, &row, UInt32(y), 0) == 1 else {
                    throw file.failure()
                }
                for x in 0..<width {
                    let pixel = x * layout.samples
                    for channel in 0..<min(channels, 3) {
                        target[channel] = row[pixel + channel * grayStep]
                    }
                    if channels == 4 { target[3] = row[pixel + layout.samples - 1] }
                    target += channels
                }
            }
        }
        if layout.bytes == 2 {
            return try Image(
                deepWidth: width, height: height, channels: channels, count: count
            ) {
                try read(into: $0)
                if layout.isPremultiplied { unmultiply($0, count: count) }
            }
        }
        return try Image(width: width, height: height, channels: channels, count: count) {
            try read(into: $0)
            if layout.isPremultiplied { unmultiply($0, count: count) }
        }
    }

    /// Makes colours that were multiplied by their alpha what they were before.
    private static func unmultiply<Sample: FixedWidthInteger>(
        _ samples: UnsafeMutablePointer<Sample>, count: Int
    ) {
        let greatest = Int(Sample.max)
        for start in stride(from: 0, to: count, by: 4) {
            let alpha = Int(samples[start + 3])
            for channel in start..<start + 3 {
                let value = Int(samples[channel]) * greatest + alpha / 2
                samples[channel] =
                    alpha == 0 ? 0 : Sample(truncatingIfNeeded: min(greatest, value / alpha))
            }
        }
    }

    /// Anything else as libtiff itself renders it.
    private static func rendered(_ file: TIFFFile) throws -> Image {
        let (width, height) = try file.size
        let count = try Image.byteCount(width: width, height: height, channels: 4)
        var reason = [CChar](repeating: 0, count: 1024)
        guard TIFFRGBAImageOK(file.handle, &reason) == 1 else {
            let text = String(
                decoding: reason.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            throw ImageError(.unsupported, "the TIFF cannot be shown (libtiff: \(text))")
        }
        // In the order in which it is stored; the orientation is applied after that.
        let orientation = Int32(file.short(UInt32(TIFFTAG_ORIENTATION)))
        let bytes = try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            buffer.update(repeating: 0)
            let isRead = buffer.withMemoryRebound(to: UInt32.self) {
                TIFFReadRGBAImageOriented(
                    file.handle, UInt32(width), UInt32(height), $0.baseAddress, orientation, 1)
            }
            guard isRead == 1 else { throw file.failure() }
            filled = count
        }
        if file.hasAlpha {
            return Image(width: width, height: height, channels: 4, count: count) {
                $0.update(from: bytes, count: count)
                unmultiply($0, count: count)
            }
        }
        let image = Image(unchecked: bytes, width: width, height: height, channels: 4)
        let photometric = Int32(file.short(UInt32(TIFFTAG_PHOTOMETRIC)))
        let isGray = photometric == PHOTOMETRIC_MINISBLACK || photometric == PHOTOMETRIC_MINISWHITE
        return image.keepingChannels(isGray ? 1 : 3)
    }

    /// Grey, RGB or RGB with alpha, compressed with LZW over differences of neighbours.
    static func encode(_ image: Image) throws -> [UInt8] {
        let sink = TIFFSink()
        let file = try TIFFFile(writing: sink)
        let tags: [(Int32, Int)] = [
            (TIFFTAG_IMAGEWIDTH, image.width), (TIFFTAG_IMAGELENGTH, image.height),
            (TIFFTAG_BITSPERSAMPLE, image.bitDepth), (TIFFTAG_SAMPLESPERPIXEL, image.channels),
            (TIFFTAG_PLANARCONFIG, Int(PLANARCONFIG_CONTIG)),
            (
                TIFFTAG_PHOTOMETRIC,
                Int(image.channels == 1 ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB)
            ),
            (TIFFTAG_ORIENTATION, Int(ORIENTATION_TOPLEFT)),
            (TIFFTAG_COMPRESSION, Int(COMPRESSION_LZW)), (TIFFTAG_PREDICTOR, 2),
        ]
        for (tag, value) in tags {
            guard let value = Int32(exactly: value), ctiff_set(file.handle, UInt32(tag), value) == 1
            else { throw file.failure() }
        }
        if image.channels == 4 {
            var kind = UInt16(EXTRASAMPLE_UNASSALPHA)
            guard ctiff_set_list16(file.handle, UInt32(TIFFTAG_EXTRASAMPLES), 1, &kind) == 1 else {
                throw file.failure()
            }
        }
        let strip = TIFFDefaultStripSize(file.handle, 0)
        _ = ctiff_set(file.handle, UInt32(TIFFTAG_ROWSPERSTRIP), Int32(clamping: strip))
        if let deep = image.deep {
            try write(deep, rowCount: image.width * image.channels, to: file)
        } else {
            try write(image.bytes, rowCount: image.width * image.channels, to: file)
        }
        guard TIFFFlush(file.handle) == 1 else { throw file.failure() }
        return withExtendedLifetime(file) { sink.bytes }
    }

    private static func write<Sample: BitwiseCopyable>(
        _ samples: [Sample], rowCount: Int, to file: TIFFFile
    ) throws {
        for y in 0..<samples.count / rowCount {
            // The predictor works in the row it is given.
            var row = Array(samples[y * rowCount..<(y + 1) * rowCount])
            guard TIFFWriteScanline(file.handle, &row, UInt32(y), 0) == 1 else {
                throw file.failure()
            }
        }
    }
}

/// Samples that are read as they stand; `nil` for what libtiff renders.
private struct TIFFLayout {
    let samples: Int
    /// Of a sample.
    let bytes: Int
    let hasAlpha: Bool
    let isPremultiplied: Bool

    init?(_ file: TIFFFile) {
        let bits = file.short(UInt32(TIFFTAG_BITSPERSAMPLE))
        let photometric = Int32(file.short(UInt32(TIFFTAG_PHOTOMETRIC)))
        samples = Int(file.short(UInt32(TIFFTAG_SAMPLESPERPIXEL)))
        bytes = Int(bits) / 8
        hasAlpha = file.hasAlpha
        isPremultiplied = file.extraSamples.first == UInt16(EXTRASAMPLE_ASSOCALPHA)
        let colors = samples - file.extraSamples.count
        guard bits == 8 || bits == 16, TIFFIsTiled(file.handle) == 0,
            file.short(UInt32(TIFFTAG_PLANARCONFIG)) == UInt16(PLANARCONFIG_CONTIG),
            (photometric == PHOTOMETRIC_MINISBLACK && colors == 1)
                || (photometric == PHOTOMETRIC_RGB && colors == 3),
            file.extraSamples.isEmpty || hasAlpha && file.extraSamples.count == 1,
            TIFFIsCODECConfigured(file.short(UInt32(TIFFTAG_COMPRESSION))) == 1
        else { return nil }
    }
}
