import Hosting
import Language
import Testing

/// Pictures as scripts use them.
@Suite struct ImageScriptTests {
    @Test(arguments: [
        ("photo", "Image 48x40 RGB"),
        ("(photo.width, photo.height, photo.channels)", "(48, 40, 3)"),
        ("photo.pixels.shape", "[40, 48, 3]"),
        ("photo.tensor.shape", "[3, 40, 48]"),
        ("photo.resized(24, 20)", "Image 24x20 RGB"),
        ("photo.resized(24, 20, interpolation: .nearest)", "Image 24x20 RGB"),
        ("photo.resized(shortSide: 20)", "Image 24x20 RGB"),
        ("photo.centerCropped(32).grayscale()", "Image 32x32 grey"),
        ("photo.converted(to: .gray).channels", "1"),
        ("Image(photo.tensor)", "Image 48x40 RGB"),
        ("photo.cropped(x: 1, y: 2, width: 3, height: 4)", "Image 3x4 RGB"),
    ])
    func answers(source: String, expected: String) throws {
        let session = Session()
        try session.run("let photo = try Image(\"cat.jpg\")")
        #expect(try session.run(source) == expected)
    }

    @Test func valuesShowThemselvesRichly() throws {
        let session = Session()
        try session.run("let photo = try Image(\"cat.jpg\")")
        let picture = try #require(try session.result("photo")).mimeBundle()
        #expect(picture["image/png"] != nil)
        let chart = try #require(try session.result("photo.histogram().plot()")).mimeBundle()
        #expect(chart["image/svg+xml"] != nil)
        let tensor = try #require(try session.result("Tensor([[1, 2]])")).mimeBundle()
        #expect(tensor.plain == "[[1.0, 2.0]]")
        #expect(tensor["text/html"] != nil)
    }

    @Test func showEmitsThePicture() throws {
        let session = Session()
        try session.run("show(Tensor.rand([3, 8, 8]))\nshow(try Image(\"cat.jpg\"))")
        #expect(session.output.displays.count == 2)
    }
}
