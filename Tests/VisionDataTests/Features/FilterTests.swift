import Hosting
import Tensors
import Testing
import VisionData

@Suite("Filters")
struct FilterTests {
    private func expected(_ name: String) throws -> Tensor {
        try FeatureFixture.expected(name, FeatureFixture.filters)
    }

    @Test("derivatives equal OpenCV's, and their size scikit-image's")
    func gradients() throws {
        let photo = try FeatureFixture.photo("camera")
        let edges = try sobel(photo)
        try expectClose(edges.x, try expected("sobel.x"), tolerance: 1e-5, "sobel x")
        try expectClose(edges.y, try expected("sobel.y"), tolerance: 1e-5, "sobel y")
        try expectClose(
            edges.magnitude, try expected("sobel.magnitude"), tolerance: 1e-5, "sobel magnitude")
        try expectClose(
            try scharr(photo).magnitude, try expected("scharr.magnitude"), tolerance: 5e-5,
            "scharr magnitude")
        try expectClose(
            try prewitt(photo).magnitude, try expected("prewitt.magnitude"), tolerance: 1e-5,
            "prewitt magnitude")
    }

    @Test("Laplacian, Gaussian, their difference and a kernel of one's own equal the reference")
    func filters() throws {
        let photo = try FeatureFixture.photo("camera")
        let shape = [1, photo.height, photo.width]
        try expectClose(
            try laplacian(photo).tensor, try expected("laplacian").reshaped(shape),
            tolerance: 1e-5, "laplacian")
        try expectClose(
            try gaussian(photo, sigma: 1.7).tensor, try expected("gaussian").reshaped(shape),
            tolerance: 1e-5, "gaussian")
        try expectClose(
            try gaussian(try FeatureFixture.photo("coffee"), sigma: 2).tensor,
            try expected("gaussian.coffee"), tolerance: 1e-5, "gaussian in colour")
        try expectClose(
            try differenceOfGaussians(photo).tensor, try expected("dog").reshaped(shape),
            tolerance: 1e-5, "difference of Gaussians")
        try expectClose(
            try convolved(photo, .emboss).tensor, try expected("emboss").reshaped(shape),
            tolerance: 1e-5, "emboss")
    }

    @Test("a kernel gives the same as the loop over its weights, for every border and size")
    func naive() throws {
        var generator = RandomGenerator(seed: 3)
        for (width, height) in [(1, 1), (3, 2), (7, 9), (41, 5), (70, 3)] {
            let photo = try testCard(width: width, height: height, channels: 1)
            for (rows, columns) in [(1, 1), (3, 5), (7, 3), (1, 9)] {
                let weights = (0..<rows).map { _ in
                    (0..<columns).map { _ in generator.uniform() - 0.5 }
                }
                for border in FilterBorder.allCases {
                    let got = try convolved(photo, try ImageKernel(weights), border: border)
                    try expectClose(
                        got.tensor, try correlated(photo, weights, border), tolerance: 1e-5,
                        "\(width)x\(height) by \(rows)x\(columns) \(border)")
                }
            }
        }
    }

    private func correlated(
        _ photo: Image, _ weights: [[Double]], _ border: FilterBorder
    ) throws -> Tensor {
        func place(_ index: Int, _ length: Int) -> Int? {
            switch border {
            case .zero: return (0..<length).contains(index) ? index : nil
            case .replicate: return max(0, min(length - 1, index))
            case .reflect:
                var index = index
                while !(0..<length).contains(index) {
                    index = index < 0 ? -1 - index : 2 * length - 1 - index
                }
                return index
            }
        }
        var out: [Double] = []
        for y in 0..<photo.height {
            for x in 0..<photo.width {
                var sum = 0.0
                for (i, row) in weights.enumerated() {
                    for (j, weight) in row.enumerated() {
                        guard let line = place(y + i - weights.count / 2, photo.height),
                            let column = place(x + j - row.count / 2, photo.width)
                        else { continue }
                        sum += weight * Double(photo.bytes[line * photo.width + column]) / 255
                    }
                }
                out.append(sum)
            }
        }
        return try Tensor(out, shape: [1, photo.height, photo.width]).cast(to: .float32)
    }

    @Test("as weights of a layer, Sobel, Gaussian and Gabor give the same to 1e-6")
    func layers() throws {
        let photo = try FeatureFixture.photo("camera")
        let x = try photo.tensor.reshaped(1, 1, photo.height, photo.width)
        func compare(_ weights: Tensor, _ planes: [Tensor], _ note: String) throws {
            let result = try conv2d(
                x, weights, padding: [weights.shape[2] / 2, weights.shape[3] / 2])
            for (index, plane) in planes.enumerated() {
                let channel = try result.indexed(by: [0, index])
                try expectClose(
                    channel, try plane.reshaped(photo.height, photo.width), tolerance: 1e-6,
                    "\(note) \(index)")
            }
        }
        let edges = try sobel(photo, border: .zero)
        try compare(try sobelKernel(), [edges.x, edges.y], "sobel")
        let strong = try scharr(photo, border: .zero)
        try compare(
            Tensor.multiplying(try scharrKernel(), .real(0.0625)),
            [strong.x, strong.y].map { try Tensor.multiplying($0, .real(0.0625)) }, "scharr")
        try compare(
            try laplacianKernel(), [try laplacian(photo, border: .zero).tensor], "laplacian")
        try compare(
            try gaussianKernel(sigma: 1.3),
            [try gaussian(photo, sigma: 1.3, border: .zero).tensor], "gaussian")
        let bank = try GaborBank(orientations: 4, wavelengths: [3, 5])
        try compare(
            try gaborKernels(orientations: 4, wavelengths: [3, 5]),
            try bank.kernels.map { try convolved(photo, $0, border: .zero).tensor }, "gabor")
    }

    @Test("results show themselves: zero is middle grey, the steepest white")
    func pictures() throws {
        let flat = try Image.filled(width: 9, height: 5, color: [200])
        #expect(try laplacian(flat).image.bytes.allSatisfy { $0 == 0 })
        #expect(try gaussian(flat, sigma: 3).image.bytes.allSatisfy { $0 == 200 })
        let photo = try FeatureFixture.photo("camera")
        let signed = try laplacian(photo).image
        #expect(signed.bytes.contains { $0 < 100 } && signed.bytes.contains { $0 > 156 })
        #expect(try sobel(photo).image.bytes.max() == 255)
        #expect(
            try gaussian(try FeatureFixture.photo("coffee")).image.description
                == "Image 56x48 RGB")
        #expect(try sobel(photo).mimeBundle()["image/png"] != nil)
        #expect(try sobel(photo).description.hasPrefix("sobel of 72x64 pixels, up to "))
        #expect(try sobel(photo).direction.shape == [64, 72])
    }

    @Test("impossible arguments are errors")
    func errors() throws {
        let photo = try FeatureFixture.photo("camera")
        #expect(
            errorText { _ = try gaussian(photo, sigma: -1) }
                == "gaussian: expected a sigma of 0 to 1000 pixels, got -1.0")
        #expect(throws: ImageError.self) { try gaussian(photo, sigma: .nan) }
        #expect(throws: ImageError.self) { try gaussianKernel(sigma: 1e9) }
        #expect(
            errorText { _ = try ImageKernel([[1, 2], [3, 4]]) }
                == "ImageKernel: expected odd sides of 1 to 255, got 2x2")
        #expect(
            errorText { _ = try ImageKernel([[1], [2, 3], [4]]) }
                == "ImageKernel: rows of different lengths, expected 1 weights each, got [1, 2, 1]")
        #expect(throws: ImageError.self) { try ImageKernel([]) }
        #expect(throws: ImageError.self) { try ImageKernel([[.infinity]]) }
        #expect(throws: ImageError.self) { try ImageKernel.box(4) }
        #expect(throws: ImageError.self) { try differenceOfGaussians(photo, low: 3, high: 1) }
        let long = try Image.filled(width: 1 << 20, height: 1, color: [0])
        #expect(throws: ImageError.self) { try gaussian(long, sigma: 1000) }
    }

    @Test("an interrupt ends a filter")
    func interrupted() throws {
        let host = Host(output: StandardOutput())
        host.cancellation.request()
        let photo = try FeatureFixture.photo("camera")
        Host.$current.withValue(host) {
            #expect(throws: Interrupted.self) { try gaussian(photo, sigma: 2) }
            #expect(throws: Interrupted.self) { try canny(photo) }
            #expect(throws: Interrupted.self) { try hog(photo) }
            #expect(throws: Interrupted.self) { try sift(photo) }
        }
    }
}
