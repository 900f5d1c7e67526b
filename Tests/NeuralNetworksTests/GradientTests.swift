import NeuralNetworks
import Tensors
import Testing

@Suite struct GradientTests {
    /// Two weights with gradients [3, 0] and [0, 4]: the norm of both is 5.
    private func model() throws -> Sequential {
        let model = Sequential {
            Linear(2, 1, bias: false).named("a")
            Linear(1, 1, bias: false).named("b")
        }
        try model.parameter(named: "a.weight").setGradient(
            Tensor([3, 0] as [Float], shape: [1, 2]))
        try model.parameter(named: "b.weight").setGradient(Tensor([-4] as [Float], shape: [1, 1]))
        return model
    }

    private func gradients(_ model: any Layer) throws -> [Double] {
        try model.gradients.flatMap { try $0.value.scalars(as: Double.self) }
    }

    private func expectClose(_ a: [Double], _ b: [Double]) {
        #expect(a.count == b.count)
        for (a, b) in zip(a, b) { #expect(abs(a - b) < 1e-5, "\(a) against \(b)") }
    }

    @Test func clippingByNormKeepsDirections() throws {
        let model = try model()
        #expect(try model.clipGradients(.norm(10)) == 5)
        expectClose(try gradients(model), [3, 0, -4])
        #expect(try model.clipGradients(.norm(1)) == 5)
        expectClose(try gradients(model), [0.6, 0, -0.8])
        #expect(model.gradients.map(\.name) == ["a.weight", "b.weight"])
    }

    @Test func clippingByValueBoundsEveryElement() throws {
        let model = try model()
        try model.clipGradients(.value(3.5))
        expectClose(try gradients(model), [3, 0, -3.5])
    }

    @Test func aNormThatIsNoneShowsInTheGradients() throws {
        let model = try model()
        try model.parameter(named: "b.weight").setGradient(Tensor([Float.nan], shape: [1, 1]))
        #expect(try model.clipGradients(.norm(1)).isNaN)
        #expect(try gradients(model).allSatisfy(\.isNaN))
    }

    @Test func limitsThatAreNoneAreErrors() throws {
        let model = try model()
        for limit: GradientClipping in [.norm(0), .value(-1), .norm(.nan)] {
            #expect(
                errorText { try model.clipGradients(limit) }
                    == "clipGradients: the limit is out of range, expected a number above 0, got "
                    + "\(limit)")
        }
    }

    @Test func theNormOfManyElementsIsTheirs() throws {
        seed(4)
        let tensors = try [Tensor.randn([3, 20001]), Tensor.randn([17]), Tensor.zeros([0])]
        let expected = try tensors.flatMap { try $0.scalars(as: Double.self) }
            .reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(abs(try globalNorm(tensors) / expected - 1) < 1e-12)
        let turned = try Tensor.randn([40, 30]).transposed()
        #expect(
            try abs(
                globalNorm([turned])
                    / turned.scalars(as: Double.self).reduce(0) { $0 + $1 * $1 }.squareRoot() - 1)
                < 1e-12)
    }
}
