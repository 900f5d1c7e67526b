import NeuralNetworks
import Tensors
import VisionData

/// What one model costs and what it gives, as `compare` and `choose` found it on this machine.
public struct ModelResult: Sendable {
    /// What the model is called in tables and plots.
    public let name: String
    /// The shape of one input, `[C, H, W]`.
    public let input: [Int]
    /// Numbers in all weights, shared ones once.
    public let parameterCount: Int
    /// Multiply-accumulates for one input.
    public let multiplyAccumulates: Int
    /// Bytes of all activations for one input: about what training holds.
    public let activationBytes: Int
    /// Bytes of the weights and buffers, which is what a file of them takes.
    public let weightBytes: Int
    /// How much of an image the last map sees; `nil` where that is not known.
    public let receptiveField: ReceptiveField?
    /// How long the scores of one image took, in evaluation mode and without gradients.
    public let latency: Measurement
    /// How many images the larger batch has.
    public let batch: Int
    /// How long the scores of such a batch took; `nil` where that was not measured.
    public let batchLatency: Measurement?
    /// How long a step of training with such a batch took: forward, backward and SGD; `nil` where
    /// that was not measured or the model gives no scores of classes.
    public let trainingStep: Measurement?
    /// The share of ImageNet's validation images that the published weights of this architecture
    /// classify rightly, 0...1; `nil` where there are none.
    public let publishedAccuracy: Double?
    /// The accuracy on the data given, with its 95% interval; `nil` without data.
    public let measuredAccuracy: AccuracyEstimate?

    /// Images a second, one at a time or in batches, whichever is more.
    public var throughput: Double {
        max(1 / latency.median, batchLatency.map { Double(batch) / $0.median } ?? 0)
    }

    /// The measured accuracy or, without data, the published one.
    public var accuracy: Double? { measuredAccuracy?.mean ?? publishedAccuracy }

    /// Whether another model is at least as quick and as accurate as this one, and more so in one.
    public func isDominated(by other: ModelResult) -> Bool {
        guard let own = accuracy, let theirs = other.accuracy else { return false }
        let (time, theirTime) = (latency.median, other.latency.median)
        return theirs >= own && theirTime <= time && (theirs > own || theirTime < time)
    }
}
