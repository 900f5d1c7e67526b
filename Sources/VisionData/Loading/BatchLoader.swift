import Hosting
import Tensors

/// A data set in batches, prepared ahead of whoever uses them.
///
/// Each pass over it has its own thread, which converts and normalises the pictures and stays at
/// most four batches ahead. Batches come in order; the last one may be smaller. A pass that is
/// left early ends its thread.
///
///     for batch in try data.train.batches(64, shuffled: true) {
///         print(batch.images.shape)  // [64, 1, 28, 28]
///     }
public struct BatchLoader: Sequence, Sendable {
    /// Where the pictures come from.
    public let dataset: ImageDataset
    /// The number of pictures in each batch but the last.
    public let batchSize: Int
    /// Whether each pass has an order of its own.
    public let isShuffled: Bool
    /// What samples in 0...1 are brought to; `nil` leaves them.
    public let normalization: Normalization?
    /// What the order is drawn from; without one, each pass draws from the context's generator.
    public let seed: UInt64?

    /// The number of batches in a pass.
    public var count: Int { (dataset.count + batchSize - 1) / batchSize }

    /// The number of batches in a pass.
    public var underestimatedCount: Int { count }

    /// Starts a pass; its order is drawn here, from the context of the calling thread.
    public func makeIterator() -> BatchIterator {
        guard isShuffled else { return BatchIterator(self, order: Array(dataset.indices)) }
        var generator = ShuffleGenerator(seed: seed ?? Context.current.generator.next())
        return BatchIterator(self, order: dataset.indices.shuffled(using: &generator))
    }
}

extension ImageDataset {
    /// The data set in batches of `size` pictures, the last one smaller where they do not divide.
    ///
    /// - Parameters:
    ///   - shuffled: whether each pass has a new order, drawn from the context's generator.
    ///   - normalized: what samples in 0...1 are brought to; `nil` leaves them in 0...1.
    ///   - seed: an order that does not depend on the context, the same for each pass.
    ///
    /// Throws `DatasetError` when `size` is not positive or the normalisation has another number
    /// of channels.
    public func batches(
        _ size: Int, shuffled: Bool = false, normalized: Normalization? = nil,
        seed: UInt64? = nil
    ) throws -> BatchLoader {
        guard size > 0 else {
            throw DatasetError(
                .argument, "batches: expected a size of at least 1, got \(size)")
        }
        if let normalized, normalized.means.count != imageShape[0] {
            throw DatasetError(
                .argument,
                "batches: normalisation of the wrong number of channels, expected "
                    + "\(imageShape[0]), got \(normalized.means.count)")
        }
        return BatchLoader(
            dataset: self, batchSize: Swift.min(size, Swift.max(1, count)), isShuffled: shuffled,
            normalization: normalized, seed: seed)
    }
}

/// One pass over a data set. Used from one thread.
public final class BatchIterator: IteratorProtocol {
    private let queue: BoundedQueue<Result<Batch, any Error>>
    private let thread: PlainThread?
    /// What ended the pass early, for a loop that cannot throw: `next()` returns `nil` then.
    public private(set) var failure: (any Error)?

    /// How many batches wait at most.
    static let ahead = 4

    init(_ loader: BatchLoader, order: [Int]) {
        let queue = BoundedQueue<Result<Batch, any Error>>(capacity: Self.ahead)
        self.queue = queue
        let preparation = BatchPreparation(loader: loader, order: order)
        thread = PlainThread {
            for range in preparation.ranges {
                let batch = Result { try preparation.batch(range) }
                guard queue.put(batch), case .success = batch else { break }
            }
            queue.finish()
        }
    }

    deinit {
        queue.close()
        thread?.join()
    }

    /// The next batch, or `nil` after the last.
    ///
    /// Throws `Interrupted` when the host's cancellation is requested while it waits, and what went
    /// wrong while the batch was prepared.
    public func nextBatch() throws -> Batch? {
        guard thread != nil else {
            throw DatasetError(.argument, "batches: the system has no thread left to prepare them")
        }
        let cancellation = Host.current.cancellation
        return try queue.take { try cancellation.check() }?.get()
    }

    /// As `nextBatch()`, for `for` loops: an error ends the pass and is kept in `failure`.
    public func next() -> Batch? {
        do {
            return try nextBatch()
        } catch {
            failure = error
            queue.close()
            return nil
        }
    }
}

/// Turns stored bytes into batches.
private struct BatchPreparation: Sendable {
    let dataset: ImageDataset
    let order: [Int]
    let batchSize: Int
    let conversion: PlaneConversion

    init(loader: BatchLoader, order: [Int]) {
        dataset = loader.dataset
        self.order = order
        batchSize = loader.batchSize
        conversion = PlaneConversion(
            channels: loader.dataset.imageShape[0], normalized: loader.normalization)
    }

    /// The positions in `order` that make up each batch.
    var ranges: [Range<Int>] {
        stride(from: 0, to: order.count, by: batchSize).map {
            $0..<Swift.min($0 + batchSize, order.count)
        }
    }

    func batch(_ range: Range<Int>) throws -> Batch {
        let shape = dataset.imageShape
        let pixels = shape[1] * shape[2]
        let size = shape[0] * pixels
        let images = try Tensor.unsafeUninitialized(
            shape: [range.count] + shape, dtype: .float32
        ) { buffer in
            guard let out = buffer.bindMemory(to: Float.self).baseAddress else { return }
            for (row, position) in order[range].enumerated() {
                conversion.run(
                    dataset.pixels, from: dataset.order[position] * size, pixels: pixels,
                    into: out + row * size)
            }
        }
        let labels = order[range].map { Int64(dataset.labels[$0]) }
        return Batch(images: images, labels: try Tensor(labels, shape: [labels.count]))
    }
}
