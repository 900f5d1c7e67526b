import Foundation
import Testing
import VisionData

/// Files beside the tests, made by Fixtures/make_fixtures.py.
enum Fixture {
    static func path(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/\(name)").path
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    static func image(_ name: String) throws -> Image { try Image(path(name)) }
}

/// A folder that exists while `body` runs.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("visiondata-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
}

/// The text of the error that `body` throws.
func errorText(_ body: () throws -> Void) -> String {
    do {
        try body()
        return "no error"
    } catch {
        return "\(error)"
    }
}

/// Expects two pictures of one size whose samples differ by at most `tolerance`.
func expectEqual(
    _ got: Image, _ expected: Image, tolerance: Int = 0, _ note: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard got.description == expected.description else {
        Issue.record(
            "\(note): got \(got), expected \(expected)", sourceLocation: sourceLocation)
        return
    }
    expectEqual(
        got.bytes, expected.bytes, tolerance: tolerance, "\(note) \(got)",
        sourceLocation: sourceLocation)
}

/// Expects samples that differ by at most `tolerance`; names the worst one.
func expectEqual(
    _ got: [UInt8], _ expected: [UInt8], tolerance: Int, _ note: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard got.count == expected.count else {
        Issue.record(
            "\(note): got \(got.count) samples, expected \(expected.count)",
            sourceLocation: sourceLocation)
        return
    }
    var worst = (index: 0, difference: 0)
    for index in got.indices {
        let difference = abs(Int(got[index]) - Int(expected[index]))
        if difference > worst.difference { worst = (index, difference) }
    }
    if worst.difference > tolerance {
        Issue.record(
            """
            \(note): sample \(worst.index) is \(got[worst.index]), expected \
            \(expected[worst.index]) within \(tolerance)
            """, sourceLocation: sourceLocation)
    }
}

/// A picture whose every pixel differs from its neighbours.
func testCard(width: Int, height: Int, channels: Int) throws -> Image {
    var bytes: [UInt8] = []
    for y in 0..<height {
        for x in 0..<width {
            for channel in 0..<channels {
                bytes.append(UInt8(truncatingIfNeeded: 7 * x + 31 * y + 83 * channel))
            }
        }
    }
    return try Image(width: width, height: height, channels: channels, bytes: bytes)
}
