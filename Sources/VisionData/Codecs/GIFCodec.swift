import CGIF
import Hosting

/// GIF through giflib: still pictures and animations.
enum GIFCodec {
    /// The first pictures of an animation as they look on its canvas, at most `limit` of them.
    ///
    /// All have the canvas' size and the same channels: 4 where one of them shows through, 1 where
    /// every palette is grey, 3 elsewhere.
    static func frames(_ data: [UInt8], limit: Int) throws -> [Image] {
        try reading(data) { file in
            var decoder = try GIFDecoder(file)
            while decoder.frames.count < limit, try decoder.readFrame() {
                try Host.current.cancellation.check()
            }
            return try decoder.images()
        }
    }

    /// What the headers say.
    static func info(_ data: [UInt8]) throws -> ImageInfo {
        try reading(data) { file in
            let count = try GIFDecoder.countFrames(file)
            return ImageInfo(
                format: .gif, storedWidth: Int(file.pointee.SWidth),
                storedHeight: Int(file.pointee.SHeight), bitDepth: 8, frameCount: count)
        }
    }

    private static func reading<Result>(
        _ data: [UInt8], _ body: (UnsafeMutablePointer<GifFileType>) throws -> Result
    ) throws -> Result {
        try data.withUnsafeBufferPointer { bytes in
            let source = GIFSource(bytes)
            return try withExtendedLifetime(source) {
                var status: Int32 = 0
                let file = DGifOpen(
                    Unmanaged.passUnretained(source).toOpaque(),
                    { file, out, count in
                        guard let file, let out, let user = file.pointee.UserData else { return 0 }
                        return Unmanaged<GIFSource>.fromOpaque(user).takeUnretainedValue()
                            .read(into: out, count)
                    }, &status)
                guard let file else { throw failure(status) }
                defer { DGifCloseFile(file, nil) }
                return try body(file)
            }
        }
    }

    /// One picture: with at most 256 colours as it is, others with the 256 that fit best.
    ///
    /// A pixel less than half opaque becomes transparent, others opaque.
    static func encode(_ image: Image) throws -> [UInt8] {
        guard image.width <= 65_535, image.height <= 65_535 else {
            throw ImageError(
                .argument,
                "a GIF's sides have at most 65535 pixels, got \(image.width)x\(image.height)")
        }
        let indexed = IndexedImage(image)
        let sink = GIFSink()
        return try withExtendedLifetime(sink) {
            var status: Int32 = 0
            let file = EGifOpen(
                Unmanaged.passUnretained(sink).toOpaque(),
                { file, bytes, count in
                    guard let bytes, let user = file?.pointee.UserData else { return 0 }
                    Unmanaged<GIFSink>.fromOpaque(user).takeUnretainedValue().bytes +=
                        UnsafeBufferPointer(start: bytes, count: Int(count))
                    return count
                }, &status)
            guard let file else { throw failure(status) }
            do {
                try write(indexed, width: image.width, height: image.height, to: file)
            } catch {
                EGifCloseFile(file, nil)
                throw error
            }
            guard EGifCloseFile(file, &status) == GIF_OK else { throw failure(status) }
            return sink.bytes
        }
    }

    private static func write(
        _ indexed: IndexedImage, width: Int, height: Int, to file: UnsafeMutablePointer<GifFileType>
    ) throws {
        // A palette has a power of two of entries.
        var count = 2
        while count < indexed.palette.count { count *= 2 }
        let colors = (0..<count).map { index in
            let color = index < indexed.palette.count ? indexed.palette[index] : (0, 0, 0)
            return GifColorType(Red: color.0, Green: color.1, Blue: color.2)
        }
        guard let map = GifMakeMapObject(Int32(count), colors) else {
            throw ImageError(.file, "not enough memory for giflib")
        }
        defer { GifFreeMapObject(map) }
        func check(_ status: Int32) throws {
            if status != GIF_OK { throw failure(file.pointee.Error) }
        }
        EGifSetGifVersion(file, true)
        try check(EGifPutScreenDesc(file, Int32(width), Int32(height), 8, 0, map))
        if let transparent = indexed.transparent {
            let control: [UInt8] = [1, 0, 0, UInt8(transparent)]
            try check(EGifPutExtension(file, GRAPHICS_EXT_FUNC_CODE, 4, control))
        }
        try check(EGifPutImageDesc(file, 0, 0, Int32(width), Int32(height), false, nil))
        var pixels = indexed.pixels
        try pixels.withUnsafeMutableBufferPointer { pixels in
            guard let base = pixels.baseAddress else { return }
            for y in 0..<height {
                try check(EGifPutLine(file, base + y * width, Int32(width)))
            }
        }
    }

    static func failure(_ status: Int32) -> ImageError {
        let reason = GifErrorString(status).map { String(cString: $0) } ?? "error \(status)"
        switch status {
        case D_GIF_ERR_EOF_TOO_SOON, D_GIF_ERR_READ_FAILED:
            return ImageError(.truncated, "the GIF is cut short (giflib: \(reason))")
        case D_GIF_ERR_NOT_ENOUGH_MEM, E_GIF_ERR_NOT_ENOUGH_MEM:
            return ImageError(.file, "not enough memory for giflib")
        default:
            return ImageError(.corrupt, "the GIF is damaged (giflib: \(reason))")
        }
    }
}

/// Bytes that giflib reads. Lives as long as the file that reads from it.
private final class GIFSource {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var offset = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    func read(into out: UnsafeMutablePointer<UInt8>, _ count: Int32) -> Int32 {
        let got = max(0, min(Int(count), bytes.count - offset))
        guard got > 0, let base = bytes.baseAddress else { return 0 }
        out.update(from: base + offset, count: got)
        offset += got
        return Int32(got)
    }
}

/// Bytes that giflib writes.
private final class GIFSink {
    var bytes: [UInt8] = []
}
