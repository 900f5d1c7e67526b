import VisionEngine

/// A training step as one writes it by hand: forward, cross-entropy, backward and SGD with momentum
/// 0.9.
func trainingStep(_ model: BenchmarkModel, mixed: Bool) throws -> () throws -> Void {
    seed(0)
    let network = try model.make()
    let optimizer = SGD(learningRate: 0.01, momentum: 0.9)
    let images = try Tensor.randn(model.input)
    let labels = try Tensor(
        (0..<model.input[0]).map { Int64($0 % model.classes) }, shape: [model.input[0]])
    return {
        let loss = try withMixedPrecision(mixed) {
            try withTraining { try crossEntropy(network.call(images), labels) }
        }
        try loss.backward()
        try optimizer.step(network)
        network.zeroGradients()
        _ = try loss.item()
    }
}

/// The memory that three training steps need beyond what the process had before.
func measureMemory(_ model: BenchmarkModel) throws {
    let before = residentMemory().now
    let step = try trainingStep(model, mixed: false)
    for _ in 0..<3 { try step() }
    let peak = residentMemory().peak
    print(
        "{\"case\": \"\(model.name)\", \"program\": \"swift-vision\", \"before\": \(before), "
            + "\"peak\": \(peak), \"tensors\": \(Memory.peak)}")
}

/// The mean time of a step inside `fit`, on Fashion-MNIST: data loading, metrics and progress are
/// in it.
func measureFit(seconds: Double) throws {
    let data = try FashionMNIST()
    for batch in [64, 512] {
        let train = data.train.prefix(batch * 100)
        let optimizer = SGD(learningRate: 0.01, momentum: 0.9)
        let network = try BenchmarkModel.all[0].make()
        func epoch() throws {
            _ = try fit(network, train: train, epochs: 1, batchSize: batch, optimizer: optimizer)
        }
        let time = try timed(seconds: seconds, epoch)
        report(
            "lenet-\(batch) in fit",
            (time.median / 100, time.minimum / 100, time.count * 100))
    }
}

/// Ten thousand operations on one element each.
func measureDispatch(seconds: Double) throws {
    let a = try Tensor.ones([1])
    let b = try Tensor.ones([1])
    let operations: [(String, () throws -> Tensor)] = [
        ("add", { try Tensor.adding(a, b) }), ("multiply", { try Tensor.multiplying(a, b) }),
        ("relu", { try a.relu() }), ("exp", { try a.exp() }), ("sum", { try a.sum() }),
    ]
    for (name, operation) in operations {
        let time = try timed(seconds: seconds) {
            for _ in 0..<10_000 { _ = try operation() }
        }
        report(name + " of 1 element", (time.median / 10_000, time.minimum / 10_000, time.count))
    }
}
