import Hosting
import NeuralNetworks
import Tensors
import VisionData

/// Trains a model once more as a run did, and says whether it comes out the same, bit for bit.
///
///     let history = try fit(model, train: data.train, epochs: 3)
///     try replay(history).isIdentical      // true
///
/// A model made of the same layers is trained, from the weights, the random numbers and the data
/// that the run began with; the model itself stays as it is. The first step that gives another loss
/// or other gradients ends it, and where it can be found, the first operation that differs is
/// named. Throws where the run began with weights that were loaded or trained before, or kept an
/// average of its weights, or was not one of `fit`, and where more than 4 MB of pictures in memory
/// were its data that nobody holds any more: `replay(history.capsule) { ... }` repeats those.
public func replay(_ history: History) throws -> Replay {
    guard let arguments = history.arguments, let capsule = history.recorded else {
        throw TrainingError(
            "replay: the history does not know its run, expected one that fit gave")
    }
    if let weight = capsule.weights.first(where: { $0.origin == nil }) {
        throw TrainingError(
            "replay: the run began with a \(weight.name) that was loaded or trained before, which "
                + "is not kept; expected replay(history.capsule) { ... } with a closure that loads "
                + "it and calls fit")
    }
    guard !arguments.keepsAverage else {
        throw TrainingError(
            "replay: the run kept an average of its weights, expected replay(history.capsule) "
                + "{ ... } with a closure that makes one and calls fit")
    }
    return try replay(capsule) { try arguments.run() }
}

/// Runs a closure that calls `fit` as a run did, and says whether it comes out the same, bit for
/// bit.
///
///     try replay(Capsule("run.json")) { try fit(LeNet(), train: data.train, epochs: 3) }
///
/// The random numbers and the weights that were drawn from them begin as they did in the run,
/// whatever the present seed; weights that were loaded or trained before must be so again. Random
/// numbers outside go on as if nothing had been. Throws where the closure does not train to the
/// end.
public func replay(_ capsule: Capsule, _ body: () throws -> History) throws -> Replay {
    let watch = ReplayWatch(capsule)
    let generator = Context.current.generator
    defer { Context.current.generator = generator }
    var history: History?
    do {
        history = try ReplayWatch.$current.withValue(watch) { try body() }
    } catch {
        // Whatever the closure made of it, the run was ended here.
        guard watch.difference != nil else { throw error }
    }
    guard watch.difference != nil || watch.hasEnded else {
        throw TrainingError("replay: nothing was trained, expected a closure that calls fit")
    }
    return Replay(
        steps: watch.steps, difference: watch.difference, notes: watch.notes,
        history: watch.difference == nil ? history : nil)
}

/// Whether a run came out the same again: what `replay` gives.
public struct Replay: Sendable, CustomStringConvertible {
    /// How many steps were the same.
    public let steps: Int
    /// The first thing that differs; `nil` where everything is the same, bit for bit.
    public let difference: String?
    /// What is not as it was where the run was: threads, libraries, kernels.
    public let notes: [String]
    /// What happened this time, where it was the same.
    public let history: History?

    /// Whether losses, gradients and weights were the same in every step, bit for bit.
    public var isIdentical: Bool { difference == nil }

    /// That it was the same, or what differs, and what is not as it was.
    public var description: String {
        let result =
            difference.map { "differs after \(grouped(steps)) equal steps: \($0)" }
            ?? "the same, bit for bit: \(grouped(steps)) steps"
        return ([result] + notes).joined(separator: "\n")
    }
}

/// What a run of `fit` was given, so that it can be done again: what the model is made of without
/// its weights, the optimizer without its memory, and the data where it is small, in files, or held
/// by someone else.
final class RunArguments: @unchecked Sendable {
    // Invariant: only the thread that trains touches it.
    /// Whether the run kept an average of its weights, which begins with them.
    let keepsAverage: Bool
    private var plan: TrainingPlan
    private let schedule: Schedule
    /// The error where one of them cannot be copied.
    private let parts: Result<(model: any Layer, optimizer: any Optimizer), any Error>
    private let train: KeptData
    private let validation: KeptData?

    init(_ run: TrainingRun) {
        keepsAverage = run.plan.average != nil
        plan = run.plan
        plan.average = nil
        schedule = run.schedule
        // Layers may draw from the generator when they are made.
        let generator = Context.current.generator
        parts = Result {
            let model = try run.model.copy()
            // The weights are drawn again when the run is done again.
            for (_, parameter) in model.namedState { parameter.restart(from: 0) }
            return (model, try run.optimizer.withoutMemory())
        }
        Context.current.generator = generator
        train = KeptData("training", run.train)
        validation = run.validation.map { KeptData("validation", $0) }
    }

    /// Trains a model that is made of the same.
    func run() throws -> History {
        let (model, optimizer) = try parts.get()
        var run = TrainingRun(
            model: try model.copy(), optimizer: try optimizer.withoutMemory(), schedule: schedule,
            plan: plan, train: try train.source(), validation: try validation?.source())
        return try run.run()
    }
}

/// Data of a run, of which little is kept in memory.
private struct KeptData {
    private let name: String
    private let description: String
    private let kept: () -> (any BatchSource)?

    /// The most bytes of pictures that are kept.
    private static let limit = 4 << 20

    init(_ name: String, _ source: any BatchSource) {
        self.name = name
        description = source.description
        kept = source.withoutHolding(above: Self.limit)
    }

    /// The data; throws where it is gone.
    func source() throws -> any BatchSource {
        if let source = kept() { return source }
        throw TrainingError(
            "replay: the \(name) data of the run is gone (\(description)), and was too large to be "
                + "kept; expected it to be held in a variable, or replay(history.capsule) { ... } "
                + "with a closure that makes it again and calls fit")
    }
}
