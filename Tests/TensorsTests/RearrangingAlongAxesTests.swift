import Tensors
import Testing

@Suite struct RearrangingAlongAxesTests {
    private func index(_ values: [Int], _ shape: [Int]) throws -> Tensor {
        try Tensor(values, shape: shape)
    }

    @Test func flippingReversesAnAxis() throws {
        let x = Naive.sample([2, 3, 4])
        for axis in 0..<3 {
            try checkGradients([x]) {
                try $0[0].flipped(axis: axis - 3)
            } reference: { inputs in
                Naive([2, 3, 4]) { place in
                    var place = place
                    place[axis] = x.shape[axis] - 1 - place[axis]
                    return inputs[0][at: place]
                }
            }
        }
        #expect(
            thrownText { try Tensor.zeros([2]).flipped(axis: 1) }
                == "flipped: axis 1 does not exist in shape [2], expected -1...0, got 1")
    }

    @Test(arguments: [0, 1, -1, 4, -7, Int.max, Int.min])
    func rollingMovesElementsAround(shift: Int) throws {
        let x = Naive.sample([3, 4])
        try checkGradients([x]) {
            try $0[0].rolled(by: shift, axis: 1)
        } reference: { inputs in
            Naive([3, 4]) { inputs[0][$0[0], ($0[1] - shift % 4 + 8) % 4] }
        }
    }

    @Test func tilingRepeats() throws {
        let x = Naive.sample([2, 3])
        func check(_ counts: [Int], _ shape: [Int]) throws {
            try checkGradients([x]) {
                try $0[0].tiled(counts)
            } reference: { inputs in
                Naive(shape) { place in
                    let own = place.suffix(2)
                    return inputs[0][own.first! % 2, own.last! % 3]
                }
            }
        }
        try check([2, 1], [4, 3])
        try check([3], [2, 9])
        try check([2, 3, 2], [2, 6, 6])
        #expect(try Tensor([1, 2]).tiled(0).shape == [0])
        #expect(
            thrownText { try Tensor([1, 2]).tiled(-1) }
                == "tiled: a count is negative, expected counts of 0 or more, got [-1]")
        #expect(throws: TensorError.self) { try Tensor([1, 2]).tiled(Int.max, 2) }
    }

    @Test func gatheringFollowsPositionsAlongAnAxis() throws {
        let x = Naive.sample([3, 4])
        let positions = [2, 0, 2, 1, -1, 0]
        try checkGradients([x]) {
            try $0[0].gathered(index(positions, [2, 3]), axis: 0)
        } reference: { inputs in
            Naive([2, 3]) { inputs[0][(positions[$0[0] * 3 + $0[1]] + 3) % 3, $0[1]] }
        }
        try checkGradients([x]) {
            try $0[0].gathered(index([3, 3, 0, 1, 2, 2], [3, 2]), axis: -1)
        } reference: { inputs in
            Naive([3, 2]) { inputs[0][$0[0], [3, 3, 0, 1, 2, 2][$0[0] * 2 + $0[1]]] }
        }
        let tensor = try x.tensor()
        #expect(
            thrownText { try tensor.gathered(index([4], [1, 1]), axis: 1) }
                == "gathered: index 4 is out of range for axis 1 with size 4 (shape [3, 4])")
        #expect(
            thrownText { try tensor.gathered(index([0], [1]), axis: 1) }
                == "gathered: the positions' shape does not fit, expected 2 axes, none longer than "
                + "in [3, 4] beside axis 1, got [1]")
        #expect(
            thrownText { try tensor.gathered(Tensor([[0]]), axis: 1) }
                == "gathered: positions are integers, expected an integer tensor, as "
                + "cast(to: .int64) makes it, got float32")
    }

    @Test func cumulativeSumsGrowAlongAnAxis() throws {
        let x = Naive.sample([2, 3, 4])
        for axis in 0..<3 {
            try checkGradients([x]) {
                try $0[0].cumulativeSum(axis: axis)
            } reference: { inputs in
                Naive([2, 3, 4]) { place in
                    (0...place[axis]).reduce(0) { sum, position in
                        var place = place
                        place[axis] = position
                        return sum + inputs[0][at: place]
                    }
                }
            }
        }
        let mask = try Tensor([true, false, true]).cumulativeSum(axis: 0)
        #expect(mask.dtype == .int64)
        #expect(try mask.scalars(as: Int.self) == [1, 1, 2])
        #expect(try Tensor.zeros([2, 0]).cumulativeSum(axis: 1).shape == [2, 0])
    }

    @Test func sortingOrdersEachLine() throws {
        let x = Naive.sample([3, 5, 2])
        for isDescending in [false, true] {
            try checkGradients([x]) {
                try $0[0].sorted(axis: 1, descending: isDescending)
            } reference: { inputs in
                Naive([3, 5, 2]) { place in
                    let line = (0..<5).map { inputs[0][place[0], $0, place[2]] }.sorted()
                    return line[isDescending ? 4 - place[1] : place[1]]
                }
            }
        }
        #expect(
            "\(try Tensor([2, Double.nan, -.infinity, 1]).sorted())" == "[-inf, 1.0, 2.0, nan]")
        #expect(try Tensor([3, 1, 2], dtype: .uint8).sorted().scalars(as: Int.self) == [1, 2, 3])
    }

    @Test func theLargestComeFirstWithTheirPositions() throws {
        let x = try Tensor([[0.1, 0.7, 0.2], [5, 4, 5]])
        let top = try x.topK(2)
        #expect("\(top.values)" == "[[0.7, 0.2],\n [5.0, 5.0]]")
        #expect("\(top.indices)" == "[[1, 2],\n [0, 2]]")
        #expect(top.indices.dtype == .int64)
        #expect("\(try x.topK(1, axis: 0).indices)" == "[[1, 1, 1]]")
        let sample = Naive.sample([2, 6])
        try checkGradients([sample]) {
            try $0[0].topK(3).values
        } reference: { inputs in
            Naive([2, 3]) { place in
                (0..<6).map { inputs[0][place[0], $0] }.sorted(by: >)[place[1]]
            }
        }
        #expect(
            thrownText { try x.topK(4).values }
                == "topK: axis 1 of shape [2, 3] does not have that many elements, expected k in "
                + "0...3, got 4")
    }

    @Test func shapesAloneAreEnough() throws {
        let x = Tensor.symbolic(TensorSpec([4, 6]))
        #expect(try x.flipped(axis: 0).shape == [4, 6])
        #expect(try x.rolled(by: 2, axis: 1).shape == [4, 6])
        #expect(try x.tiled(2, 3).shape == [8, 18])
        #expect(try x.gathered(index([0, 0], [2, 1]), axis: 0).shape == [2, 1])
        #expect(try x.cumulativeSum(axis: 1).isSymbolic)
        #expect(try x.topK(2).values.shape == [4, 2])
        #expect(try einsum("ij,kj->ik", x, x).shape == [4, 4])
        #expect(try einsum("ij,kj->ik", x, x).isSymbolic)
    }
}

@Suite struct RearrangingEinsumTests {
    /// The sum over all values of all letters, written out.
    private func naive(
        _ inputs: [String], _ output: String, _ tensors: [Naive]
    ) -> Naive {
        var sizes: [Character: Int] = [:]
        for (labels, tensor) in zip(inputs, tensors) {
            for (label, size) in zip(labels, tensor.shape) {
                sizes[label] = max(sizes[label] ?? 1, size)
            }
        }
        let letters = sizes.keys.sorted()
        let shape = output.map { sizes[$0] ?? 1 }
        var result = Naive(shape) { _ in 0 }
        for place in NaiveTensor.places(letters.map { sizes[$0] ?? 1 }) {
            let values = Dictionary(uniqueKeysWithValues: zip(letters, place))
            var product = 1.0
            for (labels, tensor) in zip(inputs, tensors) {
                let own = zip(labels, tensor.shape).map { $1 == 1 ? 0 : values[$0] ?? 0 }
                product *= tensor[at: own]
            }
            result.values[result.flat(output.map { values[$0] ?? 0 })] += product
        }
        return result
    }

    @Test(arguments: [
        ("ij,jk->ik", [[2, 3], [3, 4]]),
        ("ij,kj->ki", [[2, 3], [4, 3]]),
        ("bij,bjk->bik", [[2, 2, 3], [2, 3, 2]]),
        ("bhqd,bhkd->bhqk", [[2, 2, 3, 2], [2, 2, 4, 2]]),
        ("i,j->ij", [[3], [2]]),
        ("i,i->", [[3], [3]]),
        ("i,i->i", [[3], [3]]),
        ("ij->ji", [[2, 3]]),
        ("ij->", [[2, 3]]),
        ("ij->j", [[2, 3]]),
        ("ii->i", [[3, 3]]),
        ("ii->", [[3, 3]]),
        ("iji->j", [[2, 3, 2]]),
        ("ij,jk,kl->il", [[2, 3], [3, 2], [2, 4]]),
        ("ij,ij,ij->j", [[2, 3], [2, 3], [2, 3]]),
        ("ij,jk->ik", [[2, 1], [3, 4]]),
        ("ijm,kj->im", [[2, 3, 2], [4, 3]]),
        (" i j , j -> i ", [[2, 3], [3]]),
    ])
    func agreesWithTheSumWrittenOut(equation: String, shapes: [[Int]]) throws {
        let text = equation.filter { $0 != " " }
        let sides = text.split(separator: ">", omittingEmptySubsequences: false)
        let inputs = sides[0].dropLast().split(separator: ",").map(String.init)
        let output = String(sides[1])
        let tensors = shapes.enumerated().map { Naive.sample($1, salt: $0) }
        try checkGradients(tensors) {
            try einsum(equation, $0)
        } reference: {
            naive(inputs, output, $0)
        }
    }

    @Test func withoutAnArrowTheSingleLettersAreSorted() throws {
        let a = Naive.sample([2, 3])
        let b = Naive.sample([3, 4], salt: 1)
        try expectClose(
            einsum("bj,ja", a.tensor(), b.tensor()), naive(["bj", "ja"], "ab", [a, b]))
        try expectClose(einsum("ba", a.tensor()), naive(["ba"], "ab", [a]))
    }

    @Test func dotsStandForAxesWithoutLetters() throws {
        let a = Naive.sample([2, 3, 2, 3])
        let b = Naive.sample([3, 3, 4], salt: 1)
        try expectClose(
            einsum("...ij,...jk->...ik", a.tensor(), b.tensor()),
            naive(["xyij", "yjk"], "xyik", [a, b]))
        try expectClose(
            einsum("i...->...i", a.tensor()), naive(["ixyz"], "xyzi", [a]))
        try expectClose(einsum("...ij", a.tensor()), a)
    }

    @Test func integersStayIntegers() throws {
        let a = try Tensor([[1, 2], [3, 4]], dtype: .int32)
        let product = try einsum("ij,jk->ik", a, a)
        #expect(!product.dtype.isFloatingPoint)
        #expect(try product.scalars(as: Int.self) == [7, 10, 15, 22])
    }

    @Test func whatIsNotWellFormedIsAnError() throws {
        let a = try Tensor.zeros([2, 3])
        #expect(
            thrownText { try einsum("ij,jk->ik", a, a) }
                == "einsum: 'j' names axes of different sizes, expected 3, got 2 in shape [2, 3]")
        #expect(
            thrownText { try einsum("ij,jk->ik", a) }
                == "einsum: 'ij,jk->ik' does not name every operand's axes, expected 1 parts with "
                + "commas between, got 2")
        #expect(
            thrownText { try einsum("ijk->i", a) }
                == "einsum: 'ijk' does not name the axes of operand 0, expected 2 letters for "
                + "shape [2, 3], got 3")
        #expect(
            thrownText { try einsum("ij->ik", a) }
                == "einsum: the result names an axis that no operand has, expected letters of the "
                + "operands, got 'k'")
        #expect(
            thrownText { try einsum("ij->ii", a) }
                == "einsum: the result names an axis twice, expected each letter once, got 'ij->ii'"
        )
        #expect(
            thrownText { try einsum("i1->i", a) }
                == "einsum: 'i1->i' is not well formed, expected letters, one '...', ',' and '->', "
                + "got '1'")
        #expect(
            thrownText { try einsum("ii->i", a) }
                == "einsum: 'i' names two axes of one operand with different sizes, expected 2, "
                + "got 3 in shape [2, 3]")
        #expect(throws: TensorError.self) { try einsum("") }
    }
}
