import Foundation
import NeuralNetworks
import Tensors
import Testing

/// Ten training steps of a small ResNet and a small vision transformer against PyTorch's, from
/// Fixtures/pytorch_steps.py.
@Suite struct PyTorchNetworkStepsTests {
    private struct Figures: Decodable {
        struct Run: Decodable {
            var losses: [Double]
            var absoluteSums: [String: Double]
            var logits: [Double]
        }
        var batch: Int
        var size: Int
        var resnet, visionTransformer: Run
    }

    private let figures: Figures

    init() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/pytorch_steps.json")
        figures = try JSONDecoder().decode(Figures.self, from: Data(contentsOf: file))
    }

    @Test func residualNetwork() throws {
        let optimizer = SGD(learningRate: 0.05, momentum: 0.9, weightDecay: 5e-4)
        try check(SmallResNet(), optimizer, figures.resnet)
    }

    @Test func visionTransformer() throws {
        let optimizer = AdamW(learningRate: 1e-3, weightDecay: 0.05)
        try check(
            SmallVisionTransformer(imageSize: figures.size), optimizer, figures.visionTransformer,
            labelSmoothing: 0.1)
    }

    private func check(
        _ model: some Layer, _ optimizer: any Optimizer, _ run: Figures.Run,
        labelSmoothing: Double = 0
    ) throws {
        try initialize(model)
        for (step, expected) in run.losses.enumerated() {
            let (images, labels) = try batch(step)
            let loss = try withTraining {
                try crossEntropy(model.call(images), labels, labelSmoothing: labelSmoothing)
            }
            try loss.backward()
            try optimizer.step(model)
            model.zeroGradients()
            let ours = try loss.item()
            #expect(abs(ours - expected) <= 1e-4 * expected, "step \(step): \(ours), \(expected)")
        }
        let names = model.namedState.map(\.name).filter { !$0.hasSuffix("num_batches_tracked") }
        #expect(Set(names) == Set(run.absoluteSums.keys))
        for (name, sum) in run.absoluteSums {
            let ours = try model[name].scalars(as: Double.self).reduce(0) { $0 + abs($1) }
            // Attention does not change with the keys' biases: their gradients are rounding alone,
            // which Adam makes steps of.
            let share = name.hasSuffix("in_proj_bias") ? 2e-2 : 1e-3
            #expect(abs(ours - sum) <= share * sum, "\(name): \(ours), \(sum)")
        }
        let logits = try model.call(batch(run.losses.count).images).scalars(as: Double.self)
        for (ours, expected) in zip(logits, run.logits) {
            #expect(abs(ours - expected) < 2e-3, "logits: \(ours), \(expected)")
        }
    }

    /// The script's `formula`.
    private func formula(_ count: Int, salt: Int, scale: Double) -> [Float] {
        (0..<count).map { index in
            var bits = UInt32(truncatingIfNeeded: index &* 2_654_435_761 &+ salt &* 40_503)
            bits = (bits ^ (bits >> 15)) &* 2_246_822_519
            return Float((2 * (Double(bits >> 8) / 0x1p24) - 1) * scale)
        }
    }

    /// The script's `initialize`.
    private func initialize(_ model: some Layer) throws {
        let weights = model.namedWeights.sorted { $0.name < $1.name }
        for (salt, (name, parameter)) in weights.enumerated() {
            var scale = 0.1
            var base: Float = 0
            if name == "classToken" || name == "positions" {
                scale = 0.2
            } else if parameter.shape.count > 1 {
                scale = 1 / Double(parameter.shape.dropFirst().reduce(1, *)).squareRoot()
            } else if name.hasSuffix("weight") {
                base = 1
            }
            let values = formula(parameter.count, salt: salt + 1, scale: scale)
            try parameter.setValue(Tensor(values.map { $0 + base }, shape: parameter.shape))
        }
    }

    /// The script's `batch`.
    private func batch(_ step: Int) throws -> (images: Tensor, labels: Tensor) {
        let (batch, size) = (figures.batch, figures.size)
        var images = formula(batch * 3 * size * size, salt: 2000 + step, scale: 1)
        let labels = (0..<batch).map { (3 * $0 + step) % 10 }
        for (n, label) in labels.enumerated() {
            for channel in 0..<3 {
                let first = ((n * 3 + channel) * size + label + 3) * size
                for index in first..<(first + size) { images[index] += 1.5 }
            }
        }
        return (
            try Tensor(images, shape: [batch, 3, size, size]), try Tensor(labels, shape: [batch])
        )
    }
}

/// The script's `BasicBlock`.
private struct BasicBlock: Layer {
    let conv1: Conv2d
    let bn1: BatchNorm2d
    let conv2: Conv2d
    let bn2: BatchNorm2d
    let downsample: Sequential?

    init(_ inputs: Int, _ outputs: Int, stride: Int) {
        conv1 = Conv2d(inputs, outputs, kernel: 3, stride: stride, padding: 1, bias: false)
        bn1 = BatchNorm2d(outputs)
        conv2 = Conv2d(outputs, outputs, kernel: 3, padding: 1, bias: false)
        bn2 = BatchNorm2d(outputs)
        downsample =
            stride == 1
            ? nil
            : Sequential {
                Conv2d(inputs, outputs, kernel: 1, stride: stride, bias: false)
                BatchNorm2d(outputs)
            }
    }

    func forward(_ x: Tensor) throws -> Tensor {
        let shortcut = try downsample?.call(x) ?? x
        let y = try bn1.call(conv1.call(x)).relu()
        return try Tensor.adding(bn2.call(conv2.call(y)), shortcut).relu()
    }
}

/// The script's `ResNet`.
private struct SmallResNet: Layer {
    let conv1 = Conv2d(3, 8, kernel: 3, padding: 1, bias: false)
    let bn1 = BatchNorm2d(8)
    let layer1 = BasicBlock(8, 8, stride: 1)
    let layer2 = BasicBlock(8, 16, stride: 2)
    let layer3 = BasicBlock(16, 32, stride: 2)
    let fc = Linear(32, 10)

    func forward(_ x: Tensor) throws -> Tensor {
        let stem = try maxPool2d(bn1.call(conv1.call(x)).relu(), 3, stride: 2, padding: 1)
        let features = try layer3.call(layer2.call(layer1.call(stem)))
        return try fc.call(features.mean(axes: [2, 3]))
    }
}

/// The script's `Block`.
private struct TransformerBlock: Layer {
    let norm1: LayerNorm
    let attention: MultiHeadAttention
    let norm2: LayerNorm
    let linear1: Linear
    let linear2: Linear

    init(embedding: Int, heads: Int) {
        norm1 = LayerNorm(embedding)
        attention = MultiHeadAttention(embedding: embedding, heads: heads)
        norm2 = LayerNorm(embedding)
        linear1 = Linear(embedding, 2 * embedding)
        linear2 = Linear(2 * embedding, embedding)
    }

    func forward(_ x: Tensor) throws -> Tensor {
        let y = try Tensor.adding(x, attention.call(norm1.call(x)))
        return try Tensor.adding(y, linear2.call(linear1.call(norm2.call(y)).gelu()))
    }
}

/// The script's `VisionTransformer`.
private struct SmallVisionTransformer: Layer {
    let projection: Conv2d
    let classToken: Parameter
    let positions: Parameter
    let blocks: [TransformerBlock]
    let norm: LayerNorm
    let head: Linear

    init(imageSize: Int, embedding: Int = 24, heads: Int = 3, depth: Int = 2, patch: Int = 4) throws
    {
        let side = imageSize / patch
        projection = Conv2d(3, embedding, kernel: patch, stride: patch)
        classToken = try Parameter([1, 1, embedding], .constant(0))
        positions = try Parameter([1, side * side + 1, embedding], .constant(0))
        blocks = (0..<depth).map { _ in TransformerBlock(embedding: embedding, heads: heads) }
        norm = LayerNorm(embedding)
        head = Linear(embedding, 10)
    }

    func forward(_ x: Tensor) throws -> Tensor {
        let patches = try projection.call(x).flattened(startAxis: 2).transposed(0, 2, 1)
        let token = try classToken.value.broadcast(to: [x.shape[0], 1, patches.shape[2]])
        var y = try Tensor.adding(concatenated([token, patches], axis: 1), positions.value)
        for block in blocks { y = try block.call(y) }
        return try head.call(norm.call(y)[0..., 0])
    }
}
