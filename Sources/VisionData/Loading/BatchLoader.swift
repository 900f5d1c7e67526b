import Tensors

/// A data set in batches, prepared ahead of whoever uses them.
///
/// Each pass over it has its own threads, which read, change and normalise the pictures and stay at
/// most four batches ahead: one thread where the pictures are in memory and stay as they are, one
/// for each processor where they are read from files or changed. Batches come in order, the same
/// for one seed whatever the threads do; the last one may be smaller. A pass that is left early
/// ends its threads.
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
    /// What the order and the changes are drawn from; without one, each pass draws from the
    /// context's generator.
    public let seed: UInt64?

    /// The number of batches in a pass.
    public var count: Int { (dataset.count + batchSize - 1) / batchSize }

    /// The number of batches in a pass.
    public var underestimatedCount: Int { count }

    /// Starts a pass; its order is drawn here, from the context of the calling thread.
    public func makeIterator() -> BatchIterator { makeIterator(from: 0) }

    /// Starts the same pass at a batch in its middle.
    package func makeIterator(from first: Int) -> BatchIterator {
        let isDrawn = isShuffled || dataset.change != nil
        let seed = seed ?? (isDrawn ? Context.current.generator.next() : 0)
        var generator = ShuffleGenerator(seed: seed)
        let order =
            isShuffled
            ? dataset.indices.shuffled(using: &generator) : Array(dataset.indices)
        return BatchIterator(
            BatchPreparation(loader: self, order: order, seed: seed), from: first)
    }
}

extension ImageDataset {
    /// The data set in batches of `size` pictures, the last one smaller where they do not divide.
    ///
    /// - Parameters:
    ///   - size: how many pictures a batch has, N of `[N, C, H, W]`; at most all of them.
    ///   - shuffled: whether each pass has a new order, drawn from the context's generator.
    ///   - normalized: what samples in 0...1 are brought to; `nil` leaves them in 0...1, unless a
    ///     `Normalize` changes the pictures.
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
            normalization: normalized ?? change?.normalization, seed: seed)
    }
}

/// One pass over a data set. Used from one thread.
public final class BatchIterator: IteratorProtocol {
    private let work: OrderedWork<Batch>
    /// What ended the pass early, for a loop that cannot throw: `next()` returns `nil` then.
    public private(set) var failure: (any Error)?

    /// How many batches wait at most.
    static let ahead = 4

    init(_ preparation: BatchPreparation, from first: Int) {
        let first = min(max(0, first), preparation.count)
        work = OrderedWork(
            count: preparation.count - first, threads: preparation.threads, ahead: Self.ahead
        ) { try preparation.batch(first + $0) }
    }

    /// How long the pass has waited for batches that were not ready, in seconds.
    public var secondsWaited: Double { work.secondsWaited }

    /// The next batch, or `nil` after the last.
    ///
    /// Throws `Interrupted` when the host's cancellation is requested while it waits, and what went
    /// wrong while the batch was prepared.
    public func nextBatch() throws -> Batch? {
        guard failure == nil else { return nil }
        do {
            return try work.next()
        } catch {
            failure = error
            work.close()
            throw error
        }
    }

    /// As `nextBatch()`, for `for` loops: an error ends the pass and is kept in `failure`.
    public func next() -> Batch? { try? nextBatch() }
}
