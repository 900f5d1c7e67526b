import Language
import VisionEngine

/// How far an output is from what it should be.
@RowBuilder func lossFunctionRows() -> [Binding] {
    Binding.function(
        "crossEntropy", arg("logits", Tensor.self, label: nil, "[N, K]"),
        arg("labels", Tensor.self, label: nil, "[N], integers in 0..<K; or probabilities [N, K]"),
        arg("labelSmoothing", Double.self, default: 0),
        arg("classWeights", Tensor?.self, default: nil, "[K]"),
        arg("reduction", LossReduction.self, default: .mean),
        summary: "The cross-entropy of softmax(logits) with the labels, one element.",
        example: "crossEntropy(Tensor([[2, 1], [0, 3]]), Tensor([0, 1], dtype: .int64))"
    ) { logits, labels, labelSmoothing, classWeights, reduction in
        try crossEntropy(
            logits, labels, labelSmoothing: labelSmoothing, classWeights: classWeights,
            reduction: reduction)
    }
    for reduction in LossReduction.allCases {
        Binding.staticProperty(
            reduction.rawValue, of: LossReduction.self,
            summary: "How the losses of the samples become one result.",
            example: "crossEntropy(Tensor([[2, 1]]), Tensor([0], dtype: .int64), "
                + "reduction: .\(reduction.rawValue))"
        ) { reduction }
    }
    pairLoss(
        "meanSquaredError", "The mean of the squared differences, one element."
    ) { try meanSquaredError($0, $1, reduction: $2) }
    pairLoss(
        "meanAbsoluteError", "The mean of the differences without their signs, one element."
    ) { try meanAbsoluteError($0, $1, reduction: $2) }
    Binding.function(
        "binaryCrossEntropy", arg("logits", Tensor.self, label: nil),
        arg("targets", Tensor.self, label: nil, "0 or 1, or probabilities, in the logits' shape"),
        arg("positiveWeight", Tensor?.self, default: nil, "how much a target of 1 counts"),
        arg("reduction", LossReduction.self, default: .mean),
        summary: "The cross-entropy of sigmoid(logits) with yes-or-no targets, one element.",
        example: "binaryCrossEntropy(Tensor([2, -1]), Tensor([1, 0]))"
    ) { logits, targets, positiveWeight, reduction in
        try binaryCrossEntropy(
            logits, targets, positiveWeight: positiveWeight, reduction: reduction)
    }
    Binding.function(
        "focalLoss", arg("logits", Tensor.self, label: nil, "[N, K]"),
        arg("labels", Tensor.self, label: nil, "[N], integers in 0..<K"),
        arg("gamma", Double.self, default: 2, "how little well-classified samples count"),
        arg("alpha", Tensor?.self, default: nil, "[K], a weight for each class"),
        arg("reduction", LossReduction.self, default: .mean),
        summary: "Cross-entropy in which samples that are right already count less, one element.",
        example: "focalLoss(Tensor([[2, 1], [0, 3]]), Tensor([0, 1], dtype: .int64), gamma: 2)"
    ) { logits, labels, gamma, alpha, reduction in
        try focalLoss(logits, labels, gamma: gamma, alpha: alpha, reduction: reduction)
    }
}

/// A loss of an output and a target of the same shape.
private func pairLoss(
    _ name: String, _ summary: String,
    _ loss: @escaping (Tensor, Tensor, LossReduction) throws -> Tensor
) -> Binding {
    Binding.function(
        name, arg("output", Tensor.self, label: nil),
        arg("target", Tensor.self, label: nil, "in the output's shape"),
        arg("reduction", LossReduction.self, default: .mean), summary: summary,
        example: "\(name)(Tensor([1, 2]), Tensor([0, 4]))"
    ) { output, target, reduction in try loss(output, target, reduction) }
}
