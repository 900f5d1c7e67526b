import Language
import VisionEngine

private let anyLayer = ["Layer"]
private let anyOptimizer = ["Optimizer"]

/// The types that the language knows by name.
func visionTypes() -> [ForeignType] {
    tensorTypes() + layerTypes() + trainingTypes() + imageTypes() + transformTypes()
        + featureTypes() + displayTypes() + pretrainedTypes() + transferTypes()
        + modelComparisonTypes() + shapeTypes() + explanationTypes() + experimentTypes()
        + trainingInsightTypes() + replayTypes()
}

private func displayTypes() -> [ForeignType] {
    [
        ForeignType("Markdown", Markdown.self, summary: "Text with Markdown's marks."),
        ForeignType("LaTeX", LaTeX.self, summary: "A formula."),
        ForeignType("HTML", HTML.self, summary: "A piece of a web page."),
        ForeignType(
            ElementProgress.name, ProgressItems.self,
            summary: "A sequence that shows how far it has been gone through.",
            description: { _ in ElementProgress.name }, element: Value.self,
            iterate: { try $0.makeIterator() }),
    ]
}

private func tensorTypes() -> [ForeignType] {
    [
        ForeignType("Tensor", Tensor.self, summary: "Numbers in a box of any number of axes."),
        ForeignType(
            "TensorMeaning", TensorMeaning.self,
            summary: "What a tensor's numbers are: axes, colours and values of pictures."),
        ForeignType("DType", DType.self, summary: "The type of a tensor's elements."),
        ForeignType(
            "TensorIndex", TensorIndexArgument.self,
            summary: "One index of x[...]: .ellipsis, .newAxis, .stride(from:to:by:)."),
        ForeignType(
            "IntOrPair", SizeArgument.self,
            summary: "A size: a number, [height, width] or .any."),
        ForeignType(
            "PaddingSize", PaddingArgument.self,
            summary: "A padding: a number, [height, width] or .same."),
        ForeignType(
            "UpsamplingMode", UpsamplingMode.self, summary: "How upsample finds pixels.",
            description: { ".\($0.rawValue)" }),
        ForeignType(
            "GELUApproximation", GELUApproximation.self, summary: "How gelu computes.",
            description: { ".\($0.rawValue)" }),
        ForeignType("Measurement", Measurement.self, summary: "How long a block took."),
    ]
}

private func layerTypes() -> [ForeignType] {
    [
        ForeignType(
            protocol: "Layer", AnyLayer.self, summary: "What turns one tensor into another.",
            requirement: ScriptLayer.requirement, description: { $0.layer.description })
    ] + containerTypes() + [
        layer(Conv2d.self, "A convolution."),
        layer(ConvTranspose2d.self, "A transposed convolution."),
        layer(Linear.self, "A fully connected layer."),
        layer(BatchNorm2d.self, "Batch normalisation."),
        layer(LayerNorm.self, "Layer normalisation."),
        layer(LayerNorm2d.self, "Layer normalisation of channels."),
        layer(GroupNorm.self, "Group normalisation."),
        layer(LocalResponseNorm.self, "Local response normalisation."),
        layer(LayerScale.self, "A learned scale of features."),
        layer(ReLU.self, "The rectifier."),
        layer(ReLU6.self, "The rectifier up to 6."),
        layer(LeakyReLU.self, "The leaky rectifier."),
        layer(GELU.self, "The Gaussian error linear unit."),
        layer(SiLU.self, "The sigmoid linear unit."),
        layer(HardSwish.self, "A cheap sigmoid linear unit."),
        layer(HardSigmoid.self, "A cheap logistic function."),
        layer(Sigmoid.self, "The logistic function."),
        layer(Tanh.self, "The hyperbolic tangent."),
        layer(Softmax.self, "Probabilities."),
        layer(MaxPool2d.self, "Max pooling."),
        layer(AvgPool2d.self, "Average pooling."),
        layer(AdaptiveAvgPool2d.self, "Average pooling to a size."),
        layer(GlobalAvgPool2d.self, "The mean of every channel."),
        layer(Upsample.self, "Enlargement."),
        layer(Flatten.self, "Joins axes."),
        layer(Dropout.self, "Drops elements at random."),
        layer(DropPath.self, "Drops samples at random."),
        layer(PatchEmbedding.self, "Images as tokens."),
        layer(MultiHeadAttention.self, "Attention between tokens."),
        layer(WindowAttention.self, "Attention inside windows."),
        layer(TransformerEncoderLayer.self, "A transformer block."),
        layer(TransformerEncoder.self, "Transformer blocks."),
        layer(SqueezeExcitation.self, "Attention between channels."),
        ForeignType(
            "Parameter", NeuralNetworks.Parameter.self, summary: "A weight of a layer."),
        ForeignType(
            "ModelSummary", ModelSummary.self, summary: "A model's layers, shapes and costs."),
        ForeignType(
            "SummaryRow", ModelSummary.Row.self, summary: "One layer of a summary.",
            description: { "\($0.name) \($0.kind) \($0.output) \($0.parameters)" }),
    ]
}

/// Layers of layers.
private func containerTypes() -> [ForeignType] {
    [
        layer(Sequential.self, "Layers in a row."),
        layer(Network.self, "A network of a published architecture."),
        layer(NamedLayer.self, "A layer with a name."),
        layer(Residual.self, "Layers whose output is added to their input."),
        layer(Parallel.self, "Branches with one input."),
        layer(Lambda.self, "A closure as a layer."),
        layer(Identity.self, "Gives what it is given."),
        ForeignType(
            "Joining", Parallel.Joining.self, summary: "How Parallel joins its branches.",
            description: { ".\($0.rawValue)" }),
    ]
}

/// A kind of layer under its own name.
private func layer<T: Layer & ForeignConvertible>(_ type: T.Type, _ summary: String) -> ForeignType
{
    ForeignType(
        T.foreignName, type, summary: summary, conformsTo: anyLayer,
        keys: { $0.parameters.map(\.name) })
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
            "AdamW", AdamW.self, summary: "Adam with weight decay apart.",
            conformsTo: anyOptimizer),
        ForeignType("RMSProp", RMSProp.self, summary: "RMSProp.", conformsTo: anyOptimizer),
        ForeignType(
            "ParameterGroup", ParameterGroup.self,
            summary: "Weights that train with settings of their own."),
        ForeignType(
            "GradientClipping", GradientClipping.self, summary: "A limit on gradients."),
        ForeignType(
            "ExponentialMovingAverage", ExponentialMovingAverage.self,
            summary: "A running average of a model's weights."),
        ForeignType("Initializer", Initializer.self, summary: "Where weights begin."),
        ForeignType(
            "Fan", Initializer.Fan.self, summary: "Which size an initializer keeps.",
            description: { ".\($0.rawValue)" }),
        ForeignType(
            "Nonlinearity", Initializer.Nonlinearity.self, summary: "What follows a layer.",
            description: { ".\($0)" }),
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
            "Theme", Chart.Theme.self, summary: "What a drawing of a chart lies on.",
            description: { ".\($0.rawValue)" }),
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
        ForeignType("MNIST", MNIST.self, summary: "Handwritten digits."),
        ForeignType("Digits", Digits.self, summary: "Handwritten digits of 8x8 pixels."),
        ForeignType("CIFAR10", CIFAR10.self, summary: "Small photographs in 10 classes."),
        ForeignType("CIFAR100", CIFAR100.self, summary: "Small photographs in 100 classes."),
        ForeignType("TuxPaint", TuxPaint.self, summary: "Cut-outs of many things, in colour."),
        ForeignType("ImageFolder", ImageFolder.self, summary: "Labelled picture files."),
        ForeignType(
            "DamagedFiles", DamagedFiles.self, summary: "What becomes of files that are damaged.",
            description: { ".\($0.rawValue)" }),
        ForeignType("ImageInfo", ImageInfo.self, summary: "What a picture file says of itself."),
        ForeignType(
            "ImageFormat", ImageFormat.self, summary: "A kind of picture file.",
            description: { ".\($0.rawValue)" }),
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
