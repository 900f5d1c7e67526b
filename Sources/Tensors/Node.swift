/// One operation on the tape: what its backward pass needs, and where gradients go on to.
///
/// A tensor refers to the node that made it and a node to the nodes before it, so a network's tape
/// lives as long as its loss. Saved tensors are detached copies: a node never refers to itself.
final class Node {
    enum Edge {
        /// The input needs no gradient.
        case none
        /// The input is a tensor that keeps its gradient.
        case leaf(TensorHandle)
        /// The input is an output of another operation.
        case node(Node, output: Int)
    }

    /// Until the backward pass has used it, with whatever it saved.
    private(set) var operation: (any Operation)?
    /// One more than that of any node before.
    let depth: Int
    let layerPath: [LayerScope]
    let outputSpecs: [TensorSpec]
    private(set) var inputs: [Tensor]
    private(set) var outputs: [Tensor]
    private(set) var edges: [Edge]
    private(set) var isReleased = false
    /// The gradients of the outputs gathered during one backward pass.
    var pending: [Tensor?]
    private let versions: [Int]

    private init(_ operation: any Operation, inputs: [Tensor], outputs: [Tensor]) {
        let saved = operation.savesForBackward
        self.operation = operation
        depth = 1 + (inputs.compactMap { $0.handle.node?.depth }.max() ?? 0)
        layerPath = Context.current.layerPath
        outputSpecs = outputs.map(\.spec)
        edges = inputs.map { input in
            if let node = input.handle.node { return .node(node, output: input.handle.outputIndex) }
            return input.handle.requiresGradient ? .leaf(input.handle) : .none
        }
        // What is computed of them in the backward pass are no pictures.
        self.inputs = inputs.map {
            saved.contains(.inputs) ? $0.meaning(nil) : Tensor.symbolic($0.spec)
        }
        self.outputs = outputs.map {
            saved.contains(.outputs) ? $0.meaning(nil) : Tensor.symbolic($0.spec)
        }
        pending = outputs.map { _ in nil }
        versions = (self.inputs + self.outputs).map(Node.version)
    }

    /// Puts an operation on the tape.
    static func record(_ operation: some Operation, inputs: [Tensor], outputs: [Tensor]) {
        guard outputs.contains(where: { $0.dtype.isFloatingPoint }) else { return }
        let node = Node(operation, inputs: inputs, outputs: outputs)
        for (index, output) in outputs.enumerated() where output.dtype.isFloatingPoint {
            output.handle.node = node
            output.handle.outputIndex = index
        }
    }

    /// Which inputs gradients are wanted for.
    var needs: [Bool] {
        edges.map { if case .none = $0 { false } else { true } }
    }

    /// Whether a saved tensor was written to since it was saved.
    var hasChanged: Bool { (inputs + outputs).map(Node.version) != versions }

    /// Frees what was saved, and lets go of the nodes before.
    func release() -> [Edge] {
        isReleased = true
        operation = nil
        inputs = []
        outputs = []
        defer { edges = [] }
        return edges
    }

    private static func version(_ tensor: Tensor) -> Int {
        tensor.handle.kept?.storage.version ?? 0
    }

    /// Lets go of a chain of nodes one by one: a long one must not recurse.
    deinit {
        var waiting = edges
        edges = []
        while let edge = waiting.popLast() {
            guard case .node(var node, _) = consume edge else { continue }
            if isKnownUniquelyReferenced(&node) {
                waiting += node.edges
                node.edges = []
            }
        }
    }
}
