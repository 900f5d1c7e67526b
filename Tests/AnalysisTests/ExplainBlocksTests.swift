import Analysis
import NeuralNetworks
import Tensors
import Testing

/// Repairs of residual blocks, normalisations and tokens.
@Suite struct ExplainBlocksTests {
    @Test func aResidualBlockThatChangesTheShape() {
        let strided = Sequential {
            Conv2d(3, 8, kernel: 3, padding: 1)
            Residual(activation: ReLU()) {
                Conv2d(8, 16, kernel: 3, stride: 2, padding: 1)
                BatchNorm2d(16)
            }
            Conv2d(16, 4, kernel: 1)
        }
        #expect(
            explanation(strided, [2, 3, 16, 16])
                == "Residual adds 16x8x8 and 8x16x16; "
                + "use shortcut: Conv2d(8, 16, kernel: 1, stride: 2, bias: false)")
        let unpadded = Sequential {
            Residual {
                Conv2d(3, 3, kernel: 3)
                ReLU()
                Conv2d(3, 3, kernel: 5)
            }.named("block")
        }
        #expect(
            explanation(unpadded, [2, 3, 16, 16]) == nil,
            "kernels of two sizes need two paddings")
        let narrow = Sequential { Residual { Conv2d(3, 3, kernel: 3) }.named("block") }
        #expect(
            explanation(narrow, [2, 3, 16, 16])
                == "Residual adds 3x14x14 and 3x16x16; give block.body.0 padding: 1")
        let features = Sequential { Residual { Linear(8, 4) } }
        #expect(
            explanation(features, [2, 8])
                == "Residual adds 4 and 8; use shortcut: Linear(8, 4)")
    }

    @Test func anErrorInsideABlock() {
        let model = Sequential {
            Conv2d(1, 8, kernel: 3, padding: 1)
            Residual {
                Conv2d(8, 8, kernel: 3, padding: 1)
                BatchNorm2d(16)
            }.named("block")
        }
        #expect(
            explanation(model, [1, 1, 8, 8])
                == "BatchNorm2d(16) receives 8 channels: Conv2d block.body.0 outputs 8x8x8; "
                + "use BatchNorm2d(8)")
    }

    @Test func normalisationsOfAnotherSize() {
        let tokens = Sequential {
            Linear(8, 16)
            LayerNorm(32)
        }
        #expect(
            explanation(tokens, [2, 5, 8])
                == "LayerNorm(32) receives 16 features: Linear 0 outputs 5x16; use LayerNorm(16)")
        let images = Sequential {
            Conv2d(3, 8, kernel: 3)
            LayerNorm(8)
        }
        #expect(
            explanation(images, [2, 3, 6, 6])
                == "LayerNorm(8) receives [2, 8, 4, 4]: Conv2d 0 outputs 8x4x4; "
                + "use GroupNorm(1, 8)")
        let groups = Sequential {
            Conv2d(3, 12, kernel: 3)
            GroupNorm(8, 32)
        }
        #expect(
            explanation(groups, [2, 3, 6, 6])
                == "GroupNorm(8, 32) receives 12 channels: Conv2d 0 outputs 12x4x4; "
                + "use GroupNorm(6, 12)")
        let scale = Sequential {
            Linear(8, 16)
            LayerScale(8)
        }
        #expect(
            explanation(scale, [2, 8])
                == "LayerScale(8) receives 16 features: Linear 0 outputs 16; use LayerScale(16)")
    }

    @Test func tokensAndFeaturesInTheWrongOrder() {
        let model = Sequential {
            Conv2d(3, 8, kernel: 4, stride: 4).named("patches")
            Flatten(startAxis: 2)
            LayerNorm(8)
            Linear(8, 4)
        }
        #expect(
            explanation(model, [2, 3, 16, 16])
                == "LayerNorm(8) receives 16 features: Conv2d patches outputs 8x4x4; "
                + "put Lambda { $0.transposed(0, 2, 1) } before it")
    }

    @Test func aTransformerOnAnythingButItsTokens() {
        let images = Sequential {
            Conv2d(3, 8, kernel: 4, stride: 4).named("patches")
            TransformerEncoder(embedding: 8, heads: 2, depth: 1)
        }
        #expect(
            explanation(images, [2, 3, 16, 16])
                == "TransformerEncoder(embedding: 8, heads: 2, depth: 1) receives [2, 8, 4, 4]: "
                + "Conv2d patches outputs 8x4x4; "
                + "put Flatten(startAxis: 2); Lambda { $0.transposed(0, 2, 1) } before it")
        let features = Sequential {
            PatchEmbedding(3, 12, patch: 4)
            TransformerEncoder(embedding: 8, heads: 8, depth: 1)
            Linear(12, 4)
        }
        #expect(
            explanation(features, [2, 3, 16, 16])
                == "TransformerEncoder(embedding: 8, heads: 8, depth: 1) receives tokens of 12 "
                + "features: PatchEmbedding 0 outputs 16x12; "
                + "use TransformerEncoder(embedding: 12, heads: 6, depth: 1)")
        let order = Sequential {
            Conv2d(3, 8, kernel: 4, stride: 4).named("patches")
            Flatten(startAxis: 2)
            MultiHeadAttention(embedding: 8, heads: 2)
            LayerNorm(8)
        }
        #expect(
            explanation(order, [2, 3, 16, 16])
                == "MultiHeadAttention(embedding: 8, heads: 2) receives tokens of 16 features: "
                + "Conv2d patches outputs 8x4x4; put Lambda { $0.transposed(0, 2, 1) } before it")
    }

    @Test func aWidthThatTheRestOfTheModelAgreesOn() {
        let model = Sequential {
            PatchEmbedding(3, 12, patch: 4).named("patches")
            TransformerEncoder(embedding: 8, heads: 2, depth: 1)
            Linear(8, 4)
        }
        #expect(
            explanation(model, [2, 3, 16, 16])
                == "TransformerEncoder(embedding: 8, heads: 2, depth: 1) receives tokens of 12 "
                + "features: PatchEmbedding patches outputs 16x12; "
                + "use PatchEmbedding(3, 8, patch: 4) for patches")
    }

    @Test func patchesThatDoNotFitTheImage() {
        let positions = Sequential { PatchEmbedding(3, 8, patch: 4, imageSize: 32) }
        #expect(
            explanation(positions, [2, 3, 16, 16])
                == "PatchEmbedding(3, 8, patch: 4, imageSize: 32) receives images of 3x16x16: the "
                + "input is 3x16x16; use PatchEmbedding(3, 8, patch: 4, imageSize: 16), "
                + "or images of 32x32")
        let patches = Sequential { PatchEmbedding(1, 8, patch: 8) }
        #expect(
            explanation(patches, [2, 1, 28, 28])
                == "PatchEmbedding(1, 8, patch: 8) receives images of 1x28x28: the input is "
                + "1x28x28; use PatchEmbedding(1, 8, patch: 7), or images of 32x32")
        let colour = Sequential { PatchEmbedding(3, 8, patch: 4) }
        #expect(
            explanation(colour, [2, 1, 16, 16])
                == "PatchEmbedding(3, 8, patch: 4) receives images of 1x16x16: the input is "
                + "1x16x16; use PatchEmbedding(1, 8, patch: 4), "
                + "or x.tiled(1, 3, 1, 1), the same plane for each channel")
    }

    @Test func branchesOfUnequalSize() {
        let inception = Sequential {
            Parallel {
                Conv2d(3, 4, kernel: 1)
                Sequential {
                    MaxPool2d(3, stride: 1)
                    Conv2d(3, 4, kernel: 1)
                }
                Conv2d(3, 4, kernel: 3).named("wide")
            }.named("mixed")
        }
        #expect(
            explanation(inception, [2, 3, 16, 16])
                == "Parallel joins 4x16x16, 4x14x14 and 4x14x14; "
                + "give mixed.1.0 and mixed.wide padding: 1")
    }

    @Test func aClassifierOnPlanes() {
        let model = Sequential {
            Conv2d(3, 8, kernel: 3)
            Linear(8, 4)
        }
        #expect(
            explanation(model, [2, 3, 6, 6])
                == "Linear(8, 4) receives images: Conv2d 0 outputs 8x4x4; "
                + "put GlobalAvgPool2d() before it, "
                + "or put Flatten() before it and use Linear(128, 4)")
    }

    @Test func layersThatCannotBeMade() {
        func advice(_ body: () throws -> some Layer) -> String? {
            do {
                _ = try body()
                return "no error"
            } catch { return explain(error) }
        }
        #expect(
            advice { try Conv2d(inputs: 6, outputs: 8, kernel: 3, groups: 4) }
                == "use groups 2, or inputs 4")
        #expect(
            advice { try Conv2d(inputs: 8, outputs: 9, kernel: 1, groups: 8) }
                == "use groups 1, or outputs 8")
        #expect(
            advice { try MultiHeadAttention(features: 190, heads: 3) }
                == "use heads 2, or embedding 189")
        #expect(
            advice { try GroupNorm(groups: 8, channels: 30) } == "use groups 6, or channels 32")
        #expect(advice { try Linear(inputs: 0, outputs: 4) } == nil)
    }
}
