import Hosting
import Plots
import Tensors

/// Tells the front end how training goes: one line for the whole run, with the curves of the loss
/// and the first metric below it, and each epoch as a milestone unless the run has a title of its
/// own.
final class TrainingProgress {
    let epochs: Int
    private let images: Int
    private let isTitled: Bool
    private let reporter: ProgressReporter
    /// The means of the first metric so far, within epochs too.
    private var course: [(epoch: Double, value: Double)] = []
    private var metric = ""

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

    /// After a step, at a learning rate and having waited for data for a share of the epoch's time;
    /// `figures` are asked for only when a state is due.
    func update(
        images count: Int, history: History, learningRate: Double, waiting: Double,
        figures: () -> History.Figures
    ) {
        reporter.advance(
            by: count,
            metrics: {
                let figures = figures()
                note(figures, history)
                var metrics = named(figures) + [("learning rate", learningRate)]
                // Training that keeps up with its data has nothing to tell of it.
                if waiting >= 0.01 { metrics.append(("waiting %", min(1, waiting) * 100)) }
                return metrics + [("memory GB", Double(Memory.used) / 1e9)]
            }, picture: { picture(history) })
    }

    /// After validation.
    func endEpoch(_ epoch: History.Epoch, history: History) {
        note(epoch.train, history)
        guard !isTitled || epoch.number == epochs else { return }
        var metrics = named(epoch.train)
        if epoch.validation.isPresent {
            metrics += named(epoch.validation).map { ("val \($0.name)", $0.value) }
        }
        guard !isTitled else {
            return reporter.finish(metrics: metrics, picture: { picture(history) })
        }
        reporter.milestone(
            completed: images, total: images, elapsed: epoch.seconds, metrics: metrics,
            picture: { picture(history) }, isFinished: epoch.number == epochs)
    }

    /// After a run that ended early.
    func finish() { reporter.finish() }

    private func note(_ figures: History.Figures, _ history: History) {
        guard let metric = figures.metrics.first else { return }
        self.metric = metric.name
        let epoch = Double(history.stepLosses.count) / Double(max(1, history.stepsPerEpoch))
        course.append((epoch, metric.value))
    }

    /// The loss, and the first metric where there is one.
    private func picture(_ history: History) -> MIMEBundle? {
        var charts = [history.plot()]
        if course.count > 1 {
            charts.append(metricChart(history))
        }
        return charts.progressPicture()
    }

    private func metricChart(_ history: History) -> Chart {
        var series = [
            Chart.Series.line("train", x: course.map(\.epoch), course.map(\.value))
        ]
        let validated = history.epochs.filter { $0.validation.isPresent }
        if !validated.isEmpty {
            series.append(
                .line(
                    "validation", x: validated.map { Double($0.number) },
                    validated.map { $0.validation[metric] }))
        }
        return Chart(title: metric, xLabel: "epoch", yLabel: metric, series: series)
    }

    private func named(_ figures: History.Figures) -> ProgressReporter.Metrics {
        [("loss", figures.loss)] + figures.metrics
    }
}
