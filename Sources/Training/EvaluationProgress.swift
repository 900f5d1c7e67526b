import Hosting

/// Tells the front end how far an evaluation is, at most five times a second.
final class EvaluationProgress {
    private let id = "evaluate-" + String(UInt32.random(in: .min ... .max), radix: 16)
    private let images: Int
    private let start = ContinuousClock.now
    private var nextState: ContinuousClock.Instant
    private var completed = 0

    init(images: Int) {
        self.images = images
        nextState = start + .milliseconds(200)
    }

    func update(completed: Int) {
        self.completed = completed
        let now = ContinuousClock.now
        guard now >= nextState else { return }
        nextState = now + .milliseconds(200)
        emit(isFinished: false)
    }

    func finish() { emit(isFinished: true) }

    private func emit(isFinished: Bool) {
        Host.current.output.emit(
            .progress(
                Progress(
                    id: id, title: "Evaluating", completed: completed, total: images,
                    unit: "images", elapsed: (ContinuousClock.now - start).inSeconds,
                    isFinished: isFinished)))
    }
}
