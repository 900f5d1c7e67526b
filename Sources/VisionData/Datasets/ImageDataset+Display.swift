import Hosting
import Plots
import Tensors

extension ImageDataset: Displayable {
    /// The first pictures with their classes as a sheet, and the description.
    public func mimeBundle() throws -> MIMEBundle {
        guard !isEmpty else { return MIMEBundle(plain: description) }
        return try sheet(Array(0..<Swift.min(16, count)), seed: 0)
    }

    /// Shows `count` pictures drawn at random with their classes below them, as training gets them.
    ///
    /// Without a `seed` the context's generator draws. Throws `DatasetError` when `count` is not 1 to
    /// 100 or the data set is empty.
    ///
    ///     try data.train.showBatch(8)
    public func showBatch(_ count: Int = 16, seed: UInt64? = nil) throws {
        guard (1...100).contains(count), !isEmpty else {
            throw DatasetError(
                .argument,
                isEmpty
                    ? "showBatch: the data set is empty"
                    : "showBatch: expected 1 to 100 pictures, got \(count)")
        }
        let seed = seed ?? Context.current.generator.next()
        var generator = ShuffleGenerator(seed: seed)
        let positions = indices.shuffled(using: &generator).prefix(count)
        Host.current.output.emit(
            .display(try sheet(Array(positions), seed: generator.next()), id: nil))
    }

    /// How many pictures each class has, in the order of `classes`.
    public var classCounts: [Int] {
        var counts = [Int](repeating: 0, count: classes.count)
        for label in labels { counts[label] += 1 }
        return counts
    }

    /// How many pictures each class has, as bars.
    ///
    ///     data.train.classBalance()
    public func classBalance() -> Chart {
        Chart.bar(classes, classCounts.map(Double.init), title: "Pictures of each class")
    }

    private func sheet(_ positions: [Int], seed: UInt64) throws -> MIMEBundle {
        let images = try positions.map { position in
            try Host.current.cancellation.check()
            let picture = try image(position, seed: seed)
            let side = Swift.max(picture.width, picture.height)
            return side <= 256
                ? picture
                : try picture.resized(
                    Swift.max(1, picture.width * 256 / side),
                    Swift.max(1, picture.height * 256 / side))
        }
        var bundle = try grid(images, columns: 8, captions: positions.map { classes[labels[$0]] })
            .mimeBundle()
        bundle["text/plain"] = .text(description)
        return bundle
    }
}
