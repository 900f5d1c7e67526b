import CTIFF
import Glibc

/// A TIFF that libtiff reads from memory or writes to memory; closed with its last reference.
final class TIFFFile {
    let handle: OpaquePointer
    private let message: UnsafeMutablePointer<CTIFFMessage>
    private let stream: TIFFStream

    /// Opens a file for reading; the bytes must outlive it.
    convenience init(reading bytes: UnsafeRawBufferPointer) throws {
        try self.init(TIFFSource(bytes), mode: "r")
    }

    /// Opens a file for writing.
    convenience init(writing sink: TIFFSink) throws { try self.init(sink, mode: "w") }

    private init(_ stream: TIFFStream, mode: String) throws {
        let message = UnsafeMutablePointer<CTIFFMessage>.allocate(capacity: 1)
        message.initialize(to: CTIFFMessage())
        // What one picture within the limit may take, with 16 bits a sample.
        let limit = 8 * Image.pixelLimit + 1 << 20
        let handle = ctiff_open(
            mode, Unmanaged.passUnretained(stream).toOpaque(),
            { client, buffer, count in
                tmsize_t(tiffStream(of: client)?.read(into: buffer, Int(count)) ?? -1)
            },
            { client, buffer, count in
                tmsize_t(tiffStream(of: client)?.write(buffer, Int(count)) ?? -1)
            },
            { client, offset, origin in tiffStream(of: client)?.seek(offset, origin) ?? 0 },
            { _ in 0 }, { client in UInt64(tiffStream(of: client)?.count ?? 0) },
            { client, base, size in
                guard let bytes = tiffStream(of: client)?.memory else { return 0 }
                base?.pointee = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
                size?.pointee = UInt64(bytes.count)
                return 1
            }, { _, _, _ in }, tmsize_t(limit), message)
        guard let handle else {
            defer { message.deallocate() }
            throw TIFFFile.failure(message)
        }
        self.handle = handle
        self.message = message
        self.stream = stream
    }

    deinit {
        TIFFClose(handle)
        message.deallocate()
    }

    /// The page's size as it is stored; throws where no picture can have it.
    var size: (width: Int, height: Int) {
        get throws {
            var (width, height): (UInt32, UInt32) = (0, 0)
            _ = ctiff_get32(handle, UInt32(TIFFTAG_IMAGEWIDTH), &width)
            _ = ctiff_get32(handle, UInt32(TIFFTAG_IMAGELENGTH), &height)
            _ = try Image.byteCount(width: Int(width), height: Int(height), channels: 4)
            return (Int(width), Int(height))
        }
    }

    /// A number of 16 bits, the tag's usual one where the file does not say; 0 without any.
    func short(_ tag: UInt32) -> UInt16 {
        var value: UInt16 = 0
        _ = ctiff_get16(handle, tag, &value)
        return value
    }

    /// What the samples beside the colours mean.
    var extraSamples: [UInt16] {
        var count: UInt16 = 0
        var kinds: UnsafeMutablePointer<UInt16>?
        guard ctiff_get_list16(handle, UInt32(TIFFTAG_EXTRASAMPLES), &count, &kinds) == 1,
            let kinds
        else { return [] }
        return Array(UnsafeBufferPointer(start: kinds, count: Int(count)))
    }

    /// Whether the first sample beside the colours is alpha.
    var hasAlpha: Bool {
        extraSamples.first.map {
            $0 == UInt16(EXTRASAMPLE_ASSOCALPHA) || $0 == UInt16(EXTRASAMPLE_UNASSALPHA)
        } ?? false
    }

    /// The colour profile's bytes.
    var profile: [UInt8]? {
        var count: UInt32 = 0
        var bytes: UnsafeMutableRawPointer?
        guard ctiff_get_bytes(handle, UInt32(TIFFTAG_ICCPROFILE), &count, &bytes) == 1, let bytes
        else { return nil }
        return Array(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
    }

    /// Goes to the next page; `false` after the last.
    func next() throws -> Bool {
        if TIFFReadDirectory(handle) == 1 { return true }
        guard message.pointee.text.0 == 0 else { throw failure() }
        return false
    }

    /// What libtiff complained of.
    func failure() -> ImageError { TIFFFile.failure(message) }

    private static func failure(_ message: UnsafeMutablePointer<CTIFFMessage>) -> ImageError {
        let text = withUnsafeBytes(of: &message.pointee.text) {
            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        let isShort = ["Read error", "Cannot read", "Can not read", "Not enough data", "EOF"]
            .contains(where: text.contains)
        return isShort
            ? ImageError(.truncated, "the TIFF is cut short (libtiff: \(text))")
            : ImageError(
                .corrupt, "the TIFF is damaged (libtiff: \(text.isEmpty ? "no reason" : text))")
    }
}

private func tiffStream(of client: UnsafeMutableRawPointer?) -> TIFFStream? {
    client.map { Unmanaged<TIFFStream>.fromOpaque($0).takeUnretainedValue() }
}

/// What libtiff's callbacks work on.
class TIFFStream {
    fileprivate var position = 0
    fileprivate var count: Int { 0 }
    /// All bytes, where they stay in place: libtiff reads them there.
    fileprivate var memory: UnsafeRawBufferPointer? { nil }

    fileprivate func read(into buffer: UnsafeMutableRawPointer?, _ wanted: Int) -> Int { -1 }
    fileprivate func write(_ buffer: UnsafeMutableRawPointer?, _ length: Int) -> Int { -1 }

    fileprivate func seek(_ offset: UInt64, _ origin: Int32) -> UInt64 {
        let start = origin == SEEK_SET ? 0 : origin == SEEK_CUR ? position : count
        let step = Int(Int64(bitPattern: offset))
        let (target, overflow) = start.addingReportingOverflow(step)
        guard !overflow, target >= 0 else { return UInt64.max }
        position = target
        return UInt64(target)
    }
}

private final class TIFFSource: TIFFStream {
    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    override var count: Int { bytes.count }
    override var memory: UnsafeRawBufferPointer? { bytes }

    override func read(into buffer: UnsafeMutableRawPointer?, _ wanted: Int) -> Int {
        let got = max(0, min(wanted, bytes.count - position))
        guard got > 0, let base = bytes.baseAddress, let buffer else { return 0 }
        buffer.copyMemory(from: base + position, byteCount: got)
        position += got
        return got
    }
}

/// The bytes of a file that is written.
final class TIFFSink: TIFFStream {
    private(set) var bytes: [UInt8] = []

    override fileprivate var count: Int { bytes.count }

    override fileprivate func read(into buffer: UnsafeMutableRawPointer?, _ wanted: Int) -> Int {
        let got = max(0, min(wanted, bytes.count - position))
        guard got > 0, let buffer else { return 0 }
        bytes.withUnsafeBytes { source in
            guard let base = source.baseAddress else { return }
            buffer.copyMemory(from: base + position, byteCount: got)
        }
        position += got
        return got
    }

    override fileprivate func write(_ buffer: UnsafeMutableRawPointer?, _ length: Int) -> Int {
        guard length >= 0, let buffer else { return -1 }
        if position > bytes.count {
            bytes += [UInt8](repeating: 0, count: position - bytes.count)
        }
        let overlap = min(length, bytes.count - position)
        let source = UnsafeRawBufferPointer(start: buffer, count: length)
        bytes.replaceSubrange(position..<position + overlap, with: source)
        position += length
        return length
    }
}
