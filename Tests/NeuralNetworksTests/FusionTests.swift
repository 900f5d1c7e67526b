import NeuralNetworks
import Tensors
import Testing

@Suite struct FusionTests {
    private func activations() -> [any Layer] {
        [ReLU(), ReLU6(), SiLU(), HardSwish(), GELU(), GELU(approximation: .tanh)]
    }

    /// The outputs, and the gradients of the input and the weights.
    private func results(
        _ layers: [any Layer], _ x: Tensor, together: Bool
    ) throws -> [Tensor] {
        let model = try Sequential(layers: layers)
        let x = x.detached()
        x.requiresGradient = true
        let y = try withTraining {
            try together
                ? model.call(x) : layers.reduce(x) { try $1.call($0) }
        }
        try Tensor.multiplying(y, y).sum().backward()
        let gradients = model.weights.compactMap(\.gradient)
        model.zeroGradients()
        return try [y.detached(), #require(x.gradient)] + gradients
    }

    private func expectSame(_ layers: [any Layer], _ x: Tensor) throws {
        let fused = try results(layers, x, together: true)
        let apart = try results(layers, x, together: false)
        #expect(fused.count == apart.count && fused.count > 3)
        for (fused, apart) in zip(fused, apart) {
            let largest = try apart.abs().max().item()
            try expectElements(
                fused, apart.scalars(as: Double.self), shape: apart.shape,
                tolerance: 1e-5 * max(1, largest))
        }
        try withoutGradient {
            let model = try Sequential(layers: layers)
            try expectElements(
                model.call(x),
                layers.reduce(x) { try $1.call($0) }.scalars(as: Double.self), tolerance: 1e-5)
        }
    }

    @Test func fusedLayersGiveTheValuesAndGradientsOfSeparateOnes() throws {
        seed(8)
        for activation in activations() {
            try expectSame(
                [Conv2d(3, 16, kernel: 3, padding: 1), activation], .randn([2, 3, 8, 8]))
            try expectSame([Linear(6, 5), activation], .randn([4, 6]))
            try expectSame([BatchNorm2d(16), activation], .randn([2, 16, 4, 4]))
        }
    }

    @Test func aTraceSeesEveryLayer() {
        let model = Sequential {
            Conv2d(1, 2, kernel: 1)
            ReLU()
        }
        let trace = model.trace(TensorSpec([1, 1, 2, 2]))
        #expect(trace.visits.map(\.layer.kind) == ["Sequential", "Conv2d", "ReLU"])
        #expect(trace.operations.map(\.operation) == ["conv2d", "relu"])
    }

    @Test func anErrorNamesTheLayerThatWasFused() {
        let model = Sequential {
            Conv2d(1, 2, kernel: 1).named("stem")
            ReLU()
        }
        let text = errorText { _ = try model.call(Tensor.zeros([1, 3, 2, 2])) }
        #expect(text.contains("in layer stem (Conv2d(1, 2, kernel: 1))"), "\(text)")
    }
}
