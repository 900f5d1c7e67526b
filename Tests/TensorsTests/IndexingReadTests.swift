import Tensors
import Testing

@Suite struct IndexingReadTests {
    /// `[2, 3, 4]` with the values 0 to 23.
    private func block() throws -> Tensor {
        try Tensor.arange(0, 24).reshaped(2, 3, 4)
    }

    private func integers(_ values: [Int], _ shape: [Int]? = nil) throws -> Tensor {
        try Tensor(values, shape: shape ?? [values.count])
    }

    @Test func positionsRemoveTheirAxis() throws {
        let x = try block()
        #expect(try x[1].shape == [3, 4])
        #expect(try x[1, 2, 3].shape == [])
        #expect(try x[1, 2, 3].item() == 23)
        #expect(try x[-1, -3, -4].item() == 12)
    }

    @Test func rangesKeepTheirAxis() throws {
        let x = try Tensor.arange(0, 5)
        func values(_ index: any TensorIndex) throws -> [Int] { try x[index].scalars() }
        #expect(try values(1..<3) == [1, 2])
        #expect(try values(1...3) == [1, 2, 3])
        #expect(try values(2...) == [2, 3, 4])
        #expect(try values(..<2) == [0, 1])
        #expect(try values(...2) == [0, 1, 2])
        #expect(try values((-2)...) == [3, 4])
        #expect(try values(..<(-1)) == [0, 1, 2, 3])
        #expect(try values(...(-1)) == [0, 1, 2, 3, 4])
        #expect(try values(-3 ... -2) == [2, 3])
        #expect(try values(-3 ..< -2) == [2])
        #expect(try values(3..<100) == [3, 4])
        #expect(try values(50..<100) == [])
        #expect(try values((-100)...) == [0, 1, 2, 3, 4])
        #expect(try values(Int.min...Int.max) == [0, 1, 2, 3, 4])
    }

    @Test func stridesMayRunBackwards() throws {
        let x = try Tensor.arange(0, 6)
        func values(_ index: any TensorIndex) throws -> [Int] { try x[index].scalars() }
        #expect(try values(.stride(from: 0, to: 6, by: 2)) == [0, 2, 4])
        #expect(try values(.stride(from: 1, to: 6, by: 2)) == [1, 3, 5])
        #expect(try values(.stride(by: -1)) == [5, 4, 3, 2, 1, 0])
        #expect(try values(.stride(from: 4, to: 0, by: -2)) == [4, 2])
        #expect(try values(.stride(from: -2, to: -5, by: -1)) == [4, 3, 2])
        #expect(try values(.stride(from: 2, to: 4, by: -1)) == [])
        #expect(try values(.stride(by: Int.max)) == [0])
        #expect(try values(.stride(by: Int.min)) == [5])
    }

    @Test func ellipsisAndNewAxesFillUp() throws {
        let x = try block()
        #expect(try x[.ellipsis, 0].shape == [2, 3])
        #expect(try x[0, .ellipsis, 0].scalars(as: Int.self) == [0, 4, 8])
        #expect(try x[.ellipsis].shape == [2, 3, 4])
        #expect(try x[.newAxis, 0, .newAxis, .ellipsis, .newAxis].shape == [1, 1, 3, 4, 1])
        #expect(try x[0, .ellipsis, 1, 2].item() == 6)
        #expect(try Tensor.full([], 3)[.newAxis].shape == [1])
    }

    @Test func combinationsAgreeWithANaiveWalk() throws {
        let x = try block()[0..., .stride(by: -1), 0...]
        let naive = try NaiveTensor(x)
        let y = try NaiveTensor(x[0..., .stride(from: 0, to: 3, by: 2), .newAxis, 1..<4])
        let expected = NaiveTensor(shape: [2, 2, 1, 3]) { naive[[$0[0], $0[1] * 2, $0[3] + 1]] }
        #expect(y == expected)
        let t = try NaiveTensor(x.transposed(2, 0, 1)[1..., 1, .stride(by: -2)])
        #expect(t == NaiveTensor(shape: [3, 2]) { naive[[1, 2 - 2 * $0[1], $0[0] + 1]] })
    }

    @Test func integerTensorsListPositions() throws {
        let x = try block()
        let naive = try NaiveTensor(x)
        let rows = try integers([2, 0, -1, 2])
        let along = try NaiveTensor(x[0..., rows])
        #expect(
            along == NaiveTensor(shape: [2, 4, 4]) { naive[[$0[0], [2, 0, 2, 2][$0[1]], $0[2]]] })
        let grid = try NaiveTensor(x[0..., 0..., integers([0, 1, 2, 3, 3, 3], [3, 2])])
        #expect(
            grid
                == NaiveTensor(shape: [2, 3, 3, 2]) {
                    naive[[$0[0], $0[1], [0, 1, 2, 3, 3, 3][$0[2] * 2 + $0[3]]]]
                })
        #expect(try x[integers([])].shape == [0, 3, 4])
        #expect(try x[Tensor([1, 0], dtype: .uint8)].shape == [2, 3, 4])
    }

    @Test func severalIndexTensorsBroadcast() throws {
        let x = try block()
        let naive = try NaiveTensor(x)
        let first = try integers([1, 0], [2, 1])
        let second = try integers([2, 1, 0])
        let adjacent = try NaiveTensor(x[first, second])
        #expect(
            adjacent
                == NaiveTensor(shape: [2, 3, 4]) { naive[[1 - $0[0], 2 - $0[1], $0[2]]] })
        // Apart from each other their shape comes first, as in NumPy.
        let apart = try NaiveTensor(x[first, 0..., second])
        #expect(
            apart == NaiveTensor(shape: [2, 3, 3]) { naive[[1 - $0[0], $0[2], 2 - $0[1]]] })
    }

    @Test func masksSelectWhereTheyAreTrue() throws {
        let x = try block()
        #expect(try x[x .> 20].scalars(as: Int.self) == [21, 22, 23])
        let mask = try Tensor([[true, false, false], [false, false, true]])
        #expect(try x[mask].scalars(as: Int.self) == [0, 1, 2, 3, 20, 21, 22, 23])
        #expect(
            try x[0..., Tensor([false, true, true]), 0].scalars(as: Int.self) == [4, 8, 16, 20])
        #expect(try x[Tensor([false, false])].shape == [0, 3, 4])
    }

    @Test func otherElementTypesAreReadAlike() throws {
        for dtype in DType.allCases {
            let x = try block().cast(to: dtype)
            #expect(try x[1, .stride(by: -1), 0].dtype == dtype)
            let expected = dtype == .bool ? [1, 1] : [16, 12]
            #expect(
                try x[1, integers([1, 0]), 0].scalars(as: Int.self) == expected, "\(dtype)")
        }
    }

    @Test func aPartKeepsItsElementsWhenTheWholeChanges() throws {
        var x = try block()
        let part = try x[0, 0]
        x[0] = 9
        #expect(try part.scalars(as: Int.self) == [0, 1, 2, 3])
    }

    @Test func aConvolutionsResultIsReadAndWrittenInItsLogicalOrder() throws {
        let x = try Tensor.arange(0, 192).reshaped(1, 3, 8, 8)
        let y = try conv2d(x, Tensor.randn([16, 3, 3, 3]))
        let naive = try NaiveTensor(y)
        #expect(
            try NaiveTensor(y[0, 5, 2..., .stride(by: -1)])
                == NaiveTensor(shape: [4, 6]) { naive[[0, 5, $0[0] + 2, 5 - $0[1]]] })
        #expect(
            try NaiveTensor(y[0, integers([15, 3])])
                == NaiveTensor(shape: [2, 6, 6]) { naive[[0, 15 - 12 * $0[0], $0[1], $0[2]]] })
        let row = try Tensor(Array(naive.values[0..<6]), shape: [6])
        #expect("\(try y[0, 0, 0])" == "\(row)")
        var z = y
        z[.ellipsis, 1] = 0
        var expected = naive
        for c in 0..<16 { for row in 0..<6 { expected[[0, c, row, 1]] = 0 } }
        #expect(try NaiveTensor(z) == expected)
        #expect(try NaiveTensor(y) == naive)
    }

    @Test func shapesAloneAreEnough() throws {
        let x = Tensor.symbolic(TensorSpec([8, 3, 32, 32]))
        #expect(try x[0, 0..<2, .ellipsis, 5].shape == [2, 32])
        #expect(try x[0, 0..<2, .ellipsis, 5].isSymbolic)
        #expect(try x[integers([1, 2])].shape == [2, 3, 32, 32])
        let rows = Tensor.symbolic(TensorSpec([5], .int64))
        #expect(try x[rows].shape == [5, 3, 32, 32])
        #expect(
            thrownText { try x[Tensor.symbolic(TensorSpec([8], .bool))] }
                == "subscript: how many elements a mask selects depends on its elements, expected "
                + "a mask with elements, got a symbolic tensor")
    }

    @Test func whatDoesNotFitIsAnError() throws {
        let x = try Tensor.zeros([3, 4])
        #expect(
            thrownText { try x[7] }
                == "subscript: index 7 is out of range for axis 0 with size 3 (shape [3, 4]), "
                + "expected -3...2")
        #expect(
            thrownText { try x[0, -5] }
                == "subscript: index -5 is out of range for axis 1 with size 4 (shape [3, 4]), "
                + "expected -4...3")
        #expect(
            thrownText { try x[Int.min] }.hasPrefix("subscript: index -9223372036854775808 is out"))
        #expect(
            thrownText { try x[0, integers([1, 4])] }
                == "subscript: index 4 is out of range for axis 1 with size 4 (shape [3, 4]), "
                + "expected -4...3")
        #expect(
            thrownText { try x[0, 0, 0] }
                == "subscript: too many indices for shape [3, 4], expected at most 2, got 3")
        #expect(
            thrownText { try Tensor.zeros([0])[0] }
                == "subscript: index 0 is out of range for axis 0 with size 0 (shape [0]), "
                + "expected no index, the axis is empty")
        #expect(
            thrownText { try x[.ellipsis, .ellipsis] }
                == "subscript: more than one .ellipsis, expected at most 1, got 2")
        #expect(
            thrownText { try x[.stride(by: 0)] }
                == "subscript: the stride of axis 0 is 0, expected a positive or negative step, "
                + "got 0")
        #expect(
            thrownText { try x[Tensor([true, false])] }
                == "subscript: the mask does not fit the axes it covers, expected [3] (from axis 0 "
                + "of shape [3, 4]), got [2]")
        #expect(
            thrownText { try x[Tensor([0, 1])] }
                == "subscript: an index tensor holds positions or a mask, expected integers "
                + "(cast(to: .int64)) or booleans (x .> 0), got float32")
        #expect(
            thrownText { try x[integers([0, 1]), integers([0, 1, 2])] }
                == "subscript: the index tensors' shapes do not broadcast, expected equal sizes or "
                + "1, got [2] and [3]")
        #expect(
            thrownText { try x[Tensor(true)] }
                == "subscript: a mask of one boolean selects no axis, expected a mask with the "
                + "shape of leading axes, got shape []")
    }

    @Test func positionsThatMemoryCannotListAreAnError() throws {
        let x = try Tensor.zeros([2, 2])
        let long = try Tensor.zeros([200_000], dtype: .uint8)
        #expect(
            thrownText { try x[long[0..., .newAxis], long] }.hasPrefix(
                "subscript: the index tensors list too many positions"))
    }
}

@Suite struct IndexingGradientTests {
    private func random(_ shape: [Int]) throws -> Tensor {
        try Context.$current.withValue(Context(seed: 3)) { try Tensor.randn(shape) }
    }

    @Test func aPartHandsItsGradientToItsPlace() throws {
        let x = try random([3, 4, 5])
        try expectCentralDifferences([x]) { try $0[0][1, 0..., 2...] }
        try expectCentralDifferences([x]) { try $0[0][.stride(by: -2), .newAxis, 1..<3, -1] }
        try expectCentralDifferences([x.transposed(2, 0, 1)]) { try $0[0][1..<4, .ellipsis, 1] }
    }

    @Test func positionsThatRepeatAddUp() throws {
        let rows = try Tensor([0, 2, 2, 2], shape: [4])
        try expectCentralDifferences([random([3, 4])]) { try $0[0][rows] }
        try expectCentralDifferences([random([3, 2, 4])]) {
            try $0[0][rows[0..<2], 0..., rows[1..<3]]
        }
        let x = try random([3, 4])
        try expectCentralDifferences([x]) { try $0[0][Tensor.greater(x, 0)] }
    }

    @Test func assignmentSendsGradientsToTheValueAndTheRest() throws {
        let x = try random([3, 4])
        let rows = try Tensor([2, 0], shape: [2])
        func check(_ value: Tensor, _ indices: any TensorIndex...) throws {
            try expectCentralDifferences([x, value]) { inputs in
                var y = try Tensor.multiplying(inputs[0], 2)
                try y.assign(inputs[1], at: indices)
                return y
            }
        }
        try check(random([4]), 1)
        try check(random([1, 2]), 0..., .stride(by: -2))
        try check(random([1, 1, 3, 1]), 0..., 1..<3)
        try check(random([4]), rows)
        try check(random([2, 1]), rows, 1...)
        try check(random([]), Tensor.greater(x, 0))
    }

    @Test func aLeafKeepsItsGradientWhenACopyIsWrittenTo() throws {
        let x = try Tensor([1, 2, 3])
        x.requiresGradient = true
        var y = x
        y[0] = 10
        try Tensor.multiplying(y, y).sum().backward()
        #expect(try x.scalars(as: Int.self) == [1, 2, 3])
        #expect(try x.gradient?.scalars(as: Int.self) == [0, 4, 6])
    }

    @Test func withoutGradientsALeafStaysALeaf() throws {
        var x = try Tensor([1, 2, 3])
        x.requiresGradient = true
        try withoutGradient { try x.assign(7, at: [1]) }
        #expect(x.requiresGradient)
        try x.sum().backward()
        #expect(try x.gradient?.scalars(as: Int.self) == [1, 1, 1])
        #expect(try x.scalars(as: Int.self) == [1, 7, 3])
    }
}
