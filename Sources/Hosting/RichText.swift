/// Text with Markdown's marks, which a notebook shows set and a terminal as it stands.
///
///     display(Markdown("accuracy **0.91**"))
public struct Markdown: Sendable, Hashable, Displayable, CustomStringConvertible {
    /// The source.
    public let text: String

    /// Text in Markdown.
    public init(_ text: String) { self.text = text }

    /// The source.
    public var description: String { text }

    /// The source, and the same as Markdown.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = MIMEBundle(plain: text)
        bundle["text/markdown"] = .text(text)
        return bundle
    }
}

/// A formula in LaTeX's notation, which a notebook sets and a terminal shows as it stands.
///
///     display(LaTeX(#"\frac{1}{N} \sum_i (x_i - \mu)^2"#))
public struct LaTeX: Sendable, Hashable, Displayable, CustomStringConvertible {
    /// The source.
    public let text: String

    /// A formula; dollar signs or an environment around it are welcome and not needed.
    public init(_ text: String) { self.text = text }

    /// The source.
    public var description: String { text }

    /// The source, and the same as LaTeX in display style.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = MIMEBundle(plain: text)
        let isDelimited = ["$", "\\[", "\\(", "\\begin"].contains { text.hasPrefix($0) }
        bundle["text/latex"] = .text(isDelimited ? text : "$\\displaystyle \(text)$")
        return bundle
    }
}

/// A piece of a web page, which a notebook shows as one and a terminal as its source.
///
///     display(HTML("<b>done</b>"))
public struct HTML: Sendable, Hashable, Displayable, CustomStringConvertible {
    /// The source.
    public let text: String

    /// A piece of HTML.
    public init(_ text: String) { self.text = text }

    /// The source.
    public var description: String { text }

    /// The source, and the same as HTML.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = MIMEBundle(plain: text)
        bundle["text/html"] = .text(text)
        return bundle
    }
}
