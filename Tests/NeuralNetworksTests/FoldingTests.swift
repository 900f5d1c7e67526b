import NeuralNetworks
import Tensors
import Testing

/// In evaluation without gradients, convolutions do the normalisation, the activation and the sum
/// after them. What comes out is compared with what comes out while somebody looks at every layer,
/// when nothing is joined.
@Suite struct FoldingTests {
    /// Running statistics, scales and shifts that change something.
    private func unsettle(_ model: some Layer) throws {
        for (name, parameter) in model.namedState where parameter.shape.count == 1 {
            let random = try Tensor.rand(parameter.shape)
            if name.hasSuffix("running_var") || name.hasSuffix("weight") {
                try parameter.setValue(Tensor.adding(random, 0.5))
            } else {
                try parameter.setValue(Tensor.subtracting(random, 0.5))
            }
        }
    }

    private func apart(_ model: some Layer, _ x: Tensor) throws -> Tensor {
        try withoutGradient { try model.watching(nil, on: x) { $1 } }
    }

    private func expectSame(_ model: some Layer, _ x: Tensor) throws {
        let expected = try apart(model, x)
        let largest = try expected.abs().max().item()
        try withoutGradient {
            try expectElements(
                model.call(x), expected.scalars(as: Double.self), shape: expected.shape,
                tolerance: 1e-5 * max(1, largest))
        }
    }

    private func convolutions(_ activation: (any Layer)?) -> Sequential {
        Sequential {
            Conv2d(5, 32, kernel: 3, padding: 1)
            BatchNorm2d(32)
            if let activation { activation }
            Conv2d(32, 32, kernel: 3, padding: 1, groups: 32, bias: false)
            BatchNorm2d(32, affine: false)
            if let activation { activation }
            Dropout()
            Conv2d(32, 48, kernel: 1, stride: 2)
            BatchNorm2d(48, epsilon: 0.1)
        }
    }

    @Test func foldedNormalizationsGiveTheValuesOfSeparateOnes() throws {
        seed(3)
        for activation in [nil, ReLU(), ReLU6(), SiLU(), HardSwish(), GELU()] as [(any Layer)?] {
            let model = convolutions(activation)
            try unsettle(model)
            try expectSame(model, .randn([2, 5, 9, 11]))
            try expectSame(model, .randn([1, 5, 4, 4]))
        }
    }

    @Test func weightsThatAreMultipliedInGroupsOfRowsGiveTheSameValues() throws {
        seed(9)
        // Whole groups, blocks that do not divide the rows, and 3x3 kernels of both algorithms.
        let model = Sequential {
            Conv2d(256, 640, kernel: 1, bias: false)
            BatchNorm2d(640)
            Conv2d(640, 200, kernel: 3, stride: 2)
            BatchNorm2d(200)
            Conv2d(200, 1030, kernel: 1)
            BatchNorm2d(1030)
            Conv2d(1030, 256, kernel: 3, padding: 1)
            BatchNorm2d(256)
        }
        try unsettle(model)
        try expectSame(model, .randn([1, 256, 13, 12]))
        try expectSame(model, .randn([2, 256, 5, 5]))
    }

    @Test func sumsAfterABranchGiveTheValuesOfSeparateOnes() throws {
        seed(4)
        // 64 channels of 56x56 pixels are convolved by Winograd's algorithm where there is one.
        for (channels, size) in [(64, 56), (16, 7), (13, 5)] {
            for activation in [nil, ReLU(), SiLU(), LeakyReLU()] as [(any Layer)?] {
                let block = Residual(activation: activation) {
                    Sequential {
                        Conv2d(channels, channels, kernel: 1)
                        BatchNorm2d(channels)
                        ReLU()
                        Conv2d(channels, channels, kernel: 3, padding: 1, bias: false)
                        BatchNorm2d(channels)
                    }
                }
                try unsettle(block)
                try expectSame(block, .randn([2, channels, size, size]))
            }
        }
        let halving = Residual(
            shortcut: Sequential {
                Conv2d(8, 16, kernel: 1, stride: 2)
                BatchNorm2d(16)
            }, activation: ReLU()
        ) {
            Conv2d(8, 16, kernel: 3, stride: 2, padding: 1)
            BatchNorm2d(16)
        }
        try unsettle(halving)
        try expectSame(halving, .randn([3, 8, 6, 6]))
        try expectSame(Residual { Linear(6, 6) }, .randn([4, 6]))
    }

    @Test func aChangeOfAnyParameterIsSeen() throws {
        seed(5)
        let model = Sequential {
            Conv2d(3, 8, kernel: 3)
            BatchNorm2d(8)
            ReLU()
        }
        let x = try Tensor.randn([2, 3, 6, 6])
        try expectSame(model, x)
        for (_, parameter) in model.namedState where parameter.dtype == .float32 {
            let before = try withoutGradient { try model.call(x) }
            try parameter.setValue(Tensor.adding(parameter.value.detached(), 0.25))
            try expectSame(model, x)
            let after = try withoutGradient { try model.call(x) }
            #expect(try Tensor.subtracting(after, before).abs().max().item() > 1e-3)
        }
        let optimizer = SGD(learningRate: 0.1)
        for _ in 0..<2 {
            try withTraining { try model.call(x) }.sum().backward()
            try optimizer.step(model)
            model.zeroGradients()
            try expectSame(model, x)
        }
    }

    @Test func whatTrainingDoesIsNotFolded() throws {
        let model = Sequential {
            Conv2d(1, 2, kernel: 1)
            BatchNorm2d(2)
        }
        let x = try Tensor.randn([4, 1, 3, 3])
        try withoutGradient {
            let before = try model.call(x)
            let mean = try model["1.running_mean"].scalars(as: Float.self)
            _ = try withTraining { try model.call(x) }
            #expect(try model["1.running_mean"].scalars(as: Float.self) != mean)
            #expect(try Tensor.subtracting(model.call(x), before).abs().max().item() > 1e-3)
        }
        try expectSame(model, x)
    }

    @Test func weightsThatCannotBeMultipliedBeforehandAreNot() throws {
        let norm = BatchNorm2d(1, epsilon: 0)
        let model = Sequential {
            Conv2d(1, 1, kernel: 1, bias: false)
            norm
        }
        try norm.runningVariance.setValue(Tensor([0]))
        let x = try Tensor([1, 0, -1, 2] as [Float], shape: [1, 1, 2, 2])
        let expected = try apart(model, x).scalars(as: Float.self)
        let result = try withoutGradient { try model.call(x).scalars(as: Float.self) }
        #expect(expected.map { "\($0)" } == result.map { "\($0)" })
    }

    @Test func theLayerAskedForIsSeenAsItIs() throws {
        seed(6)
        let model = Sequential {
            Conv2d(2, 4, kernel: 3).named("conv")
            BatchNorm2d(4).named("norm")
            ReLU()
        }
        try unsettle(model)
        let x = try Tensor.randn([1, 2, 5, 5])
        _ = try withoutGradient { try model.call(x) }
        let inner = try withoutGradient { try model.features(of: x, upTo: "norm") }
        let conv = try model.features(of: x, upTo: "conv")
        #expect(try inner.min().item() >= 0)
        try expectElements(
            withoutGradient { try model.call(x) }, inner.scalars(as: Double.self), tolerance: 1e-5)
        #expect(try conv.min().item() < 0)
    }

    @Test func errorsAreThoseOfSeparateLayers() throws {
        let models: [any Layer] = [
            Sequential {
                Conv2d(1, 2, kernel: 1).named("stem")
                BatchNorm2d(2)
            },
            Sequential {
                Conv2d(3, 2, kernel: 1)
                Residual {
                    Conv2d(2, 1, kernel: 1)
                    BatchNorm2d(1)
                }
            },
        ]
        for model in models {
            let x = try Tensor.zeros([1, 3, 2, 2])
            let apart = errorText { _ = try model.call(x) }
            let joined = errorText { _ = try withoutGradient { try model.call(x) } }
            #expect(apart == joined && !apart.isEmpty, "\(joined)")
        }
    }
}
