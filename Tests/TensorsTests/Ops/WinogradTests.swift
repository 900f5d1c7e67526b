import OneDNN
import Tensors
import Testing

/// Convolutions that are large enough for Winograd's algorithm, beside plain sums in double
/// precision.
@Suite struct WinogradTests {
    struct Case: CustomStringConvertible, Sendable {
        let x: [Int]
        let outputs: Int
        let padding: Int
        var description: String { "\(x) to \(outputs), padding \(padding)" }
        var size: [Int] { [x[2] - 2 + 2 * padding, x[3] - 2 + 2 * padding] }
    }

    /// The plain sums of a case: each visits an element of the result, of the image, of the
    /// weights.
    private struct Sums {
        let c: Case
        let x, w, g: Naive
        private(set) var result, imageGradient, weightsGradient: [Double]

        init(_ c: Case, x: Naive, w: Naive, g: Naive) {
            (self.c, self.x, self.w, self.g) = (c, x, w, g)
            result = [Double](repeating: 0, count: g.values.count)
            imageGradient = [Double](repeating: 0, count: x.values.count)
            weightsGradient = [Double](repeating: 0, count: w.values.count)
            for n in 0..<c.x[0] { for k in 0..<c.outputs { add(n, k) } }
        }

        private mutating func add(_ n: Int, _ k: Int) {
            let (channels, height, width) = (c.x[1], c.x[2], c.x[3])
            for row in 0..<c.size[0] {
                for column in 0..<c.size[1] {
                    let to = ((n * c.outputs + k) * c.size[0] + row) * c.size[1] + column
                    for i in 0..<3 where (0..<height).contains(row + i - c.padding) {
                        for j in 0..<3 where (0..<width).contains(column + j - c.padding) {
                            var from = (n * channels * height + row + i - c.padding) * width
                            from += column + j - c.padding
                            var weight = (k * channels * 3 + i) * 3 + j
                            for _ in 0..<channels {
                                result[to] += x.values[from] * w.values[weight]
                                imageGradient[from] += g.values[to] * w.values[weight]
                                weightsGradient[weight] += g.values[to] * x.values[from]
                                from += height * width
                                weight += 9
                            }
                        }
                    }
                }
            }
        }
    }

    /// The greatest difference by the root of the mean square of what is expected.
    private func difference(_ tensor: Tensor, _ expected: [Double]) throws -> Double {
        let found = try tensor.scalars(as: Double.self)
        let square = expected.reduce(0) { $0 + $1 * $1 } / Double(expected.count)
        let greatest = zip(found, expected).map { abs($0 - $1) }.max() ?? 0
        return found.count == expected.count ? greatest / square.squareRoot() : .infinity
    }

    @Test(arguments: [
        Case(x: [4, 32, 16, 15], outputs: 64, padding: 1),
        Case(x: [1, 64, 30, 31], outputs: 48, padding: 0),
        Case(x: [8, 40, 12, 12], outputs: 33, padding: 1),
        Case(x: [32, 64, 8, 8], outputs: 64, padding: 1),
    ])
    func valuesAndGradientsAreThoseOfPlainSums(_ c: Case) throws {
        let x = Naive.sample(c.x)
        let w = Naive.sample([c.outputs, c.x[1], 3, 3], low: -0.1, high: 0.1, salt: 1)
        let g = Naive.sample([c.x[0], c.outputs] + c.size, salt: 2)
        let sums = Sums(c, x: x, w: w, g: g)
        let image = try x.tensor()
        let weights = try w.tensor()
        image.requiresGradient = true
        weights.requiresGradient = true
        let y = try conv2d(image, weights, padding: c.padding)
        #expect(try difference(y, sums.result) < 2e-5)
        try Tensor.multiplying(y, g.tensor()).sum().backward()
        #expect(try difference(#require(image.gradient), sums.imageGradient) < 2e-5)
        #expect(try difference(#require(weights.gradient), sums.weightsGradient) < 2e-5)
    }

    @Test func aBiasAndAnActivationAreThoseOfThePlainSum() throws {
        let c = Case(x: [4, 64, 16, 16], outputs: 64, padding: 1)
        let x = Naive.sample(c.x)
        let w = Naive.sample([64, 64, 3, 3], low: -0.1, high: 0.1, salt: 1)
        let bias = Naive.sample([64], salt: 3)
        let ones = Naive([4, 64, 16, 16]) { _ in 1 }
        let plane = 16 * 16
        let expected = Sums(c, x: x, w: w, g: ones).result.enumerated().map {
            max(0, $0.element + bias.values[$0.offset / plane % 64])
        }
        let layer = try conv2d(x.tensor(), w.tensor(), bias: bias.tensor(), padding: 1).relu()
        #expect(try difference(layer, expected) < 2e-5)
        let fused = try conv2d(
            x.tensor(), w.tensor(), bias: bias.tensor(), stride: 1, padding: 1, dilation: 1,
            groups: 1, activation: .relu)
        #expect(try fused.scalars(as: Float.self) == layer.scalars(as: Float.self))
    }

    /// Infinity, NaN and numbers near the end of the range reach the windows that hold them, and no
    /// other element of a tile.
    @Test(arguments: [Double.infinity, -.infinity, .nan, 3e38])
    func oneElementBeyondNumbersStaysInItsWindows(_ value: Double) throws {
        var x = Naive.sample([4, 32, 16, 16])
        x.values[x.flat([1, 7, 6, 9])] = value
        let w = Naive.sample([32, 32, 3, 3], low: 0.1, high: 1, salt: 1)
        let y = try conv2d(x.tensor(), w.tensor(), padding: 1)
        let found = Naive(y.shape, try y.scalars(as: Double.self))
        var wrong = 0
        for n in 0..<4 {
            for row in 0..<16 {
                for column in 0..<16 {
                    let isReached = n == 1 && abs(row - 6) <= 1 && abs(column - 9) <= 1
                    for k in 0..<32 {
                        let number = found[n, k, row, column]
                        let isLarge = !(abs(number) < 1e37)
                        if isReached != isLarge { wrong += 1 }
                        if isReached, value.isInfinite, number != value { wrong += 1 }
                    }
                }
            }
        }
        #expect(wrong == 0)
    }

    /// The processor says whether the algorithm is there; where it is not, plain sums are.
    @Test func aKernelIsFoundOnEveryProcessor() throws {
        for direction in [Direction.forward, .backwardData, .backwardWeights] {
            let configuration = ConvolutionConfiguration(
                direction, .winogradOrDirect, source: try .any(shape: [8, 64, 16, 16]),
                weights: try .any(shape: [64, 64, 3, 3]), bias: nil,
                destination: try .any(shape: [8, 64, 16, 16]), strides: [1, 1],
                dilation: [1, 1], paddingLow: [1, 1], paddingHigh: [1, 1])
            let primitive = try configuration.makePrimitive()
            let isWide = primitive.implementation.contains("avx512")
            #expect(primitive.usesWinograd == isWide, "\(primitive.implementation)")
            var direct = configuration
            direct.algorithm = .direct
            #expect(try !direct.makePrimitive().usesWinograd)
        }
    }
}
