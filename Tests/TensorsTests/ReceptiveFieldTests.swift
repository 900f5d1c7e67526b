import Tensors
import Testing

/// The image that symbolic tensors come from.
private func image(_ size: Int, channels: Int = 3) -> Tensor {
    .symbolicImage(TensorSpec([1, channels, size, size]))
}

private func weights(_ outputs: Int, _ inputs: Int, _ kernel: Int) -> Tensor {
    .symbolic(TensorSpec([outputs, inputs, kernel, kernel]))
}

@Suite struct ReceptiveFieldTests {
    @Test func windowsWidenItByTheStepAndStridesLengthenTheStep() throws {
        var x = try conv2d(image(32), weights(4, 3, 3), padding: 1)
        #expect(x.receptiveField?.size == [3, 3])
        x = try maxPool2d(x, 2)
        #expect(x.receptiveField?.size == [4, 4])
        #expect(x.receptiveField?.step == [2, 2])
        x = try conv2d(x, weights(4, 4, 3), padding: 2, dilation: 2)
        #expect(x.receptiveField?.size == [12, 12])
        #expect(x.receptiveField?.description == "12x12")
    }

    @Test func heightAndWidthDiffer() throws {
        let w = Tensor.symbolic(TensorSpec([4, 3, 1, 5]))
        #expect(try conv2d(image(32), w).receptiveField?.size == [1, 5])
    }

    @Test func whereBranchesMeetTheWidestCounts() throws {
        let x = image(16)
        let narrow = try conv2d(x, weights(4, 3, 1))
        let wide = try conv2d(x, weights(4, 3, 5), padding: 2)
        #expect(try concatenated([narrow, wide], axis: 1).receptiveField?.size == [5, 5])
        #expect(try Tensor.adding(wide, narrow).receptiveField?.size == [5, 5])
    }

    @Test func aMeanOverTheMapEndsTheCountUnlessItGoesBackIntoAMap() throws {
        let x = try conv2d(image(16), weights(4, 3, 3))
        let mean = try adaptiveAvgPool2d(x, 1)
        #expect(mean.receptiveField?.size == [3, 3])
        let gated = try Tensor.multiplying(x, mean)
        #expect(gated.receptiveField?.size == [3, 3])
        let after = try conv2d(gated, weights(4, 4, 1))
        #expect(after.receptiveField?.size == nil)
        #expect(after.receptiveField?.description == "all")
        let reduced = try Tensor.multiplying(x, x.mean(axes: [2, 3], keepDims: true))
        #expect(try conv2d(reduced, weights(4, 4, 1)).receptiveField?.size == nil)
        // A mean over channels looks no farther.
        let channels = try Tensor.multiplying(x, x.mean(axis: 1, keepDims: true))
        #expect(try conv2d(channels, weights(4, 4, 1)).receptiveField?.size == [3, 3])
    }

    @Test func attentionSeesEverything() throws {
        let patches = try conv2d(image(16), weights(6, 3, 4), stride: 4)
        let tokens = try patches.reshaped(1, 6, 16).transposed(0, 2, 1)
        #expect(tokens.receptiveField?.size == [4, 4])
        let seen = try scaledDotProductAttention(tokens, tokens, tokens)
        #expect(seen.receptiveField != nil && seen.receptiveField?.size == nil)
    }

    @Test func whatComesFromNoImageHasNone() throws {
        let x = Tensor.symbolic(TensorSpec([1, 3, 8, 8]))
        #expect(try conv2d(x, weights(4, 3, 3)).receptiveField == nil)
        #expect(try Tensor.zeros([1, 3, 8, 8]).relu().receptiveField == nil)
        #expect(try upsample(image(8), size: [16, 16]).receptiveField == nil)
    }

    @Test func manyLongStridesOverflowNothing() throws {
        var x = image(1)
        for _ in 0..<8 { x = try conv2d(x, weights(3, 3, 3), stride: 1 << 20, padding: 1) }
        #expect(x.receptiveField?.size == [.max, .max])
    }
}
