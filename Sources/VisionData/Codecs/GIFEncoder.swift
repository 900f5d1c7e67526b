import CGIF
import Hosting

/// Writes pictures, each with a palette of its own, one after the other.
///
/// With at most 256 colours a picture stays as it is, another one gets the 256 that fit best. A
/// pixel less than half opaque becomes transparent, others opaque.
struct GIFEncoder {
    private let file: UnsafeMutablePointer<GifFileType>

    /// The bytes of a file of one picture.
    static func encode(_ image: Image) throws -> [UInt8] {
        try encoding(width: image.width, height: image.height) { encoder in
            try encoder.write(Animation.Frame(image: image, x: 0, y: 0), delay: 0, disposal: 0)
        }
    }

    /// The bytes of an animation.
    static func encode(_ animation: Animation) throws -> [UInt8] {
        try encoding(width: animation.width, height: animation.height) { encoder in
            // Browsers show a picture anew as often as they are told, after the first time.
            if animation.plays != 1 { try encoder.writeRepetitions(max(0, animation.plays - 1)) }
            let delay = (animation.milliseconds + 5) / 10
            // What is transparent covers nothing: such pictures are drawn whole on a clear canvas.
            let frames =
                animation.hasAlpha
                ? animation.pictures.map { Animation.Frame(image: $0, x: 0, y: 0) }
                : animation.changes
            let progress =
                frames.count >= 20
                ? ProgressReporter("Encoding", total: frames.count, unit: "pictures") : nil
            for frame in frames {
                try Host.current.cancellation.check()
                try encoder.write(
                    frame, delay: delay,
                    disposal: animation.hasAlpha ? DISPOSE_BACKGROUND : DISPOSE_DO_NOT)
                progress?.advance()
            }
            progress?.finish()
        }
    }

    private static func encoding(
        width: Int, height: Int, _ body: (GIFEncoder) throws -> Void
    ) throws -> [UInt8] {
        guard width <= 65_535, height <= 65_535 else {
            throw ImageError(
                .argument, "a GIF's sides have at most 65535 pixels, got \(width)x\(height)")
        }
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
            guard let file else { throw GIFCodec.failure(status) }
            do {
                let encoder = GIFEncoder(file: file)
                EGifSetGifVersion(file, true)
                try encoder.check(EGifPutScreenDesc(file, Int32(width), Int32(height), 8, 0, nil))
                try body(encoder)
            } catch {
                EGifCloseFile(file, nil)
                throw error
            }
            guard EGifCloseFile(file, &status) == GIF_OK else { throw GIFCodec.failure(status) }
            return sink.bytes
        }
    }

    /// - Parameter count: how often the pictures are shown again; 0 is without end.
    private func writeRepetitions(_ count: Int) throws {
        try check(EGifPutExtensionLeader(file, APPLICATION_EXT_FUNC_CODE))
        try check(EGifPutExtensionBlock(file, 11, Array("NETSCAPE2.0".utf8)))
        let repetitions: [UInt8] = [1, UInt8(count & 255), UInt8(count >> 8)]
        try check(EGifPutExtensionBlock(file, 3, repetitions))
        try check(EGifPutExtensionTrailer(file))
    }

    /// - Parameter delay: how long the picture is shown, in hundredths of a second.
    private func write(_ frame: Animation.Frame, delay: Int, disposal: Int32) throws {
        let indexed = IndexedImage(frame.image)
        // A palette has a power of two of entries.
        var count = 2
        while count < indexed.palette.count + (indexed.transparent == nil ? 0 : 1) { count *= 2 }
        let colors = (0..<count).map { index in
            let color = index < indexed.palette.count ? indexed.palette[index] : (0, 0, 0)
            return GifColorType(Red: color.0, Green: color.1, Blue: color.2)
        }
        guard let map = GifMakeMapObject(Int32(count), colors) else {
            throw ImageError(.file, "not enough memory for giflib")
        }
        defer { GifFreeMapObject(map) }
        if indexed.transparent != nil || delay > 0 {
            let control: [UInt8] = [
                UInt8(disposal) << 2 | (indexed.transparent == nil ? 0 : 1), UInt8(delay & 255),
                UInt8(delay >> 8), UInt8(indexed.transparent ?? 0),
            ]
            try check(EGifPutExtension(file, GRAPHICS_EXT_FUNC_CODE, 4, control))
        }
        let (width, height) = (frame.image.width, frame.image.height)
        try check(
            EGifPutImageDesc(
                file, Int32(frame.x), Int32(frame.y), Int32(width), Int32(height), false, map))
        var pixels = indexed.pixels
        try pixels.withUnsafeMutableBufferPointer { pixels in
            guard let base = pixels.baseAddress else { return }
            for y in 0..<height {
                try check(EGifPutLine(file, base + y * width, Int32(width)))
            }
        }
    }

    private func check(_ status: Int32) throws {
        if status != GIF_OK { throw GIFCodec.failure(file.pointee.Error) }
    }
}

/// Bytes that giflib writes.
private final class GIFSink {
    var bytes: [UInt8] = []
}
