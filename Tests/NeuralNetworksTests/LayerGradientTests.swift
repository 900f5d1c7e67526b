import NeuralNetworks
import Tensors
import Testing

@Suite struct LayerGradientTests {
    @Test func everyLayersGradientsAreItsSlopes() throws {
        seed(12)
        let images = try Tensor.randn([2, 4, 5, 6])
        let layers: [any Layer] = [
            Conv2d(4, 6, kernel: [3, 2], stride: 2, padding: 1, groups: 2),
            ConvTranspose2d(4, 6, kernel: 3, stride: 2, padding: 1, outputPadding: 1, groups: 2),
            BatchNorm2d(4), GroupNorm(2, 4), LayerNorm([5, 6]), LayerNorm2d(4),
            LocalResponseNorm(3, alpha: 0.1),
            LayerScale(4, initial: 0.5, axis: 1), SqueezeExcitation(4, squeezed: 2),
            AdaptiveAvgPool2d([2, 3]), GlobalAvgPool2d(),
            AvgPool2d(3, stride: 2, padding: 1, ceilMode: true, countsPadding: false),
            Upsample(scale: 2, mode: .bilinear), GELU(), SiLU(), Tanh(), Sigmoid(),
            Softmax(axis: 1),
            Residual(shortcut: Conv2d(4, 2, kernel: 1)) { Conv2d(4, 2, kernel: 3, padding: 1) },
            Parallel {
                Conv2d(4, 2, kernel: 1)
                Identity()
            },
            Parallel(.add) {
                Conv2d(4, 4, kernel: 1)
                Tanh()
            },
            PatchEmbedding(4, 3, patch: [5, 3], imageSize: [5, 6], classToken: true),
        ]
        for layer in layers { try expectGradients(of: layer, at: images) }
        try withTraining { try expectGradients(of: BatchNorm2d(4), at: images) }
    }

    @Test func transformersGradientsAreTheirSlopes() throws {
        seed(13)
        let tokens = try Tensor.randn([2, 3, 4])
        let layers: [any Layer] = [
            LayerNorm(4), LayerScale(4), Linear(4, 3), MultiHeadAttention(embedding: 4, heads: 2),
            TransformerEncoderLayer(embedding: 4, heads: 2, hidden: 6),
            TransformerEncoder(
                embedding: 4, heads: 2, depth: 2, hidden: 5, activation: Tanh(), normFirst: false),
        ]
        for layer in layers { try expectGradients(of: layer, at: tokens) }
        // Of 5x4 pixels, windows of 3x2 that are shifted reach over two edges.
        let pixels = try Tensor.randn([2, 5, 4, 4])
        try expectGradients(
            of: WindowAttention(embedding: 4, heads: 2, window: [3, 2], shift: [1, 1]), at: pixels)
    }

    /// Away from the corners, where a rectifier has a slope.
    @Test func activationsWithCornersHaveTheirSlopes() throws {
        let x = try Tensor([-4, -2.5, -0.4, 0.3, 1.2, 2.5, 5, 7] as [Float], shape: [1, 8])
        for layer: any Layer in [
            ReLU(), ReLU6(), LeakyReLU(slope: 0.1), HardSwish(), HardSigmoid(),
            GELU(approximation: .tanh),
        ] { try expectGradients(of: layer, at: x) }
        let image = try Tensor((0..<30).map { Float($0 * 7 % 30) }, shape: [1, 1, 5, 6])
        try expectGradients(
            of: MaxPool2d(3, stride: 2, padding: 1, dilation: 1, ceilMode: true), at: image)
    }
}
