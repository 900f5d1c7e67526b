import NeuralNetworks
import Tensors
import Testing

@Suite struct InitializerTests {
    private func values(_ initializer: Initializer, _ shape: [Int]) throws -> [Double] {
        try Parameter(shape, initializer).value.scalars(as: Double.self)
    }

    private func deviation(_ values: [Double], mean: Double = 0) -> Double {
        (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
    }

    @Test func uniformAndNormalHaveTheirBoundsAndMoments() throws {
        seed(1)
        let uniform = try values(.uniform(-1, 3), [100, 200])
        #expect(uniform.allSatisfy { (-1...3).contains($0) })
        #expect(abs(uniform.reduce(0, +) / 20000 - 1) < 0.03)
        #expect(abs(deviation(uniform, mean: 1) - 4 / 12.0.squareRoot()) < 0.02)
        let normal = try values(.normal(mean: 2, standardDeviation: 0.5), [100, 200])
        #expect(abs(normal.reduce(0, +) / 20000 - 2) < 0.015)
        #expect(abs(deviation(normal, mean: 2) - 0.5) < 0.01)
        #expect(normal.contains { $0 > 3.25 })
    }

    @Test func theTruncatedNormalStaysInItsBounds() throws {
        seed(2)
        let cut = try values(.truncatedNormal(standardDeviation: 1, low: -1, high: 2), [20000])
        #expect(cut.allSatisfy { (-1...2).contains($0) })
        // Mean and deviation of a normal distribution cut at -1 and 2.
        #expect(abs(cut.reduce(0, +) / 20000 - 0.2296) < 0.02)
        #expect(abs(deviation(cut, mean: 0.2296) - 0.7208) < 0.02)
        let small = try values(.truncatedNormal(standardDeviation: 0.02), [20000])
        #expect(abs(deviation(small) - 0.02) < 0.0005)
    }

    @Test func kaimingAndXavierScaleByTheFans() throws {
        seed(3)
        // Fan in 8 * 9 = 72, fan out 32 * 9 = 288.
        let shape = [32, 8, 3, 3]
        let cases: [(Initializer, Double)] = [
            (.kaimingNormal(), (2.0 / 72).squareRoot()),
            (.kaimingNormal(mode: .fanOut), (2.0 / 288).squareRoot()),
            (.kaimingUniform(nonlinearity: .linear), (1.0 / 72).squareRoot()),
            (
                .kaimingUniform(nonlinearity: .leakyReLU(slope: 0.2)),
                (2 / 1.04 / 72).squareRoot()
            ),
            (.xavierNormal(), (2.0 / 360).squareRoot()),
            (.xavierUniform(gain: 2), 2 * (2.0 / 360).squareRoot()),
        ]
        for (initializer, expected) in cases {
            let found = deviation(try values(initializer, shape))
            #expect(abs(found / expected - 1) < 0.05, "\(initializer): \(found), \(expected)")
        }
        let largest = try values(.xavierUniform(), shape).map(abs).max() ?? 0
        #expect(largest <= (6.0 / 360).squareRoot() && largest > 0.98 * (6.0 / 360).squareRoot())
    }

    @Test func orthogonalRowsOrColumnsAreOrthogonal() throws {
        seed(4)
        for (rows, columns) in [(5, 12), (12, 5), (6, 6)] {
            let matrix = try Parameter([rows, columns], .orthogonal(gain: 2)).value
            let product =
                rows <= columns
                ? try matrix.matmul(matrix.transposed()) : try matrix.transposed().matmul(matrix)
            let size = min(rows, columns)
            try expectElements(
                product, (0..<size * size).map { $0 / size == $0 % size ? 4 : 0 },
                tolerance: 1e-5)
        }
    }

    @Test func initializeTakesKernelsAndMatricesOrWhatIsAskedFor() throws {
        seed(5)
        let model = Sequential {
            Conv2d(1, 2, kernel: 3).named("conv")
            BatchNorm2d(2).named("norm")
            Linear(2, 2).named("head")
        }
        try model.initialize(.constant(3))
        #expect(try model["conv.weight"].scalars(as: Float.self).allSatisfy { $0 == 3 })
        #expect(try model["head.weight"].scalars(as: Float.self).allSatisfy { $0 == 3 })
        #expect(try model["norm.weight"].scalars(as: Float.self) == [1, 1])
        #expect(try model["conv.bias"].scalars(as: Float.self).allSatisfy { abs($0) < 0.34 })
        try model.initialize(.constant(0)) { name, shape in name.hasPrefix("norm") && shape == [2] }
        #expect(try model["norm.weight"].scalars(as: Float.self) == [0, 0])
        #expect(try model["norm.running_var"].scalars(as: Float.self) == [1, 1])
        #expect(try model["head.bias"].requiresGradient)
    }

    @Test func oneSeedGivesTheSameValues() throws {
        let runs = try (0..<2).map { _ in
            seed(9)
            let layer = Linear(5, 4)
            try layer.initialize(.kaimingNormal())
            return try layer["weight"].scalars(as: Float.self)
        }
        #expect(runs[0] == runs[1])
    }

    @Test func numbersThatMakeNoValuesAreErrorsAndChangeNothing() throws {
        let layer = Linear(2, 2)
        let before = try layer["weight"].scalars(as: Float.self)
        #expect(
            errorText { try layer.initialize(.xavierNormal()) { _, _ in true } }
                == "Initializer: .xavierNormal(gain: 1.0) needs inputs and outputs, expected a weight "
                + "with at least two axes, got [2]")
        #expect(try layer["weight"].scalars(as: Float.self) == before)
        for initializer: Initializer in [
            .uniform(1, 0), .normal(standardDeviation: -1), .constant(.nan),
            .truncatedNormal(mean: 5, low: -1, high: 1), .orthogonal(gain: .infinity),
        ] {
            #expect(
                errorText { try layer.initialize(initializer) }
                    .hasPrefix("Initializer: the numbers make no values"))
        }
    }
}
