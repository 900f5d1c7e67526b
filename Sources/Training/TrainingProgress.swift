import Hosting
import Plots

/// Tells the front end how training goes: one progress line an epoch, at most five states a second,
/// with the loss curve as a picture once a second and at the end.
final class TrainingProgress {
    private let epochs: Int
    private let images: Int
    private let run: String
    private var id = ""
    private var title = ""
    private var start = ContinuousClock.now
    private var nextState = ContinuousClock.now
    private var nextPicture = ContinuousClock.now
    private var completed = 0

    init(epochs: Int, images: Int) {
        self.epochs = epochs
        self.images = images
        run = String(UInt32.random(in: .min ... .max), radix: 16)
    }

    func beginEpoch(_ number: Int) {
        id = "fit-\(run)-\(number)"
        title = "Epoch \(number)/\(epochs)"
        completed = 0
        start = .now
        nextState = start
        nextPicture = start + .seconds(1)
    }

    /// After a batch; `figures` are asked for only when a state is due.
    func update(images count: Int, history: History, figures: () -> History.Figures) {
        completed += count
        let now = ContinuousClock.now
        guard now >= nextState else { return }
        nextState = now + .milliseconds(200)
        var picture: MIMEBundle?
        if now >= nextPicture {
            picture = curve(history)
            nextPicture = .now + .seconds(1)
        }
        emit(metrics: named(figures()), elapsed: now - start, picture: picture)
    }

    /// After validation. The finished line keeps its picture in the last epoch alone.
    func endEpoch(_ epoch: History.Epoch, history: History) {
        var metrics = named(epoch.train)
        if epoch.validation.isPresent {
            metrics += named(epoch.validation).map { ("val \($0.name)", $0.value) }
        }
        emit(
            metrics: metrics, elapsed: .seconds(epoch.seconds),
            picture: epoch.number == epochs ? curve(history) : nil, isFinished: true)
    }

    private func named(_ figures: History.Figures) -> [(name: String, value: Double)] {
        [("loss", figures.loss)] + figures.metrics
    }

    private func curve(_ history: History) -> MIMEBundle? {
        try? history.plot().mimeBundle()
    }

    private func emit(
        metrics: [(name: String, value: Double)], elapsed: Duration, picture: MIMEBundle?,
        isFinished: Bool = false
    ) {
        Host.current.output.emit(
            .progress(
                Progress(
                    id: id, title: title, completed: completed, total: images, unit: "images",
                    elapsed: elapsed.inSeconds, metrics: metrics, picture: picture,
                    isFinished: isFinished)))
    }
}
