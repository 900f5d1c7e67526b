import Tensors
import Testing

@Suite struct IndexingWriteTests {
    private func values(_ x: Tensor) throws -> [Int] { try x.scalars() }

    @Test func numbersAndTensorsAreWritten() throws {
        var x = try Tensor.zeros([2, 3])
        x[0, 1] = 5
        x[1] = try Tensor([1, 2, 3])
        #expect(try values(x) == [0, 5, 0, 1, 2, 3])
        x[0..., 0] = 7.5
        #expect(try x.scalars(as: Double.self) == [7.5, 5, 0, 7.5, 2, 3])
        x[x .> 4] = 0
        #expect(try values(x) == [0, 0, 0, 0, 2, 3])
        x[.ellipsis] = true
        #expect(try values(x) == [1, 1, 1, 1, 1, 1])
        try x[0] += x[1]
        #expect(try values(x) == [2, 2, 2, 1, 1, 1])
    }

    @Test func aCopyDoesNotSeeTheChange() throws {
        let x = try Tensor([[1, 2], [3, 4]])
        var y = try x[0]
        y[0] = 5
        #expect(try values(x) == [1, 2, 3, 4])
        #expect(try values(y) == [5, 2])
        var z = x
        z[0..., 0] = 9
        #expect(try values(x) == [1, 2, 3, 4])
        #expect(try values(z) == [9, 2, 9, 4])
    }

    @Test func aTensorMayBeWrittenIntoItself() throws {
        var x = try Tensor([[1, 2], [3, 4]])
        x[0...] = try x.transposed()
        #expect(try values(x) == [1, 3, 2, 4])
        x[.stride(by: -1)] = x
        #expect(try values(x) == [2, 4, 1, 3])
    }

    @Test func valuesBroadcastAndAreCast() throws {
        var x = try Tensor.zeros([2, 3], dtype: .int32)
        x[0...] = try Tensor([1.9, -2.9, 3])
        #expect(x.dtype == .int32)
        #expect(try values(x) == [1, -2, 3, 1, -2, 3])
        x[0..., 1...] = try Tensor([[8], [9]], dtype: .int64)
        #expect(try values(x) == [1, 8, 8, 1, 9, 9])
        x[0, 0] = Int(1 << 33) + 4
        #expect(try values(x)[0] == 4)
        var mask = try Tensor([false, false])
        mask[1] = 3
        #expect(try mask.scalars(as: Bool.self) == [false, true])
    }

    @Test func everyViewOfAWholeIsWrittenWhereANaiveWalkWrites() throws {
        var x = try Tensor.arange(0, 24).reshaped(4, 3, 2).transposed(1, 2, 0)
        var naive = try NaiveTensor(x)
        x[.stride(by: -2), 1, 1..<3] = try Tensor([[100, 101], [102, 103]])
        for i in 0..<2 {
            for j in 0..<2 { naive[[2 - 2 * i, 1, 1 + j]] = Double(100 + 2 * i + j) }
        }
        #expect(try NaiveTensor(x) == naive)
        let rows = try Tensor([0, 2], shape: [2])
        x[rows, 0..., 3] = try Tensor([[200, 201], [202, 203]])
        for i in 0..<2 { for j in 0..<2 { naive[[2 * i, j, 3]] = Double(200 + 2 * i + j) } }
        #expect(try NaiveTensor(x) == naive)
    }

    @Test func aBroadcastTensorIsWrittenElementByElement() throws {
        var x = try Tensor([1]).broadcast(to: [3])
        x[1] = 5
        #expect(try values(x) == [1, 5, 1])
    }

    @Test func aTensorNobodyElseHoldsIsWrittenInPlace() throws {
        var x = try Tensor.zeros([1000])
        let before = try x.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
        for index in 0..<1000 { try x.assign(Double(index), at: [index]) }
        #expect(try x.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) } == before)
        #expect(try x.sum().item() == 499_500)
    }

    @Test func whatDoesNotFitLeavesTheTensorAlone() throws {
        var x = try Tensor([1, 2, 3])
        let error = thrownText { try x.assign(try Tensor([1, 2]), at: [0...]) }
        #expect(
            error
                == "subscript: a value of shape [2] does not fit into the selected part, expected "
                + "a shape that broadcasts to [3], got [2]")
        #expect(
            thrownText { try x.assign(1, at: [3]) }
                == "subscript: index 3 is out of range for axis 0 with size 3 (shape [3]), "
                + "expected -3...2")
        #expect(try values(x) == [1, 2, 3])
        try x.assign(9, at: [Tensor([false, false, false])])
        #expect(try values(x) == [1, 2, 3])
    }

    @Test func aSymbolicTensorStaysOne() throws {
        var x = Tensor.symbolic(TensorSpec([2, 3]))
        try x.assign(1, at: [0])
        #expect(x.isSymbolic)
        #expect(x.shape == [2, 3])
        #expect(throws: TensorError.self) { try x.assign(1, at: [2]) }
    }
}
