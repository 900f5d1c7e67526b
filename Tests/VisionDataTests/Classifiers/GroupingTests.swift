import Tensors
import Testing
import VisionData

@Suite("Groups and directions")
struct GroupingTests {
    private func expected(_ name: String) throws -> Tensor {
        try FeatureFixture.expected(name, FeatureFixture.digits)
    }

    private func digits() throws -> Tensor {
        try Tensor.multiplying(
            try expected("pixels").cast(to: .float32), .real(1.0 / 16))
    }

    @Test("principal components are scikit-learn's")
    func components() throws {
        let pixels = try digits()
        let pca = try PCA(components: 8)
        try pca.fit(pixels)
        try expectClose(
            try pca.directions, try expected("pca.components"), tolerance: 1e-3, "directions")
        let variances = try expected("pca.variance").scalars(as: Double.self)
        let ratios = try expected("pca.ratio").scalars(as: Double.self)
        for index in 0..<8 {
            #expect(abs(try pca.variances[index] / variances[index] - 1) < 1e-4)
            #expect(abs(try pca.varianceRatios[index] / ratios[index] - 1) < 1e-4)
        }
        let places = try pca.transformed(pixels)
        try expectClose(
            try places.indexed(by: [0..<50]), try expected("pca.transformed"), tolerance: 2e-3,
            "places")
        let all = try PCA(components: 64)
        try all.fit(pixels)
        try expectClose(
            try all.reconstructed(try all.transformed(pixels)), pixels, tolerance: 1e-4,
            "all directions together")
        #expect(throws: TensorError.self) { try PCA(components: 0) }
        #expect(throws: TensorError.self) { try PCA(components: 65).fit(pixels) }
        #expect(throws: TensorError.self) { try PCA(components: 2).transformed(pixels) }
    }

    @Test("from the same start, groups are scikit-learn's")
    func groups() throws {
        let pixels = try digits()
        let means = try KMeans(clusters: 10, iterations: 300)
        try means.fit(pixels, initial: try pixels.indexed(by: [0..<10]))
        try expectClose(
            try means.centers, try expected("kmeans.centers"), tolerance: 1e-3, "centres")
        let inertia = try expected("kmeans.inertia").item()
        #expect(abs(try means.inertia / inertia - 1) < 1e-4)
        let wanted = try expected("kmeans.labels").scalars(as: Int.self)
        #expect(try means.assigned(pixels) == wanted)
        let drawn = try KMeans(clusters: 10, seed: 4)
        try drawn.fit(pixels)
        #expect(try drawn.inertia < 1.1 * inertia, "\(drawn) beside \(inertia)")
    }

    @Test("every cluster keeps rows, and impossible requests are errors")
    func edges() throws {
        let points = try Tensor([[0.0], [0.0], [0.0], [9.0]])
        let means = try KMeans(clusters: 3)
        try means.fit(points)
        #expect(try means.inertia == 0)
        #expect(throws: TensorError.self) { try KMeans(clusters: 0) }
        #expect(throws: TensorError.self) { try KMeans(clusters: 5).fit(points) }
        #expect(throws: TensorError.self) { try KMeans(clusters: 2).centers }
        #expect(throws: TensorError.self) {
            try means.fit(points, initial: try Tensor([[1.0], [2.0]]))
        }
    }

    @Test("words tell textures apart wherever they are")
    func words() throws {
        func stripes(_ step: Int, _ shift: Int, isUpright: Bool) throws -> Image {
            let bytes = (0..<48 * 48).map { index -> UInt8 in
                let place = isUpright ? index % 48 : index / 48
                return (place + shift) / step % 2 == 0 ? 40 : 210
            }
            return try Image(width: 48, height: 48, channels: 1, bytes: bytes)
        }
        let images = try (0..<12).map {
            try stripes(3 + $0 / 6, $0, isUpright: $0 % 2 == 0)
        }
        let labels = images.indices.map { $0 % 2 }
        let bag = try BagOfVisualWords(words: 8)
        #expect(throws: TensorError.self) { try bag.features(images) }
        try bag.fit(Array(images.prefix(6)))
        let features = try bag.features(images)
        #expect(features.shape == [12, 8])
        #expect(try bag.vocabulary.shape == [8, 128])
        let sums = try features.sum(axis: 1).scalars(as: Double.self)
        #expect(sums.allSatisfy { abs($0 - 1) < 1e-4 })
        let nearest = try KNearestNeighbors(1)
        try nearest.fit(try features.indexed(by: [0..<6]), Array(labels.prefix(6)))
        #expect(try nearest.predict(try features.indexed(by: [6..<12])) == Array(labels.suffix(6)))
        let flat = try Image.filled(width: 48, height: 48, color: [9])
        #expect(try bag.features([flat]).sum().item() == 0)
        #expect(throws: TensorError.self) { try BagOfVisualWords(words: 8).fit([flat]) }
        #expect(throws: TensorError.self) { try BagOfVisualWords(words: 1) }
    }
}
