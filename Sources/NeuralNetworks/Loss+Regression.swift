import Tensors

extension Loss {
    /// The mean of the squared differences of outputs and targets of one shape. As
    /// `torch.nn.MSELoss`.
    public static let meanSquaredError = Loss(".meanSquaredError") { output, targets in
        try Tensors.meanSquaredError(output, numbers(targets, like: output))
    }

    /// The mean of the absolute differences of outputs and targets of one shape. As
    /// `torch.nn.L1Loss`.
    public static let meanAbsoluteError = Loss(".meanAbsoluteError") { output, targets in
        try Tensors.meanAbsoluteError(output, numbers(targets, like: output))
    }

    /// Cross-entropy of logits with targets in 0...1 of the same shape, the mean over all elements.
    ///
    /// Logits `[N, 1]` take labels `[N]`: a network with one output tells two classes apart. As
    /// `torch.nn.BCEWithLogitsLoss`.
    public static let binaryCrossEntropy = Loss(".binaryCrossEntropy") { output, targets in
        try Tensors.binaryCrossEntropy(output, numbers(targets, like: output))
    }

    /// Cross-entropy of logits `[N, K]` with class indices `[N]` that counts what is already right
    /// less, by `(1 - p)^gamma`; `alpha` `[K]` weights the classes.
    ///
    /// Source: Lin et al., "Focal Loss for Dense Object Detection", 2017.
    public static func focalLoss(gamma: Double = 2, alpha: Tensor? = nil) -> Loss {
        let weights = alpha.map { ", alpha: \($0.shape)" } ?? ""
        return Loss(".focalLoss(gamma: \(gamma)\(weights))") { output, labels in
            try Tensors.focalLoss(output, labels, gamma: gamma, alpha: alpha)
        }
    }

    /// Targets as float32 numbers, `[N]` as `[N, 1]` where that is the outputs' shape.
    private static func numbers(_ targets: Tensor, like output: Tensor) throws -> Tensor {
        let numbers = targets.dtype.isFloatingPoint ? targets : try targets.cast(to: .float32)
        return output.shape == targets.shape + [1] ? try numbers.reshaped(output.shape) : numbers
    }
}
