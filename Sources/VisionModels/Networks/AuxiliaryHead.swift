import NeuralNetworks
import Tensors

/// A second head in the middle of a deep network, which classifies what has been found so far. The
/// input goes on as it came; `Network.outputs(_:)` asks for what the heads say.
///
/// Source: Szegedy et al., "Going Deeper with Convolutions", 2015.
final class AuxiliaryHead: Layer {
    /// What the heads of one run said.
    final class Outputs: @unchecked Sendable {
        // Invariant: used by the thread that bound it.
        var tensors: [Tensor] = []
    }

    @TaskLocal static var outputs: Outputs?

    private let head: Sequential

    init(@LayerBuilder _ head: () throws -> [any Layer]) throws {
        self.head = try Sequential(layers: head())
    }

    private init(head: Sequential) { self.head = head }

    func forward(_ x: Tensor) throws -> Tensor {
        if let outputs = Self.outputs { outputs.tensors.append(try head.forward(x)) }
        return x
    }

    var children: [(name: String, layer: any Layer)] { head.children }
    var ownParameters: [(name: String, parameter: Parameter)] { head.ownParameters }
    func copy() throws -> AuxiliaryHead { AuxiliaryHead(head: try head.copy()) }
}
