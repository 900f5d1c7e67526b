import Foundation
import Hosting
import Tensors
import Testing

/// Operations that cost more than the work between two polls are done in pieces, which are not to
/// be seen in their results.
@Suite struct PollingTests {
    /// Both are sums of `terms` products of normal numbers. Rounding walks at random, with a standard
    /// deviation of about half of float32's rounding unit for each term; tiles of Winograd's algorithm
    /// multiply it by up to ten, and of millions of elements none lies beyond six of those.
    private func expectClose(_ a: Tensor, _ b: Tensor, terms: Int, _ what: String) throws {
        let difference = try Tensor.subtracting(a, b).abs().max().item()
        let bound = 30 * 0x1p-24 * Double(terms)
        #expect(a.shape == b.shape && difference <= bound, "\(what): \(difference), \(bound)")
    }

    /// The result, and the gradients of the sum of its products with `slopes`.
    private func run(
        _ inputs: [Tensor], _ slopes: Tensor, _ operation: ([Tensor]) throws -> Tensor
    ) throws -> (result: Tensor, gradients: [Tensor]) {
        let leaves = try inputs.map { try Tensor.adding($0, 0) }
        for leaf in leaves { leaf.requiresGradient = true }
        let result = try operation(leaves)
        try Tensor.multiplying(result, slopes).sum().backward()
        return (result, try leaves.map { try #require($0.gradient) })
    }

    @Test(arguments: [1, 2])
    func convolutionsOfManyImagesAreThoseOfTheirHalves(stride: Int) throws {
        try Context.$current.withValue(Context(seed: 1)) {
            let size = 128 * stride
            let x = try Tensor.randn([stride == 1 ? 36 : 9, 48 * stride, size, size])
            let w = try Tensor.randn([48 * stride, 48 * stride, 3, 3])
            let bias = try Tensor.randn([48 * stride])
            let slopes = try Tensor.randn(
                [x.shape[0], w.shape[0], 128, 128])
            func convolved(_ x: Tensor, _ slopes: Tensor) throws -> (Tensor, [Tensor]) {
                try run([x, w, bias], slopes) {
                    try conv2d($0[0], $0[1], bias: $0[2], stride: stride, padding: 1)
                }
            }
            let (result, gradients) = try convolved(x, slopes)
            var sums: [Tensor] = []
            let middle = x.shape[0] / 2
            let (terms, pixels) = (9 * w.shape[0], x.shape[0] * 128 * 128)
            for range in [0..<middle, middle..<x.shape[0]] {
                let (half, own) = try convolved(x[range], slopes[range])
                try expectClose(result[range], half, terms: terms, "images \(range)")
                try expectClose(
                    gradients[0][range], own[0], terms: terms, "gradients of images \(range)")
                sums =
                    sums.isEmpty
                    ? Array(own[1...]) : try zip(sums, own[1...]).map { try Tensor.adding($0, $1) }
            }
            try expectClose(gradients[1], sums[0], terms: pixels, "gradient of the weights")
            try expectClose(gradients[2], sums[1], terms: pixels, "gradient of the bias")
        }
    }

    @Test func productsOfBigMatricesAreThoseOfTheirRows() throws {
        try Context.$current.withValue(Context(seed: 1)) {
            let a = try Tensor.randn([3000, 2048])
            let b = try Tensor.randn([2048, 2048])
            let bias = try Tensor.randn([2048])
            let halves = [try a[0..<1500], try a[1500..<3000]]
            try expectClose(
                Tensor.matmul(a, b),
                concatenated(halves.map { try Tensor.matmul($0, b) }, axis: 0), terms: 2048,
                "matmul")
            try expectClose(
                linear(a, b, bias: bias),
                concatenated(halves.map { try linear($0, b, bias: bias) }, axis: 0), terms: 2048,
                "linear")
            let c = try Tensor.randn([3000, 2048])
            let whole = try Tensor.matmul(a.transposed(), c)
            let parts = try zip(halves, [c[0..<1500], c[1500..<3000]]).map {
                try Tensor.matmul($0.transposed(), $1)
            }
            try expectClose(whole, Tensor.adding(parts[0], parts[1]), terms: 3000, "transposed")
        }
    }

    @Test func stacksOfMatricesAreThoseOfEach() throws {
        try Context.$current.withValue(Context(seed: 1)) {
            let a = try Tensor.randn([24, 512, 1024])
            let b = try Tensor.randn([24, 1024, 1024])
            let whole = try Tensor.matmul(a, b)
            for index in [0, 11, 18, 19, 23] {
                try expectClose(
                    whole[index], Tensor.matmul(a[index], b[index]), terms: 1024, "\(index)")
            }
        }
    }

    @Test func anInterruptStopsOneLongProduct() throws {
        let a = try Tensor.ones([8192, 4096])
        let cancellation = Cancellation()
        let host = Host(output: StandardOutput(), cancellation: cancellation)
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.05)
            cancellation.request()
        }
        #expect(throws: Interrupted.self) {
            try Host.$current.withValue(host) { _ = try Tensor.matmul(a, a.transposed()) }
        }
    }

    /// A backward pass stops between two operations, and leaves nothing that spoils the next.
    @Test func anInterruptStopsABackwardPass() throws {
        let cancellation = Cancellation()
        let host = Host(output: StandardOutput(), cancellation: cancellation)
        let x = try Tensor.ones([2, 2])
        x.requiresGradient = true
        func loss() throws -> Tensor { try x.exp().sum() }
        try Host.$current.withValue(host) {
            let first = try loss()
            cancellation.request()
            #expect(throws: Interrupted.self) { try first.backward(from: Tensor.ones([])) }
            cancellation.reset()
            #expect(x.gradient == nil)
            try loss().backward()
            #expect(try #require(x.gradient).scalars(as: Float.self).allSatisfy { $0 > 2.7 })
        }
    }
}
