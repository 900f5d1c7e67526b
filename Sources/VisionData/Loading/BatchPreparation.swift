import Tensors

/// Turns pictures of a data set into batches, on any thread.
struct BatchPreparation: Sendable {
    private let dataset: ImageDataset
    private let order: [Int]
    private let seed: UInt64
    private let batchSize: Int
    private let conversion: PlaneConversion
    private let normalization: Normalization?

    /// - Parameter seed: what the changes of the pictures are drawn from.
    init(loader: BatchLoader, order: [Int], seed: UInt64) {
        dataset = loader.dataset
        self.order = order
        self.seed = seed
        batchSize = loader.batchSize
        normalization = loader.normalization
        conversion = PlaneConversion(
            channels: loader.dataset.imageShape[0], normalized: loader.normalization)
    }

    /// The number of batches.
    var count: Int { (order.count + batchSize - 1) / batchSize }

    /// Samples in memory need only be converted, which one thread does faster than they are used.
    var threads: Int {
        if case .stored = dataset.source, dataset.change == nil { return 1 }
        return OrderedWork<Batch>.usualThreads
    }

    /// The batch of a number in `0..<count`.
    func batch(_ number: Int) throws -> Batch {
        let range = number * batchSize..<min(order.count, (number + 1) * batchSize)
        let shape = dataset.imageShape
        let pixels = shape[1] * shape[2]
        let size = shape[0] * pixels
        var space = dataset.storedColorSpace
        let images = try Tensor.unsafeUninitialized(
            shape: [range.count] + shape, dtype: .float32
        ) { buffer in
            guard let out = buffer.bindMemory(to: Float.self).baseAddress else { return }
            for (row, position) in order[range].enumerated() {
                let target = out + row * size
                if case .stored(let stored) = dataset.source, dataset.change == nil {
                    conversion.run(
                        stored.pixels, from: dataset.order[position] * size, pixels: pixels,
                        into: target)
                } else {
                    let image = try dataset.image(position, seed: seed)
                    space = image.colorSpace
                    conversion.run(image.bytes, from: 0, pixels: pixels, into: target)
                }
            }
        }
        let meaning = TensorMeaning(
            planes: [range.count] + shape, space, normalized: normalization)
        let labels = order[range].map { Int64(dataset.labels[$0]) }
        return Batch(
            images: images.meaning(meaning), labels: try Tensor(labels, shape: [labels.count]))
    }
}
