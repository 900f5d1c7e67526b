import Analysis
import Tensors
import Testing

/// Repairs of operations without a model.
@Suite struct OperandRepairsTests {
    private func explanation(_ body: () throws -> Tensor) -> String? {
        do {
            _ = try body()
            return "no error"
        } catch { return explain(error) }
    }

    private func ones(_ shape: Int..., dtype: DType = .float32) throws -> Tensor {
        try Tensor.ones(shape, dtype: dtype)
    }

    @Test func matricesThatDoNotMeet() {
        #expect(
            explanation { try Tensor.matmul(ones(2, 3), ones(2, 3)) }
                == "axis 1 of a is 3 and axis 0 of b is 2; use a.transposed(), which gives [3, 3], "
                + "or b.transposed(), which gives [2, 2]")
        #expect(
            explanation { try Tensor.matmul(ones(3, 4), ones(2, 3)) }
                == "axis 1 of a is 4 and axis 0 of b is 2; use b • a, which gives [2, 4]")
        #expect(
            explanation { try Tensor.matmul(ones(5, 2, 3), ones(5, 4, 3)) }
                == "axis 2 of a is 3 and axis 1 of b is 4; "
                + "use b.transposed(0, 2, 1), which gives [5, 2, 4]")
        #expect(
            explanation { try Tensor.matmul(ones(2, 3), ones(4, 5)) }
                == "axis 1 of a is 3 and axis 0 of b is 4")
        #expect(
            explanation { try Tensor.matmul(ones(2, 3, dtype: .int64), ones(3, 2)) }
                == "use a.cast(to: .float32), which gives [2, 2]")
    }

    @Test func shapesThatDoNotBroadcast() {
        #expect(
            explanation { try Tensor.adding(ones(4, 3), ones(4)) }
                == "axis 1 of a is 3 and axis 0 of b is 4; "
                + "use b.expandedDimensions(axis: 1), which gives [4, 3]")
        #expect(
            explanation { try Tensor.multiplying(ones(8), ones(2, 8, 5)) }
                == "axis 0 of a is 8 and axis 2 of b is 5; "
                + "use a.expandedDimensions(axis: 1), which gives [2, 8, 5]")
        #expect(
            explanation { try Tensor.subtracting(ones(2, 3), ones(3, 2)) }
                == "axis 1 of a is 3 and axis 1 of b is 2; use b.transposed(), which gives [2, 3], "
                + "or a.transposed(), which gives [3, 2]")
        #expect(
            explanation { try Tensor.adding(ones(2, 3), ones(4)) }
                == "axis 1 of a is 3 and axis 0 of b is 4")
        #expect(
            explanation { try Tensor.adding(ones(1, 8), ones(7)) }
                == "axis 1 of a is 8 and axis 0 of b is 7")
    }

    @Test func imagesWithoutABatch() {
        #expect(
            explanation { try conv2d(ones(3, 8, 8), ones(4, 3, 3, 3)) }
                == "use x.expandedDimensions(axis: 0), which gives [1, 4, 6, 6]")
        #expect(
            explanation { try conv2d(ones(2, 8, 8, 3), ones(4, 3, 3, 3)) }
                == "axis 1 of x is 8 and axis 1 of weights is 3; "
                + "use x.transposed(0, 3, 1, 2), which gives [2, 4, 6, 6]")
        #expect(
            explanation { try maxPool2d(ones(8, 8), 2) }
                == "use x.reshaped(1, 1, 8, 8), which gives [1, 1, 4, 4]")
        #expect(
            explanation { try linear(ones(2, 3), ones(3, 5)) }
                == "axis 1 of x is 3 and axis 1 of weights is 5; "
                + "use weights.transposed(), which gives [2, 5]")
    }

    @Test func channelsOfImagesAndWeights() {
        #expect(
            explanation { try conv2d(ones(2, 3, 8, 8), ones(4, 2, 3, 3)) }
                == "axis 1 of x is 3 and axis 1 of weights is 2")
    }

    @Test func labelsOfAnotherForm() {
        #expect(
            explanation { try crossEntropy(ones(4, 3), ones(4, 3, dtype: .int64)) }
                == "use labels.argMax(axis: 1), which gives []")
        #expect(
            explanation { try crossEntropy(ones(4, 3), ones(4, 1, dtype: .int64)) }
                == "use labels.squeezed(axis: -1), which gives []")
        #expect(
            explanation { try crossEntropy(ones(4, 3), ones(4)) }
                == "use labels.cast(to: .int64), which gives []")
        #expect(
            explanation { try crossEntropy(ones(4, 3), ones(5, dtype: .int64)) }
                == "axis 0 of logits is 4 and axis 0 of labels is 5")
    }

    @Test func whatCannotBeMendedIsNotExplained() {
        #expect(explanation { try ones(2, 3).reshaped(4, 2) } == nil)
        #expect(explanation { try ones(2, 3).sum(axis: 5) } == nil)
    }
}
