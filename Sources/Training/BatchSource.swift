import Tensors
import VisionData

/// Labelled inputs that a run of training goes through, batch by batch.
protocol BatchSource {
    /// The class of every input.
    var labels: [Int] { get }
    /// What the inputs are, in words.
    var description: String { get }

    /// What gives these inputs again without holding more of them in memory than so many bytes:
    /// more are there as long as someone else holds them, and `nil` is given afterwards.
    func withoutHolding(above bytes: Int) -> () -> (any BatchSource)?

    /// A pass over all inputs from a batch on, in their order or in one drawn from a seed.
    func pass(batchSize: Int, order seed: UInt64?, from first: Int) throws -> any BatchPass
}

/// One pass over labelled inputs.
protocol BatchPass: AnyObject {
    /// The next batch, or `nil` after the last.
    func nextBatch() throws -> Batch?

    /// How long the pass has waited for batches that were not ready, in seconds.
    var secondsWaited: Double { get }
}

extension BatchIterator: BatchPass {}

extension BatchSource {
    /// The number of inputs.
    var count: Int { labels.count }
}

/// The pictures of a data set, normalised.
struct PictureBatches: BatchSource {
    let data: ImageDataset
    let normalization: Normalization?

    var labels: [Int] { data.labels }
    var description: String {
        let values = normalization.map { " by \($0.means), \($0.deviations)" } ?? ""
        return "\(data)\(values)"
    }

    func withoutHolding(above bytes: Int) -> () -> (any BatchSource)? {
        let (data, normalization) = (data.withoutHolding(above: bytes), normalization)
        return { data().map { PictureBatches(data: $0, normalization: normalization) } }
    }

    func pass(batchSize: Int, order seed: UInt64?, from first: Int) throws -> any BatchPass {
        try data.batches(
            batchSize, shuffled: seed != nil, normalized: normalization, seed: seed
        ).makeIterator(from: first)
    }
}

/// Rows of features [N, D] that a frozen network made once, with their labels.
struct FeatureBatches: BatchSource {
    let features: Tensor
    let labels: [Int]

    var description: String { "features \(features.shape)" }

    func withoutHolding(above bytes: Int) -> () -> (any BatchSource)? {
        // Nobody else has rows that were made for one run.
        let kept = features.spec.byteCount <= bytes ? self : nil
        return { kept }
    }

    func pass(batchSize: Int, order seed: UInt64?, from first: Int) throws -> any BatchPass {
        var order = Array(0..<count)
        if let seed {
            var generator = RandomGenerator(seed: Int(truncatingIfNeeded: seed))
            order.shuffle(using: &generator)
        }
        return Pass(source: self, batchSize: batchSize, order: order, next: first * batchSize)
    }

    private final class Pass: BatchPass {
        private let source: FeatureBatches
        private let batchSize: Int
        private let order: [Int]
        private var next: Int

        init(source: FeatureBatches, batchSize: Int, order: [Int], next: Int) {
            self.source = source
            self.batchSize = batchSize
            self.order = order
            self.next = next
        }

        var secondsWaited: Double { 0 }

        func nextBatch() throws -> Batch? {
            guard next < order.count else { return nil }
            let rows = order[next..<min(order.count, next + batchSize)]
            next += rows.count
            let places = try Tensor(rows.map { Int64($0) }, shape: [rows.count])
            return Batch(
                images: try source.features.indexed(by: [places]),
                labels: try Tensor(
                    rows.map { Int64(source.labels[$0]) }, shape: [rows.count]))
        }
    }
}
