import Foundation
import Testing
import VisionData

/// Files made by Fixtures/Transforms/make_transform_fixtures.py.
enum TransformFixture {
    /// 64x48, RGB.
    static func cat() throws -> Image { try Fixture.image("Transforms/cat.png") }

    /// 250x187, RGB.
    static func rocket() throws -> Image { try Fixture.image("Transforms/rocket.png") }

    /// Raw results, read one after the other.
    struct Reader {
        private let bytes: [UInt8]
        private var offset = 0

        init(_ name: String) throws { bytes = try Fixture.bytes("Transforms/\(name)") }

        mutating func next(_ count: Int) throws -> [UInt8] {
            try #require(offset + count <= bytes.count, "the fixture is too short")
            defer { offset += count }
            return Array(bytes[offset..<offset + count])
        }

        mutating func nextFloats(_ count: Int) throws -> [Float] {
            let part = try next(4 * count)
            return (0..<count).map { index in
                Float(
                    bitPattern: (0..<4).reduce(0) { $0 | UInt32(part[4 * index + $1]) << (8 * $1) })
            }
        }

        /// Expects a picture whose samples are the next ones, within `tolerance`.
        mutating func expect(
            _ got: Image, tolerance: Int = 1, _ note: String,
            sourceLocation: SourceLocation = #_sourceLocation
        ) throws {
            expectEqual(
                got.bytes, try next(got.bytes.count), tolerance: tolerance, note,
                sourceLocation: sourceLocation)
        }

        /// Expects that everything was read.
        func expectEnd(sourceLocation: SourceLocation = #_sourceLocation) {
            #expect(offset == bytes.count, sourceLocation: sourceLocation)
        }
    }
}

/// Expects floats that differ by at most `tolerance`; names the worst one.
func expectEqual(
    _ got: [Float], _ expected: [Float], tolerance: Float, _ note: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard got.count == expected.count else {
        Issue.record(
            "\(note): got \(got.count) numbers, expected \(expected.count)",
            sourceLocation: sourceLocation)
        return
    }
    let worst = got.indices.max { abs(got[$0] - expected[$0]) < abs(got[$1] - expected[$1]) } ?? 0
    if !(abs(got[worst] - expected[worst]) <= tolerance) || got.contains(where: \.isNaN) {
        Issue.record(
            """
            \(note): number \(worst) is \(got[worst]), expected \(expected[worst]) within \
            \(tolerance)
            """, sourceLocation: sourceLocation)
    }
}
