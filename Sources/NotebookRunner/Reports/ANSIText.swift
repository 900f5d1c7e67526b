/// Text with the escape sequences of terminals, as HTML.
enum ANSIText {
    private struct Style: Equatable {
        var color: String?
        var background: String?
        var isBold = false
        var isDim = false
        var isItalic = false
        var isUnderlined = false

        var css: String {
            var parts: [String] = []
            if let color { parts.append("color:\(color)") }
            if let background { parts.append("background:\(background)") }
            if isBold { parts.append("font-weight:bold") }
            if isDim { parts.append("opacity:.65") }
            if isItalic { parts.append("font-style:italic") }
            if isUnderlined { parts.append("text-decoration:underline") }
            return parts.joined(separator: ";")
        }
    }

    /// The text in spans of its colours; other sequences are left out.
    static func html(_ text: String) -> String {
        var html = ""
        var style = Style()
        var run = ""
        func close() {
            guard !run.isEmpty else { return }
            let escaped = Markup.escaped(run)
            html += style == Style() ? escaped : "<span style=\"\(style.css)\">\(escaped)</span>"
            run = ""
        }
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\u{1B}", rest.first == "[" else {
                if scalar != "\u{1B}" { run.unicodeScalars.append(scalar) }
                continue
            }
            rest.removeFirst()
            let parameters = rest.prefix { (0x30...0x3F).contains($0.value) }
            rest.removeFirst(parameters.count)
            guard rest.popFirst() == "m" else { continue }
            close()
            apply(String(parameters).split(separator: ";").map { Int($0) ?? 0 }, to: &style)
        }
        close()
        return html
    }

    private static func apply(_ codes: [Int], to style: inout Style) {
        var codes = (codes.isEmpty ? [0] : codes)[...]
        while let code = codes.popFirst() {
            switch code {
            case 0: style = Style()
            case 1: style.isBold = true
            case 2: style.isDim = true
            case 3: style.isItalic = true
            case 4: style.isUnderlined = true
            case 22: (style.isBold, style.isDim) = (false, false)
            case 23: style.isItalic = false
            case 24: style.isUnderlined = false
            case 30...37: style.color = palette[code - 30]
            case 90...97: style.color = palette[code - 82]
            case 40...47: style.background = palette[code - 40]
            case 100...107: style.background = palette[code - 92]
            case 39: style.color = nil
            case 49: style.background = nil
            case 38: style.color = extended(&codes) ?? style.color
            case 48: style.background = extended(&codes) ?? style.background
            default: break
            }
        }
    }

    /// The colour after 38 or 48: one of 256, or three parts.
    private static func extended(_ codes: inout ArraySlice<Int>) -> String? {
        switch codes.popFirst() {
        case 2 where codes.count >= 3:
            let parts = codes.prefix(3).map { String(min(255, $0)) }
            codes.removeFirst(3)
            return "rgb(\(parts.joined(separator: ",")))"
        case 5:
            guard let index = codes.popFirst(), (0..<256).contains(index) else { return nil }
            if index < 16 { return palette[index] }
            if index >= 232 {
                let level = 8 + (index - 232) * 10
                return "rgb(\(level),\(level),\(level))"
            }
            let levels = [0, 95, 135, 175, 215, 255]
            let cube = index - 16
            return "rgb(\(levels[cube / 36]),\(levels[cube / 6 % 6]),\(levels[cube % 6]))"
        default: return nil
        }
    }

    private static let palette = [
        "#3e424d", "#c93a33", "#00853e", "#a8700a", "#1f74c4", "#a03fb1", "#00838f", "#8a8f98",
        "#6b7280", "#e75c58", "#12a150", "#c78d0e", "#4493e0", "#c264d4", "#12a5b0", "#d0d3d9",
    ]
}
