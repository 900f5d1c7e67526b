import Hosting
import Synchronization
import Tensors
import Testing
import VisionData

@Suite("Tensors that remember what they are")
struct MeaningTests {
    private func words(_ tensor: Tensor) -> String { tensor.meaning?.description ?? "" }

    /// The picture of what was shown.
    private func decoded(_ bundle: MIMEBundle) throws -> Image {
        var png: [UInt8]?
        if case .bytes(let bytes)? = bundle["image/png"] { png = bytes }
        return try Image(data: #require(png))
    }

    @Test("pictures, pipelines and batches say what their numbers are")
    func sources() throws {
        let photo = try testCard(width: 40, height: 30, channels: 3)
        #expect(try words(photo.pixels) == "HWC, RGB, 0...255")
        #expect(try words(photo.tensor) == "CHW, RGB, 0...1")
        #expect(try words(photo.grayscale().tensor) == "CHW, grey, 0...1")
        #expect(try words(photo.converted(to: .hsv).tensor) == "CHW, HSV, 0...1")
        #expect(try words(photo.converted(to: .lab).pixels) == "HWC, L*a*b*, 0...255")
        let glass = try testCard(width: 9, height: 8, channels: 4)
        #expect(try words(glass.pixels) == "HWC, RGBA, 0...255")
        let pipeline = try Compose {
            try CenterCrop(24)
            Normalize(.imageNet)
        }
        #expect(try words(pipeline.tensor(photo)) == "CHW, RGB, normalised")
        #expect(try words(CenterCrop(24).tensor(photo)) == "CHW, RGB, 0...1")
        #expect(
            try words(photo.tensor.converted(from: .rgb, to: .hsv)) == "CHW, HSV, 0...1")
        #expect(try words(photo.tensor.converted(from: .rgb, to: .lab)) == "CHW, L*a*b*")

        let data = try ImageDataset(images: [photo, photo], labels: [0, 1], classes: ["a", "b"])
        let plain = try #require(try data.batches(2).makeIterator().nextBatch())
        #expect(words(plain.images) == "NCHW, RGB, 0...1")
        let normal = try #require(
            try data.batches(2, normalized: .imageNet).makeIterator().nextBatch())
        #expect(words(normal.images) == "NCHW, RGB, normalised")
        let mixed = try MixUp(alpha: 1)(normal, classes: 2, seed: 1)
        #expect(words(mixed.images) == "NCHW, RGB, normalised")
        let swapped = try ImageDataset(
            images: [photo.converted(to: .bgr)], labels: [0], classes: ["a"])
        #expect(swapped[0].image.colorSpace == .bgr)
        let batch = try #require(try swapped.batches(1).makeIterator().nextBatch())
        #expect(words(batch.images) == "NCHW, BGR, 0...1")
        let changed = try data.transformed(CenterCrop(20))
        let crop = try #require(try changed.batches(2).makeIterator().nextBatch())
        #expect(words(crop.images) == "NCHW, RGB, 0...1")
    }

    @Test("a picture comes back from its tensor, whatever was done to the axes and values")
    func roundTrips() throws {
        for channels in [1, 3, 4] {
            let photo = try testCard(width: 23, height: 31, channels: channels)
            let x = try photo.tensor
            let pixels = try photo.pixels
            let forms: [(String, Tensor)] = [
                ("pixels", pixels), ("tensor", x),
                ("pixels as floats", try pixels.cast(to: .float32)),
                ("floats with the channels last", try x.transposed(1, 2, 0)),
                ("channels in the middle", try x.transposed(1, 0, 2)),
                ("a batch of one", try x.expandedDimensions(axis: 0)),
                ("normalised", try Tensor.dividing(Tensor.subtracting(x, 0.45), 0.22)),
                (
                    "normalised, channels last",
                    try Tensor.dividing(Tensor.subtracting(x, 0.45), 0.22).transposed(1, 2, 0)
                ),
                ("-1...1", try Tensor.subtracting(Tensor.multiplying(x, 2), 1)),
            ]
            for (what, form) in forms {
                expectEqual(try Image(form), photo, "\(what), \(channels) channels")
            }
        }
        let photo = try testCard(width: 23, height: 31, channels: 3)
        let normal = try Compose { Normalize(.imageNet) }.tensor(photo)
        expectEqual(try Image(normal), photo, "normalised by the pipeline")
        for space in [ColorSpace.hsv, .lab, .ycbcr, .luminance] {
            let image = photo.converted(to: space)
            #expect(try Image(image.tensor) == image, "\(space)")
        }
    }

    @Test("pictures that look as narrow as channels are many are read by what they are")
    func narrow() throws {
        let photo = try testCard(width: 20, height: 3, channels: 3)
        expectEqual(try Image(photo.pixels), photo)
        expectEqual(try Image(photo.tensor.transposed(1, 2, 0)), photo)
    }

    @Test("what was made darker stays dark, and a mirrored picture mirrored")
    func changes() throws {
        let photo = try testCard(width: 12, height: 10, channels: 3)
        let x = try photo.tensor
        let dark = try Image(
            width: 12, height: 10, channels: 3, bytes: photo.bytes.map { $0 / 2 })
        expectEqual(try Image(Tensor.multiplying(x, 0.5)), dark, tolerance: 1)
        let negative = try Image(Tensor.subtracting(1, x))
        #expect(negative.bytes == photo.bytes.map { 255 - $0 })
        expectEqual(try Image(x.transposed(0, 2, 1)), photo.transposed())
        #expect(
            errorText { _ = try Image(Tensor.adding(x, 0.5)) }.contains("values out of range"))
    }

    @Test("red and blue are exchanged as told, and the person is told")
    func swapped() throws {
        let photo = try testCard(width: 12, height: 10, channels: 3)
        let x = try photo.tensor
        let output = TextRecorder()
        try Host.$current.withValue(Host(output: output)) {
            let swapped = try Image(x.flipped(axis: 0))
            #expect(swapped.colorSpace == .rgb)
            #expect(swapped.bytes == photo.converted(to: .bgr).bytes)
            _ = try Image(x.flipped(axis: 0).flipped(axis: 0))
            _ = try Image(x.flipped(axis: 2))
        }
        #expect(
            output.errors == [
                "warning: the channels are blue, green and red, and are shown as red, green and "
                    + "blue\n  hint: flipped(axis: 0) puts red first\n"
            ])
    }

    @Test("show uses it: channels last, normalised, several at once")
    func showing() throws {
        let photo = try testCard(width: 40, height: 30, channels: 3)
        let x = try photo.tensor
        let normal = try Compose { Normalize(.imageNet) }.tensor(photo)
        func shown(_ tensor: Tensor) throws -> Image {
            let output = TextRecorder()
            try Host.$current.withValue(Host(output: output)) { try show(tensor) }
            return try decoded(#require(output.displays.last))
        }
        let expected = try shown(x)
        expectEqual(try shown(normal), expected)
        expectEqual(try shown(normal.transposed(1, 2, 0)), expected)
        expectEqual(try shown(x.transposed(1, 2, 0)), expected)
        let sheet = try shown(grid([photo, photo]).tensor)
        expectEqual(try shown(stacked([normal, normal])), sheet)
        expectEqual(try shown(stacked([photo.pixels, photo.pixels])), sheet)
    }

    @Test("a tensor's rich form draws it as it is, and says what it is")
    func rich() throws {
        let photo = try testCard(width: 40, height: 30, channels: 3)
        func picture(_ tensor: Tensor) throws -> Image { try decoded(tensor.mimeBundle()) }
        expectEqual(try picture(photo.tensor), photo)
        expectEqual(try picture(photo.pixels), photo)
        let normal = try Compose { Normalize(.imageNet) }.tensor(photo)
        expectEqual(try picture(normal), photo, tolerance: 1)
        expectEqual(try picture(normal.transposed(1, 2, 0)), photo, tolerance: 1)
        #expect(try normal.mimeBundle().plain.contains("(CHW, RGB, normalised)"))
    }
}

/// Keeps what was shown and what went to the error stream.
private final class TextRecorder: OutputSink {
    private let events = Mutex<[OutputEvent]>([])

    func emit(_ event: OutputEvent) { events.withLock { $0.append(event) } }
    func readLine(prompt: String, isPassword: Bool) throws -> String? { nil }

    var errors: [String] {
        events.withLock { events in
            events.compactMap { if case .text(let text, .standardError) = $0 { text } else { nil } }
        }
    }

    var displays: [MIMEBundle] {
        events.withLock { events in
            events.compactMap { if case .display(let bundle, _) = $0 { bundle } else { nil } }
        }
    }
}
