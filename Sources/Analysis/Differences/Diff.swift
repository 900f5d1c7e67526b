import Hosting
import NeuralNetworks
import Tensors

/// What tells one model from another, layer by layer: `diff(VGG16(), VGG16(batchNorm: true))`.
public struct ModelDifference: Sendable {
    /// What became of a layer on the way from the first model to the second.
    public enum Change: String, Sendable, CaseIterable {
        /// Of the same kind with the same arguments; its name may differ.
        case same
        /// Of the same kind with other arguments.
        case changed
        /// Only in the second model.
        case added
        /// Only in the first model.
        case removed
    }

    /// A layer as it stands in one of the models.
    public struct Side: Sendable {
        /// The full name.
        public let name: String
        /// The layer as one writes it: `Conv2d(64, 64, kernel: 3, padding: 1)`.
        public let signature: String
        /// The shape of what comes out, without the batch axis.
        public let output: [Int]
        /// Numbers in its own weights.
        public let parameters: Int
        /// Multiply-accumulates of its own operations for the input asked about.
        public let multiplyAccumulates: Int
    }

    /// A layer of the first model beside the one of the second that does its work.
    public struct Row: Sendable {
        /// Whether the layer stayed as it is, got other arguments, came or went.
        public let change: Change
        /// `nil` for what was added.
        public let before: Side?
        /// `nil` for what was removed.
        public let after: Side?
        /// What changed in words: `groups 1 -> 32`; empty for layers that are the same.
        public let note: String

        /// Numbers in weights, more than before.
        public var parameters: Int { (after?.parameters ?? 0) - (before?.parameters ?? 0) }
        /// Multiply-accumulates, more than before.
        public var multiplyAccumulates: Int {
            (after?.multiplyAccumulates ?? 0) - (before?.multiplyAccumulates ?? 0)
        }
    }

    /// The kinds of the models.
    public let kinds: (before: String, after: String)
    /// The shape of the input of each.
    public let inputs: (before: [Int], after: [Int])
    /// All layers, in the order in which inputs go through them.
    public let rows: [Row]
    /// Numbers in all weights of each.
    public let parameterCounts: (before: Int, after: Int)
    /// Multiply-accumulates of each for its input.
    public let multiplyAccumulates: (before: Int, after: Int)

    /// Layers that only the second has.
    public var added: [Row] { rows.filter { $0.change == .added } }
    /// Layers that only the first has.
    public var removed: [Row] { rows.filter { $0.change == .removed } }
    /// Layers of one kind with other arguments.
    public var changed: [Row] { rows.filter { $0.change == .changed } }
    /// Numbers in weights that the second has more than the first.
    public var parameters: Int { parameterCounts.after - parameterCounts.before }
}

/// What was added to, removed from and changed in `before` to become `after`, with parameters and
/// multiply-accumulates; nothing is computed.
///
///     let difference = try diff(VGG16(), VGG16(batchNorm: true))
///     difference.added.count   // 13
///     difference.parameters    // 8448
///
/// Layers are paired along the way of the input, so that as many as possible are the same; between
/// those, layers of one kind count as changed. Costs are those of an input `[C, H, W]`, by default
/// the one each model was made for. Throws where a model does not take it.
public func diff(
    _ before: any Layer, _ after: any Layer, input: [Int]? = nil
) throws -> ModelDifference {
    let inputs = try (input ?? before.usualInput(), input ?? after.usualInput())
    let traces = try (
        ModelDifference.trace(before, inputs.0), ModelDifference.trace(after, inputs.1)
    )
    return ModelDifference(
        kinds: (before.kind, after.kind), inputs: inputs,
        rows: ModelDifference.rows(
            ModelDifference.sides(traces.0), ModelDifference.sides(traces.1)),
        parameterCounts: (before.parameterCount, after.parameterCount),
        multiplyAccumulates: (
            traces.0.cost.multiplyAccumulates, traces.1.cost.multiplyAccumulates
        ))
}

extension ModelDifference {
    fileprivate static func trace(_ model: any Layer, _ input: [Int]) throws -> ModelTrace {
        guard input.count >= 1, input.allSatisfy({ $0 > 0 }) else {
            throw TensorError(
                .shape, "diff", "the input has no elements", expected: "sizes from 1",
                got: "\(input)")
        }
        let trace = model.trace(TensorSpec(input.count == 3 ? [1] + input : input))
        try Host.current.cancellation.check()
        if let error = trace.modelError(of: model) { throw error }
        return trace
    }

    /// The layers that do something themselves, with the paths that they end.
    fileprivate static func sides(_ trace: ModelTrace) -> [Side] {
        var counted: Set<ObjectIdentifier> = []
        let drop = trace.input.rank == 4 ? 1 : 0
        return trace.visits.indices.compactMap { index in
            let visit = trace.visits[index]
            let own = visit.layer.ownParameters.map(\.parameter).filter {
                $0.kind == .weight && counted.insert(ObjectIdentifier($0)).inserted
            }
            let cost = visit.hasInnerVisits ? trace.ownCost(ofVisit: index) : .zero
            guard !visit.hasInnerVisits || !own.isEmpty || cost.multiplyAccumulates > 0 else {
                return nil
            }
            return Side(
                name: visit.path.joined(separator: "."), signature: visit.layer.signature,
                output: Array((visit.output?.shape ?? []).dropFirst(drop)),
                parameters: own.reduce(0) { $0 + $1.count },
                multiplyAccumulates: trace.ownCost(ofVisit: index).multiplyAccumulates)
        }
    }
}
