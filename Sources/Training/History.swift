/// What happened during a run of `fit`.
///
/// For `replay` it keeps what the model is made of, without its weights, and data that is small or
/// in files; other data is there as long as something else holds it.
///
///     let history = try fit(model, train: data.train, validation: data.test, epochs: 3)
///     history.last.validation.accuracy
///     history.plot()
public struct History: Sendable {
    /// Loss and metrics over one pass through some data.
    public struct Figures: Sendable {
        /// The mean loss; not a number where there was no such data.
        public var loss: Double
        /// The metrics asked for, with their names.
        public var metrics: [(name: String, value: Double)]

        package init(loss: Double, metrics: [(name: String, value: Double)]) {
            self.loss = loss
            self.metrics = metrics
        }

        /// The metric of a name; not a number where it was not asked for.
        public subscript(name: String) -> Double {
            metrics.first { $0.name == name }?.value ?? .nan
        }

        /// The share of images classified rightly; not a number where it was not asked for.
        public var accuracy: Double { self["accuracy"] }

        /// Whether there was any data.
        var isPresent: Bool { !loss.isNaN || !metrics.isEmpty }

        /// The figures of data that was not there.
        static let none = Figures(loss: .nan, metrics: [])
    }

    /// One pass through the training data.
    public struct Epoch: Sendable, Codable {
        /// Counted from 1.
        public var number: Int
        /// The means over the epoch while the weights changed.
        public var train: Figures
        /// The figures after the epoch on the validation data; not numbers without any.
        public var validation: Figures
        /// How long training took, without validation.
        public var seconds: Double
        /// The learning rate of the epoch's last step.
        public var learningRate: Double
        /// How long training waited for images that were still being read or changed.
        public var secondsWaiting: Double

        package init(
            number: Int, train: Figures, validation: Figures, seconds: Double,
            learningRate: Double, secondsWaiting: Double = 0
        ) {
            self.number = number
            self.train = train
            self.validation = validation
            self.seconds = seconds
            self.learningRate = learningRate
            self.secondsWaiting = secondsWaiting
        }
    }

    /// The epochs in order.
    public internal(set) var epochs: [Epoch] = []
    /// The loss of every step, which is one batch.
    public internal(set) var stepLosses: [Double] = []
    /// The number of the epoch whose weights the model ended with, where the best were brought
    /// back.
    public internal(set) var bestEpoch: Int?
    /// What the steps that were looked at were like inside; empty unless `fit` was asked for it.
    public internal(set) var statistics: [StepStatistics] = []
    /// What the run was, where it was taken down.
    var recorded: Capsule?
    /// What the run was given.
    var arguments: RunArguments?
    /// The cross-entropy of guessing, where that is the loss: the logarithm of the number of
    /// classes.
    package internal(set) var chanceLoss: Double?
    /// How many steps an epoch had.
    public internal(set) var stepsPerEpoch = 0

    init() {}

    /// All that the run was, to be kept and repeated; throws where it went on from a checkpoint
    /// that does not hold it.
    public var capsule: Capsule {
        get throws {
            if let recorded { return recorded }
            throw TrainingError(
                "capsule: the history does not know its run, expected one that fit gave")
        }
    }

    /// What a run like this would leave.
    package init(
        epochs: [Epoch], stepLosses: [Double] = [], stepsPerEpoch: Int = 0,
        statistics: [StepStatistics] = [], chanceLoss: Double? = nil
    ) {
        self.epochs = epochs
        self.stepLosses = stepLosses
        self.stepsPerEpoch = stepsPerEpoch
        self.statistics = statistics
        self.chanceLoss = chanceLoss
    }

    /// The last epoch; before the first has ended, one without numbers.
    public var last: Epoch {
        epochs.last
            ?? Epoch(number: 0, train: .none, validation: .none, seconds: 0, learningRate: .nan)
    }

    /// How long training took, without validation.
    public var seconds: Double { epochs.reduce(0) { $0 + $1.seconds } }
}
