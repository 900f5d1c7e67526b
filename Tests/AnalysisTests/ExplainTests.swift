import Analysis
import NeuralNetworks
import Tensors
import Testing

/// What `explain` says of an error from calling `model` with an input of the given shape.
func explanation(_ model: some Layer, _ shape: [Int], dtype: DType = .float32) -> String? {
    do {
        _ = try model.call(Tensor.zeros(shape, dtype: dtype))
        return "no error"
    } catch { return explain(error) }
}

@Suite struct ExplainTests {
    @Test func aLinearLayerOfTheWrongSize() {
        #expect(
            explanation(lenet(classifierInputs: 256), [4, 1, 28, 28])
                == "Linear(256, 120) receives 400 features: MaxPool2d 5 outputs 16x5x5; "
                + "use Linear(400, 120)")
        #expect(
            explanation(lenet(padding: 0), [4, 1, 28, 28])
                == "Linear(400, 120) receives 256 features: MaxPool2d 5 outputs 16x4x4; "
                + "use Linear(256, 120), or images of 32x32")
        #expect(
            explanation(Linear(400, 120), [2, 256])
                == "Linear(400, 120) receives 256 features: the input is 256; "
                + "use Linear(256, 120)")
    }

    @Test func aMissingFlatten() {
        let model = Sequential {
            Conv2d(1, 2, kernel: 3)
            Linear(72, 10)
        }
        #expect(
            explanation(model, [4, 1, 8, 8])
                == "Linear(72, 10) receives images: Conv2d 0 outputs 2x6x6; "
                + "put Flatten() before it")
        let other = Sequential {
            Conv2d(1, 2, kernel: 3)
            Linear(100, 10)
        }
        #expect(
            explanation(other, [4, 1, 8, 8])
                == "Linear(100, 10) receives images: Conv2d 0 outputs 2x6x6; "
                + "put Flatten() before it and use Linear(72, 10)")
    }

    @Test func channelsThatDoNotFit() {
        let model = Sequential {
            Conv2d(1, 8, kernel: 3, stride: 2).named("conv1")
            BatchNorm2d(16).named("bn1")
        }
        #expect(
            explanation(model, [4, 1, 8, 8])
                == "BatchNorm2d(16) receives 8 channels: Conv2d conv1 outputs 8x3x3; "
                + "use BatchNorm2d(8)")
        #expect(
            explanation(model, [4, 3, 8, 8]) == """
                conv1: Conv2d(1, 8, kernel: 3, stride: 2) receives 3 channels: the input is 3x8x8; \
                use Conv2d(3, 8, kernel: 3, stride: 2)
                bn1: BatchNorm2d(16) receives 8 channels: Conv2d conv1 outputs 8x3x3; \
                use BatchNorm2d(8)
                """)
    }

    @Test func aGreyPictureInAColourNetwork() {
        let model = Sequential {
            Conv2d(3, 4, kernel: 3)
            ReLU()
        }
        let start = "Conv2d(3, 4, kernel: 3) receives"
        #expect(
            explanation(model, [2, 1, 8, 8])
                == "\(start) 1 channel: the input is 1x8x8; use Conv2d(1, 4, kernel: 3), "
                + "or x.tiled(1, 3, 1, 1), the same plane for each channel")
        #expect(
            explanation(model, [2, 4, 8, 8])
                == "\(start) 4 channels: the input is 4x8x8; use Conv2d(4, 4, kernel: 3), "
                + "or x[0..., 0..<3], without the alpha channel")
        #expect(
            explanation(lenet(), [2, 3, 28, 28])?
                .hasSuffix(", or x.mean(axis: 1, keepDims: true), which is grey") == true)
    }

    @Test func groupsThatDoNotFit() {
        let depthwise = Sequential { Conv2d(8, 8, kernel: 3, padding: 1, groups: 8) }
        #expect(
            explanation(depthwise, [1, 12, 6, 6])
                == "Conv2d(8, 8, kernel: 3, padding: 1, groups: 8) receives 12 channels: the input "
                + "is 12x6x6; use Conv2d(12, 12, kernel: 3, padding: 1, groups: 12), "
                + "or use Conv2d(12, 8, kernel: 3, padding: 1, groups: 4)")
        let grouped = Sequential { Conv2d(8, 12, kernel: 1, groups: 4) }
        #expect(
            explanation(grouped, [1, 6, 5, 5])?.hasSuffix("use Conv2d(6, 12, kernel: 1, groups: 3)")
                == true)
    }

    @Test func anInputThatIsNotABatchOfPlanes() {
        for (shape, dtype, advice) in [
            (
                [1, 28, 28], DType.float32,
                "the input [1, 28, 28] has no batch axis: use x.expandedDimensions(axis: 0)"
            ),
            (
                [5, 28, 28], .float32,
                "the input [5, 28, 28] has no channel axis: use x.expandedDimensions(axis: 1)"
            ),
            (
                [28, 28], .float32,
                "the input [28, 28] has no batch axis and no channel axis: "
                    + "use x.reshaped(1, 1, 28, 28)"
            ),
            (
                [4, 28, 28, 1], .float32,
                "the input [4, 28, 28, 1] has its channels last: use x.transposed(0, 3, 1, 2)"
            ),
            (
                [28, 28, 1], .float32,
                "the input [28, 28, 1] has its channels last and no batch axis: "
                    + "use x.transposed(2, 0, 1).expandedDimensions(axis: 0)"
            ),
            (
                [1, 1, 28, 28], .uint8,
                "the input is uint8: use x.cast(to: .float32) / 255"
            ),
            ([1, 1, 28, 28], .int64, "the input is int64: use x.cast(to: .float32)"),
            (
                [28, 28, 1], .uint8,
                "the input [28, 28, 1] has its channels last and no batch axis and is uint8: use "
                    + "x.transposed(2, 0, 1).expandedDimensions(axis: 0).cast(to: .float32) / 255"
            ),
        ] { #expect(explanation(lenet(), shape, dtype: dtype) == advice) }
    }

    @Test func aWindowLargerThanTheImage() {
        let pooled = Sequential {
            Conv2d(1, 2, kernel: 3)
            MaxPool2d(5)
        }
        #expect(
            explanation(pooled, [1, 1, 5, 5])
                == "MaxPool2d(5) receives images of 3x3: Conv2d 0 outputs 2x3x3; use MaxPool2d(3), "
                + "or use MaxPool2d(2), or images of 28x28")
        let convolved = Sequential {
            MaxPool2d(2)
            Conv2d(1, 2, kernel: 5)
        }
        #expect(
            explanation(convolved, [1, 1, 8, 8])
                == "Conv2d(1, 2, kernel: 5) receives images of 4x4: MaxPool2d 0 outputs 1x4x4; use "
                + "Conv2d(1, 2, kernel: 5, padding: 2), or use Conv2d(1, 2, kernel: 4), "
                + "or images of 28x28")
    }

    @Test func aSumOfABlockAndItsShortcut() {
        struct Block: Layer {
            let conv1: Conv2d
            let conv2: Conv2d
            func forward(_ x: Tensor) throws -> Tensor {
                try Tensor.adding(conv2.call(conv1.call(x).relu()), x).relu()
            }
        }
        let narrowing = Sequential {
            Conv2d(3, 8, kernel: 3, padding: 1)
            Block(
                conv1: Conv2d(8, 16, kernel: 3, stride: 2, padding: 1),
                conv2: Conv2d(16, 16, kernel: 3, padding: 1)
            ).named("block")
            Conv2d(16, 4, kernel: 1)
        }
        #expect(
            explanation(narrowing, [2, 3, 16, 16])
                == "Block adds 16x8x8 and 8x16x16; "
                + "use Conv2d(8, 16, kernel: 1, stride: 2, bias: false) in the shortcut")
        let unpadded = Sequential {
            Block(conv1: Conv2d(3, 3, kernel: 3), conv2: Conv2d(3, 3, kernel: 3)).named("block")
        }
        #expect(
            explanation(unpadded, [2, 3, 16, 16])
                == "Block adds 3x12x12 and 3x16x16; "
                + "give block.conv1 and block.conv2 padding: 1")
    }

    @Test func whatNothingTriedMendsIsNotExplained() throws {
        let model = Sequential {
            Lost()
            ReLU()
        }
        #expect(explanation(model, [4, 1, 4, 4]) == nil)
        struct Other: Error {}
        #expect(explain(Other()) == nil)
    }

    @Test func explainingMakesNoWeights() throws {
        let model = Sequential {
            Flatten()
            Linear(10, 20_000)
            Linear(20_000, 10)
        }
        let before = Memory.used
        let trace = model.trace(TensorSpec([1, 20_000]))
        #expect(trace.failure != nil)
        do { _ = try model.summary(input: [1, 100, 200]) } catch {
            #expect(explain(error)?.hasSuffix("use Linear(20000, 20000)") == true)
        }
        #expect(Memory.used == before)
    }
}

/// A layer that takes nothing.
private struct Lost: Layer {
    func forward(_ x: Tensor) throws -> Tensor {
        throw TensorError(.shape, "lost", "nothing fits", operands: [x.spec])
    }
}
