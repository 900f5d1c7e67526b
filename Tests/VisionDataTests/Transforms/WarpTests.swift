import Hosting
import Testing
import VisionData

@Suite("Padding, turns and other maps, blurring")
struct WarpTests {
    @Test(
        "pad modes continue a row as NumPy's do",
        arguments: [
            (PadMode.constant, "__abcd___"), (.edge, "aaabcdddd"), (.reflect, "cbabcdcba"),
            (.symmetric, "baabcddcb"), (.wrap, "cdabcdabc"),
        ])
    func pad(_ mode: PadMode, _ expected: String) throws {
        let row = try Image(width: 4, height: 1, channels: 1, bytes: Array("abcd".utf8))
        let padded = try row.padded(left: 2, top: 0, right: 3, bottom: 1, mode: mode, color: [95])
        #expect(padded.width == 9 && padded.height == 2)
        #expect(String(decoding: padded.bytes.prefix(9), as: UTF8.self) == expected)
        let below = mode == .constant ? "_________" : expected
        #expect(String(decoding: padded.bytes.suffix(9), as: UTF8.self) == below)
    }

    @Test("padding goes on for as long as it is asked to")
    func farPad() throws {
        let row = try Image(width: 3, height: 1, channels: 1, bytes: Array("abc".utf8))
        let far = try row.padded(left: 7, top: 0, right: 0, bottom: 0, mode: .reflect)
        #expect(String(decoding: far.bytes, as: UTF8.self) == "bcbabcbabc")
        #expect(
            errorText { _ = try row.padded(-1) }
                == "padded: expected no negative and no huge numbers, got [-1, -1, -1, -1]")
        #expect(throws: ImageError.self) { try row.padded(.max) }
        #expect(throws: ImageError.self) { try row.padded(100_000_000) }
        #expect(
            errorText { _ = try row.padded(1, color: [1, 2, 300]) }
                == "padded: expected a color of 1 numbers in 0...255, got [1, 2, 300]")
    }

    @Test("maps equal Pillow's within a level, bicubic ones scikit-image's")
    func likePeers() throws {
        let cat = try TransformFixture.cat()
        var expected = try TransformFixture.Reader("warped.bin")
        let settings: [(Double, Double, Double, Double, Double)] = [
            (20, 1.3, 0, 0, 0), (-35, 0.7, 15, 4, -3), (0, 1, -30, 0, 0), (0, 1, 0, 5.5, 7.25),
        ]
        for (degrees, scale, shear, x, y) in settings {
            func result(_ interpolation: Interpolation, _ border: PadMode) throws -> Image {
                try cat.affine(
                    degrees: degrees, scale: scale, shear: shear, x: x, y: y,
                    interpolation: interpolation, border: border)
            }
            let note = "\(degrees) \(scale) \(shear)"
            try expected.expect(
                try result(.nearest, .constant), tolerance: 0, "nearest \(note)")
            try expected.expect(try result(.bilinear, .constant), "bilinear \(note)")
            try expected.expect(try result(.bicubic, .edge), "bicubic \(note)")
        }
        let corners: [[Double]] = [[0, 0], [64, 0], [64, 48], [0, 48]]
        let moved: [[Double]] = [[8.3, 5.1], [60.7, 0.4], [63.2, 47.6], [3.9, 40.2]]
        try expected.expect(try cat.perspective(from: corners, to: moved), "perspective")
        try expected.expect(try cat.perspective(from: moved, to: corners), "back")
        expected.expectEnd()
    }

    @Test("a turn that expands the frame loses no pixel")
    func expand() throws {
        let image = try testCard(width: 5, height: 3, channels: 3)
        let turned = try image.rotated(degrees: 90, expands: true)
        #expect(turned.description == "Image 3x5 RGB")
        expectEqual(try turned.rotated(degrees: -90, expands: true), image)
        let white = try Image.filled(width: 40, height: 30, color: [255])
        let slanted = try white.rotated(degrees: 30, expands: true)
        #expect(slanted.width == 50 && slanted.height == 46)
        let sum = slanted.bytes.reduce(0) { $0 + Int($1) }
        #expect(abs(sum - 255 * 1200) < 255 * 12)
    }

    @Test("transparent pixels do not bleed their hidden colour")
    func alpha() throws {
        let image = try Image(
            width: 2, height: 1, channels: 4, bytes: [200, 100, 50, 255, 0, 255, 0, 0])
        let moved = try image.affine(x: 0.5)
        // Half of a pixel's alpha leaves its colour, but for the rounding of the product.
        expectEqual(
            Array(moved.bytes[4..<8]), [200, 100, 50, 128], tolerance: 1, "half a pixel away")
        let blurred = try image.blurred(sigma: 1)
        expectEqual(Array(blurred.bytes[0..<3]), [200, 100, 50], tolerance: 2, "blurred")
    }

    @Test("maps that are none are errors")
    func errors() throws {
        let image = try testCard(width: 4, height: 4, channels: 1)
        #expect(
            errorText { _ = try image.perspective(from: [[0, 0]], to: [[0, 0]]) }
                == "perspective: expected four points [x, y], got [[0.0, 0.0]]")
        let line: [[Double]] = [[0, 0], [1, 1], [2, 2], [0, 4]]
        #expect(
            errorText { _ = try image.perspective(from: line, to: line) }.hasPrefix(
                "perspective: expected points of which no three lie on one line"))
        #expect(throws: ImageError.self) { try image.affine(scale: 0) }
        #expect(throws: ImageError.self) { try image.affine(shear: 90) }
        #expect(
            errorText { _ = try image.rotated(degrees: 1, interpolation: .lanczos) }.hasPrefix(
                "rotated: expected .nearest, .bilinear or .bicubic interpolation, got .lanczos"))
        for tiny in [1e-300, 1e300] {
            #expect(try image.affine(scale: tiny).width == 4)
            #expect(try image.affine(scale: tiny, border: .wrap).width == 4)
        }
        #expect(try image.affine(x: 1e300, border: .reflect).width == 4)
    }

    @Test("blurring and sharpening equal scikit-image's within one level")
    func blur() throws {
        let cat = try TransformFixture.cat()
        var expected = try TransformFixture.Reader("blurred.bin")
        for sigma in [0.6, 1.5, 8] {
            try expected.expect(try cat.blurred(sigma: sigma), "\(sigma)")
        }
        for (sigma, amount) in [(1, 1), (2, 1.3), (3, -0.5)] as [(Double, Double)] {
            try expected.expect(
                try cat.sharpened(amount: amount, sigma: sigma), "\(sigma) \(amount)")
        }
        expected.expectEnd()
        #expect(try cat.blurred(sigma: 0) == cat)
        #expect(
            errorText { _ = try cat.blurred(sigma: -1) }
                == "blurred: expected a sigma within 0...1000, got -1.0")
        #expect(throws: ImageError.self) { try cat.sharpened(amount: .nan) }
    }

    @Test("black lies beyond the border where it is asked for")
    func constantBorder() throws {
        let white = try Image.filled(width: 9, height: 9, color: [255])
        #expect(try white.blurred(sigma: 1).bytes.allSatisfy { $0 == 255 })
        let faded = try white.blurred(sigma: 1, border: .constant)
        #expect(faded.bytes[40] == 255 && faded.bytes[0] < 130)
    }

    @Test("an interrupt ends long work")
    func interrupted() throws {
        let host = Host(output: StandardOutput())
        host.cancellation.request()
        let image = try testCard(width: 8, height: 8, channels: 3)
        Host.$current.withValue(host) {
            #expect(throws: Interrupted.self) { try image.blurred(sigma: 3) }
            #expect(throws: Interrupted.self) { try image.affine(degrees: 3) }
            #expect(throws: Interrupted.self) { try image.clahe() }
            #expect(throws: Interrupted.self) { try image.adjusted(saturation: 2) }
            #expect(throws: Interrupted.self) { try image.adjusted(hue: 30) }
            // What cannot throw leaves the rest black, and the poll that follows throws.
            #expect(image.converted(to: .lab).bytes.allSatisfy { $0 == 0 })
        }
    }
}
