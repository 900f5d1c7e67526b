import Tensors

/// What training makes small: a function of the model's output and the labels, giving one number.
public struct Loss: Sendable, CustomStringConvertible {
    public let description: String
    private let function: @Sendable (_ output: Tensor, _ labels: Tensor) throws -> Tensor

    /// A loss of your own; `function` returns a tensor of one element that has a gradient.
    public init(
        _ description: String,
        function: @escaping @Sendable (_ output: Tensor, _ labels: Tensor) throws -> Tensor
    ) {
        self.description = description
        self.function = function
    }

    /// The loss of a batch.
    public func callAsFunction(_ output: Tensor, _ labels: Tensor) throws -> Tensor {
        try function(output, labels)
    }

    /// Softmax cross-entropy of logits `[N, K]` with class indices `[N]`, the mean over the batch.
    public static let crossEntropy = Loss(".crossEntropy") { output, labels in
        try Tensors.crossEntropy(output, labels)
    }
}
