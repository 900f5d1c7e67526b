import Hosting
import Plots

/// Tells the front end how training goes: one line for the whole run, with the loss curve below it,
/// and each epoch as a milestone unless the run has a title of its own.
final class TrainingProgress {
    let epochs: Int
    private let images: Int
    private let isTitled: Bool
    private let reporter: ProgressReporter

    init(_ title: String? = nil, epochs: Int, images: Int) {
        self.epochs = epochs
        self.images = images
        isTitled = title != nil
        let (total, isHuge) = epochs.multipliedReportingOverflow(by: images)
        reporter = ProgressReporter(title ?? "", total: isHuge ? nil : total, unit: "images")
    }

    func beginEpoch(_ number: Int) {
        if !isTitled { reporter.title = "Epoch \(number)/\(epochs)" }
    }

    /// After a batch; `figures` are asked for only when a state is due.
    func update(images count: Int, history: History, figures: () -> History.Figures) {
        reporter.advance(
            by: count, metrics: { named(figures()) },
            picture: { history.plot().progressPicture() })
    }

    /// After validation.
    func endEpoch(_ epoch: History.Epoch, history: History) {
        guard !isTitled || epoch.number == epochs else { return }
        var metrics = named(epoch.train)
        if epoch.validation.isPresent {
            metrics += named(epoch.validation).map { ("val \($0.name)", $0.value) }
        }
        guard !isTitled else {
            return reporter.finish(
                metrics: metrics, picture: { history.plot().progressPicture() })
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
