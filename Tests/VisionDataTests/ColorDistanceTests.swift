import Testing
import VisionData

@Suite("Distance of colours")
struct ColorDistanceTests {
    // f = lambda c: skimage.color.rgb2lab(numpy.array([[c]], dtype=numpy.uint8))
    // skimage.color.deltaE_cie76(f(first), f(second)) of scikit-image 0.25.2
    @Test(
        "plain colours are as far apart as CIE 1976 says",
        arguments: [
            ([0, 0, 0], [255, 255, 255], 100.0), ([255, 0, 0], [0, 255, 0], 170.566),
            ([120, 130, 140], [122, 130, 140], 0.757), ([10, 20, 200], [10, 25, 200], 2.047),
            ([200, 40, 90], [190, 60, 90], 9.576),
        ])
    func plain(first: [UInt8], second: [UInt8], distance: Double) throws {
        let one = try Image.filled(width: 12, height: 7, color: first)
        let other = try Image.filled(width: 12, height: 7, color: second)
        let found = try one.colorDistance(to: other)
        #expect((found.distance - distance).magnitude < 0.05, "\(found)")
        #expect(try one.colorDistance(to: one).distance == 0)
    }

    /// White with a vertical black line, whose left edge lies at `x`.
    private func line(at x: Double) throws -> Image {
        var bytes: [UInt8] = []
        for _ in 0..<40 {
            for column in 0..<60 {
                let left = max(x, Double(column))
                let right = min(x + 2, Double(column + 1))
                bytes.append(UInt8((255 * (1 - max(0, right - left))).rounded()))
            }
        }
        return try Image(width: 60, height: 40, channels: 1, bytes: bytes)
    }

    @Test("an edge smoothed in another way is near, a line elsewhere is far, and is found")
    func lines() throws {
        let nearly = try line(at: 20).colorDistance(to: line(at: 20.1))
        #expect(nearly.distance < 5, "\(nearly)")
        let moved = try line(at: 20).colorDistance(to: line(at: 26))
        #expect(moved.distance > 20, "\(moved)")
        #expect((18...29).contains(moved.x))
        #expect(throws: ImageError.self) {
            try line(at: 1).colorDistance(to: Image.filled(width: 60, height: 41, color: [0]))
        }
    }

    @Test("what is transparent is white")
    func alpha() throws {
        let clear = try Image.filled(width: 4, height: 4, color: [9, 9, 9, 0])
        let white = try Image.filled(width: 4, height: 4, color: [255])
        #expect(try clear.colorDistance(to: white).distance < 0.01)
    }
}
