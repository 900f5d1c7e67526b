import NeuralNetworks
import Tensors
import VisionData
import VisionModels

/// A model that may be measured: made when its turn comes, and not kept.
struct ModelCandidate {
    let name: String
    let publishedAccuracy: Double?
    /// What the model costs, read from its trace.
    let summary: ModelSummary
    /// Bytes of the weights and buffers.
    let weightBytes: Int
    /// Makes a model that may be changed.
    let make: () throws -> any Layer
    /// The model itself, where somebody gave one.
    let original: (any Layer)?

    /// A model that somebody gave, of which a copy is measured.
    init(_ model: any Layer, name: String, input: [Int], published: PublishedNetworks) throws {
        let summary = try model.summary(input: input)
        // Only networks for ImageNet's classes were published.
        let weights = summary.output == [1000] ? try published.weights(for: model) : nil
        self.init(
            model, name: name, summary: summary, publishedAccuracy: weights?.accuracy,
            original: model
        ) { try model.copy() }
    }

    /// The network of published weights, for images of their own size unless told otherwise.
    init(_ weights: PublishedWeights, input: [Int]?) throws {
        let side = weights.preprocessing.crop
        let input = input ?? [3, side, side]
        let make = {
            try weights.network(1000, input[0], input[1] == side ? nil : input[1])
        }
        let network = try make()
        self.init(
            network, name: weights.name, summary: try network.summary(input: input),
            publishedAccuracy: weights.accuracy, original: nil, make: make)
    }

    private init(
        _ model: any Layer, name: String, summary: ModelSummary, publishedAccuracy: Double?,
        original: (any Layer)?, make: @escaping () throws -> any Layer
    ) {
        self.name = name
        self.summary = summary
        self.publishedAccuracy = publishedAccuracy
        self.original = original
        self.make = make
        weightBytes = model.namedState.reduce(0) {
            $0 &+ $1.parameter.count &* $1.parameter.dtype.byteCount
        }
    }

    /// The shape of one input, `[C, H, W]`.
    var input: [Int] { summary.input }

    /// Whether a step of training can be measured: there are scores of classes, and weights to
    /// change.
    var isTrainable: Bool { summary.output.count == 1 && summary.trainableCount > 0 }

    /// What was found, of the times and the accuracy measured.
    func result(
        _ times: [ModelTimer.Work: Measurement], batch: Int, accuracy: AccuracyEstimate?
    ) -> ModelResult? {
        guard let latency = times[.scores(1)] else { return nil }
        return ModelResult(
            name: name, input: input, parameterCount: summary.parameterCount,
            multiplyAccumulates: summary.multiplyAccumulates,
            activationBytes: summary.activationBytes, weightBytes: weightBytes,
            receptiveField: summary.receptiveField, latency: latency, batch: batch,
            batchLatency: batch > 1 ? times[.scores(batch)] : nil,
            trainingStep: times[.step(batch)],
            publishedAccuracy: publishedAccuracy, measuredAccuracy: accuracy)
    }

    /// Models with names of their own: the name that each was given, else its kind, numbered where
    /// there are several.
    static func named(_ models: [any Layer]) -> [(name: String, model: any Layer)] {
        let names = models.map { ($0 as? NamedLayer)?.name ?? $0.kind }
        return models.indices.map { index in
            let isShared = names.count { $0 == names[index] } > 1
            let number = names[...index].count { $0 == names[index] }
            return (isShared ? "\(names[index]) \(number)" : names[index], models[index])
        }
    }
}

/// The networks of all published weights, made when they are first asked for, without weights.
final class PublishedNetworks {
    private typealias Entry = (weights: PublishedWeights, shapes: [String: [Int]], kind: String)
    private var networks: [Entry] = []

    /// The weights that were published for a network; heads that help in training may be missing on
    /// either side.
    func weights(for model: any Layer) throws -> PublishedWeights? {
        if networks.isEmpty {
            networks = try PublishedWeights.all.map { weights in
                let network = try weights.network(1000, 3, nil)
                return (weights, network.stateShapes, network.kind)
            }
        }
        let kind = model.kind
        let candidates = networks.filter { $0.kind == kind }
        guard !candidates.isEmpty else { return nil }
        let shapes = model.stateShapes
        return candidates.first { candidate in
            let (small, large) =
                shapes.count <= candidate.shapes.count
                ? (shapes, candidate.shapes) : (candidate.shapes, shapes)
            return small.allSatisfy { large[$0.key] == $0.value }
        }?.weights
    }
}

extension Layer {
    fileprivate var stateShapes: [String: [Int]] {
        Dictionary(namedState.map { ($0.name, $0.parameter.shape) }) { first, _ in first }
    }
}

/// Runs `body` and leaves the random numbers that follow as they would have been.
func withoutDrawing<R>(_ body: () throws -> R) rethrows -> R {
    let generator = Context.current.generator
    defer { Context.current.generator = generator }
    return try body()
}
