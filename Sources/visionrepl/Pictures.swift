import Glibc
import Sessions
import VisionEngine

/// Pictures as the terminal at hand takes them.
enum Pictures {
    /// Draws the bytes of a picture file within a room; `nil` where they are no picture.
    @Sendable
    static func draw(_ bytes: [UInt8], room: PictureRoom) -> TerminalDrawing? {
        // A form that cannot be read is shown as its text instead.
        guard let image = try? Image(data: bytes) else { return nil }
        let size = room.fitted(width: image.width, height: image.height)
        let (columns, rows) = room.cells(width: size.width, height: size.height)
        // What cannot be made at this size is shown as its text.
        switch room.graphics {
        case .blocks:
            return TerminalDrawing(
                lines: image.terminalText(columns: room.columns, rows: room.rows, colors: colors))
        case .kitty:
            return (try? png(image, bytes, size)).map {
                TerminalDrawing(sequence: TerminalDrawing.kitty(png: $0), rows: rows)
            }
        case .iterm:
            return (try? png(image, bytes, size)).map {
                TerminalDrawing(
                    sequence: TerminalDrawing.iterm(file: $0, columns: columns, rows: rows),
                    rows: rows)
            }
        case .sixel:
            return (try? image.sixelText(width: size.width, height: size.height)).map {
                TerminalDrawing(sequence: $0, rows: rows)
            }
        }
    }

    /// The picture as a PNG file of a size: the file it came from where that fits.
    private static func png(
        _ image: Image, _ bytes: [UInt8], _ size: (width: Int, height: Int)
    ) throws -> [UInt8] {
        let isPNG = bytes.starts(with: [0x89, 0x50, 0x4E, 0x47])
        if isPNG, size == (image.width, image.height) { return bytes }
        return try image.resized(size.width, size.height).encoded(as: .png)
    }

    /// Only terminals that say so get 24 bits; every other has xterm's palette.
    private static var colors: TerminalPicture.Colors {
        let claim = getenv("COLORTERM").map { String(cString: $0) } ?? ""
        return ["truecolor", "24bit"].contains(claim) ? .full : .palette
    }
}
