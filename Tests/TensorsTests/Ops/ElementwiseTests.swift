import Glibc
import Tensors
import Testing

@Suite struct ElementwiseTests {
    @Test(arguments: [
        ([2, 3, 4], [2, 3, 4]), ([2, 3, 4], [4]), ([3, 1], [1, 5]), ([1], [2, 2]), ([], [3]),
        ([2, 3, 4, 5], [3, 1, 1]),
    ])
    func arithmeticBroadcasts(_ a: [Int], _ b: [Int]) throws {
        let x = Naive.sample(a, low: 0.5, high: 2)
        let y = Naive.sample(b, low: 0.5, high: 2, salt: 1)
        let rank = max(a.count, b.count)
        let padded = { (s: [Int]) in [Int](repeating: 1, count: rank - s.count) + s }
        let shape = zip(padded(a), padded(b)).map(max)
        func pairwise(_ f: @escaping (Double, Double) -> Double) -> ([Naive]) -> Naive {
            { inputs in
                Naive(shape) { f(inputs[0].broadcast(at: $0), inputs[1].broadcast(at: $0)) }
            }
        }
        try checkGradients([x, y], { try .adding($0[0], $0[1]) }, reference: pairwise(+))
        try checkGradients([x, y], { try .subtracting($0[0], $0[1]) }, reference: pairwise(-))
        try checkGradients([x, y], { try .multiplying($0[0], $0[1]) }, reference: pairwise(*))
        try checkGradients([x, y], { try .dividing($0[0], $0[1]) }, reference: pairwise(/))
        try checkGradients([x, y], { try .power($0[0], $0[1]) }, reference: pairwise(pow))
    }

    @Test func functionsAndTheirSlopes() throws {
        let x = Naive.sample([3, 5, 7], low: -2, high: 2)
        let positive = Naive.sample([3, 5, 7], low: 0.2, high: 3)
        try checkGradients([x], { try $0[0].exp() }) { $0[0].map(exp) }
        try checkGradients([positive], { try $0[0].log() }) { $0[0].map(log) }
        try checkGradients([positive], { try $0[0].sqrt() }) { $0[0].map(sqrt) }
        try checkGradients([x], { try $0[0].abs() }) { $0[0].map { abs($0) } }
        try checkGradients([x], { try $0[0].sin() }) { $0[0].map(sin) }
        try checkGradients([x], { try $0[0].cos() }) { $0[0].map(cos) }
        try checkGradients([x], { try $0[0].tanh() }) { $0[0].map(tanh) }
        try checkGradients([x], { try $0[0].sigmoid() }) { $0[0].map { 1 / (1 + exp(-$0)) } }
        try checkGradients([x], { try $0[0].relu() }) { $0[0].map { max($0, 0) } }
        try checkGradients([x], { try $0[0].negated() }) { $0[0].map { -$0 } }
        try checkGradients([x], { try $0[0].gelu() }) {
            $0[0].map { 0.5 * $0 * (1 + erf($0 / 2.0.squareRoot())) }
        }
        try checkGradients([x], { try $0[0].clipped(-1, 1) }) {
            $0[0].map { min(max($0, -1), 1) }
        }
    }

    @Test func longVectorsAgreeWithShortOnes() throws {
        let count = 70_001
        let x = Naive.sample([count], low: -3, high: 3)
        let y = Naive.sample([count], salt: 5)
        try expectClose(
            try .adding(x.tensor(), y.tensor()), Naive([count]) { x[$0[0]] + y[$0[0]] })
        try expectClose(try x.tensor().relu(), x.map { max($0, 0) })
        let wide = Naive.sample([7, 10_001])
        try expectClose(
            try .multiplying(wide.tensor().transposed(), 2),
            Naive([10_001, 7]) { wide[$0[1], $0[0]] * 2 })
    }

    @Test func powerOfZeroHasAFiniteSlope() throws {
        let x = try Tensor([0, 2])
        x.requiresGradient = true
        try Tensor.power(x, 2).sum().backward()
        #expect(try x.gradient?.scalars(as: Float.self) == [0, 4])
    }

    @Test func typesPromoteAsDocumented() throws {
        let order: [DType] = [.bool, .uint8, .int32, .int64, .float32]
        for (i, a) in order.enumerated() {
            for (j, b) in order.enumerated() {
                let sum = try Tensor.adding(
                    Tensor.ones([2], dtype: a), Tensor.ones([2], dtype: b))
                #expect(sum.dtype == order[max(i, j)])
                #expect(
                    try Tensor.dividing(Tensor.ones([2], dtype: a), Tensor.ones([2], dtype: b))
                        .dtype == .float32)
            }
        }
        #expect(try Tensor.adding(Tensor.ones([1], dtype: .int32), 2).dtype == .int32)
        #expect(try Tensor.adding(Tensor.ones([1], dtype: .int32), 2.5).dtype == .float32)
        #expect(try Tensor.multiplying(Tensor.ones([1], dtype: .bool), 2).dtype == .int64)
    }

    @Test func integersWrapAndDivisionByZeroIsInfinite() throws {
        let bytes = try Tensor([250, 3], dtype: .uint8)
        #expect(try Tensor.adding(bytes, 10).scalars(as: Int.self) == [4, 13])
        let big = try Tensor([Int64.max], shape: [1])
        #expect(try Tensor.adding(big, 1).scalars(as: Int64.self) == [.min])
        let quotient = try Tensor.dividing(Tensor([1, 0], dtype: .int32), 0)
            .scalars(as: Float.self)
        #expect(quotient[0] == .infinity && quotient[1].isNaN)
        #expect(
            try Tensor.power(Tensor([2, 3], dtype: .int64), 5).scalars(as: Int.self) == [32, 243])
    }

    @Test func comparisonsGiveBooleans() throws {
        let a = try Tensor([1, 2, 3])
        let b = try Tensor([3, 2, 1])
        #expect(try Tensor.less(a, b).scalars(as: Bool.self) == [true, false, false])
        #expect(try Tensor.lessOrEqual(a, b).scalars(as: Bool.self) == [true, true, false])
        #expect(try Tensor.greater(a, 2).scalars(as: Bool.self) == [false, false, true])
        #expect(try Tensor.greaterOrEqual(a, b).scalars(as: Bool.self) == [false, true, true])
        #expect(try Tensor.equal(a, b).scalars(as: Bool.self) == [false, true, false])
        #expect(try Tensor.notEqual(a, b).scalars(as: Bool.self) == [true, false, true])
        #expect(try Tensor.equal(a, b).dtype == .bool)
    }

    @Test func whichChoosesAndPassesGradientsOn() throws {
        let mask = try Tensor([true, false, true])
        let a = Naive.sample([2, 3])
        let b = Naive.sample([3], salt: 2)
        try checkGradients([a, b], { try which(mask, $0[0], $0[1]) }) { inputs in
            Naive([2, 3]) { $0[1] == 1 ? inputs[1][$0[1]] : inputs[0][at: $0] }
        }
    }

    @Test func castsConvertAsC() throws {
        let x = try Tensor([1.7, -1.7, 300, 0])
        #expect(try x.cast(to: .int32).scalars(as: Int.self) == [1, -1, 300, 0])
        #expect(try x.cast(to: .uint8).scalars(as: Int.self) == [1, 255, 44, 0])
        #expect(try x.cast(to: .bool).scalars(as: Bool.self) == [true, true, true, false])
        let odd = try Tensor([Double.nan, .infinity, -.infinity])
        #expect(try odd.cast(to: .int64).scalars(as: Int64.self) == [0, .max, .min])
    }
}
