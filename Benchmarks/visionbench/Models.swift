import VisionEngine

/// A network of the benchmark; Benchmarks/pytorch_models.py has the same ones.
struct BenchmarkModel: Sendable {
    let name: String
    let input: [Int]
    let classes: Int
    let make: @Sendable () throws -> any Layer

    static let all = [
        BenchmarkModel(name: "lenet-64", input: [64, 1, 28, 28], classes: 10, make: lenet),
        BenchmarkModel(name: "lenet-512", input: [512, 1, 28, 28], classes: 10, make: lenet),
        BenchmarkModel(name: "resnet18", input: [32, 3, 64, 64], classes: 1000) {
            try resnet(bottlenecks: false, depths: [2, 2, 2, 2])
        },
        BenchmarkModel(name: "resnet50", input: [8, 3, 224, 224], classes: 1000) {
            try resnet(bottlenecks: true, depths: [3, 4, 6, 3])
        },
        BenchmarkModel(name: "vgg11-bn", input: [8, 3, 64, 64], classes: 1000, make: vgg11BN),
        BenchmarkModel(name: "vit-192", input: [64, 3, 32, 32], classes: 10) {
            visionTransformer(size: 32, patch: 4, width: 192, heads: 3, classes: 10)
        },
        BenchmarkModel(name: "vit-b16", input: [4, 3, 224, 224], classes: 1000) {
            visionTransformer(size: 224, patch: 16, width: 768, heads: 12, classes: 1000)
        },
    ]
}

private func lenet() -> any Layer {
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

private func resnet(bottlenecks: Bool, depths: [Int]) throws -> any Layer {
    var layers: [any Layer] = [
        Conv2d(3, 64, kernel: 7, stride: 2, padding: 3, bias: false), BatchNorm2d(64), ReLU(),
        MaxPool2d(3, stride: 2, padding: 1),
    ]
    var channels = 64
    for (stage, depth) in depths.enumerated() {
        let width = 64 << stage
        for position in 0..<depth {
            let stride = position == 0 && stage > 0 ? 2 : 1
            layers.append(residual(channels, width, stride, bottleneck: bottlenecks))
            channels = bottlenecks ? 4 * width : width
        }
    }
    return try Sequential(layers: layers + [GlobalAvgPool2d(), Linear(channels, 1000)])
}

/// Two 3x3 convolutions, or a 3x3 one between two of 1x1, beside a shortcut.
private func residual(
    _ inputs: Int, _ width: Int, _ stride: Int, bottleneck: Bool
) -> any Layer {
    let outputs = bottleneck ? 4 * width : width
    var shortcut: (any Layer)?
    if inputs != outputs || stride != 1 {
        shortcut = Sequential {
            Conv2d(inputs, outputs, kernel: 1, stride: stride, bias: false)
            BatchNorm2d(outputs)
        }
    }
    return Residual(shortcut: shortcut, activation: ReLU()) {
        if bottleneck {
            Conv2d(inputs, width, kernel: 1, bias: false)
            BatchNorm2d(width)
            ReLU()
        }
        Conv2d(
            bottleneck ? width : inputs, width, kernel: 3, stride: stride, padding: 1, bias: false)
        BatchNorm2d(width)
        ReLU()
        Conv2d(
            width, outputs, kernel: bottleneck ? 1 : 3, padding: bottleneck ? 0 : 1, bias: false)
        BatchNorm2d(outputs)
    }
}

private func vgg11BN() throws -> any Layer {
    var layers: [any Layer] = []
    var channels = 3
    for width in [64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0] {
        if width == 0 {
            layers.append(MaxPool2d(2))
        } else {
            layers.append(Conv2d(channels, width, kernel: 3, padding: 1))
            layers.append(BatchNorm2d(width))
            layers.append(ReLU())
            channels = width
        }
    }
    layers += [Flatten(), Linear(2048, 4096), ReLU()] as [any Layer]
    layers += [Linear(4096, 4096), ReLU(), Linear(4096, 1000)] as [any Layer]
    return try Sequential(layers: layers)
}

private func visionTransformer(
    size: Int, patch: Int, width: Int, heads: Int, classes: Int
) -> any Layer {
    Sequential {
        PatchEmbedding(3, width, patch: patch, imageSize: size, classToken: true)
        TransformerEncoder(embedding: width, heads: heads, depth: 12, epsilon: 1e-6)
        Lambda("class token") { try $0[0..., 0] }
        Linear(width, classes)
    }
}
