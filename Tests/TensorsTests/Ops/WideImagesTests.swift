import Tensors
import Testing

/// Gradients of the weights over images so small that several are joined in one wide image, beside
/// plain sums in double precision.
@Suite struct WideImagesTests {
    struct Case: CustomStringConvertible, Sendable {
        let x: [Int]
        let outputs, kernel, stride, padding: Int
        var dilation = 1
        var description: String {
            "\(x) to \(outputs), \(kernel)x\(kernel)/\(stride), padding \(padding), "
                + "dilation \(dilation)"
        }
        func size(_ side: Int) -> Int {
            (side + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1
        }
        var result: [Int] { [x[0], outputs, size(x[2]), size(x[3])] }
        var weights: [Int] { [outputs, x[1], kernel, kernel] }
    }

    static let cases = [
        Case(x: [32, 32, 2, 2], outputs: 48, kernel: 3, stride: 1, padding: 1),
        Case(x: [7, 32, 4, 4], outputs: 32, kernel: 3, stride: 2, padding: 1),
        Case(x: [17, 16, 3, 3], outputs: 64, kernel: 5, stride: 1, padding: 2),
        Case(x: [5, 32, 5, 6], outputs: 32, kernel: 3, stride: 3, padding: 0),
        Case(x: [9, 48, 3, 1], outputs: 32, kernel: 3, stride: 1, padding: 1),
        Case(x: [3, 32, 7, 7], outputs: 64, kernel: 3, stride: 1, padding: 0, dilation: 2),
        Case(x: [6, 32, 2, 5], outputs: 32, kernel: 3, stride: 2, padding: 2, dilation: 2),
    ]

    private func weightsGradient(_ c: Case, _ x: Naive, _ g: Naive) -> Naive {
        Naive(c.weights) { index in
            var sum = 0.0
            for n in 0..<c.x[0] {
                for row in 0..<c.result[2] {
                    let from = row * c.stride - c.padding + index[2] * c.dilation
                    guard (0..<c.x[2]).contains(from) else { continue }
                    for column in 0..<c.result[3] {
                        let across = column * c.stride - c.padding + index[3] * c.dilation
                        guard (0..<c.x[3]).contains(across) else { continue }
                        sum += x[n, index[1], from, across] * g[n, index[0], row, column]
                    }
                }
            }
            return sum
        }
    }

    private func gradients(
        _ c: Case, _ x: Naive, _ g: Naive, _ dtype: DType
    ) throws -> (weights: Tensor, bias: Tensor) {
        let weights = try Naive.sample(c.weights, salt: 1).tensor()
        let bias = try Tensor.zeros([c.outputs])
        weights.requiresGradient = true
        bias.requiresGradient = true
        let y = try conv2d(
            x.tensor().cast(to: dtype), weights.cast(to: dtype), bias: bias.cast(to: dtype),
            stride: c.stride, padding: c.padding, dilation: c.dilation)
        #expect(y.shape == c.result)
        try Tensor.multiplying(y, g.tensor().cast(to: dtype)).sum().backward()
        return (try #require(weights.gradient), try #require(bias.gradient))
    }

    @Test(arguments: cases, [DType.float32, .bfloat16])
    func sumsAreThoseOfEachImageAlone(_ c: Case, _ dtype: DType) throws {
        // Multiples of 1/64 below 1 are exact in both types.
        let x = Naive.sample(c.x).map { ($0 * 64).rounded() / 64 }
        let g = Naive.sample(c.result, salt: 2).map { ($0 * 64).rounded() / 64 }
        let found = try gradients(c, x, g, dtype)
        let expected = weightsGradient(c, x, g)
        let numbers = try found.weights.scalars(as: Double.self)
        // The sums are exact in float32; a gradient in bfloat16 keeps eight bits of each.
        let relative = dtype == .bfloat16 ? 0x1p-8 : 0
        for (index, pair) in zip(numbers, expected.values).enumerated()
        where abs(pair.0 - pair.1) > relative * abs(pair.1) {
            Issue.record(
                "\(Naive.index(index, c.weights)): expected \(pair.1), got \(pair.0)")
            break
        }
        let sums = (0..<c.outputs).map { k in
            g.values.indices.filter { Naive.index($0, c.result)[1] == k }
                .reduce(0) { $0 + g.values[$1] }
        }
        for (number, sum) in zip(try found.bias.scalars(as: Double.self), sums) {
            #expect(abs(number - sum) <= max(relative, 0x1p-20) * abs(sum))
        }
    }

    /// A window of one image does not see the infinity at the edge of the next.
    @Test(arguments: [Double.infinity, .nan])
    func whatIsNotFiniteStaysInItsImage(_ value: Double) throws {
        let c = Self.cases[0]
        var x = Naive.sample(c.x)
        x.values[x.flat([3, 5, 0, 0])] = value
        let g = Naive.sample(c.result, salt: 2)
        let found = try gradients(c, x, g, .float32).weights
        let numbers = Naive(c.weights, try found.scalars(as: Double.self))
        var wrong = 0
        for k in 0..<c.outputs {
            for channel in 0..<c.x[1] {
                for i in 0..<3 {
                    for j in 0..<3 {
                        // The first pixel is seen by the first two rows and columns of a window.
                        let sees = channel == 5 && i <= 1 && j <= 1
                        if numbers[k, channel, i, j].isFinite == sees { wrong += 1 }
                    }
                }
            }
        }
        #expect(wrong == 0, "elements that are finite and should not be, or the reverse")
    }
}
