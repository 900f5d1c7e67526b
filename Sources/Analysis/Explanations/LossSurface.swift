import Glibc
import Hosting
import NeuralNetworks
import Tensors
import Training
import VisionData

/// The loss around a model's weights, along two random directions: how flat the valley is that
/// training has found.
///
///     let surface = try lossSurface(model, on: data.test, resolution: 15)
///     surface.losses.shape  // [15, 15], the model itself in the middle
///
/// Each filter of a direction is as long as the model's own, which makes surfaces of different
/// models comparable; biases and normalisations stay as they are. A copy of the model is moved, in
/// evaluation mode.
///
/// - Parameters:
///   - model: the trained network, which gives scores `[N, classes]`; it is not changed.
///   - data: what the mean cross-entropy is taken of, its first `samples` pictures.
///   - resolution: how many places each way, an odd number from 3.
///   - range: how far it goes each way; at 1 a weight has gone as far as it is long.
///   - samples: the most pictures that the loss is of; the time grows with them.
///   - seed: decides the directions.
///
/// Reports progress and can be interrupted. Throws where an argument is out of range, the data is
/// empty or does not fit.
/// Source: Li et al., "Visualizing the Loss Landscape of Neural Nets", 2018.
public func lossSurface(
    _ model: any Layer, on data: ImageDataset, resolution: Int = 15, range: Double = 1,
    samples: Int = 256, seed: Int = 0
) throws -> LossSurface {
    guard (3...201).contains(resolution), resolution % 2 == 1, range > 0, range.isFinite,
        samples >= 1, data.count > 0
    else {
        throw TensorError(
            .value, "lossSurface", "an argument is out of range",
            expected: "an odd 'resolution' of 3...201, a positive 'range' and pictures",
            got: "\(resolution), \(range) and \(min(samples, data.count)) pictures")
    }
    let directions = try (0..<2).map { try FilterDirection(model, seed: seed &* 2 &+ $0) }
    let moved = try model.copy()
    let weights = moved.namedWeights.map(\.parameter)
    let batches = try data.prefix(samples).batches(64, normalized: model.info?.normalization)
    let steps = (0..<resolution).map {
        (2 * Double($0) / Double(resolution - 1) - 1) * range
    }
    let progress = ProgressReporter(
        "Loss surface", total: resolution * resolution, unit: "places")
    var losses: [Double] = []
    try Context.current.withTraining(false) {
        try withoutGradient {
            for down in steps {
                for across in steps {
                    for (index, weight) in weights.enumerated() {
                        try weight.setValue(
                            directions[0].moved(index, by: across, directions[1], by: down))
                    }
                    losses.append(try meanLoss(of: moved, batches))
                    progress.advance()
                }
            }
        }
    }
    progress.finish()
    return LossSurface(
        losses: try Tensor(losses, shape: [resolution, resolution]), steps: steps)
}

/// The mean cross-entropy of a model over some batches.
private func meanLoss(of model: any Layer, _ batches: BatchLoader) throws -> Double {
    var (sum, count) = (0.0, 0)
    let pass = batches.makeIterator()
    while let batch = try pass.nextBatch() {
        let loss = try crossEntropy(model.call(batch.images), batch.labels).item()
        sum += loss * Double(batch.count)
        count += batch.count
    }
    return sum / Double(max(1, count))
}

/// A random direction in a model's weights, each filter as long as the model's own.
private struct FilterDirection {
    private let origins: [Tensor]
    private let directions: [Tensor]

    init(_ model: any Layer, seed: Int) throws {
        let origins = model.namedWeights.map { $0.parameter.value.detached() }
        self.origins = origins
        directions = try Context.current.withGenerator(seed: seed) {
            try origins.map { weight in
                guard weight.rank > 1, weight.count > 0 else {
                    return try Tensor.zeros(weight.shape)
                }
                let rows = [weight.shape[0], weight.count / weight.shape[0]]
                func lengths(_ x: Tensor) throws -> Tensor {
                    try Tensor.multiplying(x, x).sum(axis: 1, keepDims: true).sqrt()
                }
                let random = try Tensor.randn(rows)
                let wanted = try lengths(weight.reshaped(rows))
                let scaled = try Tensor.multiplying(
                    random, Tensor.dividing(wanted, Tensor.adding(lengths(random), .real(1e-10))))
                return try scaled.reshaped(weight.shape)
            }
        }
    }

    /// A weight moved along this direction and another.
    func moved(
        _ index: Int, by share: Double, _ other: FilterDirection, by otherShare: Double
    ) throws -> Tensor {
        let first = try Tensor.multiplying(directions[index], .real(share))
        let second = try Tensor.multiplying(other.directions[index], .real(otherShare))
        return try Tensor.adding(origins[index], Tensor.adding(first, second))
    }
}

/// The loss around a model's weights; shown as a map, dark where it is low.
public struct LossSurface: Sendable {
    /// The losses, `[R, R]`; the model itself is in the middle.
    public let losses: Tensor
    /// How far the weights were moved, for rows and columns alike.
    public let steps: [Double]

    /// The loss of the model itself.
    public var center: Double {
        get throws { try losses.indexed(by: [steps.count / 2, steps.count / 2]).item() }
    }

    /// The least loss that was found.
    public var least: Double { get throws { try losses.min().item() } }

    /// The logarithms of the losses as a map with its scale, dark where they are low.
    public var picture: Image {
        get throws {
            let logs = try losses.scalars(as: Double.self).map { loss in
                log(loss.isFinite ? loss + 1e-6 : .nan)
            }
            let low = logs.filter(\.isFinite).min() ?? 0
            // From zero, so that the colours are those of one sign.
            let map = try Tensor(logs.map { Float($0 - low) }, shape: losses.shape)
            return try HeatOverlay(map).picture(
                caption: "log(loss / least), ±\(shortNumber(steps[steps.count - 1]))")
        }
    }
}

extension LossSurface: CustomStringConvertible, Displayable {
    /// The losses in the middle, at best and at worst.
    public var description: String {
        let values = ((try? losses.scalars(as: Double.self)) ?? []).filter(\.isFinite)
        return "loss surface \(losses.shape), \(shortNumber(steps[0])) to "
            + "\(shortNumber(steps[steps.count - 1])): "
            + "\((try? center).map { shortNumber($0) } ?? "?") in the middle, "
            + "\(shortNumber(values.min() ?? .nan)) to \(shortNumber(values.max() ?? .nan))"
    }

    /// The description, and the map.
    public func mimeBundle() throws -> MIMEBundle {
        try picture.mimeBundle(describedBy: description)
    }
}
