import FoundationEssentials
import Hosting
import Sessions

/// A state of a long piece of work as a notebook shows it: one line, and below it the picture.
enum ProgressDisplay {
    /// The line alone where there is no picture; else both in one HTML form, because a front end
    /// shows a single form of a bundle.
    static func bundle(_ progress: Progress) -> MIMEBundle {
        let line = ProgressLine.text(progress)
        var bundle = MIMEBundle(plain: line)
        if let picture = progress.picture.flatMap(embedded) {
            bundle["text/html"] = .text("<pre>\(escaped(line))</pre>\n\(picture)")
        }
        return bundle
    }

    private static func embedded(_ picture: MIMEBundle) -> String? {
        if case .text(let svg)? = picture["image/svg+xml"] { return svg }
        if case .bytes(let bytes)? = picture["image/png"] {
            return "<img src=\"data:image/png;base64,\(Data(bytes).base64EncodedString())\">"
        }
        if case .text(let html)? = picture["text/html"] { return html }
        return nil
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;")
    }
}
