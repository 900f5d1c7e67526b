/// Tells the front end how a long piece of work goes: at most five states a second, the picture of
/// the state drawn anew once a second, and the end.
///
///     let reporter = ProgressReporter("Reading", total: files.count, unit: "files")
///     for file in files {
///         read(file)
///         reporter.advance()
///     }
///     reporter.finish()
///
/// One thread at a time uses it.
public final class ProgressReporter {
    /// Figures worth watching, in display order.
    public typealias Metrics = [(name: String, value: Double)]

    /// What is going on.
    public var title: String
    /// How many units there are, where it is known.
    public let total: Int?
    /// What a unit is: `images`, `bytes`, `batches`.
    public let unit: String
    /// How many units are done.
    public private(set) var completed = 0

    private let id = "progress-" + String(UInt64.random(in: .min ... .max), radix: 16)
    private let start = ContinuousClock.now
    private var nextState: ContinuousClock.Instant
    private var nextPicture: ContinuousClock.Instant
    private var metrics: Metrics = []
    private var picture: MIMEBundle?

    /// Work that begins now.
    public init(_ title: String, total: Int? = nil, unit: String) {
        self.title = title
        self.total = total
        self.unit = unit
        nextState = start
        nextPicture = start + .seconds(1)
    }

    /// Counts units as done. Figures and picture are asked for only when a state is due.
    public func advance(
        by count: Int = 1, metrics: () -> Metrics = { [] }, picture: () -> MIMEBundle? = { nil }
    ) {
        completed = completed.addingReportingOverflow(count).partialValue
        let now = ContinuousClock.now
        guard now >= nextState else { return }
        nextState = now + .milliseconds(200)
        self.metrics = metrics()
        if now >= nextPicture { draw(picture) }
        emit(state)
    }

    /// Tells of the end of a part of the work, with that part's own count and time.
    public func milestone(
        completed: Int, total: Int?, elapsed: Double, metrics: Metrics,
        picture: () -> MIMEBundle? = { nil }, isFinished: Bool = false
    ) {
        self.metrics = metrics
        if isFinished || ContinuousClock.now >= nextPicture { draw(picture) }
        emit(
            Progress(
                id: id, title: title, completed: completed, total: total, unit: unit,
                elapsed: elapsed, metrics: metrics, picture: self.picture, isMilestone: true,
                isFinished: isFinished))
    }

    /// Tells of the end of all of it.
    public func finish(metrics: Metrics? = nil, picture: () -> MIMEBundle? = { nil }) {
        self.metrics = metrics ?? self.metrics
        draw(picture)
        var state = state
        state.isFinished = true
        emit(state)
    }

    private func draw(_ picture: () -> MIMEBundle?) {
        self.picture = picture() ?? self.picture
        // After the drawing, which may take long.
        nextPicture = .now + .seconds(1)
    }

    private var state: Progress {
        Progress(
            id: id, title: title, completed: completed, total: total, unit: unit,
            elapsed: (ContinuousClock.now - start).inSeconds, metrics: metrics, picture: picture)
    }

    private func emit(_ progress: Progress) { Host.current.output.emit(.progress(progress)) }
}

extension Duration {
    /// The duration in seconds.
    package var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
