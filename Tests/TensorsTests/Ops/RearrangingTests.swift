import Tensors
import Testing

@Suite struct RearrangingTests {
    @Test func shapesChangeWithoutTheElements() throws {
        let x = Naive.sample([2, 3, 4])
        try checkGradients([x], { try $0[0].reshaped(4, -1) }) { Naive([4, 6], $0[0].values) }
        try checkGradients([x], { try $0[0].flattened(startAxis: 1) }) {
            Naive([2, 12], $0[0].values)
        }
        try checkGradients([x], { try $0[0].transposed(2, 0, 1) }) { i in
            Naive([4, 2, 3]) { i[0][$0[1], $0[2], $0[0]] }
        }
        try checkGradients([x], { try $0[0].transposed(-1, 0, 1).reshaped(-1) }) { i in
            Naive([24], Naive([4, 2, 3]) { i[0][$0[1], $0[2], $0[0]] }.values)
        }
        try checkGradients([Naive.sample([3, 1])], { try $0[0].broadcast(to: [2, 3, 4]) }) { i in
            Naive([2, 3, 4]) { i[0].broadcast(at: $0) }
        }
        #expect(try x.tensor().expandedDimensions(axis: -1).shape == [2, 3, 4, 1])
        #expect(try x.tensor().expandedDimensions(axis: 1).squeezed(axis: 1).shape == [2, 3, 4])
        #expect(try Tensor.ones([1, 2, 1]).squeezed().shape == [2])
    }

    @Test func joiningAndSplitting() throws {
        let a = Naive.sample([2, 3, 2])
        let b = Naive.sample([2, 1, 2], salt: 1)
        try checkGradients([a, b], { try concatenated([$0[0], $0[1]], axis: 1) }) { i in
            Naive([2, 4, 2]) {
                $0[1] < 3 ? i[0][at: $0] : i[1][$0[0], $0[1] - 3, $0[2]]
            }
        }
        let c = Naive.sample([2, 3, 2], salt: 2)
        try checkGradients([a, c], { try stacked([$0[0], $0[1]], axis: -1) }) { i in
            Naive([2, 3, 2, 2]) { i[$0[3]][$0[0], $0[1], $0[2]] }
        }
        try checkGradients([a], { try $0[0].split(parts: 3, axis: 1)[1] }) { i in
            Naive([2, 1, 2]) { i[0][$0[0], 1, $0[2]] }
        }
        try checkGradients([a], { try $0[0].padded([1, 2], value: 7) }) { i in
            Naive([2, 5, 6]) {
                let (row, column) = ($0[1] - 1, $0[2] - 2)
                return row >= 0 && row < 3 && column >= 0 && column < 2
                    ? i[0][$0[0], row, column] : 7
            }
        }
    }

    @Test func mistakesAreNamed() throws {
        let x = try Tensor.zeros([2, 3])
        #expect(
            thrownText { try x.reshaped(4, 2) }
                == "reshaped: [4, 2] does not hold the elements of [2, 3], expected 6 elements, "
                + "got 8")
        #expect(
            thrownText { try x.reshaped(-1, 4) }
                == "reshaped: [-1, 4] does not hold the elements of [2, 3], expected sizes whose "
                + "product divides 6, got 4")
        #expect(thrownText { try x.reshaped(-1, -1) }.hasPrefix("reshaped: a size is negative"))
        #expect(
            thrownText { try x.transposed(0, 0) }
                == "transposed: the axes are not those of shape [2, 3], expected each of 0..<2 "
                + "once, got [0, 0]")
        #expect(
            thrownText { try x.squeezed(axis: 1) }
                == "squeezed: axis 1 of [2, 3] cannot be left out, expected size 1, got 3")
        #expect(
            thrownText { try x.split(parts: 2, axis: 1) }
                == "split: axis 1 of [2, 3] does not divide into 2 parts, expected a divisor of 3, "
                + "got 2")
        #expect(
            thrownText { try concatenated([x, Tensor.zeros([2, 4])], axis: 0) }
                == "concatenated: tensor 1 differs beside axis 0, expected [2, 3] in every other "
                + "axis, got [2, 4]")
        #expect(
            thrownText { try Tensor.adding(x, Tensor.zeros([4])) }
                == "adding: shapes do not broadcast, expected sizes that are equal or 1, counted "
                + "from the last axis, got [2, 3] and [4]")
        #expect(
            thrownText { try Tensor.zeros([-1]) }
                == "zeros: a size is negative, expected sizes of 0 or more, got [-1]")
        #expect(
            thrownText { try Tensor.zeros([.max, .max]) }.hasPrefix("zeros: too many elements"))
        #expect(thrownText { try x.reshaped(.max, .max) }.hasPrefix("reshaped: "))
        #expect(
            thrownText { try Tensor([[1, 2], [3]]) }.hasPrefix("Tensor: nested arrays differ"))
    }
}
