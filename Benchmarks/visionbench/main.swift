import VisionEngine

#if canImport(Glibc)
import Glibc
#endif

/// Times the engine's training step and prints one JSON line a measurement:
///
///     visionbench --batch 64 512 --steps 100
///
/// The network, data and optimizer are those of Benchmarks/pytorch_steps.py. With `--fit`, also the
/// time of a step inside `fit`, over as many images.
struct Arguments {
    var batches = [64, 512]
    var steps = 100
    var fit = false

    init(_ words: [String]) {
        var index = 0
        while index < words.count {
            let word = words[index]
            index += 1
            var values: [Int] = []
            while index < words.count, let value = Int(words[index]), value > 0 {
                values.append(value)
                index += 1
            }
            switch (word, values.count) {
            case ("--batch", 1...): batches = values
            case ("--steps", 1): steps = values[0]
            case ("--fit", 0): fit = true
            default:
                print("usage: visionbench [--batch N ...] [--steps N] [--fit]")
                exit(2)
            }
        }
    }
}

func lenet() -> Sequential {
    Sequential {
        Conv2d(1, 6, kernel: 5, padding: 2)
        ReLU()
        MaxPool2d(2)
        Conv2d(6, 16, kernel: 5)
        ReLU()
        MaxPool2d(2)
        Flatten()
        Linear(400, 120)
        ReLU()
        Linear(120, 84)
        ReLU()
        Linear(84, 10)
    }
}

/// The median and the least of `steps` timed runs of `body`, after a fifth as many for warming up.
func timed(steps: Int, _ body: () throws -> Void) rethrows -> (median: Double, minimum: Double) {
    for _ in 0..<max(5, steps / 5) { try body() }
    var seconds: [Double] = []
    for _ in 0..<steps {
        let start = ContinuousClock.now
        try body()
        let part = (ContinuousClock.now - start).components
        seconds.append(Double(part.seconds) + Double(part.attoseconds) * 1e-18)
    }
    seconds.sort()
    return (seconds[steps / 2], seconds[0])
}

func report(
    _ program: String, _ name: String, _ batch: Int, _ steps: Int, _ median: Double,
    _ minimum: Double
) {
    print(
        "{\"program\": \"\(program)\", \"case\": \"\(name), batch \(batch)\", \"batch\": \(batch), "
            + "\"steps\": \(steps), \"median\": \(median), \"minimum\": \(minimum)}")
}

/// A training step by hand, as in the language's loop.
func measureStep(batch: Int, steps: Int) throws {
    seed(0)
    let model = lenet()
    let optimizer = SGD(learningRate: 0.01, momentum: 0.9)
    let weights = model.weights
    let images = try Tensor.randn([batch, 1, 28, 28])
    let labels = try Tensor((0..<batch).map { Int64($0 % 10) }, shape: [batch])
    let (median, minimum) = try timed(steps: steps) {
        let loss = try withTraining { try crossEntropy(model.call(images), labels) }
        try loss.backward()
        try optimizer.step(weights)
        for weight in weights { weight.zeroGradient() }
        _ = try loss.item()
    }
    report("swift-vision", "LeNet step", batch, steps, median, minimum)
}

/// The mean time of a step inside `fit`, on Fashion-MNIST: data loading, metrics and progress are in
/// it.
func measureFit(batch: Int, steps: Int) throws {
    let data = try FashionMNIST()
    let train = data.train.prefix(batch * steps)
    let optimizer = SGD(learningRate: 0.01, momentum: 0.9)
    let model = lenet()
    _ = try fit(model, train: train, epochs: 1, batchSize: batch, optimizer: optimizer)
    let history = try fit(model, train: train, epochs: 1, batchSize: batch, optimizer: optimizer)
    let step = history.seconds / Double(history.stepLosses.count)
    report("swift-vision", "LeNet step in fit", batch, steps, step, step)
}

let arguments = Arguments(Array(CommandLine.arguments.dropFirst()))
do {
    for batch in arguments.batches {
        try measureStep(batch: batch, steps: arguments.steps)
        if arguments.fit { try measureFit(batch: batch, steps: arguments.steps) }
    }
} catch {
    print("visionbench: \(error)")
    exit(1)
}
