import Tensors
import Testing
import VisionData

@Suite("Edges and corners")
struct EdgeTests {
    private func expected(_ name: String) throws -> Tensor {
        try FeatureFixture.expected(name, FeatureFixture.features)
    }

    @Test(
        "Canny's edges are scikit-image's, pixel by pixel",
        arguments: [("a", 1.0, 0.1, 0.2), ("b", 2, 0.05, 0.15), ("c", 0.5, 0.3, 0.9)])
    func cannyEdges(name: String, sigma: Double, low: Double, high: Double) throws {
        let edges = try canny(
            try FeatureFixture.photo("camera"), sigma: sigma, low: low, high: high)
        try expectClose(
            try edges.tensor.cast(to: .float32), try expected("canny.\(name)").cast(to: .float32),
            tolerance: 0, "canny \(name)")
        #expect(edges.count > 20)
    }

    @Test("a disc has a closed ring of edges, a flat picture none")
    func shapes() throws {
        var bytes = [UInt8](repeating: 30, count: 64 * 64)
        for y in 0..<64 {
            for x in 0..<64 where (x - 32) * (x - 32) + (y - 32) * (y - 32) < 400 {
                bytes[y * 64 + x] = 220
            }
        }
        let disc = try Image(width: 64, height: 64, channels: 1, bytes: bytes)
        let edges = try canny(disc)
        #expect((100..<180).contains(edges.count), "\(edges)")
        for (index, level) in edges.image.bytes.enumerated() where level != 0 {
            let (x, y) = (index % 64 - 32, index / 64 - 32)
            #expect((17 * 17..<23 * 23).contains(x * x + y * y), "an edge at \(x), \(y)")
        }
        #expect(try canny(try Image.filled(width: 20, height: 20, color: [9, 9, 9])).count == 0)
        #expect(try canny(try Image.filled(width: 1, height: 2, color: [9])).count == 0)
        #expect(throws: ImageError.self) { try canny(disc, low: 0.3, high: 0.2) }
        #expect(throws: ImageError.self) { try canny(disc, low: .nan) }
    }

    @Test("responses of corners are scikit-image's")
    func responses() throws {
        let photo = try FeatureFixture.photo("camera")
        for (name, corners) in [("harris", try harris(photo)), ("tomasi", try shiTomasi(photo))] {
            let wanted = try expected(name)
            let greatest = try wanted.max().item()
            try expectClose(
                corners.response, wanted, tolerance: greatest * 1e-5, "\(name) response")
        }
    }

    @Test("corners are scikit-image's, the strongest first")
    func places() throws {
        let photo = try FeatureFixture.photo("camera")
        for (name, corners) in [("harris", try harris(photo)), ("tomasi", try shiTomasi(photo))] {
            let wanted = try expected("\(name).corners").scalars(as: Int.self)
            let places = corners.points.flatMap { [$0.y, $0.x] }
            #expect(places == wanted, "\(name)")
            let scores = corners.points.map(\.score)
            #expect(scores == scores.sorted(by: >))
        }
        #expect(try harris(photo, count: 2).count == 2)
    }

    @Test("the corners of a square are found and drawn")
    func square() throws {
        var bytes = [UInt8](repeating: 0, count: 60 * 60)
        for y in 20..<40 { for x in 15..<45 { bytes[y * 60 + x] = 255 } }
        let image = try Image(width: 60, height: 60, channels: 1, bytes: bytes)
        let corners = try harris(image)
        #expect(
            Set(corners.points.map { [$0.x, $0.y] })
                == [[15, 20], [44, 20], [15, 39], [44, 39]])
        #expect(corners.image.channels == 3)
        #expect(corners.image != image.converted(to: .rgb))
        #expect(corners.description == "harris: 4 corners in 60x60 pixels")
        #expect(try harris(try Image.filled(width: 30, height: 30, color: [7])).count == 0)
        #expect(try harris(try Image.filled(width: 2, height: 1, color: [7])).count == 0)
        #expect(throws: ImageError.self) { try harris(image, distance: 0) }
        #expect(throws: ImageError.self) { try harris(image, k: -1) }
        #expect(throws: ImageError.self) { try shiTomasi(image, count: 0) }
    }
}
