/// What whoever shows output can do with a value, for values that have a form for each.
public enum OutputMedium: Sendable {
    /// A document: a notebook or a file, in which rich forms are kept side by side.
    case document
    /// A terminal that shows coloured characters.
    case coloredText
    /// A terminal that shows pictures.
    case pictures
}

extension OutputSink {
    /// A document, unless the sink says otherwise.
    public var medium: OutputMedium { .document }
}

extension MIMEBundle {
    /// The type of a text with the escape sequences of a terminal's colours, which only terminals
    /// are given.
    public static let coloredText = "text/x-ansi"
}
