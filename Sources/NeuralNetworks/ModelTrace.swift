import Hosting
import Tensors

/// What a model does with an input, found by running its shape rules alone: the layers it goes
/// through and the operations they do.
public final class ModelTrace {
    /// One call of one layer.
    public struct Visit {
        /// The names from the model to the layer; empty for the model itself.
        public let path: [String]
        /// The layer that was called, the model's own object.
        public let layer: any Layer
        /// The shape and element type of what went in, the batch axis included.
        public let input: TensorSpec
        /// What came out; `nil` where the layer failed.
        public fileprivate(set) var output: TensorSpec?
        /// The formulas of its sizes; `nil` where sizes are not traced by name, or not known.
        public fileprivate(set) var outputSizes: [Size]?
        /// How much of an image what came out depends on; `nil` where that is not known.
        public fileprivate(set) var receptiveField: ReceptiveField?
        /// Which of the trace's operations it did, those of layers inside it included.
        public fileprivate(set) var operations: Range<Int>
        /// Whether it called other layers.
        public fileprivate(set) var hasInnerVisits = false
    }

    /// The shape and element type that the model was traced with.
    public let input: TensorSpec
    /// The calls, in the order they began.
    public private(set) var visits: [Visit] = []
    /// The operations, in order.
    public var operations: [Trace.Entry] { trace.entries }
    /// What must hold of sizes with names, where they are traced by name.
    public var conditions: [Trace.Condition] { trace.conditions }
    /// Why it stopped early, if it did.
    public private(set) var failure: TensorError?
    /// The layers around the failed operation, outermost first, without the model itself.
    public private(set) var failedPath: [LayerScope] = []

    /// How much of an image what comes out depends on, up to a mean over the last map; `nil` where
    /// that is not known.
    public private(set) var receptiveField: ReceptiveField?

    private let trace: Trace
    private let changes: ModelChanges
    private var open: [(visit: Int, names: [ObjectIdentifier: String])] = []

    @TaskLocal private static var recording: Recording?
    static var current: ModelTrace? { recording?.trace }

    private let sizes: [Size]?

    init(
        input: TensorSpec, changes: ModelChanges, sizes: [Size]? = nil,
        numbers: [String: Int] = [:]
    ) {
        self.input = input
        self.changes = changes
        self.sizes = sizes
        trace = Trace(substituting: changes.operands, numbers: numbers)
    }

    /// What came out of the model; `nil` where it failed.
    public var output: TensorSpec? { visits.first?.output }

    /// The cost of everything.
    public var cost: Cost { trace.total }

    /// The bytes of all that operations give, views of what they were given left out: what training
    /// holds until the gradients are known.
    public var activationBytes: Int {
        operations.reduce(0) { sum, entry in
            guard entry.cost != .zero else { return sum }
            return entry.outputs.reduce(sum) { $0 &+ $1.byteCount }
        }
    }

    func record(_ model: some Layer) {
        let quiet = Host(output: Silence(), cancellation: Host.current.cancellation)
        do {
            let output = try Host.$current.withValue(quiet) {
                try run(
                    model, .symbolicImage(input, sizes: sizes ?? input.shape.map { Size($0) }))
            }
            receptiveField = output.receptiveField
        } catch let error as TensorError {
            failure = error
        } catch {
            failure = TensorError(.value, model.kind, String(describing: error))
        }
    }

    /// Calls the model with a tensor, symbolic or not, and writes down what it does.
    func run(_ model: some Layer, _ x: Tensor) throws -> Tensor {
        let context = Context.current
        return try Self.$recording.withValue(Recording(trace: self)) {
            try context.withoutGradient {
                try context.withTrace(trace) { try model.call(x) }
            }
        }
    }

    /// Calls a layer and writes down that it was.
    func visit(_ layer: some Layer, name: String, input: Tensor) throws -> Tensor {
        let name = name.isEmpty ? layer.identity.flatMap { open.last?.names[$0] } ?? "" : name
        let path = open.last.map { visits[$0.visit].path + [name.isEmpty ? layer.kind : name] }
        let inner: any Layer = changes.layers[path ?? []] ?? layer
        let index = visits.count
        let start = trace.entries.count
        visits.append(
            Visit(path: path ?? [], layer: inner, input: input.spec, operations: start..<start))
        if let parent = open.last { visits[parent.visit].hasInnerVisits = true }
        open.append((index, names(of: inner.children)))
        defer {
            open.removeLast()
            visits[index].operations = start..<trace.entries.count
        }
        do {
            let output = try Context.current.withLayer(path?.last ?? "", kind: inner.kind) {
                try inner.forward(input)
            }
            visits[index].output = output.spec
            visits[index].outputSizes = output.sizes
            visits[index].receptiveField = output.receptiveField
            return output
        } catch {
            if failedPath.isEmpty { failedPath = openScopes }
            throw error
        }
    }

    private var openScopes: [LayerScope] {
        open.dropFirst().map { visit, _ in
            LayerScope(
                name: visits[visit].path.last ?? "", kind: visits[visit].layer.signature)
        }
    }

    private func names(
        of children: [(name: String, layer: any Layer)]
    ) -> [ObjectIdentifier: String] {
        var names: [ObjectIdentifier: String] = [:]
        for (name, layer) in children {
            if let identity = layer.identity, names[identity] == nil { names[identity] = name }
        }
        return names
    }

    private struct Recording: @unchecked Sendable {
        // Invariant: used by the thread that bound it.
        let trace: ModelTrace
    }
}

/// Changes of a model that a trace tries, without changing the model.
package struct ModelChanges {
    /// Layers in the place of others, by their paths; the model itself is at the empty path.
    package var layers: [[String]: any Layer] = [:]
    /// Other shapes for the operands of operations, by the numbers of both.
    package var operands: [Int: [Int: TensorSpec]] = [:]

    package init() {}
}

/// Takes what a model prints while only its shapes are looked at.
private final class Silence: OutputSink {
    func emit(_ event: OutputEvent) {}
    func readLine(prompt: String, isPassword: Bool) throws -> String? { nil }
}
