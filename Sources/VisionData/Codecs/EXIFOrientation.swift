/// How a camera was held: tag 274 of EXIF, which says how to turn the stored picture upright.
///
/// 1 is upright; 2 mirrored; 3 turned by 180 degrees; 4 upside down mirrored; 5 to 8 have rows and
/// columns exchanged.
struct EXIFOrientation: Equatable {
    var value = 1

    init() {}

    /// An orientation of 1 to 8; anything else is upright.
    init(_ value: Int) { self.value = (1...8).contains(value) ? value : 1 }

    /// Reads the orientation from a TIFF block (`II*` or `MM*` first); 1 where there is none.
    init(tiff: [UInt8]) {
        func number(_ offset: Int, bytes: Int) -> Int? {
            guard offset >= 0, offset <= tiff.count - bytes else { return nil }
            let part = tiff[offset..<offset + bytes]
            return (isLittle ? Array(part.reversed()) : Array(part)).reduce(0) { $0 << 8 | Int($1) }
        }
        let isLittle = tiff.first == UInt8(ascii: "I")
        guard tiff.count >= 8, tiff[0] == tiff[1], isLittle || tiff[0] == UInt8(ascii: "M"),
            number(2, bytes: 2) == 42, let directory = number(4, bytes: 4),
            let entries = number(directory, bytes: 2)
        else { return }
        for entry in 0..<entries {
            let start = directory + 2 + 12 * entry
            guard let tag = number(start, bytes: 2) else { return }
            if tag == 274, number(start + 2, bytes: 2) == 3,
                let found = number(start + 8, bytes: 2),
                (1...8).contains(found)
            {
                value = found
                return
            }
        }
    }

    /// Reads the orientation from an APP1 segment's payload, which starts with `Exif`.
    init(app1: ArraySlice<UInt8>) {
        if app1.starts(with: [0x45, 0x78, 0x69, 0x66, 0, 0]) {
            self.init(tiff: Array(app1.dropFirst(6)))
        } else {
            self.init()
        }
    }

    /// The size of the upright picture.
    func size(width: Int, height: Int) -> (width: Int, height: Int) {
        value >= 5 ? (height, width) : (width, height)
    }

    /// Where a part of the upright picture lies in the stored one, whose size is given.
    func stored(_ area: PixelArea, width: Int, height: Int) -> PixelArea {
        func mirrored(_ range: Range<Int>, _ extent: Int) -> Range<Int> {
            extent - range.upperBound..<extent - range.lowerBound
        }
        let (columns, rows) = value >= 5 ? (area.rows, area.columns) : (area.columns, area.rows)
        return PixelArea(
            columns: [2, 3, 7, 8].contains(value) ? mirrored(columns, width) : columns,
            rows: [3, 4, 6, 7].contains(value) ? mirrored(rows, height) : rows)
    }

    /// The picture as it was seen.
    func applied(to image: Image) -> Image {
        guard value > 1 else { return image }
        let (width, height) = (image.width, image.height)
        let isTransposed = value >= 5
        // Where in the stored picture the upright picture's pixel (x, y) lies.
        let origin: (x: Int, y: Int)
        let stepX: Int
        let stepY: Int
        switch value {
        case 2: (origin, stepX, stepY) = ((width - 1, 0), -1, width)
        case 3: (origin, stepX, stepY) = ((width - 1, height - 1), -1, -width)
        case 4: (origin, stepX, stepY) = ((0, height - 1), 1, -width)
        case 5: (origin, stepX, stepY) = ((0, 0), width, 1)
        case 6: (origin, stepX, stepY) = ((0, height - 1), -width, 1)
        case 7: (origin, stepX, stepY) = ((width - 1, height - 1), -width, -1)
        default: (origin, stepX, stepY) = ((width - 1, 0), width, -1)
        }
        let (newWidth, newHeight) = isTransposed ? (height, width) : (width, height)
        return image.rearranged(
            Walk(
                start: origin.y * width + origin.x, stepX: stepX, stepY: stepY, width: newWidth,
                height: newHeight, channels: image.channels),
            width: newWidth, height: newHeight)
    }
}
