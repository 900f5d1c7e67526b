import NeuralNetworks
import Tensors
import Testing

/// What goes into the last linear layer, and convolutions that begin with given kernels.
@Suite struct EmbeddingTests {
    private struct Head: Layer {
        let body = Sequential {
            Conv2d(1, 3, kernel: 3)
            BatchNorm2d(3)
            ReLU()
            Flatten()
        }
        let norm = LayerNorm(48)
        let head = Linear(48, 5)

        func forward(_ x: Tensor) throws -> Tensor {
            try head.call(norm.call(body.call(x))).softmax(axis: 1)
        }
    }

    @Test func itIsWhatTheLastLinearLayerReceives() throws {
        let x = try Tensor.rand([4, 1, 6, 6])
        let model = Sequential {
            Flatten()
            Linear(36, 8).named("first")
            ReLU()
            Linear(8, 3).named("last")
        }
        let first = try #require(try model[1] as? Linear)
        let expected = try first.call(x.reshaped(4, 36)).relu()
        try expectElements(
            try model.embedding(x), try expected.scalars(as: Double.self), shape: [4, 8])

        let own = Head()
        let inner = try own.norm.call(own.body.call(x))
        try expectElements(
            try own.embedding(x), try inner.scalars(as: Double.self), shape: [4, 48])
    }

    @Test func itRunsInEvaluationModeAndWithoutGradients() throws {
        let model = Sequential {
            Flatten()
            Dropout(0.9)
            Linear(4, 2)
        }
        let x = try Tensor.ones([3, 1, 2, 2])
        let features = try withTraining { try model.embedding(x) }
        try expectElements(features, [Double](repeating: 1, count: 12), shape: [3, 4])
        #expect(!features.requiresGradient)
    }

    @Test func aModelWithoutLinearLayersAndAWrongShapeAreErrors() throws {
        let convolution = Conv2d(1, 2, kernel: 3)
        #expect(
            errorText { _ = try convolution.embedding(try Tensor.ones([1, 1, 5, 5])) }
                == """
                Conv2d: it has no layer that tells classes apart by features, expected a Linear \
                layer, got none
                """)
        let linear = Sequential { Linear(4, 2) }
        #expect(
            errorText { _ = try linear.embedding(try Tensor.ones([3, 5])) }.contains("[3, 5]"))
    }

    @Test func aConvolutionBeginsWithTheGivenKernels() throws {
        let kernels = try Tensor([[[[0.0, 1], [2, 3]]], [[[1, 0], [0, -1]]]])
        let layer = try Conv2d(weight: kernels, padding: 1, bias: true)
        #expect(layer.description == "Conv2d(1, 2, kernel: 2, padding: 1)")
        try expectElements(layer.weight.value, [0, 1, 2, 3, 1, 0, 0, -1], shape: [2, 1, 2, 2])
        try expectElements(try #require(layer.bias).value, [0, 0])
        let x = try Tensor.rand([2, 1, 5, 4])
        try expectElements(
            try layer.call(x), try conv2d(x, kernels, padding: 1).scalars(as: Double.self))
        #expect(try Conv2d(weight: kernels, groups: 2).inputs == 2)

        #expect(
            errorText { _ = try Conv2d(weight: try Tensor.ones([3, 3])) }
                == """
                Conv2d: the weights are no kernels, expected [outputs, inputs / groups, height, \
                width], got [3, 3]
                """)
        #expect(errorText { _ = try Conv2d(weight: kernels, groups: 0) }.contains("groups"))
        #expect(errorText { _ = try Conv2d(weight: kernels, groups: .max) }.contains("groups"))
        #expect(errorText { _ = try Conv2d(weight: kernels, stride: 0) }.contains("stride"))
    }
}
