import NeuralNetworks
import Tensors
import Testing

@Suite struct WindowAttentionTests {
    /// One window over the whole image, without preferences for distances, is plain attention.
    @Test func oneWindowIsAttentionOfAllPixels() throws {
        seed(3)
        let windows = WindowAttention(embedding: 6, heads: 2, window: [3, 4], shift: 2)
        let plain = MultiHeadAttention(embedding: 6, heads: 2)
        try windows.biasTable.initialize(.constant(0))
        for (name, other) in [
            ("qkv.weight", "in_proj_weight"), ("qkv.bias", "in_proj_bias"),
            ("proj.weight", "out_proj.weight"), ("proj.bias", "out_proj.bias"),
        ] { try plain.parameter(named: other).setValue(windows[name]) }
        let image = try Tensor.randn([2, 3, 4, 6])
        let expected = try plain.call(image.reshaped([2, 12, 6])).scalars(as: Double.self)
        try expectElements(windows.call(image), expected, shape: [2, 3, 4, 6], tolerance: 1e-5)
    }

    /// A shifted window sees the pixels that the shift brings into it and that the image has beside
    /// each other: here, pixel by pixel, by the definition.
    @Test func shiftedWindowsJoinNeighboursOnly() throws {
        seed(4)
        let (height, width, window, shift) = (6, 6, 3, 1)
        let layer = WindowAttention(embedding: 4, heads: 1, window: window, shift: shift)
        let image = try Tensor.randn([1, height, width, 4])
        let packed = try linear(image, layer["qkv.weight"], bias: layer["qkv.bias"])
            .reshaped([height * width, 12]).scalars(as: Double.self)
        let table = try layer["relative_position_bias_table"].scalars(as: Double.self)
        // The group of windows that a row or column lies in after the shift; its ends stay apart.
        func group(_ position: Int) -> Int { (position - shift + window) / window }
        var mixed: [Float] = []
        for i in 0..<height {
            for j in 0..<width {
                var weights: [(weight: Double, pixel: Int)] = []
                for k in 0..<height where group(k) == group(i) {
                    for l in 0..<width where group(l) == group(j) {
                        let (query, key) = ((i * width + j) * 12, (k * width + l) * 12 + 4)
                        let score = (0..<4).reduce(0) { $0 + packed[query + $1] * packed[key + $1] }
                        let distance = (i - k + window - 1) * (2 * window - 1) + j - l + window - 1
                        weights.append((exponential(score / 2 + table[distance]), k * width + l))
                    }
                }
                let total = weights.reduce(0) { $0 + $1.weight }
                for feature in 0..<4 {
                    mixed.append(
                        Float(
                            weights.reduce(0) {
                                $0 + $1.weight / total * packed[$1.pixel * 12 + 8 + feature]
                            }))
                }
            }
        }
        let expected = try linear(
            Tensor(mixed, shape: [height * width, 4]), layer["proj.weight"],
            bias: layer["proj.bias"]
        ).scalars(as: Double.self)
        try expectElements(
            layer.call(image), expected, shape: [1, height, width, 4], tolerance: 1e-5)
    }

    @Test func argumentsThatMakeNoLayerAreErrors() {
        #expect(
            errorText { _ = try WindowAttention(features: 10, heads: 3, window: 7) }
                == "WindowAttention: 'embedding' cannot be split into heads, "
                + "expected a multiple of 3, got 10")
        #expect(
            errorText { _ = try WindowAttention(features: 9, heads: 3, window: 3, shift: 3) }
                == "WindowAttention: 'window' and 'shift' do not fit together, "
                + "expected a window of at most 64 and a smaller shift, got 3 and 3")
        let layer = WindowAttention(embedding: 8, heads: 2, window: 4)
        #expect(
            errorText { _ = try layer.call(Tensor.zeros([1, 8, 5, 5])) }.hasPrefix(
                "WindowAttention: 'x' is not an image of its embedding, "
                    + "expected [N, H, W, 8], got [1, 8, 5, 5]"))
    }

    private func exponential(_ x: Double) -> Double {
        (try? Tensor([Float(x)], shape: [1]).exp().item()) ?? .nan
    }
}
