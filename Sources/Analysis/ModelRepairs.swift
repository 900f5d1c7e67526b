import NeuralNetworks
import Tensors

/// The search for changes that let an input through a model, each tried on the model's trace.
struct ModelRepairs {
    let model: any Layer
    let input: TensorSpec
    /// With more broken layers than this the input is wrong rather than they.
    private let mostLayers = 4
    /// How many traces a search may take.
    private var budget = 120

    init(model: any Layer, input: TensorSpec) {
        self.model = model
        self.input = input
    }

    /// The advice, in a line a layer; `nil` where nothing tried lets the input through.
    var text: String? {
        mutating get {
            if let advice = adviceOnLayout() { return advice }
            let trace = model.trace(input)
            guard trace.failure != nil else { return nil }
            let alternative = alternativeInput(trace)
            if let advice = adviceOnLayers(trace) {
                return advice + (alternative.map { ", or \($0)" } ?? "")
            }
            guard let alternative, let visit = trace.failedVisit else { return nil }
            return "\(reason(visit, in: trace)); use \(alternative)"
        }
    }

    /// Whether the model takes another input.
    func passes(_ shape: [Int], dtype: DType = .float32) -> Bool {
        model.trace(TensorSpec(shape, dtype)).failure == nil
    }

    // MARK: Layers

    /// What to change in the model, in the order of the layers.
    private mutating func adviceOnLayers(_ trace: ModelTrace) -> String? {
        let candidates = candidates(trace)
        let alone = candidates.filter { candidate in
            budget -= 1
            return model.trace(input, changes: candidate.changes).failure == nil
        }
        if let visit = trace.failedVisit, !alone.isEmpty {
            let uses = alone.prefix(2).map(\.use).joined(separator: ", or ")
            return "\(reason(visit, in: trace)); \(uses)"
        }
        if let visit = trace.failedVisit, let earlier = producer(of: visit, in: trace),
            model.trace(input, changes: earlier.changes).failure == nil
        {
            return "\(reason(visit, in: trace)); \(earlier.use)"
        }
        for depth in 2...mostLayers {
            if let lines = search(trace, ModelChanges(), depth: depth) {
                return lines.joined(separator: "\n")
            }
        }
        return nil
    }

    /// Changes of at most `depth` layers, the first at the failure of `trace`.
    private mutating func search(
        _ trace: ModelTrace, _ changes: ModelChanges, depth: Int
    ) -> [String]? {
        guard depth > 0, let visit = trace.failedVisit else { return nil }
        for candidate in candidates(trace, changes) where budget > 0 {
            budget -= 1
            let next = model.trace(input, changes: candidate.changes)
            let name = visit.path.joined(separator: ".")
            let line =
                (name.isEmpty ? "" : "\(name): ")
                + "\(reason(visit, in: trace)); \(candidate.use)"
            if next.failure == nil { return [line] }
            guard next.operations.count > trace.operations.count else { continue }
            if let rest = search(next, candidate.changes, depth: depth - 1) {
                return [line] + rest
            }
        }
        return nil
    }
}

/// One change of a model, on top of others.
struct Candidate {
    var changes: ModelChanges
    /// What to do, in words that follow a semicolon: `use Linear(256, 120)`.
    var use: String

    init(changes: ModelChanges, use: String) {
        self.changes = changes
        self.use = use
    }

    /// `layer` in the place of the one that was visited.
    init(
        _ changes: ModelChanges, replace visit: ModelTrace.Visit, _ layer: any Layer, _ use: String
    ) {
        self.changes = changes
        self.changes.layers[visit.path] = layer
        self.use = use
    }

    /// Other shapes for an operand of the operation that failed.
    init(
        _ changes: ModelChanges, operation: Int, operand: Int, _ spec: TensorSpec, _ use: String
    ) {
        self.changes = changes
        self.changes.operands[operation, default: [:]][operand] = spec
        self.use = use
    }
}

extension ModelTrace {
    /// The innermost layer that failed and that a person wrote down: of the engine's own
    /// compositions, such as a transformer's block, the whole.
    var failedVisit: Visit? {
        let open = visits.filter { $0.output == nil }
        return open.first { $0.layer.isClosed } ?? open.last
    }
}

/// A layer with another before it.
final class Preceded: Layer {
    let first: any Layer
    let layer: any Layer

    init(_ first: any Layer, _ layer: any Layer) {
        self.first = first
        self.layer = layer
    }

    func forward(_ x: Tensor) throws -> Tensor { try layer.forward(first.forward(x)) }
    func copy() throws -> Preceded { Preceded(try first.copy(), try layer.copy()) }
    var children: [(name: String, layer: any Layer)] { layer.children }
    var ownParameters: [(name: String, parameter: Parameter)] { layer.ownParameters }
    var kind: String { layer.kind }
    var details: String { layer.details }
}

/// A layer that puts axes into another order.
final class Reordered: Layer {
    let axes: [Int]
    init(_ axes: [Int]) { self.axes = axes }
    func forward(_ x: Tensor) throws -> Tensor { try x.transposed(axes) }
    func copy() -> Reordered { Reordered(axes) }
    var children: [(name: String, layer: any Layer)] { [] }
    var ownParameters: [(name: String, parameter: Parameter)] { [] }
}

/// A layer that gives what it is given.
final class LeftOut: Layer {
    func forward(_ x: Tensor) throws -> Tensor { x }
    func copy() -> LeftOut { LeftOut() }
    var children: [(name: String, layer: any Layer)] { [] }
    var ownParameters: [(name: String, parameter: Parameter)] { [] }
}
