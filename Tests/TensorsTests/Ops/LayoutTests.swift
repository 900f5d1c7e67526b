import Glibc
import Tensors
import Testing

/// Tensors as convolutions leave them, against the same elements in rows.
@Suite struct LayoutTests {
    @Test(arguments: [16, 19, 32], [[1, 0, 1, 1], [0, 1, 1]])
    func numbersForEachChannel(_ channels: Int, _ template: [Int]) throws {
        let shape = template.map { $0 == 0 ? channels : 1 }
        let whole = template.count == 4 ? [1, channels, 1, 1] : [channels, 1, 1]
        #expect(whole.reduce(1, *) == channels && shape.count == template.count)
        let x = Naive.sample([2, channels, 3, 5], low: 0.5, high: 2)
        let v = Naive.sample(whole, low: 0.5, high: 2, salt: 4)
        typealias Pair = @Sendable (Tensor, Tensor) throws -> Tensor
        let operations: [(Pair, (Double, Double) -> Double)] = [
            ({ try .adding($0, $1) }, { $0 + $1 }), ({ try .subtracting($0, $1) }, { $0 - $1 }),
            ({ try .multiplying($0, $1) }, { $0 * $1 }), ({ try .dividing($0, $1) }, { $0 / $1 }),
        ]
        for (run, value) in operations {
            try checkGradients([x, v], { try run($0[0].asConvolved(), $0[1]) }) { inputs in
                Naive(x.shape) { value(inputs[0][at: $0], inputs[1].broadcast(at: $0)) }
            }
            try checkGradients([v, x], { try run($0[0], $0[1].asConvolved()) }) { inputs in
                Naive(x.shape) { value(inputs[0].broadcast(at: $0), inputs[1][at: $0]) }
            }
        }
        // Padding must have stayed zero: a convolution reads it.
        let kernel = Naive.sample([5, channels, 3, 3], salt: 9)
        let y = try Tensor.adding(x.tensor().asConvolved(), v.tensor())
        let plain = Naive(x.shape) { x[at: $0] + v.broadcast(at: $0) }
        try expectClose(
            try conv2d(y, kernel.tensor()),
            Naive.convolution(
                plain, kernel, bias: nil, stride: [1, 1], low: [0, 0], high: [0, 0],
                dilation: [1, 1], groups: 1), tolerance: 1e-4)
    }

    @Test(arguments: [16, 19])
    func numbersBesideBlocks(_ channels: Int) throws {
        let x = Naive.sample([2, channels, 5, 3], low: 0.5, high: 2)
        let kernel = Naive.sample([4, channels, 3, 3], salt: 9)
        let cases: [(@Sendable (Tensor) throws -> Tensor, (Double) -> Double)] = [
            ({ try .adding($0, 2) }, { $0 + 2 }), ({ try .subtracting(.real(2), $0) }, { 2 - $0 }),
            ({ try .multiplying($0, 3) }, { $0 * 3 }), ({ try .dividing($0, 2) }, { $0 / 2 }),
            ({ try .dividing(.real(2), $0) }, { 2 / $0 }), ({ try .power($0, 2) }, { $0 * $0 }),
            ({ try .power($0, .real(0.5)) }, { $0.squareRoot() }), ({ try $0.exp() }, { exp($0) }),
            ({ try .multiplying($0, Tensor.full([], 2)) }, { $0 * 2 }),
            ({ try $0.clipped(1, 1.5) }, { min(max($0, 1), 1.5) }),
        ]
        for (run, value) in cases {
            let y = try run(x.tensor().asConvolved())
            try expectClose(y, x.map(value), tolerance: 1e-6)
            try expectClose(
                try conv2d(y, kernel.tensor()),
                Naive.convolution(
                    x.map(value), kernel, bias: nil, stride: [1, 1], low: [0, 0], high: [0, 0],
                    dilation: [1, 1], groups: 1), tolerance: 1e-4)
        }
        let infinite = try Tensor.multiplying(x.tensor().asConvolved(), .real(.infinity))
        let values = try infinite.scalars(as: Float.self)
        #expect(values.allSatisfy { $0 == .infinity })
    }

    @Test(arguments: [16, 19], [[2, 3], [0, 2, 3], [0, 1, 2, 3], [1], [3]])
    func reductionsOfBlocks(_ channels: Int, _ axes: [Int]) throws {
        let x = Naive.sample([2, channels, 3, 7], low: 0.9, high: 1.1)
        func along(_ f: @escaping ([Double]) -> Double) -> ([Naive]) -> Naive {
            { inputs in axes.reduce(inputs[0]) { $0.reduced($1, f) } }
        }
        try checkGradients(
            [x], { try $0[0].asConvolved().sum(axes: axes, keepDims: true) },
            reference: along { $0.reduce(0, +) })
        try checkGradients(
            [x], { try $0[0].asConvolved().mean(axes: axes, keepDims: true) },
            reference: along { $0.reduce(0, +) / Double($0.count) })
        try checkGradients(
            [x], { try $0[0].asConvolved().max(axes: axes, keepDims: true) },
            reference: along { $0.max() ?? 0 })
        try checkGradients(
            [x], { try $0[0].asConvolved().min(axes: axes, keepDims: true) },
            reference: along { $0.min() ?? 0 })
        try checkGradients(
            [x], { try $0[0].asConvolved().product(axes: axes, keepDims: true) },
            reference: along { $0.reduce(1, *) })
    }

    @Test(arguments: [[16, 32], [16, 8], [16, 16, 48], [3, 16]])
    func blocksAreJoinedAlongChannels(_ channels: [Int]) throws {
        let parts = channels.enumerated().map { Naive.sample([2, $1, 3, 5], salt: $0) }
        let total = channels.reduce(0, +)
        func joined(_ inputs: [Naive]) -> Naive {
            Naive([2, total, 3, 5]) { index in
                var channel = index[1]
                for input in inputs {
                    if channel < input.shape[1] {
                        return input[index[0], channel, index[2], index[3]]
                    }
                    channel -= input.shape[1]
                }
                return 0
            }
        }
        try checkGradients(
            parts, { try concatenated($0.map { try $0.asConvolved() }, axis: 1) },
            reference: joined)
        try checkGradients(
            parts,
            { try concatenated($0.map { try $0.asConvolved() }, axis: 1).asConvolved() },
            reference: joined)
        let narrow = try concatenated(
            parts.map { try $0.tensor().asConvolved().cast(to: .bfloat16) }, axis: 1)
        try expectClose(
            narrow, joined(parts).map { Double(nearestBFloat16(Float($0))) }, tolerance: 0)
    }

    @Test(arguments: [
        [40, 70], [3, 20, 35], [40, 3, 34], [2, 33, 3, 17], [17, 1, 64], [64, 64], [5, 1024],
    ])
    func permutationsAreCopied(_ shape: [Int]) throws {
        let count = shape.reduce(1, *)
        let order = Array(shape.indices.reversed())
        for axes in [
            order, Array(order.dropFirst()) + [order[0]],
            [order.count - 1] + order.dropFirst().reversed(),
        ] {
            let turned = axes.map { shape[$0] }
            for dtype in DType.allCases {
                let x = try Tensor.arange(0, Double(count), dtype: .int64).cast(to: dtype)
                    .reshaped(shape)
                let source = try x.scalars(as: Int.self)
                let naive = Naive(shape, source.map(Double.init))
                let wanted = Naive(turned) { index in
                    var own = [Int](repeating: 0, count: shape.count)
                    for (place, axis) in axes.enumerated() { own[axis] = index[place] }
                    return naive[at: own]
                }
                let found = try x.transposed(axes).scalars(as: Int.self)
                #expect(found == wanted.values.map { Int($0) }, "\(shape) \(axes) \(dtype)")
            }
        }
    }
}
