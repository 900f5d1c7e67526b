import VisionEngine

/// A single operation; Benchmarks/pytorch_operations.py has the same ones. Images are where the
/// engine's own operations leave them, in its layout, as PyTorch's are in channels-last.
struct BenchmarkOperation: Sendable {
    let name: String
    let make: @Sendable () throws -> () throws -> Void

    static let all =
        matmuls + convolutions(training: false) + convolutions(training: true) + normalizations
        + others

    private static let matmuls = [
        (64, 64, 64), (256, 256, 256), (1024, 1024, 1024), (4160, 576, 192), (788, 3072, 768),
    ].map { m, n, k in
        BenchmarkOperation(name: "matmul \(m)x\(k) \(k)x\(n)") {
            let a = try Tensor.randn([m, k])
            let b = try Tensor.randn([k, n])
            return { _ = try a.matmul(b) }
        }
    }

    /// The distinct convolutions of ResNet-50 at 224: channels, size, kernels, kernel, stride.
    private static let resnet50 = [
        (3, 224, 64, 7, 2), (64, 56, 64, 1, 1), (64, 56, 64, 3, 1), (64, 56, 256, 1, 1),
        (256, 56, 64, 1, 1), (256, 56, 128, 1, 1), (128, 56, 128, 3, 2), (128, 28, 512, 1, 1),
        (256, 56, 512, 1, 2), (512, 28, 128, 1, 1), (128, 28, 128, 3, 1), (512, 28, 256, 1, 1),
        (256, 28, 256, 3, 2), (256, 14, 1024, 1, 1), (512, 28, 1024, 1, 2), (1024, 14, 256, 1, 1),
        (256, 14, 256, 3, 1), (1024, 14, 512, 1, 1), (512, 14, 512, 3, 2), (512, 7, 2048, 1, 1),
        (1024, 14, 2048, 1, 2), (2048, 7, 512, 1, 1), (512, 7, 512, 3, 1),
    ]

    private static func convolutions(training: Bool) -> [BenchmarkOperation] {
        resnet50.map { c, size, k, kernel, stride in
            BenchmarkOperation(
                name: "conv \(c)x\(size)x\(size), \(k) of \(kernel)x\(kernel)/\(stride) "
                    + (training ? "forward and backward" : "forward")
            ) {
                let x = try Tensor.randn([8, c, size, size])
                let w = try Tensor.randn([k, c, kernel, kernel])
                return try function(of: [x, w], training: training) {
                    try conv2d(x, w, stride: stride, padding: kernel / 2)
                }
            }
        }
    }

    private static let normalizations = [false, true].flatMap { training in
        let pass = training ? "forward and backward" : "forward"
        return [
            BenchmarkOperation(name: "layerNorm 4160x192 \(pass)") {
                let x = try Tensor.randn([4160, 192])
                let scale = try Tensor.ones([192])
                let shift = try Tensor.zeros([192])
                return try function(of: [x, scale, shift], training: training) {
                    try layerNorm(x, scale: scale, shift: shift)
                }
            },
            BenchmarkOperation(name: "batchNorm 8x256x56x56 \(pass)") {
                let x = try blocked([8, 256, 56, 56])
                let scale = try Tensor.ones([256])
                let shift = try Tensor.zeros([256])
                var mean = try Tensor.zeros([256])
                var variance = try Tensor.ones([256])
                return try function(of: [x, scale, shift], training: training) {
                    try batchNorm2d(
                        x, scale: scale, shift: shift, runningMean: &mean,
                        runningVariance: &variance, training: true)
                }
            },
        ]
    }

    private static let others = [
        BenchmarkOperation(name: "softmax 4096x1000") {
            let x = try Tensor.randn([4096, 1000])
            return { _ = try x.softmax() }
        },
        BenchmarkOperation(name: "softmax 12x197x197") {
            let x = try Tensor.randn([12, 197, 197])
            return { _ = try x.softmax() }
        },
        BenchmarkOperation(name: "add 1000x1000") {
            let a = try Tensor.randn([1000, 1000])
            let b = try Tensor.randn([1000, 1000])
            return { _ = try Tensor.adding(a, b) }
        },
        BenchmarkOperation(name: "add 8x256x56x56") {
            let a = try blocked([8, 256, 56, 56])
            let b = try blocked([8, 256, 56, 56])
            return { _ = try Tensor.adding(a, b) }
        },
        BenchmarkOperation(name: "sum 4096x1024") {
            let x = try Tensor.randn([4096, 1024])
            return { _ = try x.sum() }
        },
        BenchmarkOperation(name: "sum 4096x1024 over axis 0") {
            let x = try Tensor.randn([4096, 1024])
            return { _ = try x.sum(axis: 0) }
        },
        BenchmarkOperation(name: "sum 4096x1024 over axis 1") {
            let x = try Tensor.randn([4096, 1024])
            return { _ = try x.sum(axis: 1) }
        },
        BenchmarkOperation(name: "transpose 2048x2048") {
            let x = try Tensor.randn([2048, 2048])
            return { try x.transposed().withUnsafeBytes { _ in } }
        },
        BenchmarkOperation(name: "transpose 64x197x12x64") {
            let x = try Tensor.randn([64, 197, 12, 64])
            return { try x.transposed(0, 2, 1, 3).withUnsafeBytes { _ in } }
        },
        BenchmarkOperation(name: "gather 1024x1024") {
            let x = try Tensor.randn([1024, 1024])
            let indices = try Tensor(
                (0..<1024 * 1024).map { Int64($0 * 7919 % 1024) }, shape: [1024, 1024])
            return { _ = try x.gathered(indices, axis: 1) }
        },
    ]

    /// What computes `body` once, with the gradients of `inputs` when training.
    private static func function(
        of inputs: [Tensor], training: Bool, _ body: @escaping () throws -> Tensor
    ) throws -> () throws -> Void {
        for input in inputs { input.requiresGradient = true }
        let gradient = try body().detached()
        guard training else { return { _ = try withoutGradient(body) } }
        return {
            try body().backward(from: gradient)
            for input in inputs { input.clearGradient() }
        }
    }

    /// Random images as a convolution leaves them.
    private static func blocked(_ shape: [Int]) throws -> Tensor {
        let images = try Tensor.randn(shape)
        let same = try Tensor.eye(shape[1]).reshaped(shape[1], shape[1], 1, 1)
        return try conv2d(images, same)
    }
}
