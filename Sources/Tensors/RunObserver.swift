/// Who watches what is computed: what comes out of layers, how much tokens look at each other, when
/// layers end, or every operation.
///
/// A reference, so that asking whether anyone watches costs a look at one pointer.
package final class RunObserver {
    // Functions are given the layers around, outermost first.

    /// Given what came out of a layer, what goes on in its place.
    let output: (([LayerScope], Tensor) throws -> Tensor)?
    /// Given the weights `[..., T, S]`, rows adding up to 1.
    let attention: (([LayerScope], Tensor) throws -> Void)?
    /// Called when a layer has ended, and when a step of the tape back through the operation of one
    /// has.
    let ending: (([LayerScope], _ isBackward: Bool) -> Void)?
    /// Given an operation that was computed.
    let operation: ((ComputedOperation) throws -> Void)?
    /// Whether anything inside the layer at a path is watched, so that layers are computed one by
    /// one there.
    let watchesInside: ([LayerScope]) -> Bool

    private init(
        output: (([LayerScope], Tensor) throws -> Tensor)? = nil,
        attention: (([LayerScope], Tensor) throws -> Void)? = nil,
        ending: (([LayerScope], Bool) -> Void)? = nil,
        operation: ((ComputedOperation) throws -> Void)? = nil,
        watchesInside: @escaping ([LayerScope]) -> Bool = { _ in false }
    ) {
        self.output = output
        self.attention = attention
        self.ending = ending
        self.operation = operation
        self.watchesInside = watchesInside
    }

    /// Watches what comes out of layers, and may replace it: of those with some full names below
    /// the first `depth` layers around, or of all.
    package static func outputs(
        below depth: Int, of names: Set<String>? = nil,
        _ body: @escaping (String, Tensor) throws -> Tensor
    ) -> RunObserver {
        RunObserver(
            output: { path, value in
                let name = name(of: path, below: depth)
                return names?.contains(name) ?? true ? try body(name, value) : value
            },
            watchesInside: { path in
                guard let names else { return true }
                let around = name(of: path, below: depth)
                return around.isEmpty || names.contains { $0.hasPrefix(around + ".") }
            })
    }

    /// Watches the weights of attention, by the full names of layers below the first `depth`.
    package static func attention(
        below depth: Int, _ body: @escaping (String, Tensor) throws -> Void
    ) -> RunObserver {
        RunObserver(attention: { try body(name(of: $0, below: depth), $1) })
    }

    /// Is told when layers end; what is computed, and how, stays the same.
    package static func endings(
        _ body: @escaping ([LayerScope], _ isBackward: Bool) -> Void
    ) -> RunObserver { RunObserver(ending: body) }

    /// Is shown every operation, forward and backward, after it is done; operations that a backward
    /// pass is made of are part of it.
    package static func operations(
        _ body: @escaping (ComputedOperation) throws -> Void
    ) -> RunObserver { RunObserver(operation: body, watchesInside: { _ in true }) }

    /// This one, and of what it does not watch another one.
    func beside(_ other: RunObserver?) -> RunObserver {
        guard let other else { return self }
        return RunObserver(
            output: output ?? other.output, attention: attention ?? other.attention,
            ending: ending ?? other.ending, operation: operation ?? other.operation,
            watchesInside: { self.watchesInside($0) || other.watchesInside($0) })
    }

    private static func name(of path: [LayerScope], below depth: Int) -> String {
        path.dropFirst(depth).map(\.name).joined(separator: ".")
    }
}

/// An operation that was computed, with its operands.
package struct ComputedOperation {
    /// What errors and the trace call it.
    package let name: String
    /// The layers around it, outermost first.
    package let layerPath: [LayerScope]
    /// Whether these are gradients: the operands are those of the outputs and what was saved, the
    /// outputs are the gradients of the inputs.
    package let isBackward: Bool
    package let inputs: [Tensor]
    package let outputs: [Tensor]

    /// The full name of the layer around it.
    package var layerName: String {
        layerPath.map(\.name).filter { !$0.isEmpty }.joined(separator: ".")
    }

    /// What it is called in messages: `conv2d in features.0 (Conv2d)`.
    package var label: String {
        let name = isBackward ? "the gradient of \(name)" : name
        let path = layerName
        guard let layer = layerPath.last, !path.isEmpty else { return name }
        return "\(name) in \(path) (\(layer.kind))"
    }
}
