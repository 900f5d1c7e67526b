import Tensors
import Testing
import VisionData

@Suite("Descriptions of pictures")
struct DescriptionTests {
    private func expected(_ name: String) throws -> Tensor {
        try FeatureFixture.expected(name, FeatureFixture.features)
    }

    @Test("histograms of oriented gradients are scikit-image's")
    func hogFeatures() throws {
        let photo = try FeatureFixture.photo("camera")
        try expectClose(
            try hog(photo).features, try expected("hog"), tolerance: 1e-4, "hog")
        try expectClose(
            try hog(photo, orientations: 8, cell: 5, block: 2).features,
            try expected("hog.small"), tolerance: 1e-4, "hog with small cells")
        try expectClose(
            try hog(try FeatureFixture.photo("coffee")).features, try expected("hog.coffee"),
            tolerance: 1e-4, "hog in colour")
    }

    @Test("a data set's histograms are those of its pictures")
    func hogOfData() throws {
        let photo = try FeatureFixture.photo("coffee")
        let parts = try (0..<6).map {
            try photo.cropped(x: 3 * $0, y: 2 * $0, width: 29, height: 28)
        }
        let data = try ImageDataset(
            images: parts, labels: [0, 1, 0, 1, 0, 1], classes: ["a", "b"])
        let features = try hog(data, cell: 7, block: 2)
        #expect(features.shape == [6, 3 * 3 * 4 * 9])
        for (index, part) in parts.enumerated() {
            try expectClose(
                try features.indexed(by: [index]), try hog(part, cell: 7, block: 2).features,
                tolerance: 1e-6, "picture \(index)")
        }
        #expect(try data.pixelFeatures.shape == [6, 3 * 29 * 28])
        #expect(try lbp(data, cells: 2).shape == [6, 40])
        #expect(throws: ImageError.self) { try hog(data, cell: 16) }
        #expect(throws: ImageError.self) { try lbp(data, cells: 29) }
    }

    @Test("strokes run along the edges, and a flat picture has none")
    func hogPicture() throws {
        // Dark above, light below: the edge is level.
        let bytes = (0..<64 * 64).map { UInt8($0 / 64 < 28 ? 20 : 230) }
        let image = try Image(width: 64, height: 64, channels: 1, bytes: bytes)
        let features = try hog(image)
        #expect(features.image.description == "Image 128x128 grey")
        let lit = features.image.bytes.indices.filter { features.image.bytes[$0] > 60 }
        let rows = Set(lit.map { $0 / 128 })
        let columns = Set(lit.map { $0 % 128 })
        #expect(!lit.isEmpty && columns.count > 5 * rows.count, "\(rows.sorted())")
        let flat = try hog(try Image.filled(width: 40, height: 40, color: [77]))
        #expect(flat.image.bytes.allSatisfy { $0 == 0 })
        #expect(try flat.features.scalars(as: Float.self).allSatisfy { $0 == 0 })
        #expect(
            errorText { _ = try hog(try Image.filled(width: 20, height: 40, color: [1])) }
                == """
                hog: the picture is too small for one block, expected at least 24x24 pixels, \
                got 20x40
                """)
        #expect(throws: ImageError.self) { try hog(image, cell: 0) }
        #expect(throws: ImageError.self) { try hog(image, orientations: .max) }
    }

    @Test(
        "local binary patterns are scikit-image's, wherever no neighbour is exactly as bright",
        arguments: [("8.1", 8, 1.0), ("16.2", 16, 2), ("12.2.5", 12, 2.5)])
    func patterns(name: String, points: Int, radius: Double) throws {
        let photo = try FeatureFixture.photo("camera")
        let codes = try lbp(photo, points: points, radius: radius).codes.scalars(as: Int.self)
        let wanted = try expected("lbp.\(name)").scalars(as: Int.self)
        let isDecided = try expected("lbp.decided.\(name)").scalars(as: Int.self)
        #expect(isDecided.reduce(0, +) > codes.count * 9 / 10)
        let wrong = codes.indices.filter { isDecided[$0] == 1 && codes[$0] != wanted[$0] }
        #expect(
            wrong.isEmpty,
            "\(wrong.count) codes, the first at \(wrong[0] % photo.width), \(wrong[0] / photo.width)"
        )
    }

    @Test("plain codes too, and a flat picture has one code")
    func plainPatterns() throws {
        let photo = try FeatureFixture.photo("camera")
        let result = try lbp(photo, coding: .plain)
        let codes = try result.codes.scalars(as: Int.self)
        let wanted = try expected("lbp.plain").scalars(as: Int.self)
        let isDecided = try expected("lbp.decided.8.1").scalars(as: Int.self)
        #expect(codes.indices.allSatisfy { isDecided[$0] == 0 || codes[$0] == wanted[$0] })
        #expect(result.histogram.count == 256)
        #expect(abs(try result.histogram.sum().item() - 1) < 1e-5)
        let flat = try lbp(try Image.filled(width: 9, height: 8, color: [50]))
        let inner = try flat.codes.indexed(by: [1..<7, 1..<8]).scalars(as: Int.self)
        #expect(inner.allSatisfy { $0 == 8 })
        #expect(throws: ImageError.self) { try lbp(photo, points: 0) }
        #expect(throws: ImageError.self) { try lbp(photo, points: 20, coding: .plain) }
        #expect(throws: ImageError.self) { try lbp(photo, radius: .infinity) }
    }

    @Test("Gabor's kernels are scikit-image's, and so is their energy")
    func gaborBank() throws {
        let bank = try GaborBank(orientations: 4, wavelengths: [6])
        #expect(try bank.tensor.shape == [4, 1, 23, 23])
        for index in 0..<3 {
            let wanted = try expected("gabor.kernel.\(index).real")
            let margin = (23 - wanted.shape[0]) / 2
            let inner = try bank.tensor.indexed(
                by: [index, 0, margin..<23 - margin, margin..<23 - margin])
            try expectClose(inner, wanted, tolerance: 1e-6, "kernel \(index)")
        }
        let photo = try FeatureFixture.photo("camera")
        let responses = try gabor(photo, orientations: 4, wavelengths: [6])
        #expect(responses.tensor.shape == [4, 64, 72] && responses.features.shape == [8])
        try expectClose(
            try responses.tensor.indexed(by: [0]), try expected("gabor.energy"), tolerance: 1e-5,
            "energy")
        #expect(throws: ImageError.self) { try GaborBank(wavelengths: []) }
        #expect(throws: ImageError.self) { try GaborBank(wavelengths: [1e9]) }
    }

    @Test("template matching is scikit-image's and finds the place")
    func template() throws {
        let photo = try FeatureFixture.photo("camera")
        let part = try photo.cropped(x: 30, y: 20, width: 25, height: 21)
        let match = try matchTemplate(photo, part)
        try expectClose(match.response, try expected("template"), tolerance: 1e-4, "scores")
        #expect((match.x, match.y) == (30, 20) && match.score > 0.9999)
        let dimmed = try matchTemplate(photo, try part.adjusted(brightness: -0.1, contrast: 0.5))
        #expect((dimmed.x, dimmed.y) == (30, 20) && dimmed.score > 0.99)
        #expect(try matchTemplate(photo, photo).response.shape == [1, 1])
        let flat = try Image.filled(width: 5, height: 5, color: [9])
        #expect(try matchTemplate(photo, flat).score == 0)
        #expect(throws: ImageError.self) { try matchTemplate(part, photo) }
    }

    @Test("sums over rectangles are sums of pixels")
    func integral() throws {
        let photo = try FeatureFixture.photo("camera")
        let integral = try integralImage(photo)
        try expectClose(
            try integral.tensor, try expected("integral"), tolerance: 2e-3, "integral image")
        let part = try photo.cropped(x: 7, y: 11, width: 30, height: 20)
        let sum = Double(part.bytes.reduce(0) { $0 + Int($1) }) / 255
        #expect(abs(try integral.sum(x: 7, y: 11, width: 30, height: 20) - sum) < 1e-4)
        #expect(abs(try integral.mean(x: 7, y: 11, width: 30, height: 20) - sum / 600) < 1e-6)
        #expect(throws: ImageError.self) { try integral.sum(x: 60, y: 0, width: 20, height: 1) }
        #expect(throws: ImageError.self) { try integral.sum(x: 0, y: 0, width: .max, height: 1) }
    }

    @Test("colour histograms count colours wherever they are")
    func colors() throws {
        let coffee = try FeatureFixture.photo("coffee")
        let histogram = try colorHistogram(coffee, bins: 4)
        try expectClose(
            histogram.tensor, try expected("histogram"), tolerance: 1e-6, "colour histogram")
        let mirrored = try colorHistogram(coffee.flippedHorizontally(), bins: 4)
        #expect(abs(try histogram.intersection(mirrored) - 1) < 1e-5)
        #expect(try colorHistogram(coffee.grayscale(), bins: 8).tensor.shape == [8])
        #expect(throws: ImageError.self) {
            try histogram.intersection(try colorHistogram(coffee, bins: 2))
        }
        #expect(throws: ImageError.self) { try colorHistogram(coffee, bins: 0) }
        #expect(try histogram.mimeBundle()["image/svg+xml"] != nil)
    }
}
