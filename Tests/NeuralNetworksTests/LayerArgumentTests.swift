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
    }
}
