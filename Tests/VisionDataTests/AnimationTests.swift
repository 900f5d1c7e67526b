import Foundation
import Testing
import VisionData

@Suite("Animations")
struct AnimationTests {
    /// A square that wanders over a still ground, opaque or on nothing.
    private func pictures(hasAlpha: Bool) throws -> [Image] {
        try (0..<5).map { index in
            var bytes: [UInt8] = []
            for y in 0..<22 {
                for x in 0..<30 {
                    let isSquare =
                        (3 + 5 * index..<9 + 5 * index).contains(x) && (5..<14).contains(y)
                    let color: [UInt8] =
                        isSquare ? [200, 30, UInt8(40 * index)] : [UInt8(8 * (x % 4)), 90, 60]
                    bytes += hasAlpha ? color + [isSquare ? 255 : 0] : color
                }
            }
            return try Image(width: 30, height: 22, channels: hasAlpha ? 4 : 3, bytes: bytes)
        }
    }

    private func expectSame(_ got: [Image], _ expected: [Image], _ note: String) {
        #expect(got.count == expected.count, "\(note)")
        for (index, pair) in zip(got, expected).enumerated() {
            // Colours behind full transparency are nobody's business.
            func visible(_ image: Image) -> [UInt8] {
                guard image.channels == 4 else { return image.bytes }
                return stride(from: 0, to: image.bytes.count, by: 4).flatMap {
                    image.bytes[$0 + 3] == 0 ? [0, 0, 0, 0] : Array(image.bytes[$0..<$0 + 4])
                }
            }
            #expect(pair.0.description == pair.1.description)
            expectEqual(visible(pair.0), visible(pair.1), tolerance: 0, "\(note) \(index)")
        }
    }

    @Test("pictures come back as they were", arguments: ["gif", "webp"], [false, true])
    func roundTrip(_ format: String, _ hasAlpha: Bool) throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/wander.\(format)"
            var pictures = try pictures(hasAlpha: hasAlpha)
            pictures.append(pictures[4])
            try saveAnimation(pictures, path, quality: 100)
            expectSame(try Image.frames(path), pictures, "\(format) alpha \(hasAlpha)")
            #expect(try ImageInfo(path).frameCount == 6)
        }
    }

    @Test("only what changes is stored, with its time and how often it plays")
    func contents() throws {
        try withTemporaryFolder { folder in
            let pictures = try pictures(hasAlpha: false)
            for (format, mark) in [("gif", [0x21, 0xF9, 4, 4, 25, 0]), ("webp", [0xFA, 0, 0, 2])] {
                let path = "\(folder)/still.\(format)"
                try saveAnimation(pictures, path, secondsPerFrame: 0.25, plays: 3, quality: 100)
                let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
                let mark = mark.map { UInt8($0) }
                let found = bytes.indices.filter { bytes[$0...].starts(with: mark) }
                #expect(found.count == 5, "\(format)")
                let loop: [UInt8] =
                    format == "gif"
                    ? Array("NETSCAPE2.0".utf8) + [3, 1, 2, 0]
                    : Array("ANIM".utf8) + [6, 0, 0, 0, 0, 0, 0, 0, 3, 0]
                #expect(bytes.indices.contains { bytes[$0...].starts(with: loop) }, "\(format)")
                let wide = try pictures.map { try $0.resized(600, 440, interpolation: .nearest) }
                try saveAnimation(wide, path, quality: 100)
                let all = try Data(contentsOf: URL(fileURLWithPath: path)).count
                try saveAnimation([wide[0]], path, quality: 100)
                let one = try Data(contentsOf: URL(fileURLWithPath: path)).count
                #expect(all < 4 * one, "\(format): \(all) bytes for five, \(one) for one")
            }
        }
    }

    @Test("what makes no animation is refused")
    func errors() throws {
        let pictures = try pictures(hasAlpha: false)
        #expect(
            errorText { try saveAnimation([], "a.gif") }
                == "saveAnimation: cannot write \"a.gif\": expected at least one picture, got none")
        #expect(
            errorText { try saveAnimation(pictures, "a.png") }
                .hasSuffix("the extension names no animation, expected .gif or .webp"))
        #expect(
            errorText { try saveAnimation([pictures[0], pictures[1].transposed()], "a.gif") }
                .hasSuffix("picture 1 differs in size, expected 30x22, got 22x30"))
        #expect(
            errorText { try saveAnimation(pictures, "a.gif", secondsPerFrame: .nan) }
                .hasSuffix("secondsPerFrame: expected 0.01 to 600, got nan"))
        #expect(
            errorText { try saveAnimation(pictures, "a.webp", quality: 0) }
                .hasSuffix("quality: expected 1 to 100, got 0"))
        #expect(throws: ImageError.self) { try saveAnimation(pictures, "a.gif", plays: -1) }
    }
}
