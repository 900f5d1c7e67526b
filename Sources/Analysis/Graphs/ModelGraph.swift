import Hosting
import NeuralNetworks
import Tensors

/// A model as boxes and arrows: what flows from which block into which, and in what shape.
///
/// It shows itself as a picture, read from top to bottom, and saves itself as SVG or PNG.
public struct ModelGraph: Sendable {
    /// A layer, a block of layers folded into one, or an operation between them.
    public struct Node: Sendable {
        /// The full name; empty for operations and the input.
        public let name: String
        /// `Conv2d`, `Sequential`, `adding`, `input`.
        public let kind: String
        /// The layer as one writes it, or what is in a block: `2 BasicBlock`.
        public let details: String
        /// Whether it stands for several layers.
        public let isBlock: Bool
        /// Numbers in the weights of all that it stands for.
        public let parameters: Int
        /// Multiply-accumulates of all that it stands for, for the input asked about.
        public let multiplyAccumulates: Int
    }

    /// What one box gives another.
    public struct Edge: Hashable, Sendable {
        /// Positions in `nodes`.
        public let from: Int
        /// The position in `nodes` of the box that the arrow points at.
        public let to: Int
        /// Without the batch axis where the input had none.
        public let shape: [Int]
    }

    /// The kind of the model.
    public let kind: String
    /// The shape asked about.
    public let input: [Int]
    /// The shape of what comes out.
    public let output: [Int]
    /// The boxes in the order in which the input comes to them; the input is the first.
    public let nodes: [Node]
    /// The arrows between the boxes, each with the shape of what flows along it.
    public let edges: [Edge]
}

extension Layer {
    /// The model as a graph of boxes and arrows with shapes; nothing is computed.
    ///
    /// Blocks are folded into one box below `depth` levels, by default as many as leave at most 40
    /// boxes. Without an input, `[C, H, W]`, it is the one the model was made for.
    ///
    ///     try ResNet18().plot().save("resnet18.svg")
    ///     try LeNet().plot(input: [1, 28, 28])
    ///
    /// Throws where the model does not take such an input, or `depth` is not positive.
    public func plot(input: [Int]? = nil, depth: Int? = nil) throws -> ModelGraph {
        if let depth { try LayerError.require("plot", "depth", depth, atLeast: 1) }
        let input = try input ?? usualInput()
        guard !input.isEmpty, input.allSatisfy({ $0 > 0 }) else {
            throw TensorError(
                .shape, "plot", "the input has no elements", expected: "sizes from 1",
                got: "\(input)")
        }
        let trace = trace(TensorSpec(input.count == 3 ? [1] + input : input))
        try Host.current.cancellation.check()
        if let error = trace.modelError(of: self) { throw error }
        let deepest = trace.visits.map(\.path.count).max() ?? 1
        let depths = depth.map { [$0] } ?? Array((1...max(1, deepest)).reversed())
        var builder = GraphBuilder(trace, depth: depths[0])
        for depth in depths.dropFirst() where builder.count > 40 {
            builder = GraphBuilder(trace, depth: depth)
        }
        return builder.graph(of: self, input: input)
    }
}
