import NeuralNetworks
import Tensors

/// A network of a published architecture: images `[N, C, H, W]` to scores `[N, classes]`.
///
/// Its layers and parameters have the names of the published weights: those of torchvision, and
/// timm's where torchvision has no such network.
///
///     let net = try ResNet18(classes: 10, inputChannels: 1)
///     net.parameterCount  // 11_175_370
///     try net(Tensor.zeros([1, 1, 32, 32])).shape  // [1, 10]
///     try net.features(of: Tensor.zeros([1, 1, 32, 32]), upTo: "layer3").shape  // [1, 256, 2, 2]
public final class Network: DeeplySupervised {
    /// What the network is made of, with as many classes as its head has now.
    public var architecture: any Architecture {
        var present = published
        if let head = layers.lastLinear { present.classes = head.outputs }
        return present
    }
    /// What it was made of first.
    private let published: any Architecture
    /// The layers in order.
    public let layers: Sequential
    public var info: ModelInfo?

    /// The number of classes that it tells apart.
    public var classes: Int { layers.lastLinear?.outputs ?? published.classes }
    /// The number of channels of its images.
    public var inputChannels: Int { published.inputChannels }

    /// A network with fresh weights, which are drawn when they are first needed.
    ///
    /// Throws where a size is not positive, sizes do not fit together or do not fit into memory.
    public convenience init(_ architecture: any Architecture) throws {
        let name = architecture.name
        try LayerError.require(name, "classes", architecture.classes, atLeast: 1)
        try LayerError.require(name, "inputChannels", architecture.inputChannels, atLeast: 1)
        self.init(architecture, try architecture.layers(), info: nil)
    }

    private init(_ architecture: any Architecture, _ layers: Sequential, info: ModelInfo?) {
        published = architecture
        self.layers = layers
        self.info = info
    }

    public func forward(_ x: Tensor) throws -> Tensor { try layers.forward(x) }

    /// The scores for `x` and those of the auxiliary heads of GoogLeNet and Inception v3, in the
    /// order in which the input comes to them; none in other networks.
    ///
    /// `net(x)` does not run the heads; `fit` does, and adds their losses.
    ///
    ///     let (scores, auxiliary) = try net.outputs(images)
    ///     let loss = try auxiliary.reduce(crossEntropy(scores, labels)) {
    ///         try Tensor.adding($0, Tensor.multiplying(crossEntropy($1, labels), 0.3))
    ///     }
    public func outputs(_ x: Tensor) throws -> (scores: Tensor, auxiliary: [Tensor]) {
        let collected = AuxiliaryHead.Outputs()
        let scores = try AuxiliaryHead.$outputs.withValue(collected) { try call(x) }
        return (scores, collected.tensors)
    }

    /// What `fit` multiplies the losses of auxiliary heads by: 0.3, as the paper does.
    public var auxiliaryWeight: Double { 0.3 }

    /// The auxiliary heads of GoogLeNet and Inception v3.
    public var auxiliaryHeads: [any Layer] { children.map(\.layer).filter { $0 is AuxiliaryHead } }

    public var children: [(name: String, layer: any Layer)] { layers.children }
    public var ownParameters: [(name: String, parameter: Parameter)] { layers.ownParameters }
    public var kind: String { published.name }
    public var details: String { "classes: \(classes), inputChannels: \(inputChannels)" }

    public func copy() throws -> Network { Network(published, try layers.copy(), info: info) }
}
