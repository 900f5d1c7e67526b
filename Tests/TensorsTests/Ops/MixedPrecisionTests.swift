import Tensors
import Testing

@Suite struct MixedPrecisionTests {
    @Test func theMultiplyingOperationsComputeInBFloat16() throws {
        seed(1)
        let images = try Tensor.randn([2, 3, 8, 8])
        let weights = try Tensor.randn([4, 3, 3, 3])
        let rows = try Tensor.randn([5, 6])
        let matrix = try Tensor.randn([4, 6])
        let types = try withMixedPrecision {
            let within = try [
                conv2d(images, weights), linear(rows, matrix), rows.matmul(matrix.transposed()),
                rows.exp(),
            ]
            return try (within + [withMixedPrecision(false) { try linear(rows, matrix) }])
                .map(\.dtype)
        }
        #expect(types == [.bfloat16, .bfloat16, .bfloat16, .float32, .float32])
        #expect(try linear(rows, matrix).dtype == .float32)
    }

    @Test func gradientsOfFloat32ParametersAreFloat32() throws {
        seed(2)
        let x = try Tensor.randn([4, 3, 6, 6])
        let weights = try Tensor.randn([8, 3, 3, 3])
        let matrix = try Tensor.randn([5, 8])
        let bias = try Tensor.randn([5])
        func run(mixed: Bool) throws -> [Tensor] {
            let leaves = [x, weights, matrix, bias].map { $0.detached() }
            for leaf in leaves { leaf.requiresGradient = true }
            let loss = try withMixedPrecision(mixed) {
                let features = try conv2d(leaves[0], leaves[1], padding: 1).mean(axes: [2, 3])
                let scores = try linear(features, leaves[2], bias: leaves[3])
                return try crossEntropy(scores, Tensor([0, 1, 2, 3], dtype: .int64))
            }
            #expect(loss.dtype == .float32)
            try loss.backward()
            return try leaves.map { try #require($0.gradient) }
        }
        for (mixed, exact) in zip(try run(mixed: true), try run(mixed: false)) {
            #expect(mixed.dtype == .float32)
            let scale = try exact.abs().max().item()
            let difference = try Tensor.subtracting(mixed, exact).abs().max().item()
            // bfloat16 keeps 8 bits, a relative 2^-9 a rounding; a few of them meet here.
            #expect(difference <= 0.03 * scale, "\(difference) of \(scale)")
            #expect(difference > 0)
        }
    }

    @Test func convolutionsInBFloat16RoundOnlyTheResult() throws {
        // Small integers are exact in bfloat16, and so are their sums below 256.
        let images = try Tensor((0..<420).map { Float($0 % 7) }, shape: [2, 5, 7, 6])
            .cast(to: .bfloat16)
        let weights = try Tensor.ones([10, 5, 3, 3], dtype: .bfloat16)
        let expected = try conv2d(
            images.cast(to: .float32), weights.cast(to: .float32), stride: 2, padding: 1)
        let found = try conv2d(images, weights, stride: 2, padding: 1)
        #expect(found.dtype == .bfloat16)
        #expect(
            try found.scalars(as: Float.self)
                == expected.cast(to: .bfloat16).scalars(as: Float.self))
    }
}
