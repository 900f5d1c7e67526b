import Hosting
import Language
import Testing
import VisionBindings

/// Warnings of what is done wrong with pictures, as whoever wrote the script sees them.
@Suite struct MeaningScriptTests {
    @Test func theWarningShowsThePlaceAndTheFixOnce() throws {
        let session = Session()
        try session.run("let photo = try Image(\"cat.jpg\")")
        try session.run(
            "let pixels = photo.pixels\nfor _ in 0..<3 {\n    let x = pixels.reshaped(3, 40, 48)\n}"
        )
        let expected = """
            warning: reshaped leaves the elements in their order: the picture [40, 48, 3] (HWC, RGB, \
            0...255) is cut into other pieces, and none with the axes [3, 40, 48]
              In [2], line 3
              3 |     let x = pixels.reshaped(3, 40, 48)
                |             ^~~~~~~~~~~~~~~~~~~~~~~~~~
              hint: transposed(2, 0, 1) moves the axes

            """
        #expect(session.output.text == expected)
    }

    @Test func operatorsHaveTheirOwnPlaces() throws {
        let session = Session()
        try session.run("let x = try Image(\"cat.jpg\").tensor")
        try session.run("func small(_ y: Tensor) -> Tensor {\n    y / 255\n}\nlet z = small(x)")
        #expect(session.output.text.contains("In [2], line 2\n  2 |     y / 255\n"))
        #expect(session.output.text.contains("hint: leave '/ 255' out"))
    }

    @Test func correctCodeIsSilent() throws {
        let session = Session()
        try session.run(
            """
            let photo = try Image("cat.jpg")
            let x = photo.pixels.transposed(2, 0, 1) / 255
            let mean = Tensor([0.485, 0.456, 0.406]).reshaped(3, 1, 1)
            let deviation = Tensor([0.229, 0.224, 0.225]).reshaped(3, 1, 1)
            let y = (x - mean) / deviation
            let rows = x.reshaped(3, -1).mean(axis: 1)
            let tokens = x.reshaped(3, 5, 8, 6, 8).transposed(1, 3, 0, 2, 4).reshaped(30, 192)
            show(y)
            Image((x + 0.25).clipped(0, 1))
            """)
        #expect(session.output.text == "")
        #expect(try session.run("y.meaning!") == "CHW, RGB, normalised")
        #expect(try session.run("Tensor([1]).meaning == nil") == "true")
    }

    @Test func aTrainedModelSaysWhatItMisses() throws {
        let session = Session()
        try session.run(
            """
            let data = try ImageFolder("pets", size: 16)
            let model = Sequential { GlobalAvgPool2d(); Linear(3, 2) }
            try fit(model, train: data.train, epochs: 1, batchSize: 4);
            """)
        try session.run("let x = data.train[0].image.tensor.expandedDimensions(axis: 0)")
        try session.run("let scores = model(x)")
        #expect(session.output.text.contains("this model was trained on normalised pictures"))
        #expect(session.output.text.contains("model.predict(photo) normalises by itself"))
    }
}
