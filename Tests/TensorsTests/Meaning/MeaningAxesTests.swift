import Tensors
import Testing

/// Pictures of 6 rows and 10 columns as a file has them.
func pixels(_ channels: [String] = ["red", "green", "blue"]) throws -> Tensor {
    let shape = [6, 10, channels.count]
    let count = shape.reduce(1, *)
    return try Tensor((0..<count).map { Double($0 % 251) }, shape: shape).cast(to: .uint8)
        .meaning(
            TensorMeaning(
                [.height, .width, .channel], shape: shape, channels: channels,
                values: SampleValues(top: 255, channels: channels.count)))
}

/// The same as networks have them.
func planes() throws -> Tensor {
    try Tensor.dividing(pixels().transposed(2, 0, 1).cast(to: .float32), 255)
}

/// What a tensor is, in words; empty where nothing is known.
func words(_ tensor: Tensor) -> String { tensor.meaning?.description ?? "" }

@Suite struct MeaningAxesTests {
    @Test func movedAxesAreRemembered() throws {
        let x = try planes()
        #expect(words(x) == "CHW, RGB, 0...1")
        #expect(try words(pixels()) == "HWC, RGB, 0...255")
        #expect(try words(x.transposed(1, 2, 0)) == "HWC, RGB, 0...1")
        #expect(try words(x.transposed(-1, 0, 1)) == "HCW, RGB, 0...1")
        let mirrored = try x.transposed(0, 2, 1)
        #expect(words(mirrored) == "CHW, RGB, 0...1")
        let places = try #require(mirrored.meaning?.places)
        #expect(places.batch == nil && places.channel == 0)
        #expect(places.height == 1 && places.width == 2)
    }

    @Test func newAxesAndBatches() throws {
        let x = try planes()
        #expect(try words(x.expandedDimensions(axis: 0)) == "1CHW, RGB, 0...1")
        #expect(try words(x.expandedDimensions(axis: 0).squeezed()) == "CHW, RGB, 0...1")
        #expect(try words(x[.newAxis, 0...]) == "1CHW, RGB, 0...1")
        let batch = try stacked([x, x, x])
        #expect(words(batch) == "NCHW, RGB, 0...1")
        #expect(try words(batch[1]) == "CHW, RGB, 0...1")
        #expect(try words(batch[1...]) == "NCHW, RGB, 0...1")
        #expect(try batch[1...].meaning?.places?.batch == 0)
        #expect(
            try words(concatenated([batch, x.expandedDimensions(axis: 0)])) == "NCHW, RGB, 0...1")
        #expect(try words(batch.split(parts: 3)[2]) == "NCHW, RGB, 0...1")
        #expect(
            try words(x.expandedDimensions(axis: 0).broadcast(to: [4, 3, 6, 10]))
                == "NCHW, RGB, 0...1")
    }

    @Test func channelsAreChosenReversedAndPutTogether() throws {
        let x = try planes()
        #expect(try words(x[0]) == "HW, red, 0...1")
        #expect(try words(pixels()[.ellipsis, 2]) == "HW, blue, 0...255")
        #expect(try words(x.flipped(axis: 0)) == "CHW, BGR, 0...1")
        #expect(try words(x.flipped(axis: 0).flipped(axis: 0)) == "CHW, RGB, 0...1")
        let order = try Tensor([2, 1, 0], dtype: .int64)
        #expect(try words(x[order]) == "CHW, BGR, 0...1")
        #expect(try words(stacked([x[2], x[1], x[0]])) == "CHW, BGR, 0...1")
        #expect(try words(x.rolled(by: 1, axis: 0)) == "CHW, BRG, 0...1")
        #expect(try words(x.split(parts: 3)[1]) == "CHW, green, 0...1")
        #expect(try words(x[1...]) == "CHW, GB, 0...1")
        let gray = try pixels(["grey"])
        #expect(try words(gray.transposed(2, 0, 1).broadcast(to: [3, 6, 10])).hasPrefix("CHW"))
        let plane = try gray[.ellipsis, 0]
        #expect(try words(stacked([plane, plane])) == "NHW, grey, 0...255")
    }

    @Test func cutAndPaddedPicturesArePictures() throws {
        let x = try planes()
        #expect(try words(x[0..., 1..<4, 2...]) == "CHW, RGB, 0...1")
        #expect(try words(x.flipped(axis: 2)) == "CHW, RGB, 0...1")
        #expect(try words(x.padded(2)) == "CHW, RGB, 0...1")
        #expect(try words(concatenated([x, x], axis: 2)) == "CHW, RGB, 0...1")
        let batch = try x.expandedDimensions(axis: 0)
        #expect(try words(avgPool2d(batch, 2)) == "1CHW, RGB, 0...1")
        #expect(try words(maxPool2d(batch, 2)) == "1CHW, RGB, 0...1")
        // One row is no picture.
        #expect(try words(x[0..., 2]) == "")
        #expect(try words(x[Tensor.greater(x, 0.5)]) == "")
    }

    @Test func anAxisOfSeveralIsTakenApartAgain() throws {
        let x = try planes()
        #expect(try words(x.flattened()) == "(CHW), RGB, 0...1")
        #expect(try words(x.reshaped(3, -1)) == "C(HW), RGB, 0...1")
        #expect(try words(pixels().reshaped(-1, 3)) == "(HW)C, RGB, 0...255")
        var again: [String] = []
        let warned = try warnings {
            again.append(words(try x.flattened().reshaped(3, 6, 10)))
            again.append(words(try pixels().reshaped(-1, 3).reshaped(6, 10, 3)))
        }
        #expect(again == ["CHW, RGB, 0...1", "HWC, RGB, 0...255"])
        #expect(warned == [])
    }

    @Test func whatIsNoPictureAnyMoreIsForgotten() throws {
        let x = try planes()
        #expect(try words(x.sum(axis: 0)) == "")
        #expect(try words(x.mean()) == "")
        #expect(try words(Tensor.greater(x, 0.5)) == "")
        #expect(try words(Tensor.ones([3, 6, 10])) == "")
        #expect(try words(concatenated([x, Tensor.zeros([3, 6, 10])], axis: 2)) == "")
        let convolved = try conv2d(
            x.expandedDimensions(axis: 0), Tensor.ones([3, 3, 1, 1]))
        #expect(words(convolved) == "")
        #expect(words(x.detached()) == "CHW, RGB, 0...1")
    }

    @Test func gradientsAreNoPictures() throws {
        let x = try planes()
        x.requiresGradient = true
        let warned = try warnings {
            let weights = try Tensor([0.2, 0.7, 0.1]).reshaped(3, 1, 1)
            try Tensor.multiplying(Tensor.multiplying(x, weights), x).sum().backward()
        }
        #expect(warned == [])
        let gradient = try #require(x.gradient)
        #expect(words(gradient) == "")
        #expect(words(x) == "CHW, RGB, 0...1")
    }

    @Test func writingKeepsWhatIsSure() throws {
        let x = try planes()
        var painted = x
        try painted.assign(0, at: [0..., 1..<3])
        #expect(words(painted) == "CHW, RGB, 0...1")
        var copied = x
        try copied.assign(x[1..., 0..<2], at: [1..., 2..<4])
        #expect(words(copied) == "CHW, RGB, 0...1")
        // One channel normalised by hand: neither one nor the other.
        var partly = x
        try partly.assign(
            Tensor.dividing(Tensor.subtracting(x[0], 0.5), 0.25), at: [0])
        #expect(words(partly) == "CHW, RGB")
        var exchanged = x
        try exchanged.assign(x[2], at: [0])
        #expect(words(exchanged) == "")
        #expect(words(x) == "CHW, RGB, 0...1")
    }
}
