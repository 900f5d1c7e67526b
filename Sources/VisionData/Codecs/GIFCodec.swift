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
