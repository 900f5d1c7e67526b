import Tensors

/// Mixes the pictures of a batch with each other, and their labels alike.
///
/// The labels of the result are probabilities [N, classes], which `crossEntropy` takes.
///
///     let mixed = try MixUp(alpha: 0.2)(batch, classes: 10)
///     let loss = try crossEntropy(model(mixed.images), mixed.labels)
public protocol BatchMixing: Sendable, CustomStringConvertible {
    /// The mixed batch; `labels` of `batch` are class indices [N].
    func apply(_ batch: Batch, classes: Int, drawing draws: inout Draws) throws -> Batch
}

extension BatchMixing {
    /// The mixed batch; without a seed the context's generator is asked.
    public func callAsFunction(_ batch: Batch, classes: Int, seed: Int? = nil) throws -> Batch {
        var draws = Draws(
            seed: seed ?? Int(truncatingIfNeeded: Context.current.generator.next() >> 33))
        return try apply(batch, classes: classes, drawing: &draws)
    }
}

/// Adds to each picture of a batch another one of it: `share * x + (1 - share) * other`
/// (Zhang et al. 2017). One share a batch, drawn from the Beta distribution of `alpha`.
///
///     let mixed = try MixUp(alpha: 0.2)(batch, classes: 10)
public struct MixUp: BatchMixing {
    private let alpha: Double

    /// Throws when `alpha` is not within 0.001...1000.
    public init(alpha: Double = 0.2) throws { self.alpha = try checkedAlpha(alpha, "MixUp") }

    /// The source that makes it.
    public var description: String { "MixUp(alpha: \(alpha))" }

    public func apply(_ batch: Batch, classes: Int, drawing draws: inout Draws) throws -> Batch {
        let share = Float(draws.beta("share", alpha))
        let pairs = try BatchPairs(batch, classes: classes, "MixUp", drawing: &draws)
        let images = try pairs.images { own, other in
            for index in own.indices {
                own[index] = share * own[index] + (1 - share) * other[index]
            }
        }
        return Batch(images: images, labels: try pairs.labels(share: share))
    }
}

/// Replaces a rectangle of each picture of a batch by that of another one (Yun et al. 2019).
///
/// One rectangle a batch: the share of it that stays is drawn from the Beta distribution of
/// `alpha`, and labels are mixed by the share of pixels that stayed.
///
///     let mixed = try CutMix(alpha: 1)(batch, classes: 10)
public struct CutMix: BatchMixing {
    private let alpha: Double

    /// Throws when `alpha` is not within 0.001...1000.
    public init(alpha: Double = 1) throws { self.alpha = try checkedAlpha(alpha, "CutMix") }

    /// The source that makes it.
    public var description: String { "CutMix(alpha: \(alpha))" }

    public func apply(_ batch: Batch, classes: Int, drawing draws: inout Draws) throws -> Batch {
        let side = (1 - draws.beta("share", alpha)).squareRoot()
        let pairs = try BatchPairs(batch, classes: classes, "CutMix", drawing: &draws)
        func span(_ count: Int, _ draws: inout Draws) -> Range<Int> {
            let half = Int(side * Double(count)) / 2
            let middle = draws.uniform(in: 0...count - 1)
            return max(0, middle - half)..<min(count, middle + half)
        }
        let columns = span(pairs.width, &draws)
        let rows = span(pairs.height, &draws)
        let images = try pairs.images { own, other in
            let plane = pairs.width * pairs.height
            for start in stride(from: 0, to: own.count, by: plane) {
                for row in rows {
                    for column in columns {
                        let index = start + row * pairs.width + column
                        own[index] = other[index]
                    }
                }
            }
        }
        let replaced = Float(rows.count * columns.count) / Float(pairs.width * pairs.height)
        return Batch(images: images, labels: try pairs.labels(share: 1 - replaced))
    }
}

/// The pictures of a batch, each with a partner of the same batch.
private struct BatchPairs {
    let height: Int
    let width: Int
    private let batch: Batch
    private let classes: Int
    private let partners: [Int]
    private let indices: [Int]

    init(
        _ batch: Batch, classes: Int, _ operation: String, drawing draws: inout Draws
    ) throws {
        let shape = batch.images.shape
        indices = try batch.labels.scalars(as: Int.self)
        guard batch.labels.shape.count == 1, shape.count == 4, !shape.contains(0) else {
            throw ImageError(
                .argument,
                "\(operation): expected images [N, C, H, W] and labels [N], "
                    + "got \(shape) and \(batch.labels.shape)")
        }
        guard classes > 0, classes <= 1_000_000, indices.allSatisfy({ (0..<classes).contains($0) })
        else {
            throw ImageError(
                .argument,
                "\(operation): expected labels in 0..<\(classes), "
                    + "got \(indices.min() ?? 0) to \(indices.max() ?? 0)")
        }
        self.batch = batch
        self.classes = classes
        (height, width) = (shape[2], shape[3])
        partners = draws.order(shape[0])
    }

    /// The pictures after `mix` changed each with its partner's unchanged samples.
    func images(
        _ mix: (_ own: UnsafeMutableBufferPointer<Float>, _ other: UnsafeBufferPointer<Float>)
            -> Void
    ) throws -> Tensor {
        let shape = batch.images.shape
        let size = shape[1] * height * width
        let original = try batch.images.scalars(as: Float.self)
        return try Tensor.unsafeUninitialized(shape: shape, dtype: .float32) { buffer in
            let out = buffer.bindMemory(to: Float.self)
            _ = out.initialize(fromContentsOf: original)
            original.withUnsafeBufferPointer { original in
                for (row, partner) in partners.enumerated() {
                    mix(
                        UnsafeMutableBufferPointer(rebasing: out[row * size..<(row + 1) * size]),
                        UnsafeBufferPointer(
                            rebasing: original[partner * size..<(partner + 1) * size]))
                }
            }
        }.meaning(batch.images.meaning)
    }

    /// Probabilities [N, classes]: `share` for a picture's own class, the rest for its partner's.
    func labels(share: Float) throws -> Tensor {
        var values = [Float](repeating: 0, count: indices.count * classes)
        for (row, partner) in partners.enumerated() {
            values[row * classes + indices[row]] += share
            values[row * classes + indices[partner]] += 1 - share
        }
        return try Tensor(values, shape: [indices.count, classes])
    }
}

private func checkedAlpha(_ alpha: Double, _ operation: String) throws -> Double {
    guard (0.001...1000).contains(alpha) else {
        throw ImageError(
            .argument, "\(operation): expected an alpha within 0.001...1000, got \(alpha)")
    }
    return alpha
}
