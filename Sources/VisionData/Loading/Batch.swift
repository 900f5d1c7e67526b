import Tensors

/// Some pictures of a data set as a network takes them.
public struct Batch: Sendable, CustomStringConvertible {
    /// [N, C, H, W] of float32.
    public let images: Tensor
    /// [N] of int64.
    public let labels: Tensor
    /// A batch of inputs of any shape [N, ...] and their labels.
    package init(images: Tensor, labels: Tensor) {
        self.images = images
        self.labels = labels
    }

    /// N, the number of pictures.
    public var count: Int { labels.shape[0] }

    /// The shapes, such as `Batch: images [64, 1, 28, 28], labels [64]`.
    public var description: String { "Batch: images \(images.shape), labels \(labels.shape)" }
}
