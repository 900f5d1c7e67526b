/// Who watches a run of layers: what comes out of some of them, which may be replaced, and how much
/// tokens look at each other.
package struct RunObserver {
    /// The number of layers around those that names begin at.
    private let depth: Int
    /// The full names of the layers that are watched; `nil` where all are.
    private let names: Set<String>?
    /// Given the full name of a layer and what came out of it, what goes on in its place; `nil` where
    /// no layer is watched.
    private let output: ((String, Tensor) throws -> Tensor)?
    /// Given the full name of the layer and the weights `[..., T, S]`, rows adding up to 1; `nil`
    /// where attention is not watched.
    private let attention: ((String, Tensor) throws -> Void)?

    /// Watches what comes out of layers, by their full names below the first `depth` layers around.
    package init(
        below depth: Int, of names: Set<String>? = nil,
        output: @escaping (String, Tensor) throws -> Tensor
    ) {
        self.depth = depth
        self.names = names
        self.output = output
        attention = nil
    }

    /// Watches the weights of attention.
    package init(below depth: Int, attention: @escaping (String, Tensor) throws -> Void) {
        self.depth = depth
        names = []
        output = nil
        self.attention = attention
    }

    var watchesAttention: Bool { attention != nil }

    func show(_ weights: Tensor, at path: [LayerScope]) throws {
        try attention?(name(path), weights)
    }

    func passing(_ value: Tensor, at path: [LayerScope]) throws -> Tensor {
        guard let output else { return value }
        let name = name(path)
        guard names?.contains(name) ?? true else { return value }
        return try output(name, value)
    }

    /// Whether a layer inside the one at a path is watched.
    func watchesInside(_ path: [LayerScope]) -> Bool {
        guard output != nil else { return false }
        guard let names else { return true }
        let around = name(path)
        return around.isEmpty || names.contains { $0.hasPrefix(around + ".") }
    }

    private func name(_ path: [LayerScope]) -> String {
        path.dropFirst(depth).map(\.name).joined(separator: ".")
    }
}
