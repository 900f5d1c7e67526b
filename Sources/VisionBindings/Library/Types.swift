import Language
import VisionEngine

private let anyLayer = ["Layer"]
private let anyOptimizer = ["Optimizer"]

/// The types that the language knows by name.
func visionTypes() -> [ForeignType] {
    tensorTypes() + layerTypes() + trainingTypes() + imageTypes()
}

private func tensorTypes() -> [ForeignType] {
    [
        ForeignType("Tensor", Tensor.self, summary: "Numbers in a box of any number of axes."),
        ForeignType("DType", DType.self, summary: "The type of a tensor's elements."),
        ForeignType(
            "TensorIndex", TensorIndexArgument.self,
            summary: "One index of x[...]: .ellipsis, .newAxis, .stride(from:to:by:)."),
        ForeignType(
            "PaddingSize", PaddingArgument.self,
            summary: "A padding: a number, [height, width] or .same."),
        ForeignType("Measurement", Measurement.self, summary: "How long a block took."),
    ]
}

private func layerTypes() -> [ForeignType] {
    [
        ForeignType(
            "Layer", AnyLayer.self, summary: "What turns one tensor into another.",
            description: { $0.layer.description }),
        ForeignType(
            "Sequential", Sequential.self, summary: "Layers in a row.", conformsTo: anyLayer),
        ForeignType(
            "NamedLayer", NamedLayer.self, summary: "A layer with a name.", conformsTo: anyLayer),
        ForeignType("Conv2d", Conv2d.self, summary: "A convolution.", conformsTo: anyLayer),
        ForeignType(
            "Linear", Linear.self, summary: "A fully connected layer.", conformsTo: anyLayer),
        ForeignType(
            "BatchNorm2d", BatchNorm2d.self, summary: "Batch normalisation.", conformsTo: anyLayer),
        ForeignType("ReLU", ReLU.self, summary: "The rectifier.", conformsTo: anyLayer),
        ForeignType("MaxPool2d", MaxPool2d.self, summary: "Max pooling.", conformsTo: anyLayer),
        ForeignType("AvgPool2d", AvgPool2d.self, summary: "Average pooling.", conformsTo: anyLayer),
        ForeignType("Flatten", Flatten.self, summary: "Joins axes.", conformsTo: anyLayer),
        ForeignType(
            "Dropout", Dropout.self, summary: "Drops elements at random.", conformsTo: anyLayer),
        ForeignType(
            "ModelSummary", ModelSummary.self, summary: "A model's layers, shapes and costs."),
        ForeignType(
            "SummaryRow", ModelSummary.Row.self, summary: "One layer of a summary.",
            description: { "\($0.name) \($0.kind) \($0.output) \($0.parameters)" }),
    ]
}

private func trainingTypes() -> [ForeignType] {
    [
        ForeignType(
            "Optimizer", AnyOptimizer.self, summary: "What changes weights along their gradients.",
            description: { $0.optimizer.description }),
        ForeignType(
            "SGD", SGD.self, summary: "Stochastic gradient descent.", conformsTo: anyOptimizer),
        ForeignType("Adam", Adam.self, summary: "Adam.", conformsTo: anyOptimizer),
        ForeignType(
            "Schedule", Schedule.self, summary: "How the learning rate changes over a run."),
        ForeignType("Loss", Loss.self, summary: "What training makes small."),
        ForeignType(
            "LossReduction", LossReduction.self, summary: "The mean, the sum, or all losses.",
            description: { ".\($0.rawValue)" }),
        ForeignType("Metric", Metric.self, summary: "A figure of merit."),
        ForeignType("History", History.self, summary: "What happened during training."),
        ForeignType(
            "Epoch", History.Epoch.self, summary: "One pass through the training data.",
            description: {
                "Epoch \($0.number): train \($0.train.text), validation \($0.validation.text)"
            }),
        ForeignType(
            "Figures", History.Figures.self, summary: "Loss and metrics of one pass.",
            description: { $0.text }),
        ForeignType("Evaluation", Evaluation.self, summary: "How a model did on labelled images."),
        ForeignType("Mistake", Evaluation.Mistake.self, summary: "An image a model got wrong."),
        ForeignType("Prediction", Prediction.self, summary: "What a model sees in a picture."),
    ]
}

private func imageTypes() -> [ForeignType] {
    [
        ForeignType("Image", Image.self, summary: "A picture."),
        ForeignType(
            "Interpolation", Interpolation.self, summary: "How pixels between pixels are found.",
            description: { ".\($0.rawValue)" }),
        ForeignType(
            "ColorSpace", ColorSpace.self, summary: "What channels mean.",
            description: { ".\($0.rawValue)" }),
        ForeignType("Histogram", Histogram.self, summary: "How often each level occurs."),
        ForeignType(
            "Chart", Chart.self, summary: "A diagram.",
            description: { $0.title.isEmpty ? "Chart" : "Chart \"\($0.title)\"" }),
        ForeignType(
            "ImageDataset", ImageDataset.self, summary: "Labelled pictures.",
            element: Sample.self,
            iterate: { data in
                var position = 0
                return {
                    guard position < data.count else { return nil }
                    defer { position += 1 }
                    return try data.sample(position)
                }
            }),
        ForeignType("FashionMNIST", FashionMNIST.self, summary: "Pictures of clothes."),
        ForeignType(
            "Sample", Sample.self, summary: "A picture and its label.",
            description: { "Sample(image: \($0.image), label: \($0.label))" }),
        ForeignType(
            "Batch", Batch.self, summary: "Several pictures as one tensor, with their labels.",
            description: { "Batch(images: \($0.images.shape), labels: \($0.labels.shape))" }),
        ForeignType(
            "BatchLoader", BatchLoader.self, summary: "Batches, prepared ahead.",
            description: { "BatchLoader: \($0.count) batches of \($0.batchSize)" },
            element: Batch.self,
            iterate: { loader in
                let iterator = loader.makeIterator()
                return { try iterator.nextBatch() }
            }),
        ForeignType(
            "Normalization", Normalization.self, summary: "How pictures are brought to mean 0.",
            description: { "Normalization(means: \($0.means), deviations: \($0.deviations))" }),
    ]
}

extension History.Figures {
    /// Loss and metrics in one line.
    fileprivate var text: String {
        (["loss \(loss)"] + metrics.map { "\($0.name) \($0.value)" }).joined(separator: ", ")
    }
}
