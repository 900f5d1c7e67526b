import Hosting

extension ProgressLine {
    /// What a notebook shows and keeps of a state: the line as text; as HTML the line with a drawn
    /// bar, and below it the picture, because a front end shows a single form of a bundle.
    public static func bundle(_ progress: Progress) -> MIMEBundle {
        var bundle = MIMEBundle(plain: text(progress))
        var html = "<div style=\"display:flex;align-items:center;gap:0 .8em;"
        html += "font-family:var(--jp-code-font-family,monospace);font-size:13px\">"
        if !progress.title.isEmpty {
            html += "<b style=\"white-space:nowrap\">\(escapedHTML(progress.title))</b>"
        }
        if let share = share(progress) {
            html +=
                "<span style=\"flex:0 0 160px;height:8px;border-radius:4px;overflow:hidden;"
                + "background:rgba(127,127,127,.25)\"><span style=\"display:block;height:8px;"
                + "width:\(Int(share * 100))%;background:\(progress.color)\"></span></span>"
        }
        html += "<span>\(escapedHTML(figures(progress)))</span></div>"
        if let picture = progress.picture.flatMap(embedded) { html += "\n" + picture }
        bundle["text/html"] = .text(html)
        return bundle
    }

    /// A drawing as an image of its own.
    private static func embedded(_ picture: MIMEBundle) -> String? {
        if case .text(let svg)? = picture["image/svg+xml"] {
            return inlineImage(
                Array(svg.utf8), type: "image/svg+xml", alternative: picture.plain)
        }
        guard case .bytes(let bytes)? = picture["image/png"] else { return nil }
        return inlineImage(bytes, type: "image/png", alternative: picture.plain)
    }
}

extension Progress {
    /// Blue under way, green at the end, amber where it ended early.
    fileprivate var color: String {
        isStopped ? "#e39c3a" : isFinished ? "#54a24b" : "#4c78a8"
    }
}
