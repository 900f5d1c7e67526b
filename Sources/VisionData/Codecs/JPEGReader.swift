import CJPEG

/// A JPEG that libjpeg decodes row by row; closed with its last reference.
final class JPEGReader {
    private let reader: UnsafeMutablePointer<CJPEGReader>
    /// As it is stored.
    let width: Int
    /// As it is stored.
    let height: Int
    let colors: J_COLOR_SPACE
    /// The first column that rows hold, once decoding has begun.
    private(set) var left = 0

    /// Reads the headers; the bytes must outlive the reader.
    init(_ data: UnsafeBufferPointer<UInt8>) throws {
        guard let reader = cjpeg_open(data.baseAddress, data.count) else {
            throw ImageError(.file, "not enough memory for libjpeg")
        }
        guard cjpeg_read_header(reader) == 1 else {
            defer { cjpeg_close(reader) }
            throw Self.failure(reader)
        }
        self.reader = reader
        width = Int(reader.pointee.info.image_width)
        height = Int(reader.pointee.info.image_height)
        colors = reader.pointee.info.jpeg_color_space
    }

    deinit { cjpeg_close(reader) }

    /// The number of columns of a row, once decoding has begun.
    var columns: Int { Int(reader.pointee.info.output_width) }

    /// Begins at a row, with at least some of the columns.
    func start(_ output: J_COLOR_SPACE, columns: Range<Int>, top: Int) throws {
        var first = UInt32(columns.lowerBound)
        guard cjpeg_start(reader, output, &first, UInt32(columns.count), UInt32(top)) == 1 else {
            throw Self.failure(reader)
        }
        left = Int(first)
    }

    /// Reads the next rows, `stride` bytes apart.
    func read(_ count: Int, into out: UnsafeMutablePointer<UInt8>, stride: Int) throws {
        guard cjpeg_read_rows(reader, out, stride, UInt32(count)) == 1 else {
            throw Self.failure(reader)
        }
    }

    /// Reads what follows the last row.
    func finish() throws {
        guard cjpeg_finish(reader) == 1 else { throw Self.failure(reader) }
    }

    /// Throws where what was read is damaged: libjpeg goes on with grey then.
    func check() throws {
        if reader.pointee.failure.isDamaged != 0 { throw Self.failure(reader) }
    }

    private static func failure(_ reader: UnsafeMutablePointer<CJPEGReader>) -> ImageError {
        let reason = withUnsafeBytes(of: &reader.pointee.failure.text) {
            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        return reason.lowercased().contains("premature end") || reason.contains("Empty input file")
            ? ImageError(.truncated, "the JPEG is cut short (libjpeg: \(reason))")
            : ImageError(.corrupt, "the JPEG is damaged (libjpeg: \(reason))")
    }
}
