import Testing
import VisionData

@Suite("Resizing photographs")
struct PhotographResizeTests {
    @Test("every pixel equals Pillow's within one level: down, far down, across alone, up")
    func likePillow() throws {
        let rocket = try TransformFixture.rocket()
        let gray = try TransformFixture.cat().grayscale()
        var expected = try TransformFixture.Reader("resized.bin")
        for (width, height) in [(64, 48), (7, 61), (250, 3), (31, 187)] {
            for interpolation in Interpolation.allCases {
                try expected.expect(
                    try rocket.resized(width, height, interpolation: interpolation),
                    tolerance: interpolation == .nearest ? 0 : 1,
                    "\(width)x\(height) \(interpolation)")
            }
        }
        for (width, height) in [(150, 97), (64, 49), (1, 200)] {
            for interpolation in Interpolation.allCases {
                try expected.expect(
                    try gray.resized(width, height, interpolation: interpolation),
                    tolerance: interpolation == .nearest ? 0 : 1,
                    "grey \(width)x\(height) \(interpolation)")
            }
        }
        expected.expectEnd()
    }
}
