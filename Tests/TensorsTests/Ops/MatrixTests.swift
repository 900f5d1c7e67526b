import Tensors
import Testing

@Suite struct MatrixTests {
    @Test(arguments: [
        ([3, 5], [5, 2]), ([2, 3, 4], [2, 4, 5]), ([1, 3, 4], [3, 4, 2]),
        ([2, 1, 1, 7], [3, 7, 1]),
        ([17, 19], [19, 9]),
    ])
    func productsMatchTheDefinition(_ a: [Int], _ b: [Int]) throws {
        let x = Naive.sample(a)
        let y = Naive.sample(b, salt: 1)
        let rank = max(a.count, b.count)
        func wide(_ n: Naive) -> Naive {
            Naive([Int](repeating: 1, count: rank - n.shape.count) + n.shape, n.values)
        }
        try checkGradients([x, y], { try $0[0].matmul($0[1]) }) {
            Naive.matmul(wide($0[0]), wide($0[1]))
        }
    }

    @Test func transposedOperandsAreReadInPlace() throws {
        let x = Naive.sample([5, 3])
        let y = Naive.sample([4, 5], salt: 1)
        try checkGradients([x, y], { try $0[0].transposed().matmul($0[1].transposed()) }) { i in
            Naive([3, 4]) { index in
                (0..<5).reduce(0) { $0 + i[0][$1, index[0]] * i[1][index[1], $1] }
            }
        }
    }

    @Test func vectorsAreRowsAndColumns() throws {
        let m = try Tensor([[1, 2], [3, 4]])
        let v = try Tensor([1, 10])
        #expect(try m.matmul(v).scalars(as: Float.self) == [21, 43])
        #expect(try v.matmul(m).scalars(as: Float.self) == [31, 42])
        #expect(try v.matmul(v).item() == 101)
        #expect(try v.matmul(v).shape == [])
    }

    @Test(arguments: [([4, 3], 5), ([2, 3, 7], 2), ([6], 1)])
    func linearMatchesTheDefinition(_ shape: [Int], _ outputs: Int) throws {
        let features = shape[shape.count - 1]
        let inputs = [
            Naive.sample(shape), Naive.sample([outputs, features], salt: 1),
            Naive.sample([outputs], salt: 2),
        ]
        try checkGradients(inputs, { try linear($0[0], $0[1], bias: $0[2]) }) { i in
            Naive(Array(shape.dropLast()) + [outputs]) { index in
                let (lead, k) = (Array(index.dropLast()), index[index.count - 1])
                return (0..<features).reduce(i[2][k]) {
                    $0 + i[0][at: lead + [$1]] * i[1][k, $1]
                }
            }
        }
    }

    @Test func emptyInnerAxesGiveZeros() throws {
        let product = try Tensor.zeros([2, 0]).matmul(Tensor.zeros([0, 3]))
        #expect(product.shape == [2, 3])
        #expect(try product.scalars(as: Float.self) == [Float](repeating: 0, count: 6))
        #expect(try linear(Tensor.zeros([0, 4]), Tensor.zeros([2, 4])).shape == [0, 2])
    }

    @Test func mistakesAreNamed() throws {
        let a = try Tensor.zeros([2, 3])
        let b = try Tensor.zeros([2, 3])
        #expect(
            thrownText { try a.matmul(b) }
                == "matmul: the columns of the first are not the rows of the second, expected "
                + "[..., M, K] and [..., K, N] with one K, got [2, 3] and [2, 3]")
        #expect(
            thrownText { try linear(Tensor.zeros([1, 256]), Tensor.zeros([120, 400])) }
                == "linear: weights [120, 400] do not take the features of [1, 256], expected "
                + "400 features in the last axis, got 256")
        #expect(
            thrownText { try a.cast(to: .int32).matmul(b) }
                == "matmul: the operands are not all real numbers, expected float32, as "
                + "cast(to: .float32) makes it, got int32 and float32")
    }
}
