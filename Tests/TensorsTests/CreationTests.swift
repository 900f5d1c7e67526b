import Tensors
import Testing

@Suite struct CreationTests {
    @Test func regularTensors() throws {
        #expect(try Tensor.arange(0, 10, step: 3).scalars(as: Float.self) == [0, 3, 6, 9])
        #expect(
            try Tensor.arange(3, 0, step: -1, dtype: .int32).scalars(as: Int.self) == [3, 2, 1])
        #expect(try Tensor.arange(5, 0).shape == [0])
        #expect(
            try Tensor.linspace(0, 1, count: 5).scalars(as: Float.self) == [0, 0.25, 0.5, 0.75, 1])
        #expect(try Tensor.eye(2).scalars(as: Float.self) == [1, 0, 0, 1])
        #expect(try Tensor.full([2], 7, dtype: .uint8).scalars(as: Int.self) == [7, 7])
        #expect(
            try Tensor.oneHot(Tensor([2, 0], dtype: .int64), classes: 3).scalars(as: Float.self)
                == [0, 0, 1, 1, 0, 0])
        #expect(try Tensor([[1, 2], [3, 4]]).dtype == .float32)
        #expect(try Tensor([1, 2], dtype: .int32).dtype == .int32)
        #expect(try Tensor([true]).dtype == .bool)
        #expect(try Tensor(5).shape == [])
    }

    @Test func seedsReproduceRandomNumbers() throws {
        func draw(_ seed: Int) throws -> [Float] {
            try Context.$current.withValue(Context(seed: seed)) {
                try Tensor.randn([1000]).scalars(as: Float.self)
                    + Tensor.rand([10]).scalars(as: Float.self)
            }
        }
        #expect(try draw(1) == draw(1))
        #expect(try draw(1) != draw(2))
    }

    @Test func randomNumbersHaveTheirDistribution() throws {
        try Context.$current.withValue(Context(seed: 5)) {
            let normal = try Tensor.randn([100_000])
            #expect(abs(try normal.mean().item()) < 0.015)
            #expect(abs(try normal.standardDeviation().item() - 1) < 0.015)
            let uniform = try Tensor.random([100_000], in: -2...4)
            #expect(abs(try uniform.mean().item() - 1) < 0.03)
            #expect(try uniform.min().item() >= -2)
            #expect(try uniform.max().item() <= 4)
            #expect(abs(try uniform.variance().item() - 3) < 0.05)
        }
    }

    @Test func mistakesAreNamed() throws {
        #expect(
            thrownText { try Tensor.arange(0, 1, step: 0) }
                == "arange: no finite progression, expected finite ends and a step other than 0, "
                + "got 0.0 to 1.0, step 0.0")
        #expect(
            thrownText { try Tensor.oneHot(Tensor([3], dtype: .int64), classes: 3) }
                == "oneHot: a label is out of range, expected 0..<3, got 3 at position 0")
        #expect(
            thrownText { try Tensor([1, 2, 3] as [Float], shape: [2, 2]) }
                == "Tensor: shape [2, 2] does not hold the values, expected 4 values, got 3")
        #expect(thrownText { try Tensor.eye(-1) }.hasPrefix("eye: a size is negative"))
        #expect(thrownText { try Tensor.eye(1 << 40) }.hasPrefix("eye: too many elements"))
        #expect(thrownText { try Tensor.arange(0, 1e30) }.hasPrefix("arange: too many elements"))
        #expect(thrownText { try Tensor.linspace(0, 1, count: -5) }.hasPrefix("linspace: "))
    }
}
