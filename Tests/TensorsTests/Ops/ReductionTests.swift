import Glibc
import Tensors
import Testing

@Suite struct ReductionTests {
    @Test(arguments: [0, 1, 2, -1])
    func alongAnAxis(_ axis: Int) throws {
        let x = Naive.sample([3, 4, 5], low: 0.5, high: 2)
        let own = axis < 0 ? axis + 3 : axis
        func along(_ f: @escaping ([Double]) -> Double) -> ([Naive]) -> Naive {
            { $0[0].reduced(own, f) }
        }
        let mean = { (v: [Double]) in v.reduce(0, +) / Double(v.count) }
        func variance(_ v: [Double]) -> Double { mean(v.map { ($0 - mean(v)) * ($0 - mean(v)) }) }
        try checkGradients(
            [x], { try $0[0].sum(axis: axis, keepDims: true) }, reference: along { $0.reduce(0, +) }
        )
        try checkGradients(
            [x], { try $0[0].mean(axis: axis, keepDims: true) }, reference: along(mean))
        try checkGradients(
            [x], { try $0[0].product(axis: axis, keepDims: true) },
            reference: along { $0.reduce(1, *) })
        try checkGradients(
            [x], { try $0[0].max(axis: axis, keepDims: true) }, reference: along { $0.max() ?? 0 })
        try checkGradients(
            [x], { try $0[0].min(axis: axis, keepDims: true) }, reference: along { $0.min() ?? 0 })
        try checkGradients(
            [x], { try $0[0].variance(axis: axis, keepDims: true) }, reference: along(variance))
        try checkGradients(
            [x], { try $0[0].standardDeviation(axis: axis, keepDims: true) },
            reference: along { variance($0).squareRoot() })
    }

    @Test(arguments: [[0, 2, 3], [1, 2], [0], [1, 3], [0, 1, 2, 3]])
    func alongSeveralAxes(_ axes: [Int]) throws {
        let x = Naive.sample([2, 3, 4, 5])
        try checkGradients([x], { try $0[0].sum(axes: axes, keepDims: true) }) { inputs in
            axes.reduce(inputs[0]) { $0.reduced($1) { $0.reduce(0, +) } }
        }
        #expect(
            try x.tensor().sum(axes: axes).shape
                == x.shape.indices.filter { !axes.contains($0) }.map { x.shape[$0] })
    }

    @Test func longSumsKeepTheirPrecision() throws {
        let x = try Tensor.full([3_000_001], 0.1)
        #expect(abs(try x.sum().item() - 300_000.1) < 0.3)
        let tall = try Tensor.full([300_001, 3], 0.1).sum(axis: 0).scalars(as: Double.self)
        #expect(tall.allSatisfy { abs($0 - 30_000.1) < 0.03 })
    }

    @Test func integersSumToInt64AndBooleansCount() throws {
        let bytes = try Tensor.full([1000], 255, dtype: .uint8).sum()
        #expect(bytes.dtype == .int64)
        #expect(try bytes.item() == 255_000)
        let mask = try Tensor([true, false, true])
        #expect(try mask.sum().item() == 2)
        #expect(try mask.any().scalars(as: Bool.self) == [true])
        #expect(try mask.all().scalars(as: Bool.self) == [false])
        #expect(
            try Tensor([[1, 2], [0, 0]]).any(axis: 1).scalars(as: Bool.self) == [true, false])
        #expect(try Tensor([3, 4]).norm().item() == 5)
        #expect(try Tensor([1, 2, 3, 4]).variance(unbiased: true).item().rounded() == 2)
    }

    @Test func equalExtremesShareTheGradient() throws {
        let x = try Tensor([2, 5, 5])
        x.requiresGradient = true
        try x.max().backward()
        #expect(try x.gradient?.scalars(as: Float.self) == [0, 0.5, 0.5])
    }

    @Test func productsWithZerosHaveTheRightSlope() throws {
        let x = try Tensor([[2, 0, 3], [0, 0, 1]])
        x.requiresGradient = true
        try x.product(axis: 1).sum().backward()
        #expect(try x.gradient?.scalars(as: Float.self) == [0, 6, 0, 0, 0, 0])
    }

    @Test func positionsOfExtremes() throws {
        let x = try Tensor([[3, 9, 9], [7, 1, 1]])
        #expect(try x.argMax(axis: 1).scalars(as: Int.self) == [1, 0])
        #expect(try x.argMin(axis: 0).scalars(as: Int.self) == [0, 1, 1])
        #expect(try x.argMax().item() == 1)
        #expect(try x.argMax(axis: 1, keepDims: true).shape == [2, 1])
        #expect(try Tensor([1, .nan, 3] as [Double], shape: [3]).argMax().item() == 1)
    }

    @Test func emptySumsAreZeroAndEmptyExtremesAreErrors() throws {
        let empty = try Tensor.zeros([2, 0])
        #expect(try empty.sum(axis: 1).scalars(as: Float.self) == [0, 0])
        #expect(try empty.product().item() == 1)
        #expect(try empty.mean(axis: 1).scalars(as: Float.self).allSatisfy(\.isNaN))
        #expect(
            thrownText { try empty.max(axis: 1) }
                == "max: no element to choose from along axis 1, expected a size of at least 1, "
                + "got [2, 0]")
        #expect(
            thrownText { try Tensor.zeros([2, 3]).sum(axis: 2) }
                == "sum: axis 2 does not exist in shape [2, 3], expected -2...1, got 2")
    }
}
