import NeuralNetworks
import Tensors

/// The layer before the one that failed, made to give what that one takes.
extension ModelRepairs {
    /// Another width for the last layer that chose one; `nil` where that is not what differs.
    func producer(of visit: ModelTrace.Visit, in trace: ModelTrace) -> Candidate? {
        guard let wanted = width(of: visit.layer), let received = width(received: visit),
            wanted != received
        else { return nil }
        var closed: [String]?
        var last: (visit: ModelTrace.Visit, layer: any Layer)?
        for earlier in trace.visits where earlier.output != nil {
            if let closed, earlier.path.count > closed.count, earlier.path.starts(with: closed) {
                continue
            }
            if earlier.layer.isClosed { closed = earlier.path }
            if let layer = widened(earlier.layer, from: received, to: wanted) {
                last = (earlier, layer)
            }
        }
        guard let (earlier, layer) = last else { return nil }
        let name = earlier.path.joined(separator: ".")
        return Candidate(
            ModelChanges(), replace: earlier, layer, "use \(layer.signature) for \(name)")
    }

    /// How many channels or features a layer takes.
    private func width(of layer: any Layer) -> Int? {
        switch layer {
        case let layer as Linear: layer.inputs
        case let layer as Conv2d: layer.inputs
        case let layer as ConvTranspose2d: layer.inputs
        case let layer as BatchNorm2d: layer.features
        case let layer as GroupNorm: layer.channels
        case let layer as LayerNorm: layer.shape.count == 1 ? layer.shape[0] : nil
        case let layer as LayerScale: layer.features
        case let layer as MultiHeadAttention: layer.embedding
        case let layer as TransformerEncoderLayer: layer.attention.embedding
        case let layer as TransformerEncoder: layer.layers.first?.attention.embedding
        case let layer as SqueezeExcitation: layer.channels
        default: nil
        }
    }

    /// How many it was given.
    private func width(received visit: ModelTrace.Visit) -> Int? {
        let shape = visit.input.shape
        return shape.count == 4 ? shape[1] : shape.last
    }

    /// The same layer with other outputs; `nil` for one that gives what it is given.
    private func widened(_ layer: any Layer, from outputs: Int, to wanted: Int) -> (any Layer)? {
        switch layer {
        case let layer as Linear where layer.outputs == outputs:
            try? Linear(inputs: layer.inputs, outputs: wanted, bias: layer.bias != nil)
        case let layer as Conv2d where layer.outputs == outputs:
            try? Conv2d(
                inputs: layer.inputs, outputs: wanted, kernel: layer.kernel,
                stride: layer.stride, padding: layer.padding, dilation: layer.dilation,
                groups: layer.groups, bias: layer.bias != nil)
        case let layer as PatchEmbedding where layer.projection.outputs == outputs:
            try? PatchEmbedding(
                inputs: layer.projection.inputs, embedding: wanted, patch: layer.patch,
                imageSize: layer.imageSize, classToken: layer.classToken != nil)
        default: nil
        }
    }
}
