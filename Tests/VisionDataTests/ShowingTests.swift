import Hosting
import Testing
import VisionData

@Suite("Showing pictures")
struct ShowingTests {
    private func shown(_ image: Image) throws -> Image {
        let bundle = try image.mimeBundle()
        #expect(bundle.plain == image.description)
        guard case .bytes(let png)? = bundle["image/png"] else {
            Issue.record("no PNG")
            return image
        }
        #expect(ImageFormat(content: png) == .png)
        return try Image(data: png)
    }

    @Test("a usual picture is shown as it is")
    func usual() throws {
        let image = try testCard(width: 451, height: 300, channels: 3)
        #expect(image.description == "Image 451x300 RGB")
        expectEqual(try shown(image), image)
    }

    @Test("a large picture is shown smaller, a small one with larger pixels")
    func sized() throws {
        #expect(
            try shown(testCard(width: 3000, height: 1500, channels: 1)).description
                == "Image 1024x512 grey")
        let small = try shown(testCard(width: 28, height: 28, channels: 1))
        #expect(small.width == 224 && small.height == 224)
        #expect(Set(small.bytes[0..<8]).count == 1)
        let sliver = try shown(testCard(width: 5000, height: 1, channels: 1))
        #expect(sliver.width == 1024 && sliver.height == 1)
    }

    @Test("a grid places pictures in rows and says what is wrong")
    func grids() throws {
        let a = try Image.filled(width: 100, height: 100, color: [0])
        let b = try Image.filled(width: 100, height: 50, color: [100])
        let sheet = try grid([a, b, a], columns: 2)
        #expect(sheet.description == "Image 218x218 grey")
        func at(_ x: Int, _ y: Int) -> UInt8 { sheet.bytes[y * sheet.width + x] }
        #expect(at(0, 0) == 255 && at(6, 6) == 0 && at(105, 105) == 0 && at(106, 50) == 255)
        #expect(at(150, 20) == 255 && at(150, 56) == 100)
        #expect(at(50, 150) == 0 && at(150, 150) == 255)
        #expect(try grid([a, b.converted(to: .rgb)]).channels == 3)
        #expect(
            errorText { _ = try grid([]) } == "grid: expected at least one picture, got none")
        #expect(
            errorText { _ = try grid([a], columns: 0) }
                == "grid: expected at least 1 column, got 0")
    }

    @Test("captions are written under the pictures, long ones too")
    func captions() throws {
        let digit = try Image.filled(width: 28, height: 28, color: [0])
        for text in ["Bag", "a caption that is much longer than its picture is wide"] {
            let sheet = try grid([digit, digit], columns: 2, captions: ["Sneaker", text])
            #expect(sheet.width == 6 + 2 * (4 * 28 + 6))
            #expect(sheet.height > 6 + 4 * 28 + 12)
            let right = try sheet.cropped(
                x: 124, y: 6 + 4 * 28, width: 112, height: sheet.height - 6 - 4 * 28)
            #expect(right.bytes.contains { $0 < 128 }, "there is ink")
            #expect(right.bytes.count { $0 > 200 } > right.bytes.count / 2, "on white")
            let gap = try sheet.cropped(x: 236, y: 0, width: 6, height: sheet.height)
            #expect(gap.bytes.allSatisfy { $0 == 255 }, "within its cell")
        }
    }

    @Test("a terminal gets lines of at most its width")
    func terminal() throws {
        let text = try Fixture.image("rgba8.png").terminalText(columns: 20)
        let lines = text.split(separator: "\n")
        #expect(lines.count == 7)
        #expect(lines.allSatisfy { $0.count { $0 == "▀" } == 20 })
    }
}
