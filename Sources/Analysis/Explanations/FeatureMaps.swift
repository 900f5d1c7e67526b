import Hosting
import NeuralNetworks
import Tensors
import VisionData

extension Layer {
    /// What comes out of a layer inside the model when it is shown a picture.
    ///
    ///     let maps = try net.activations(photo, at: "layer2")
    ///     maps.values.shape   // [128, 28, 28]
    ///     maps.strongest      // the channels that answer most
    ///
    /// The model runs in evaluation mode up to the layer. A layer's activation counts as its own
    /// where it does both in one pass. Throws where the picture does not go through a layer of that
    /// name.
    public func activations(_ photo: any ModelPicture, at layer: String) throws -> FeatureMaps {
        let run = try Questioned("activations", self, photo)
        let values = try run.asking {
            try withoutGradient { try features(of: run.input, upTo: layer) }
        }
        return try FeatureMaps(layer: layer, values, isGradient: false, in: run)
    }

    /// How much a class's score would change with what comes out of a layer inside the model: the
    /// gradient there, of the shape of `activations`.
    ///
    ///     try net.gradients(photo, at: "layer4").values.shape  // [512, 7, 7]
    ///
    /// Without a class the likeliest counts. Throws where the picture does not go through a layer
    /// of that name, and where there is no such class.
    public func gradients(
        _ photo: any ModelPicture, at layer: String, target: Int? = nil
    ) throws -> FeatureMaps {
        let run = try Questioned("gradients", self, photo)
        let found = try run.asking { try run.gradient(atLayer: layer, target) }
        return try FeatureMaps(layer: layer, found.gradient, isGradient: true, in: run)
    }
}

extension Questioned {
    /// What comes out of a layer, and the gradient of a class's score there.
    ///
    /// Nothing before the layer is recorded, so that what it is made of may be computed as one.
    func gradient(
        atLayer layer: String, _ target: Int?
    ) throws -> (activation: Tensor, gradient: Tensor, answer: Answer) {
        var point: Tensor?
        let context = Context.current
        let scores: Tensor = try context.withoutGradient {
            try self.scores(input) { x in
                try model.watching([layer], on: x) { _, found in
                    // Of a layer that is run again and again, the last time counts.
                    let output = found.detached()
                    output.requiresGradient = true
                    context.beginGradient()
                    point = output
                    return output
                }
            }
        }
        guard let point else { throw noLayer(layer) }
        let answer = try answer(scores, target)
        guard scores.isTracked else {
            return (point.detached(), try Tensor.zeros(point.shape), answer)
        }
        try goBack(from: scores, answer.target)
        return (point.detached(), try point.gradient ?? Tensor.zeros(point.shape), answer)
    }

    /// The error where the picture goes through no layer of a name.
    func noLayer(_ layer: String) -> LayerError { LayerError(noLayer: layer, in: model) }
}

extension Tensor {
    /// The first of a batch of one; other tensors as they are.
    func withoutBatch() throws -> Tensor {
        rank > 1 && shape[0] == 1 ? try detached().squeezed(axis: 0) : detached()
    }
}

/// What came out of a layer, or the gradient there; shown as a sheet of its strongest maps.
public struct FeatureMaps: Sendable {
    /// The full name of the layer.
    public let layer: String
    /// `[C, H, W]` of a convolution, or `[H, W, C]` where the layer has its channels last; `[T, D]`
    /// of tokens, `[D]` of a linear layer.
    public let values: Tensor
    /// Whether it is the gradient of a score.
    public let isGradient: Bool
    /// Whether the channels are the last axis of maps.
    private let isChannelsLast: Bool

    init(layer: String, _ values: Tensor, isGradient: Bool, in run: Questioned) throws {
        self.layer = layer
        self.values = try values.withoutBatch()
        self.isGradient = isGradient
        let layouts = try LayerLayouts(run.model, run.input.spec)
        let layout = layouts.visit(of: layer).flatMap { layouts.layout(ofVisit: $0) }
        isChannelsLast = layout == .channelsLast
    }

    /// The values with the channels of maps first.
    private var maps: Tensor {
        get throws { isChannelsLast ? try values.transposed(2, 0, 1) : values }
    }

    /// The most maps that are shown.
    private static let most = 32

    /// The channels by the mean size of their numbers, the greatest first: the maps, or of other
    /// shapes the features on the last axis.
    public var strongest: [Int] {
        get throws {
            let sizes = try strengths
            return sizes.indices.sorted { (sizes[$0], $1) > (sizes[$1], $0) }
        }
    }

    /// The mean size of the numbers of each channel.
    public var strengths: [Double] {
        get throws {
            let sizes = try maps.abs()
            let axes = values.rank == 3 ? [1, 2] : Array(0..<max(0, values.rank - 1))
            return try (axes.isEmpty ? sizes : sizes.mean(axes: axes)).scalars(as: Double.self)
        }
    }

    /// The share of the numbers that are zero: what a rectifier has let through nothing of.
    public var zeroShare: Double {
        get throws {
            guard values.count > 0 else { return 0 }
            return try Tensor.equal(values, 0).cast(to: .float32).mean().item()
        }
    }

    /// The strongest maps as a sheet with their numbers; other shapes as one picture.
    public var picture: Image {
        get throws {
            guard values.rank == 3 else {
                let rows = values.rank == 2 ? values : try values.reshaped(1, -1)
                return try Image(stretching: rows)
            }
            let shown = try Array(strongest.prefix(Self.most))
            let maps = try maps
            return try grid(
                shown.map { try Image(stretching: maps.indexed(by: [$0])) },
                captions: shown.map { "\($0)" })
        }
    }
}

extension FeatureMaps: CustomStringConvertible, Displayable {
    /// The layer, the shape and the range.
    public var description: String {
        let what = isGradient ? "gradient" : "activation"
        let range =
            (try? (values.min().item(), values.max().item())).map {
                ", \(shortNumber($0.0)) to \(shortNumber($0.1))"
            } ?? ""
        let zeros = (try? zeroShare).map { ", \(formatted($0 * 100, places: 1))% zero" } ?? ""
        return "\(what) at \(layer): \(values.shape)\(range)\(zeros)"
    }

    /// The description, and the strongest maps.
    public func mimeBundle() throws -> MIMEBundle {
        try picture.mimeBundle(describedBy: description)
    }
}
