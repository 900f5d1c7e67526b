import CGIF

/// Lays the pictures of a GIF on its canvas, one after the other.
struct GIFDecoder {
    private let file: UnsafeMutablePointer<GifFileType>
    private let width: Int
    private let height: Int
    /// What is seen, RGBA.
    private var canvas: [UInt8]
    /// What happens to the last picture before the next is laid on.
    private var disposal = Int(DISPOSAL_UNSPECIFIED)
    private var last = Rectangle()
    private var saved: [UInt8] = []
    private var isGray = true
    private(set) var frames: [[UInt8]] = []

    private struct Rectangle {
        var left = 0, top = 0, width = 0, height = 0
    }

    /// Throws where the canvas is none that a picture can have.
    init(_ file: UnsafeMutablePointer<GifFileType>) throws {
        self.file = file
        width = Int(file.pointee.SWidth)
        height = Int(file.pointee.SHeight)
        let count = try Image.byteCount(width: width, height: height, channels: 4)
        canvas = [UInt8](repeating: 0, count: count)
    }

    /// Reads up to and with the next picture; `false` where there is none.
    mutating func readFrame() throws -> Bool {
        var control = GraphicsControlBlock(
            DisposalMode: 0, UserInputFlag: false, DelayTime: 0, TransparentColor: -1)
        while true {
            var kind = UNDEFINED_RECORD_TYPE
            try check(DGifGetRecordType(file, &kind))
            switch kind {
            case EXTENSION_RECORD_TYPE: try readExtension(&control)
            case IMAGE_DESC_RECORD_TYPE:
                try draw(control)
                return true
            default: return false
            }
        }
    }

    /// How many pictures a file has, found without drawing them.
    static func countFrames(_ file: UnsafeMutablePointer<GifFileType>) throws -> Int {
        func check(_ status: Int32) throws {
            if status != GIF_OK { throw GIFCodec.failure(file.pointee.Error) }
        }
        var count = 0
        while true {
            var kind = UNDEFINED_RECORD_TYPE
            try check(DGifGetRecordType(file, &kind))
            var code: Int32 = 0
            var block: UnsafeMutablePointer<GifByteType>?
            switch kind {
            case EXTENSION_RECORD_TYPE:
                try check(DGifGetExtension(file, &code, &block))
                while block != nil { try check(DGifGetExtensionNext(file, &block)) }
            case IMAGE_DESC_RECORD_TYPE:
                try check(DGifGetImageDesc(file))
                try check(DGifGetCode(file, &code, &block))
                while block != nil { try check(DGifGetCodeNext(file, &block)) }
                count += 1
            default: return count
            }
        }
    }

    /// The frames as pictures with the same channels.
    func images() throws -> [Image] {
        guard !frames.isEmpty else {
            throw ImageError(.corrupt, "the GIF is damaged: it holds no picture")
        }
        let isOpaque = frames.allSatisfy { frame in
            stride(from: 3, to: frame.count, by: 4).allSatisfy { frame[$0] == 255 }
        }
        let channels = !isOpaque ? 4 : isGray ? 1 : 3
        return frames.map { frame in
            let image = Image(unchecked: frame, width: width, height: height, channels: 4)
            return channels == 4 ? image : image.keepingChannels(channels)
        }
    }

    private mutating func readExtension(_ control: inout GraphicsControlBlock) throws {
        var code: Int32 = 0
        var block: UnsafeMutablePointer<GifByteType>?
        try check(DGifGetExtension(file, &code, &block))
        while let bytes = block {
            // A block starts with its length.
            if code == GRAPHICS_EXT_FUNC_CODE, bytes[0] >= 4 {
                _ = DGifExtensionToGCB(Int(bytes[0]), bytes + 1, &control)
            }
            try check(DGifGetExtensionNext(file, &block))
        }
    }

    private mutating func draw(_ control: GraphicsControlBlock) throws {
        try check(DGifGetImageDesc(file))
        let place = file.pointee.Image
        let frame = Rectangle(
            left: Int(place.Left), top: Int(place.Top), width: Int(place.Width),
            height: Int(place.Height))
        guard frame.width > 0, frame.height > 0 else {
            throw ImageError(
                .corrupt,
                "the GIF is damaged: a picture of it has \(frame.width)x\(frame.height) pixels")
        }
        // Together the pictures are no larger than one picture may be.
        let (pixels, overflow) = (frames.count + 1).multipliedReportingOverflow(by: width * height)
        guard !overflow, pixels <= Image.pixelLimit else {
            throw ImageError(
                .tooLarge,
                "too many pixels, expected at most \(Image.pixelLimit), got \(frames.count + 1) or "
                    + "more pictures of \(width)x\(height); withPixelLimit allows more")
        }
        let palette = try palette(place)
        dispose()
        disposal = Int(control.DisposalMode)
        last = frame
        if disposal == DISPOSE_PREVIOUS { saved = canvas }
        try drawRows(frame, palette, Int(control.TransparentColor), place.Interlace)
        frames.append(canvas)
    }

    private mutating func palette(_ place: GifImageDesc) throws -> [GifColorType] {
        guard let map = place.ColorMap ?? file.pointee.SColorMap, let colors = map.pointee.Colors
        else { throw ImageError(.corrupt, "the GIF is damaged: a picture of it has no palette") }
        let palette = UnsafeBufferPointer(start: colors, count: Int(map.pointee.ColorCount))
        isGray = isGray && palette.allSatisfy { $0.Red == $0.Green && $0.Green == $0.Blue }
        return Array(palette)
    }

    private mutating func drawRows(
        _ frame: Rectangle, _ palette: [GifColorType], _ transparent: Int, _ isInterlaced: Bool
    ) throws {
        let passes =
            isInterlaced ? [(0, 8), (4, 8), (2, 4), (1, 2)] : [(0, 1)]
        let visible = max(0, min(frame.width, width - frame.left))
        var line = [UInt8](repeating: 0, count: frame.width)
        for (first, step) in passes {
            for row in stride(from: first, to: frame.height, by: step) {
                try check(DGifGetLine(file, &line, Int32(frame.width)))
                let y = frame.top + row
                guard y < height else { continue }
                var target = 4 * (y * width + frame.left)
                for x in 0..<visible {
                    let index = Int(line[x])
                    if index != transparent {
                        let color = index < palette.count ? palette[index] : GifColorType()
                        canvas[target] = color.Red
                        canvas[target + 1] = color.Green
                        canvas[target + 2] = color.Blue
                        canvas[target + 3] = 255
                    }
                    target += 4
                }
            }
        }
    }

    /// Clears the last picture's place or brings back what it covered, as it asked.
    private mutating func dispose() {
        if disposal == DISPOSE_PREVIOUS {
            canvas = saved
        } else if disposal == DISPOSE_BACKGROUND {
            let right = min(width, last.left + last.width)
            for y in last.top..<max(last.top, min(height, last.top + last.height))
            where last.left < right {
                for index in 4 * (y * width + last.left)..<4 * (y * width + right) {
                    canvas[index] = 0
                }
            }
        }
    }

    private func check(_ status: Int32) throws {
        if status != GIF_OK { throw GIFCodec.failure(file.pointee.Error) }
    }
}

extension Image {
    /// The first channels of an opaque picture with alpha.
    func keepingChannels(_ kept: Int) -> Image {
        let pixels = width * height
        return Image(width: width, height: height, channels: kept, count: pixels * kept) { out in
            bytes.withUnsafeBufferPointer { source in
                for pixel in 0..<pixels {
                    for channel in 0..<kept {
                        out[pixel * kept + channel] = source[pixel * channels + channel]
                    }
                }
            }
        }
    }
}
