import Foundation
import NeuralNetworks
import Tensors
import Testing
import Training

/// Ten training steps of LeNet-5 against PyTorch's, from Fixtures/make_lenet_steps.py.
@Suite struct PyTorchStepsTests {
    private struct Figures: Decodable {
        struct Run: Decodable {
            var losses: [Double]
            var absoluteSums: [String: Double]
            var logits: [Double]
        }
        var batch: Int
        var sgd, nesterov, adam, batchNorm: Run
        var oneCycle: [String: [Double]]
    }

    private let figures: Figures

    init() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/lenet_steps.json")
        figures = try JSONDecoder().decode(Figures.self, from: Data(contentsOf: file))
    }

    /// The script's `formula`.
    private func formula(_ count: Int, salt: Int, scale: Double) -> [Float] {
        (0..<count).map { index in
            var bits = UInt32(truncatingIfNeeded: index &* 2_654_435_761 &+ salt &* 40_503)
            bits = (bits ^ (bits >> 15)) &* 2_246_822_519
            return Float((2 * (Double(bits >> 8) / 0x1p24) - 1) * scale)
        }
    }

    private func lenet(batchNorm: Bool) throws -> Sequential {
        let model = Sequential {
            Conv2d(1, 6, kernel: 5, padding: 2)
            if batchNorm { BatchNorm2d(6) }
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
        for (salt, parameter) in model.weights.enumerated() {
            let fanIn = parameter.shape.dropFirst().reduce(1, *)
            let scale = parameter.shape.count > 1 ? 1 / Double(fanIn).squareRoot() : 0.1
            parameter.value = try Tensor(
                formula(parameter.count, salt: salt + 1, scale: scale), shape: parameter.shape)
        }
        return model
    }

    /// The script's `batch`.
    private func batch(_ step: Int) throws -> (images: Tensor, labels: Tensor) {
        let size = figures.batch
        var images = formula(size * 784, salt: 1000 + step, scale: 1)
        let labels = (0..<size).map { (3 * $0 + step) % 10 }
        for (n, label) in labels.enumerated() {
            let first = n * 784 + (2 * label + 4) * 28
            for index in first..<(first + 56) { images[index] += 2 }
        }
        return (
            try Tensor(images, shape: [size, 1, 28, 28]), try Tensor(labels, shape: [size])
        )
    }

    private func check(_ optimizer: any Optimizer, _ run: Figures.Run, batchNorm: Bool = false)
        throws
    {
        let model = try lenet(batchNorm: batchNorm)
        for (step, expected) in run.losses.enumerated() {
            let (images, labels) = try batch(step)
            let loss = try withTraining { try crossEntropy(model.call(images), labels) }
            try loss.backward()
            try optimizer.step(model)
            model.zeroGradients()
            let ours = try loss.item()
            #expect(abs(ours - expected) <= 1e-4 * expected, "step \(step): \(ours), \(expected)")
        }
        for (name, sum) in run.absoluteSums {
            let ours = try model[name].scalars(as: Double.self).reduce(0) { $0 + abs($1) }
            #expect(abs(ours - sum) <= 1e-3 * sum, "\(name): \(ours), \(sum)")
        }
        let logits = try model.call(batch(run.losses.count).images).scalars(as: Double.self)
        for (ours, expected) in zip(logits, run.logits) { #expect(abs(ours - expected) < 2e-3) }
    }

    @Test func momentum() throws {
        try check(SGD(learningRate: 0.05, momentum: 0.9), figures.sgd)
    }

    @Test func nesterovWithWeightDecay() throws {
        try check(
            SGD(learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 0.01),
            figures.nesterov)
    }

    @Test func adam() throws { try check(Adam(learningRate: 0.002), figures.adam) }

    @Test func batchNormalisation() throws {
        try check(SGD(learningRate: 0.05, momentum: 0.9), figures.batchNorm, batchNorm: true)
    }

    @Test func oneCycle() {
        for (total, rates) in figures.oneCycle {
            let peak = total == "20" ? 0.05 : 0.3
            for (step, rate) in rates.enumerated() {
                let ours = Schedule.oneCycle(peak: peak).rate(step: step, of: rates.count, base: 1)
                #expect(abs(ours - rate) < 1e-12, "step \(step) of \(total)")
            }
        }
    }
}
