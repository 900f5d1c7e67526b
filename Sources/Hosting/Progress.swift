/// A state of one long piece of work: an epoch, a download, a folder of images.
public struct Progress: Sendable {
    /// Identifies the work; states of the same work share it.
    public var id: String
    /// What is going on, such as `Epoch 1/3`.
    public var title: String
    /// How many units are done so far.
    public var completed: Int
    /// How many units there are, where it is known.
    public var total: Int?
    /// What a unit is: `images`, `bytes`, `batches`.
    public var unit: String
    /// Seconds since the work began.
    public var elapsed: Double
    /// Figures worth watching, such as `("loss", 0.41)`, in display order.
    public var metrics: [(name: String, value: Double)]
    /// A richer picture of the same state, such as the loss curve so far.
    public var picture: MIMEBundle?
    /// Whether a part of the work has ended that a log tells of, such as an epoch: a terminal
    /// leaves this state on a line of its own.
    public var isMilestone: Bool
    /// Whether this is the last state of the work, be it done or stopped.
    public var isFinished: Bool
    /// Whether the work ended before it was done: it was interrupted, failed, or was left.
    public var isStopped = false

    /// A state of the work; without `total` no time left is known.
    public init(
        id: String, title: String, completed: Int, total: Int?, unit: String, elapsed: Double,
        metrics: [(name: String, value: Double)] = [], picture: MIMEBundle? = nil,
        isMilestone: Bool = false, isFinished: Bool = false
    ) {
        self.id = id
        self.title = title
        self.completed = completed
        self.total = total
        self.unit = unit
        self.elapsed = elapsed
        self.metrics = metrics
        self.picture = picture
        self.isMilestone = isMilestone
        self.isFinished = isFinished
    }

    /// Units per second so far; `nil` before anything was done.
    public var rate: Double? {
        elapsed > 0 && completed > 0 ? Double(completed) / elapsed : nil
    }

    /// Seconds left at the present rate; `nil` where the total or the rate is unknown.
    public var remaining: Double? {
        guard let total, let rate else { return nil }
        return Double(max(0, total - completed)) / rate
    }
}
