import Glibc
import VisionEngine

/// Pictures as coloured characters.
enum Pictures {
    /// Draws the bytes of a picture file within so many columns and rows; `nil` where they are no
    /// picture.
    @Sendable
    static func draw(_ bytes: [UInt8], columns: Int, rows: Int) -> String? {
        // A form that cannot be read is shown as its text instead.
        guard let image = try? Image(data: bytes) else { return nil }
        return image.terminalText(columns: columns, rows: rows, colors: colors)
    }

    /// Only terminals that say so get 24 bits; every other has xterm's palette.
    private static var colors: TerminalPicture.Colors {
        let claim = getenv("COLORTERM").map { String(cString: $0) } ?? ""
        return ["truecolor", "24bit"].contains(claim) ? .full : .palette
    }
}
