import NeuralNetworks
import Tensors

/// What happened, in words.
extension ModelRepairs {
    /// What the layer that failed received, and from where:
    /// `Linear(400, 120) receives 256 features: MaxPool2d 5 outputs 16x4x4`.
    func reason(_ visit: ModelTrace.Visit, in trace: ModelTrace) -> String {
        let signature = visit.layer.signature
        if let failure = trace.failure, visit.hasInnerVisits, failure.operands.count >= 2,
            ["adding", "addReLU", "Residual", "Parallel", "concatenated"]
                .contains(failure.operation)
        {
            let shapes = failure.operands.map { dimensions($0.shape) }
            let verb = failure.operation == "concatenated" ? "joins" : "adds"
            return "\(signature) \(verb) \(shapes.dropLast().joined(separator: ", ")) "
                + "and \(shapes[shapes.count - 1])"
        }
        return "\(signature) receives \(received(visit)): \(source(in: trace))"
    }

    private func received(_ visit: ModelTrace.Visit) -> String {
        let shape = visit.input.shape
        func counted(_ count: Int, _ unit: String) -> String {
            "\(count) \(unit)\(count == 1 ? "" : "s")"
        }
        switch visit.layer {
        case is Linear:
            if shape.count == 4 { return "images" }
            return counted(shape.last ?? 0, "feature")
        case let layer as Conv2d where shape.count == 4 && shape[1] != layer.inputs:
            return counted(shape[1], "channel")
        case is BatchNorm2d where shape.count == 4: return counted(shape[1], "channel")
        case is GroupNorm where shape.count >= 2: return counted(shape[1], "channel")
        case is ConvTranspose2d where shape.count == 4, is SqueezeExcitation where shape.count == 4:
            return counted(shape[1], "channel")
        case is PatchEmbedding where shape.count == 4:
            return "images of \(dimensions(shape))"
        case is MultiHeadAttention where shape.count == 3,
            is TransformerEncoderLayer where shape.count == 3,
            is TransformerEncoder where shape.count == 3:
            return "tokens of \(counted(shape[2], "feature"))"
        case is LayerNorm where shape.count < 4, is LayerScale:
            return counted(shape.last ?? 0, "feature")
        case is Conv2d, is MaxPool2d, is AvgPool2d:
            if shape.count == 4 { return "images of \(shape[2])x\(shape[3])" }
            return "\(shape)"
        default: return "\(shape)"
        }
    }

    /// The layer or operation that made the shape, looked for behind those that only rearrange.
    private func source(in trace: ModelTrace) -> String {
        let quiet = ["Flatten", "Dropout", "Identity", "DropPath", "flattened", "reshaped"]
        let steps = trace.steps
        let step = steps.last { step in
            !quiet.contains(String(step.name.split(separator: " ").first ?? ""))
        }
        guard let step else { return "the input is \(dimensions(input.shape))" }
        return "\(step.name) outputs \(dimensions(step.shape))"
    }

    /// A shape without its batch axis, as `16x4x4`.
    private func dimensions(_ shape: [Int]) -> String {
        guard shape.count > 1 else { return "\(shape)" }
        return shape.dropFirst().map(String.init).joined(separator: "x")
    }
}
