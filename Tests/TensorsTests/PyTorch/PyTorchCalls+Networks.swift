import Tensors

extension PyTorchTable {
    /// pytorch_networks.safetensors: normalisation, attention, losses and fused activations.
    static func networks() -> PyTorchTable {
        var table = PyTorchTable()
        table[several: "batchNorm2d"] = {
            var mean = try $0["mean"].detached()
            var variance = try $0["variance"].detached()
            let result = try Tensors.batchNorm2d(
                $0.x, scale: $0["scale"], shift: $0["shift"], runningMean: &mean,
                runningVariance: &variance, momentum: $0.double("momentum"),
                epsilon: $0.double("epsilon"), training: $0.flag("training"))
            return [result, mean, variance]
        }
        table["softmax"] = { try $0.x.softmax(axis: $0.int("axis")) }
        table["logSoftmax"] = { try $0.x.logSoftmax(axis: $0.int("axis")) }
        table["crossEntropy"] = {
            try Tensors.crossEntropy(
                $0.x, $0["labels"], labelSmoothing: $0.double("smoothing"),
                classWeights: $0.optional("weights"), reduction: $0.reduction)
        }
        table["batchNorm2dReLU"] = {
            var mean = try $0["mean"].detached()
            var variance = try $0["variance"].detached()
            return try Tensors.batchNorm2d(
                $0.x, scale: $0["scale"], shift: $0["shift"], runningMean: &mean,
                runningVariance: &variance, momentum: 0.1, epsilon: 1e-5, training: true,
                activation: .relu)
        }
        table["layerNorm"] = {
            try Tensors.layerNorm(
                $0.x, axes: $0.int("axes"), scale: $0.optional("scale"),
                shift: $0.optional("shift"), epsilon: $0.double("epsilon"))
        }
        table["groupNorm"] = {
            try Tensors.groupNorm(
                $0.x, groups: $0.int("groups"), scale: $0.optional("scale"),
                shift: $0.optional("shift"), epsilon: $0.double("epsilon"))
        }
        table["localResponseNorm"] = {
            try Tensors.localResponseNorm(
                $0.x, size: $0.int("size"), alpha: $0.double("alpha"), beta: $0.double("beta"),
                k: $0.double("k"))
        }
        table["attention"] = {
            try scaledDotProductAttention(
                $0["query"], $0["key"], $0["value"], mask: $0.optional("mask"),
                isCausal: $0.has("isCausal"), scale: $0.has("scale") ? $0.double("scale") : nil)
        }
        table["focalLoss"] = {
            try Tensors.focalLoss(
                $0.x, $0["labels"], gamma: $0.double("gamma"), alpha: $0.optional("alpha"),
                reduction: $0.reduction)
        }
        table["meanSquaredError"] = {
            try Tensors.meanSquaredError($0.x, $0["target"], reduction: $0.reduction)
        }
        table["meanAbsoluteError"] = {
            try Tensors.meanAbsoluteError($0.x, $0["target"], reduction: $0.reduction)
        }
        table["binaryCrossEntropy"] = {
            try Tensors.binaryCrossEntropy(
                $0.x, $0["target"], positiveWeight: $0.optional("positive"),
                reduction: $0.reduction)
        }
        table["addReLU"] = { try Tensors.addReLU($0.x, $0.y) }
        table["linearReLU"] = {
            try Tensors.linear($0.x, $0["weights"], bias: $0["bias"], activation: .relu)
        }
        table["linearGELU"] = {
            try Tensors.linear($0.x, $0["weights"], bias: $0["bias"], activation: .gelu)
        }
        return table
    }
}

extension PyTorchCall {
    fileprivate var reduction: LossReduction {
        get throws { LossReduction(rawValue: try text("reduction")) ?? .mean }
    }
}
