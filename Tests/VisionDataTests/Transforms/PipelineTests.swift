import Testing
import VisionData

@Suite("Pipelines")
struct PipelineTests {
    private func pipeline() throws -> Compose {
        try Compose {
            try RandomResizedCrop(32, scale: 0.3...1)
            try RandomFlip()
            try ColorJitter(brightness: 0.2, hue: 0.1)
            for degrees in [5.0, 10] { try RandomRotation(degrees) }
            Normalize(.imageNet)
        }
    }

    @Test("one seed gives one picture, another seed another")
    func seeded() throws {
        let (cat, pipeline) = (try TransformFixture.cat(), try pipeline())
        let first = try pipeline(cat, seed: 3)
        #expect(first.description == "Image 32x32 RGB")
        #expect(try pipeline(cat, seed: 3) == first)
        #expect(try pipeline(cat, seed: 4) != first)
        #expect(try pipeline.run(cat, seed: 3).image == first)
        var generator = SystemRandomNumberGenerator()
        #expect(try pipeline.apply(cat, using: &generator).width == 32)
    }

    @Test("the steps that ran are told with the values they drew")
    func steps() throws {
        let run = try pipeline().run(try TransformFixture.cat(), seed: 3)
        #expect(
            run.steps.map(\.name) == [
                "RandomResizedCrop", "RandomFlip", "ColorJitter", "RandomRotation",
                "RandomRotation", "Normalize",
            ])
        #expect(run.steps[0].values.map(\.name) == ["x", "y", "width", "height"])
        #expect(Set(run.steps[2].values.map(\.name)) == ["brightness", "hue"])
        let angle = try #require(Double(run.steps[3].values[0].value))
        #expect((-5...5).contains(angle))
        #expect(run.steps[1].description.hasPrefix("RandomFlip: flipped "))
        #expect(run.steps[5].description == "Normalize -> Image 32x32 RGB")
        #expect(run.description.hasPrefix("TransformRun with seed 3:\n  RandomResizedCrop: x "))
        #expect(try run.mimeBundle()["image/png"] != nil)
    }

    @Test("what stands in the steps is what was done")
    func stepsAreTrue() throws {
        let cat = try TransformFixture.cat()
        let run = try RandomRotation(30).run(cat, seed: 8)
        let angle = try #require(Double(run.steps[0].values[0].value))
        expectEqual(run.image, try cat.rotated(degrees: angle), tolerance: 1)
        let crop = try RandomCrop(20).run(cat, seed: 8)
        let place = crop.steps[0].values.compactMap { Int($0.value) }
        expectEqual(crop.image, try cat.cropped(x: place[0], y: place[1], width: 20, height: 20))
        let flip = try RandomFlip(.vertical, probability: 1).run(cat)
        #expect(flip.steps[0].values.map(\.value) == ["yes"])
        expectEqual(flip.image, cat.flippedVertically())
    }

    @Test("a pipeline prints as the source that makes it")
    func prints() throws {
        let text = """
            Compose {
                Resize(shortSide: 256, interpolation: .bilinear)
                CenterCrop(224)
                RandomApply(probability: 0.3) {
                    GaussianBlur(0.1...2.0)
                }
                Normalize(.imageNet)
            }
            """
        let pipeline = try Compose {
            try Resize(shortSide: 256)
            try CenterCrop(224)
            try RandomApply(probability: 0.3) { try GaussianBlur(0.1...2) }
            Normalize(.imageNet)
        }
        #expect(pipeline.description == text)
        #expect(try RandomFlip().description == "RandomFlip(.horizontal, probability: 0.5)")
        #expect(try Compose {}.description == "Compose {}")
    }

    @Test("a pipeline that normalises gives what a network is fed")
    func tensor() throws {
        let cat = try TransformFixture.cat()
        let pipeline = try Compose {
            try Resize(16, 12); Normalize(.imageNet)
        }
        let x = try pipeline.tensor(cat)
        #expect(x.shape == [3, 12, 16])
        let plain = try cat.resized(16, 12).tensor
        let means = [0.485, 0.456, 0.406], deviations = [0.229, 0.224, 0.225]
        for channel in 0..<3 {
            let expected = try plain.scalars(as: Float.self)[channel * 192]
            let got = try x.scalars(as: Float.self)[channel * 192]
            #expect(
                abs(Double(got) - (Double(expected) - means[channel]) / deviations[channel]) < 1e-5)
        }
        expectEqual(
            try Compose {}.tensor(cat).scalars(), try cat.tensor.scalars(), tolerance: 1e-7, "plain"
        )
        #expect(
            errorText { _ = try pipeline.tensor(cat.grayscale()) }
                == "Normalize: wrong number of channels, expected 3, got 1")
    }

    @Test("a crop that follows a resizing keeps exactly what it would have kept")
    func fused() throws {
        let images = [
            try TransformFixture.rocket(), try TransformFixture.cat().grayscale(),
            try Fixture.image("rgba8.png"),
        ]
        for image in images {
            for interpolation in Interpolation.allCases {
                for side in [1, 24, 31] {
                    let pipeline = try Compose {
                        try Resize(shortSide: 31, interpolation: interpolation)
                        try CenterCrop(side)
                    }
                    let apart = try image.resized(shortSide: 31, interpolation: interpolation)
                        .centerCropped(side)
                    expectEqual(try pipeline(image), apart, "\(interpolation) \(side)")
                    expectEqual(try pipeline.run(image).image, apart)
                    let square = try Compose {
                        try Resize(47, 40); try CenterCrop(side)
                    }
                    expectEqual(
                        try square(image), try image.resized(47, 40).centerCropped(side))
                }
            }
        }
        #expect(
            errorText {
                _ = try Compose {
                    try Resize(8, 8); try CenterCrop(9)
                }(images[0])
            } == "centerCropped: expected a size of 1 to 8 for 8x8 pixels, got 9")
    }

    @Test("a preview shows the picture and what some seeds make of it")
    func preview() throws {
        let preview = try pipeline().preview(try TransformFixture.cat(), count: 3, seed: 5)
        #expect(preview.captions == ["original", "seed 5", "seed 6", "seed 7"])
        #expect(preview[2] == (try pipeline()(try TransformFixture.cat(), seed: 6)))
        #expect(try preview.mimeBundle()["image/png"] != nil)
        #expect(
            errorText { _ = try pipeline().preview(try TransformFixture.cat(), count: 0) }
                == "preview: expected a count of 1 to 100, got 0")
    }

    @Test("Normalize is last")
    func normalizeLast() {
        #expect(
            errorText {
                _ = try Compose {
                    Normalize(.imageNet); try RandomFlip()
                }
            } == "Compose: Normalize makes numbers of pictures, expected it last, "
                + "got RandomFlip after it")
        #expect(throws: ImageError.self) {
            try RandomApply(probability: 0.5) { Normalize(.imageNet) }
        }
    }
}
