import Hosting
import NeuralNetworks
import Tensors
import VisionData
import VisionModels

/// Which models stay within limits on this machine, the most accurate first, and why.
///
/// Among the published architectures, or among the models given. What the size of the weights rules
/// out is not run; of the others the time for one image is measured in turns, and those that take
/// more than twice what is allowed are given up early. The accuracy is the one measured on `data`,
/// which needs models of one's own, or the published one on ImageNet. Images have the size that
/// weights were published for unless `input`, `[C, H, W]`, says otherwise; models of one's own need
/// it, or data that has it.
///
///     let choice = try choose(under: .milliseconds(20), .megabytes(25))
///     print(choice.best?.reasons ?? [])
///
/// Reports progress and can be interrupted. Throws where a limit is not positive, there is nothing
/// to choose among, or the data does not fit.
public func choose(
    under limits: ModelLimit..., among models: [any Layer]? = nil, input: [Int]? = nil,
    on data: ImageDataset? = nil, repeats: Int = 7
) throws -> ModelChoice {
    try choose(under: limits, among: models, input: input, on: data, repeats: repeats)
}

/// The same with the limits in an array.
public func choose(
    under limits: [ModelLimit], among models: [any Layer]? = nil, input: [Int]? = nil,
    on data: ImageDataset? = nil, repeats: Int = 7
) throws -> ModelChoice {
    for limit in limits { try limit.validate() }
    try check("choose", input: input, on: data, repeats: repeats)
    let possible = try withoutDrawing {
        try modelCandidates(models, input: input ?? data?.imageShape, on: data)
    }
    var rejected = possible.rejected
    var candidates: [ModelCandidate] = []
    for candidate in possible.candidates {
        let size = Double(candidate.weightBytes)
        if let exceeded = limits.first(where: { $0.kind == .size && size > $0.most }) {
            let reason = exceeded.excess(of: size)
            rejected.append(RejectedModel(name: candidate.name, reason: reason))
        } else {
            candidates.append(candidate)
        }
    }
    let time = limits.filter { $0.kind == .time }.map(\.most).min()
    var timer = ModelTimer(works: [.scores(1)], repeats: repeats)
    timer.hopeless = time.map { 2 * $0 }
    let reporter = ProgressReporter(
        "Choosing a model", total: candidates.count * repeats, unit: "measurements")
    let times = try timer.measure(candidates) { name in
        reporter.title = "Choosing a model: \(name)"
        reporter.advance()
    }
    var results: [ModelResult] = []
    for (candidate, times) in zip(candidates, times) {
        guard let latency = times[.scores(1)]?.median else { continue }
        let exceeded = limits.first { $0.kind == .time && latency > $0.most }
        if let exceeded {
            let reason = exceeded.excess(of: latency)
            rejected.append(RejectedModel(name: candidate.name, reason: reason))
            continue
        }
        let accuracy = try candidate.original.flatMap { try measuredAccuracy(of: $0, on: data) }
        if let result = candidate.result(times, batch: 1, accuracy: accuracy) {
            results.append(result)
        }
    }
    reporter.finish()
    return ModelChoice(results, rejected: rejected, limits: limits, data: data?.count)
}

/// What may be measured, and what does not take such images.
private func modelCandidates(
    _ models: [any Layer]?, input: [Int]?, on data: ImageDataset?
) throws -> (candidates: [ModelCandidate], rejected: [RejectedModel]) {
    guard let models else {
        guard data == nil else {
            throw TensorError(
                .value, "choose", "published architectures have no weights to measure on data",
                expected: "among: with trained models", got: "on: without among:")
        }
        return try published(input: input)
    }
    guard !models.isEmpty else {
        throw TensorError(
            .value, "choose", "there are no models to choose among", expected: "at least 1",
            got: "0")
    }
    guard let input else {
        throw TensorError(
            .shape, "choose", "models of one's own need the shape of an image",
            expected: "input: [channels, height, width]", got: "nothing")
    }
    let networks = PublishedNetworks()
    return (
        try ModelCandidate.named(models).map {
            try ModelCandidate($0.model, name: $0.name, input: input, published: networks)
        }, []
    )
}

/// The published architectures that take such images.
private func published(
    input: [Int]?
) throws -> (candidates: [ModelCandidate], rejected: [RejectedModel]) {
    var candidates: [ModelCandidate] = []
    var rejected: [RejectedModel] = []
    for weights in PublishedWeights.all {
        try Host.current.cancellation.check()
        do {
            candidates.append(try ModelCandidate(weights, input: input))
        } catch {
            guard !(error is Interrupted), !(error is MemoryExhausted) else { throw error }
            rejected.append(RejectedModel(name: weights.name, reason: String(describing: error)))
        }
    }
    return (candidates, rejected)
}
