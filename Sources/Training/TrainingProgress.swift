import Hosting
import Plots

/// Tells the front end how training goes: one line for the whole run, with the loss curve below it,
/// and each epoch as a milestone.
final class TrainingProgress {
    let epochs: Int
    private let images: Int
    private let reporter: ProgressReporter

    init(epochs: Int, images: Int) {
        self.epochs = epochs
        self.images = images
        let (total, isHuge) = epochs.multipliedReportingOverflow(by: images)
        reporter = ProgressReporter("", total: isHuge ? nil : total, unit: "images")
    }

    func beginEpoch(_ number: Int) { reporter.title = "Epoch \(number)/\(epochs)" }

    /// After a batch; `figures` are asked for only when a state is due.
    func update(images count: Int, history: History, figures: () -> History.Figures) {
        reporter.advance(
            by: count, metrics: { named(figures()) },
            picture: { history.plot().progressPicture() })
    }

    /// After validation.
    func endEpoch(_ epoch: History.Epoch, history: History) {
        var metrics = named(epoch.train)
        if epoch.validation.isPresent {
            metrics += named(epoch.validation).map { ("val \($0.name)", $0.value) }
        }
        reporter.milestone(
            completed: images, total: images, elapsed: epoch.seconds, metrics: metrics,
            picture: { history.plot().progressPicture() }, isFinished: epoch.number == epochs)
    }

    /// After a run that ended early.
    func finish() { reporter.finish() }

    private func named(_ figures: History.Figures) -> ProgressReporter.Metrics {
        [("loss", figures.loss)] + figures.metrics
    }
}
