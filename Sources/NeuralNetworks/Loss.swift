import Tensors

/// What training makes small: a function of the model's output and the labels, giving one number.
public struct Loss: Sendable, CustomStringConvertible {
    /// The loss as one writes it.
    public let description: String
    /// Whether it is the softmax cross-entropy, which is the logarithm of the number of classes
    /// where all are given the same probability.
    package let isCrossEntropy: Bool
    private let function: @Sendable (_ output: Tensor, _ labels: Tensor) throws -> Tensor

    /// A loss of your own; `function` returns a tensor of one element that has a gradient.
    ///
    ///     Loss("mean fourth power") { output, labels in
    ///         try (Tensor.subtracting(output, labels) ** 4).mean()
    ///     }
    public init(
        _ description: String,
        function: @escaping @Sendable (_ output: Tensor, _ labels: Tensor) throws -> Tensor
    ) {
        self.init(description, isCrossEntropy: false, function)
    }

    private init(
        _ description: String, isCrossEntropy: Bool,
        _ function: @escaping @Sendable (_ output: Tensor, _ labels: Tensor) throws -> Tensor
    ) {
        self.description = description
        self.isCrossEntropy = isCrossEntropy
        self.function = function
    }

    /// The loss of a batch.
    public func callAsFunction(_ output: Tensor, _ labels: Tensor) throws -> Tensor {
        try function(output, labels)
    }

    /// Softmax cross-entropy of logits `[N, K]` with class indices `[N]`, the mean over the batch.
    public static let crossEntropy = Loss(".crossEntropy", isCrossEntropy: true) { output, labels in
        try Tensors.crossEntropy(output, labels)
    }

    /// The same with a share of every label spread over all classes, or with a weight for each
    /// class (`[K]`), by which the mean is weighted. As `torch.nn.CrossEntropyLoss`.
    ///
    /// Source of label smoothing: Szegedy et al., "Rethinking the Inception Architecture", 2016.
    public static func crossEntropy(
        labelSmoothing: Double = 0, classWeights: Tensor? = nil
    ) -> Loss {
        var arguments = ["labelSmoothing: \(labelSmoothing)"]
        if let classWeights { arguments.append("classWeights: \(classWeights.shape)") }
        let name = ".crossEntropy(\(arguments.joined(separator: ", ")))"
        return Loss(name, isCrossEntropy: true) { output, labels in
            try Tensors.crossEntropy(
                output, labels, labelSmoothing: labelSmoothing, classWeights: classWeights)
        }
    }
}
