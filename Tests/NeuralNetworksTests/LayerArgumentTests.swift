import NeuralNetworks
import Tensors
import Testing

@Suite struct LayerArgumentTests {
    @Test func argumentsThatMakeNoLayerAreErrors() {
        let cases: [(() throws -> Void, String)] = [
            (
                { _ = try Conv2d(inputs: 0, outputs: 6, kernel: 5) },
                "Conv2d: 'inputs' is too small, expected at least 1, got 0"
            ),
            (
                { _ = try Conv2d(inputs: 3, outputs: 6, kernel: [3, 0]) },
                "Conv2d: 'kernel' is too small, expected at least 1, got 0"
            ),
            (
                { _ = try Conv2d(inputs: 3, outputs: 6, kernel: 3, stride: 0) },
                "Conv2d: 'stride' is too small, expected at least 1, got 0"
            ),
            (
                { _ = try Conv2d(inputs: 3, outputs: 6, kernel: 3, padding: -1) },
                "Conv2d: 'padding' is too small, expected at least 0, got -1"
            ),
            (
                { _ = try Conv2d(inputs: 8, outputs: 6, kernel: 3, groups: 4) },
                "Conv2d: 'outputs' cannot be split into groups, expected a multiple of 4, got 6"
            ),
            (
                { _ = try Linear(inputs: 10, outputs: 0) },
                "Linear: 'outputs' is too small, expected at least 1, got 0"
            ),
            (
                { _ = try MaxPool2d(kernel: 2, padding: 2) },
                "MaxPool2d: 'padding' is too large, expected at most half of kernel 2, got 2"
            ),
            (
                { _ = try Dropout(probability: 1.5) },
                "Dropout: 'probability' is out of range, expected 0...1, got 1.5"
            ),
            (
                { _ = try BatchNorm2d(features: -3) },
                "BatchNorm2d: 'features' is too small, expected at least 1, got -3"
            ),
            (
                { try SGD(learningRate: -1).validate() },
                "SGD: 'learningRate' is out of range, expected a number from 0, got -1.0"
            ),
            (
                { try SGD(learningRate: 1, nesterov: true).validate() },
                "SGD: 'momentum' is out of range, expected a positive number for nesterov, got 0.0"
            ),
            (
                { _ = try ConvTranspose2d(inputs: 2, outputs: 2, kernel: 3, outputPadding: 1) },
                "ConvTranspose2d: 'outputPadding' is too large, expected less than the stride or the "
                    + "dilation, 1, got 1"
            ),
            (
                { _ = try LayerNorm(shape: []) },
                "LayerNorm: 'shape' is not a shape, expected one size or more, each at least 1, got []"
            ),
            (
                { _ = try GroupNorm(groups: 3, channels: 8) },
                "GroupNorm: 'channels' cannot be split into groups, expected a multiple of 3, got 8"
            ),
            (
                { _ = try MultiHeadAttention(features: 10, heads: 3) },
                "MultiHeadAttention: 'embedding' cannot be split into heads, expected a multiple of 3, "
                    + "got 10"
            ),
            (
                { _ = try TransformerEncoder(features: 8, heads: 2, depth: 0) },
                "TransformerEncoder: 'depth' is out of range, expected 1...4096, got 0"
            ),
            (
                {
                    _ = try PatchEmbedding(inputs: 3, embedding: 8, patch: 16, imageSize: [32, 40])
                },
                "PatchEmbedding: 'imageSize' cannot be split into patches, expected a multiple of 16, "
                    + "got [32, 40]"
            ),
            (
                { _ = try DropPath(probability: -0.1) },
                "DropPath: 'probability' is out of range, expected 0...1, got -0.1"
            ),
            (
                { _ = try Upsample(by: nil, to: nil) },
                "Upsample: the output has no size, expected scale or size, got neither"
            ),
            (
                { _ = try AdaptiveAvgPool2d(outputSize: 0) },
                "AdaptiveAvgPool2d: 'outputSize' is too small, expected at least 1, got 0"
            ),
        ]
        for (body, text) in cases { #expect(errorText(body) == text) }
    }

    @Test func aLayerBeyondMemoryIsAnErrorWhenItIsMade() {
        #expect(
            errorText { _ = try Linear(inputs: 10_000_000, outputs: 10_000_000) }
                .hasPrefix("Parameter: no room for shape [10000000, 10000000]"))
        #expect(
            errorText { _ = try Linear(inputs: .max, outputs: 2) }
                .hasSuffix("got more than an Int counts"))
    }

    @Test func detailsAreTheArgumentsThatDifferFromTheDefaults() {
        #expect(
            "\(Conv2d(3, 8, kernel: [3, 5], stride: 2))"
                == "Conv2d(3, 8, kernel: [3, 5], stride: 2)")
        #expect(
            "\(Conv2d(8, 8, kernel: 3, groups: 8, bias: false))"
                == "Conv2d(8, 8, kernel: 3, groups: 8, bias: false)")
        #expect("\(MaxPool2d(3, stride: 2, padding: 1))" == "MaxPool2d(3, stride: 2, padding: 1)")
        #expect("\(AvgPool2d(2))" == "AvgPool2d(2)")
        #expect("\(Dropout())" == "Dropout(0.5)")
        #expect("\(BatchNorm2d(4, epsilon: 0.001))" == "BatchNorm2d(4, epsilon: 0.001)")
        #expect("\(Flatten())" == "Flatten()")
        let layers: [(any Layer, String)] = [
            (
                ConvTranspose2d(8, 4, kernel: 2, stride: 2, bias: false),
                "ConvTranspose2d(8, 4, kernel: 2, stride: 2, bias: false)"
            ),
            (
                BatchNorm2d(4, momentum: nil, trackRunningStatistics: false),
                "BatchNorm2d(4, momentum: nil, trackRunningStatistics: false)"
            ),
            (LayerNorm([3, 4], affine: false), "LayerNorm([3, 4], affine: false)"),
            (GroupNorm(2, 8), "GroupNorm(2, 8)"),
            (LocalResponseNorm(5, k: 2), "LocalResponseNorm(5, k: 2.0)"),
            (LeakyReLU(slope: 0.2), "LeakyReLU(slope: 0.2)"),
            (GELU(approximation: .tanh), "GELU(approximation: .tanh)"),
            (Softmax(axis: 1), "Softmax(axis: 1)"), (DropPath(0.2), "DropPath(0.2)"),
            (
                MaxPool2d(3, stride: 2, dilation: 2, ceilMode: true),
                "MaxPool2d(3, stride: 2, dilation: 2, ceilMode: true)"
            ),
            (
                AvgPool2d(2, countsPadding: false), "AvgPool2d(2, countsPadding: false)"
            ),
            (AdaptiveAvgPool2d([2, 3]), "AdaptiveAvgPool2d([2, 3])"),
            (Upsample(scale: 2, mode: .bilinear), "Upsample(scale: 2, mode: .bilinear)"),
            (
                MultiHeadAttention(embedding: 8, heads: 2, dropout: 0.1),
                "MultiHeadAttention(embedding: 8, heads: 2, dropout: 0.1)"
            ),
            (LayerScale(4, axis: 1), "LayerScale(4, axis: 1)"),
        ]
        for (layer, text) in layers {
            #expect("\(layer)" == text)
            #expect((try? layer.copy()).map { "\($0)" } == text)
        }
        #expect(
            TransformerEncoder(embedding: 8, heads: 2, depth: 3, dropPath: 0.1).signature
                == "TransformerEncoder(embedding: 8, heads: 2, depth: 3, dropPath: 0.1)")
        #expect(
            PatchEmbedding(3, 8, patch: 4, imageSize: 16, classToken: true).signature
                == "PatchEmbedding(3, 8, patch: 4, imageSize: 16, classToken: true)")
    }
}
