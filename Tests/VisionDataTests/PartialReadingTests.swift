import Foundation
import Hosting
import Tensors
import Testing
import VisionData

@Suite("Files of which a part is read")
struct PartialReadingTests {
    /// Detail in all channels, so that a neighbour's colour is seen.
    private func scene(width: Int, height: Int) throws -> Image {
        var bytes: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                bytes += [
                    UInt8(truncatingIfNeeded: x * 5 ^ y),
                    UInt8(truncatingIfNeeded: y * 3 + x * x / 7),
                    UInt8(truncatingIfNeeded: (x / 3 + y / 2) * 37),
                ]
            }
        }
        return try Image(width: width, height: height, channels: 3, bytes: bytes)
    }

    /// The pipeline on the file and on the picture that was read before.
    private func compare(_ transform: any Transform, _ path: String, seeds: Range<Int>) throws {
        let image = try Image(path)
        for seed in seeds {
            expectEqual(
                try transform(path, seed: seed), try transform(image, seed: seed),
                "\(transform) seed \(seed)")
        }
    }

    @Test("any part of a JPEG is that part of the whole", arguments: [50, 95])
    func parts(quality: Int) throws {
        try withTemporaryFolder { folder in
            for (width, height) in [(150, 90), (83, 141)] {
                let picture = try scene(width: width, height: height)
                for (name, image) in [("rgb", picture), ("gray", picture.grayscale())] {
                    let path = "\(folder)/\(name).jpg"
                    try image.save(path, quality: quality)
                    for size in [1, 7, 24, 64] {
                        try compare(try RandomCrop(size), path, seeds: 0..<12)
                    }
                    try compare(try CenterCrop(80), path, seeds: 0..<1)
                }
            }
        }
    }

    @Test(
        "parts of progressive, CMYK and turned files",
        arguments: ["progressive.jpg", "cmyk.jpg", "colors422.jpg"]
            + (1...8).map { "orientation\($0).jpg" })
    func kinds(_ name: String) throws {
        let image = try Fixture.image(name)
        let side = min(image.width, image.height) - 3
        try compare(
            try Compose {
                try RandomCrop(side)
                try RandomFlip()
                try RandomCrop(side / 2)
            }, Fixture.path(name), seeds: 0..<12)
    }

    @Test("cutting and resizing in any order is the same as step by step")
    func pipelines() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/scene.jpg"
            try scene(width: 151, height: 97).save(path, quality: 80)
            let pipelines = [
                try Compose {
                    try Resize(shortSide: 40); try CenterCrop(32)
                },
                try Compose {
                    try Resize(64, 50, interpolation: .lanczos); try RandomCrop(20)
                },
                try Compose {
                    try Resize(300, 200, interpolation: .bicubic); try CenterCrop(90)
                },
                try Compose {
                    try Resize(160, 99)
                    try RandomCrop(17)
                },
                try Compose {
                    try Resize(170, 61)
                    try RandomCrop(9)
                    try RandomCrop(5)
                },
                try Compose {
                    try Resize(70, 30, interpolation: .nearest); try RandomCrop(13)
                },
                try Compose {
                    try RandomResizedCrop(24); try RandomFlip(); try Grayscale()
                },
                try Compose {
                    try RandomCrop(60, padding: 9); try Resize(151, 20)
                },
            ]
            for pipeline in pipelines {
                try compare(pipeline, path, seeds: 0..<6)
                // A run that writes down its steps takes each of them by itself.
                let image = try Image(path)
                expectEqual(
                    try pipeline(path, seed: 3), try pipeline.run(image, seed: 3).image,
                    "\(pipeline)")
            }
        }
    }

    @Test("a file and its bytes give the tensor of the picture")
    func tensors() throws {
        let path = Fixture.path("rgb.jpg")
        let pipeline = try Compose {
            try Resize(20, 20); try CenterCrop(9); Normalize(.imageNet)
        }
        let expected = try pipeline.tensor(Image(path))
        #expect(expected.shape == [3, 9, 9])
        let values = try expected.scalars(as: Float.self)
        #expect(try pipeline.tensor(path).scalars(as: Float.self) == values)
        #expect(
            try pipeline.tensor(data: Fixture.bytes("rgb.jpg")).scalars(as: Float.self) == values)
    }

    @Test("a file that is cut short is an error even below the part; others name the file")
    func damaged() throws {
        try withTemporaryFolder { folder in
            let bytes = try Fixture.bytes("rgb.jpg")
            let path = "\(folder)/cut.jpg"
            try Data(bytes.prefix(bytes.count * 9 / 10)).write(to: URL(fileURLWithPath: path))
            let crop = try CenterCrop(3)
            #expect(
                errorText { _ = try crop(path) }
                    .hasPrefix("Image: cannot read \"\(path)\": the JPEG is cut short"))
            #expect(
                errorText { _ = try crop("\(folder)/none.jpg") }
                    .contains("there is no such file"))
            #expect(
                errorText { _ = try CenterCrop(100)(Fixture.path("rgb.jpg")) }
                    == "centerCropped: expected a size of 1 to 31 for 47x31 pixels, got 100")
        }
    }

    @Test("a folder's pictures of one size are those made step by step")
    func folder() throws {
        try withTemporaryFolder { folder in
            try FileManager.default.createDirectory(
                atPath: "\(folder)/a", withIntermediateDirectories: true)
            for index in 0..<3 {
                try scene(width: 90 + 20 * index, height: 70).save("\(folder)/a/\(index).jpg")
            }
            let data = try ImageFolder(folder, size: [32, 48], test: 0).train
            for index in 0..<3 {
                let image = try Image("\(folder)/a/\(index).jpg")
                let scale = max(48 / Double(image.width), 32 / Double(image.height))
                let covering = try image.resized(
                    Int((Double(image.width) * scale).rounded()),
                    Int((Double(image.height) * scale).rounded()))
                let middle = try covering.cropped(
                    x: (covering.width - 48) / 2, y: (covering.height - 32) / 2, width: 48,
                    height: 32)
                expectEqual(try data.sample(index).image, middle, "\(index)")
            }
        }
    }

    @Test("features of a folder are those of its pictures, in order, and end with an interrupt")
    func features() throws {
        try withTemporaryFolder { folder in
            try FileManager.default.createDirectory(
                atPath: "\(folder)/a", withIntermediateDirectories: true)
            // More than one piece of work for each thread.
            for index in 0..<30 {
                try scene(width: 300 + index, height: 240)
                    .save("\(folder)/a/\(String(format: "%02d", index)).jpg", quality: 50)
            }
            let data = try ImageFolder(folder, size: [200, 240], test: 0).train
            let features = try hog(data, cell: 20, block: 2)
            #expect(features.shape[0] == 30)
            for index in [0, 1, 13, 29] {
                let alone = try hog(data.sample(index).image, cell: 20, block: 2)
                let got = try features[index].scalars(as: Float.self)
                let expected = try alone.features.scalars(as: Float.self)
                let worst = zip(got, expected).map { abs($0 - $1) }.max() ?? 1
                #expect(got.count == expected.count && worst < 1e-6, "\(index): \(worst)")
            }
            try FileManager.default.removeItem(atPath: "\(folder)/a/17.jpg")
            #expect(errorText { _ = try lbp(data) }.contains("17.jpg\" is gone"))
            let host = Host(output: StandardOutput())
            host.cancellation.request()
            Host.$current.withValue(host) {
                #expect(throws: Interrupted.self) { try hog(data, cell: 20) }
            }
        }
    }
}
