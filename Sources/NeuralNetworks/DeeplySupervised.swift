import Tensors

/// A network with further heads in its middle, whose losses `fit` adds to that of the scores: the
/// layers in front of them see a gradient that has not come through all the others.
///
/// Source: Lee et al., "Deeply-Supervised Nets", 2015.
public protocol DeeplySupervised: Layer {
    /// The scores for `x`, as calling the network gives them, and those of the heads in its middle.
    func outputs(_ x: Tensor) throws -> (scores: Tensor, auxiliary: [Tensor])

    /// What the losses of the heads are multiplied by before they are added.
    var auxiliaryWeight: Double { get }

    /// The heads in its middle, each of which classifies by its last `Linear` layer.
    var auxiliaryHeads: [any Layer] { get }
}

extension Layer {
    /// The scores for `x`, and those of the heads in the middle of a network that has some.
    package func scoresOfAllHeads(_ x: Tensor) throws -> (scores: Tensor, auxiliary: [Tensor]) {
        guard let supervised = self as? any DeeplySupervised else { return (try call(x), []) }
        return try supervised.outputs(x)
    }
}

extension DeeplySupervised {
    /// None that `replaceHead` knows of.
    public var auxiliaryHeads: [any Layer] { [] }
}
