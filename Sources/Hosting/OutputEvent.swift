/// What running code tells its front end, in the order it happened.
public enum OutputEvent: Sendable {
    /// Printed text, any piece of it: lines are not assembled.
    case text(String, stream: OutputStream)
    /// A value to show. With an `id`, later updates replace it in place.
    case display(MIMEBundle, id: String?)
    /// A new state of the display with this id; only the last one is kept.
    case update(MIMEBundle, id: String)
    /// Removes the output so far, at once or when the next output arrives.
    case clear(wait: Bool)
    /// A new state of a long piece of work; a front end shows it on one line that updates in place.
    case progress(Progress)
}

/// Which of the two streams of a process text goes to; raw values are their Jupyter names.
public enum OutputStream: String, Sendable {
    /// What the code prints.
    case standardOutput = "stdout"
    /// Warnings and errors, which a front end may show in another colour.
    case standardError = "stderr"
}

/// Where output goes: a notebook's front end, a terminal, a file, a test.
///
/// Implementations are called from the thread that runs the code and may block it (back-pressure),
/// polling the cancellation while they do.
public protocol OutputSink: AnyObject, Sendable {
    /// Shows one event; events come in the order in which they happened.
    func emit(_ event: OutputEvent)

    /// What can be shown; values may make their forms for it.
    var medium: OutputMedium { get }

    /// One line typed by the person, without its line end; `nil` at the end of input.
    /// Throws where nobody can answer, or when interrupted.
    func readLine(prompt: String, isPassword: Bool) throws -> String?
}
