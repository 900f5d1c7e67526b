import Hosting
import NeuralNetworks
import Synchronization
import Tensors
import VisionData

/// Pictures of 8x8 whose bright quarter tells one of four classes, under noise.
func quarters(_ count: Int, seed: Int = 1) throws -> ImageDataset {
    var generator = RandomGenerator(seed: seed)
    var images: [Image] = []
    var labels: [Int] = []
    for index in 0..<count {
        let label = index % 4
        let bytes = (0..<64).map { pixel -> UInt8 in
            let quarter = pixel / 32 * 2 + pixel % 8 / 4
            return UInt8.random(in: 0..<90, using: &generator) + (quarter == label ? 120 : 0)
        }
        images.append(try Image(width: 8, height: 8, channels: 1, bytes: bytes))
        labels.append(label)
    }
    return try ImageDataset(
        images: images, labels: labels, classes: ["nw", "ne", "sw", "se"])
}

/// A network for `quarters`.
func smallNetwork() -> Sequential {
    Sequential {
        Conv2d(1, 4, kernel: 3, padding: 1).named("conv")
        ReLU()
        MaxPool2d(2)
        Flatten()
        Linear(64, 4).named("head")
    }
}

/// Keeps what a run emits, and asks it to stop at a given progress event.
final class Recorder: OutputSink {
    private let events = Mutex<[Progress]>([])
    private let moment = Mutex<ContinuousClock.Instant?>(nil)
    let cancellation = Cancellation()
    private let stopAfter: Int?

    init(stopAfter: Int? = nil) { self.stopAfter = stopAfter }

    /// When it asked the run to stop.
    var stopped: ContinuousClock.Instant? { moment.withLock { $0 } }

    var progress: [Progress] { events.withLock { $0 } }

    func emit(_ event: OutputEvent) {
        guard case .progress(let progress) = event else { return }
        let count = events.withLock { events in
            events.append(progress)
            return events.count
        }
        guard count == stopAfter else { return }
        moment.withLock { $0 = .now }
        cancellation.request()
    }

    func readLine(prompt: String, isPassword: Bool) throws -> String? { nil }

    func run<R>(_ body: () throws -> R) rethrows -> R {
        try Host.$current.withValue(
            Host(output: self, cancellation: cancellation), operation: body)
    }
}

/// The text of the error that `body` throws.
func errorText(_ body: () throws -> Void) -> String {
    do {
        try body()
        return "no error"
    } catch { return String(describing: error) }
}
