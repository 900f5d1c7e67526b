import Tensors
import Testing

/// Each pixel puts its share of the kernel on the output.
private func transposed(
    _ x: Naive, _ w: Naive, bias: Naive?, stride: [Int], low: [Int], size: [Int],
    dilation: [Int], groups: Int
) -> Naive {
    let perGroup = w.shape[1]
    let inputs = x.shape[1] / groups
    var result = Naive([x.shape[0], perGroup * groups] + size) { bias?[$0[1]] ?? 0 }
    for position in x.values.indices {
        let at = Naive.index(position, x.shape)
        for k in 0..<perGroup {
            for i in 0..<w.shape[2] {
                for j in 0..<w.shape[3] {
                    let row = at[2] * stride[0] - low[0] + i * dilation[0]
                    let column = at[3] * stride[1] - low[1] + j * dilation[1]
                    guard row >= 0, row < size[0], column >= 0, column < size[1] else { continue }
                    let channel = at[1] / inputs * perGroup + k
                    result.values[result.flat([at[0], channel, row, column])] +=
                        x.values[position] * w[at[1], k, i, j]
                }
            }
        }
    }
    return result
}

@Suite struct TransposedConvolutionTests {
    struct Case: CustomStringConvertible, Sendable {
        var x, w: [Int]
        var stride = [1, 1]
        var padding = [0, 0]
        var extra = [0, 0]
        var groups = 1
        var dilation = [1, 1]
        var description: String {
            "\(x) \(w) s\(stride) p\(padding) o\(extra) g\(groups) d\(dilation)"
        }
        var size: [Int] {
            (0..<2).map {
                (x[2 + $0] - 1) * stride[$0] - 2 * padding[$0]
                    + dilation[$0] * (w[2 + $0] - 1) + extra[$0] + 1
            }
        }
    }

    @Test(arguments: [
        Case(x: [2, 3, 4, 5], w: [3, 4, 3, 2]),
        Case(x: [1, 4, 5, 3], w: [4, 3, 2, 2], stride: [2, 2]),
        Case(x: [1, 3, 4, 4], w: [3, 5, 3, 3], stride: [2, 3], padding: [1, 1], extra: [1, 2]),
        Case(x: [2, 4, 3, 4], w: [4, 3, 3, 3], stride: [2, 1], padding: [1, 0], groups: 2),
        Case(x: [1, 6, 3, 3], w: [6, 1, 4, 4], stride: [2, 2], padding: [1, 1], groups: 6),
        Case(x: [1, 2, 4, 5], w: [2, 3, 3, 2], padding: [1, 2], dilation: [2, 3]),
        Case(
            x: [1, 2, 3, 4], w: [2, 2, 2, 2], padding: [0, 1], extra: [2, 2], dilation: [3, 3]),
        Case(
            x: [1, 2, 3, 3], w: [2, 1, 2, 3], stride: [2, 2], padding: [3, 0], extra: [2, 3],
            dilation: [4, 4]),
        Case(x: [1, 16, 2, 2], w: [16, 17, 1, 1]),
        Case(x: [1, 3, 2, 2], w: [3, 2, 1, 1], stride: [3, 3], extra: [2, 1]),
    ])
    func matchesTheDefinition(_ c: Case) throws {
        let channels = c.w[1] * c.groups
        let inputs = [
            Naive.sample(c.x), Naive.sample(c.w, salt: 1), Naive.sample([channels], salt: 2),
        ]
        for biased in [true, false] {
            try checkGradients(biased ? inputs : Array(inputs.prefix(2))) {
                try convTranspose2d(
                    $0[0], $0[1], bias: biased ? $0[2] : nil, stride: c.stride,
                    padding: c.padding, outputPadding: c.extra, groups: c.groups,
                    dilation: c.dilation)
            } reference: {
                transposed(
                    $0[0], $0[1], bias: biased ? $0[2] : nil, stride: c.stride, low: c.padding,
                    size: c.size, dilation: c.dilation, groups: c.groups)
            }
        }
    }

    @Test func samePaddingMultipliesTheSizeByTheStride() throws {
        let inputs = [Naive.sample([1, 2, 4, 3]), Naive.sample([2, 3, 3, 2], salt: 1)]
        try checkGradients(inputs) {
            try convTranspose2d($0[0], $0[1], stride: [2, 3], padding: .same)
        } reference: {
            transposed(
                $0[0], $0[1], bias: nil, stride: [2, 3], low: [0, 0], size: [8, 9],
                dilation: [1, 1], groups: 1)
        }
    }

    @Test func undoesTheShapeOfAConvolution() throws {
        let x = try Tensor.zeros([1, 3, 11, 8])
        let y = try conv2d(x, Tensor.zeros([5, 3, 3, 3]), stride: 2, padding: 1)
        let back = try convTranspose2d(
            y, Tensor.zeros([5, 3, 3, 3]), stride: 2, padding: 1, outputPadding: [0, 1])
        #expect(back.shape == x.shape)
    }

    @Test func bfloat16AndMixedPrecision() throws {
        let x = try Naive.sample([2, 3, 5, 5]).tensor()
        let w = try Naive.sample([3, 4, 3, 3], salt: 1).tensor()
        let b = try Naive.sample([4], salt: 2).tensor()
        let expected = try convTranspose2d(x, w, bias: b, stride: 2)
        let low = try convTranspose2d(
            x.cast(to: .bfloat16), w.cast(to: .bfloat16), bias: b, stride: 2)
        #expect(low.dtype == .bfloat16)
        try expectClose(
            low.cast(to: .float32), Naive(expected.shape, expected.scalars()), tolerance: 3e-2)
        for tensor in [x, w, b] { tensor.requiresGradient = true }
        let mixed = try withMixedPrecision { try convTranspose2d(x, w, bias: b, stride: 2) }
        #expect(mixed.dtype == .bfloat16)
        try mixed.sum().backward()
        let found = try [x, w, b].map { try #require($0.gradient) }
        #expect(found.map(\.dtype) == [.float32, .float32, .float32])
        for tensor in [x, w, b] { tensor.clearGradient() }
        try convTranspose2d(x, w, bias: b, stride: 2).sum().backward()
        for (gradient, tensor) in zip(found, [x, w, b]) {
            try expectClose(
                gradient, Naive(tensor.shape, #require(tensor.gradient).scalars()),
                tolerance: 3e-2)
        }
    }

    @Test func emptyTensorsAndMistakes() throws {
        func zeros(_ shape: Int...) throws -> Tensor { try Tensor.zeros(shape) }
        #expect(try convTranspose2d(zeros(0, 3, 4, 4), zeros(3, 5, 3, 3)).shape == [0, 5, 6, 6])
        let bias = try Tensor.ones([2])
        let none = try convTranspose2d(zeros(1, 0, 2, 2), zeros(0, 2, 1, 1), bias: bias)
        #expect(try none.scalars(as: Float.self) == [Float](repeating: 1, count: 8))
        #expect(
            thrownText { try convTranspose2d(zeros(1, 3, 4, 4), zeros(4, 3, 3, 3)) }
                == "convTranspose2d: weights [4, 3, 3, 3] do not take the channels of "
                + "[1, 3, 4, 4], expected 4 channels, got 3")
        #expect(
            thrownText {
                try convTranspose2d(zeros(1, 3, 4, 4), zeros(3, 3, 3, 3), outputPadding: 1)
            }
                == "convTranspose2d: outputPadding chooses among the sizes that the stride "
                + "allows, expected less than the stride or the dilation, 1, got 1")
        #expect(
            thrownText { try convTranspose2d(zeros(1, 3, 1, 1), zeros(3, 3, 3, 3), padding: 2) }
                == "convTranspose2d: padding leaves nothing of the output, expected height of "
                + "more than 4 before padding, got 3")
        #expect(
            thrownText {
                try convTranspose2d(zeros(1, 3, 4, 4), zeros(3, 3, 3, 3), bias: zeros(2))
            }
                == "convTranspose2d: bias has one number for each output channel, expected [3], "
                + "got [2]")
        #expect(
            thrownText {
                try convTranspose2d(zeros(1, 3, 400, 400), zeros(3, 3, 1, 1), stride: 1 << 20)
            }.hasPrefix("convTranspose2d: no room for "))
    }
}
