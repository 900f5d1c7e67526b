/// The piece of a source line that an error shows, with the marks that stand under it.
struct Excerpt {
    /// More of a line than this is cut off around the place.
    static let width = 100

    let text: String
    /// A caret under the place's first character and `~` under the others.
    let marker: String

    init(_ location: ScriptError.Location) {
        var characters = Array(location.text)
        var start = min(max(0, location.column - 1), characters.count)
        var length = min(max(1, location.length), max(1, characters.count - start))
        if characters.count > Self.width {
            length = min(length, Self.width / 2)
            let from = max(0, min(start - Self.width / 3, characters.count - Self.width))
            let isCut = from + Self.width < characters.count
            characters = Array(characters[from..<min(characters.count, from + Self.width)])
            start -= from
            if from > 0 {
                characters = ["…"] + characters
                start += 1
            }
            if isCut { characters.append("…") }
        }
        text = String(characters)
        // Tabs stay tabs, so that the caret stands under its character on every terminal.
        let lead = characters[..<start].map { $0 == "\t" ? "\t" : Self.blanks(under: $0) }
        let marked = characters[start..<min(start + length, characters.count)]
        let width = marked.reduce(0) { $0 + Self.blanks(under: $1).count }
        marker = lead.joined() + "^" + String(repeating: "~", count: max(1, width) - 1)
    }

    /// As many blanks as a terminal gives a character: two for Chinese and for emoji.
    private static func blanks(under character: Character) -> String {
        guard let scalar = character.unicodeScalars.first else { return "" }
        let isWide =
            switch scalar.value {
            case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3,
                0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
                0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
                true
            default: scalar.properties.isEmojiPresentation
            }
        return isWide ? "  " : " "
    }
}
