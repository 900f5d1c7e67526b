import NeuralNetworks
import Tensors
import VisionData

/// Makes a trained network tell other classes apart: a good default that needs no tuning.
///
///     let net = try pretrained("efficientnet_lite0")
///     let history = try fineTune(net, on: data.train, validation: data.test)
///     evaluate(net, on: data.test).accuracy
///
/// The network gets a head for the classes of the data, unless it has one of that size; the head is
/// trained first, on features that are computed once (`trainHead`). Then all of the network trains
/// for `epochs` with SGD and momentum: each unit at 0.7 times the rate of the one behind it, no
/// weight decay of biases and normalisations, a warm-up and a cosine to nothing, gradients of norm
/// 1 at most. (With few pictures an adaptive rate moves weights that hardly matter as far as the
/// others: it came out worse than the head alone.) The running statistics of batch normalisation
/// stay those of the data that the network was trained on, which few pictures could only spoil.
/// Pictures are mirrored, shifted and scaled a little by chance, unless the data is changed
/// already; they are normalised as the weights expect it. With validation data the network ends as
/// it was after its best epoch.
///
/// `learningRate` is that of the head, `checkpoint` as for `fit`. Returns the history of the second
/// part. Throws as `fit` does.
@discardableResult
public func fineTune(
    _ model: any Layer, on train: ImageDataset, validation: ImageDataset? = nil, epochs: Int = 8,
    batchSize: Int = 16, learningRate: Double = 0.01, mixedPrecision: Bool = false,
    checkpoint: Checkpoint? = nil
) throws -> History {
    guard train.count > 0 else {
        throw TrainingError("fineTune: the data is empty, expected at least 1 image, got 0")
    }
    if try model.classifier().outputs != train.classes.count {
        try model.replaceHead(classes: train.classes.count)
    }
    let statistics = model.namedState.map(\.parameter).filter { $0.kind == .buffer }
    let wereTrainable = statistics.map(\.isTrainable)
    defer { for (buffer, before) in zip(statistics, wereTrainable) { buffer.isTrainable = before } }
    for buffer in statistics { buffer.isTrainable = false }
    if checkpoint?.isThere != true {
        try trainHead(model, train: train, epochs: 40)
    }
    for weight in model.weights { weight.isTrainable = true }
    return try fit(
        model, train: train.isChanged ? train : train.transformed(usualAugmentation(train)),
        validation: validation, epochs: epochs, batchSize: batchSize,
        optimizer: SGD(
            learningRate: learningRate, momentum: 0.9, weightDecay: 0.0001,
            groups: [.layerwise(model, decay: 0.7), .biasesAndNorms(weightDecay: 0)]),
        schedule: .warmup(epochs: 1, then: .cosine), mixedPrecision: mixedPrecision,
        gradientClipping: .norm(1),
        earlyStopping: validation == nil ? nil : .bestWeights(by: "accuracy"),
        checkpoint: checkpoint)
}

/// What is done to pictures of any kind: a part of a square one brought to the same size, and
/// mirrored.
private func usualAugmentation(_ data: ImageDataset) throws -> any Transform {
    let shape = data.imageShape
    return try Compose {
        if shape[1] == shape[2] { try RandomResizedCrop(shape[1], scale: 0.6...1) }
        try RandomFlip(.horizontal)
    }
}
