import Tensors
import Testing

@Suite struct MeaningWarningTests {
    /// What a reshape is warned of: the suggestion alone, or nothing.
    private func hint(_ body: () throws -> Tensor) throws -> String {
        let texts = try warnings { _ = try body() }
        #expect(texts.count < 2)
        return texts.first.flatMap { $0.split(separator: "hint: ").last }
            .map { String($0.dropLast()) } ?? ""
    }

    @Test func aReshapeThatCutsThePictureIsToldTheRightCall() throws {
        let x = try planes()
        let file = try pixels()
        #expect(try hint { try file.reshaped(3, 6, 10) } == "transposed(2, 0, 1) moves the axes")
        #expect(try hint { try x.reshaped(6, 10, 3) } == "transposed(1, 2, 0) moves the axes")
        #expect(try hint { try x.reshaped(3, 10, 6) } == "transposed(0, 2, 1) moves the axes")
        #expect(
            try hint { try file.reshaped(1, 3, 6, 10) }
                == "transposed(2, 0, 1).reshaped(1, 3, 6, 10) moves the axes")
        #expect(
            try hint { try file.reshaped(3, -1) }
                == "transposed(2, 0, 1).reshaped(3, 60) moves the axes")
        #expect(
            try hint { try file.reshaped(-1, 3).reshaped(3, 6, 10) }
                == "reshaped(6, 10, 3).transposed(2, 0, 1) moves the axes")
        let batch = try stacked([file, file])
        #expect(
            try hint { try batch.reshaped(2, 3, 6, 10) }
                == "transposed(0, 3, 1, 2) moves the axes")
        #expect(
            try hint { try batch[0...0].reshaped(1, 3, 6, 10) }
                == "transposed(0, 3, 1, 2) moves the axes")
    }

    @Test func theWarningIsWhole() throws {
        let file = try pixels()
        #expect(
            try warnings { _ = try file.reshaped(3, 6, 10) } == [
                "warning: reshaped leaves the elements in their order: the picture [6, 10, 3] "
                    + "(HWC, RGB, 0...255) is cut into other pieces, and none with the axes "
                    + "[3, 6, 10]\n  hint: transposed(2, 0, 1) moves the axes\n"
            ])
    }

    @Test func itIsToldOnce() throws {
        let file = try pixels()
        let texts = try warnings { for _ in 0..<5 { _ = try file.reshaped(3, 6, 10) } }
        #expect(texts.count == 1)
    }

    @Test func correctShapesAreSilent() throws {
        let x = try planes()
        let file = try pixels()
        let batch = try stacked([x, x, x, x])
        let texts = try warnings {
            _ = try x.flattened()
            _ = try batch.flattened(startAxis: 1)
            _ = try x.reshaped(1, 3, 6, 10)
            _ = try x.reshaped(18, 10)
            _ = try batch.reshaped(12, 6, 10)
            _ = try batch.reshaped(2, 2, 3, 6, 10)
            _ = try file.reshaped(60, 3)
            _ = try file.reshaped(6, 30)
            // Patches of 2 by 2, as tokens.
            _ = try x.reshaped(3, 3, 2, 5, 2).transposed(1, 3, 0, 2, 4).reshaped(15, 12)
            _ = try file.reshaped(3, 2, 5, 2, 3).transposed(0, 2, 4, 1, 3).reshaped(15, 12)
            // Bands of two rows.
            _ = try file.reshaped(3, 2, 10, 3)
            _ = try file.transposed(2, 0, 1).reshaped(3, 60)
            _ = try x.tiled(2, 1, 1)
            _ = try Tensor.zeros([6, 10, 3]).reshaped(3, 6, 10)
        }
        #expect(texts == [])
    }

    @Test func normalisingTwiceIsWarnedOf() throws {
        let x = try planes()
        let mean = try Tensor([0.485, 0.456, 0.406]).reshaped(3, 1, 1)
        let deviation = try Tensor([0.229, 0.224, 0.225]).reshaped(3, 1, 1)
        func normalized(_ x: Tensor) throws -> Tensor {
            try Tensor.dividing(Tensor.subtracting(x, mean), deviation)
        }
        let once = try normalized(x)
        #expect(words(once) == "CHW, RGB, normalised")
        #expect(
            try hint { try normalized(once) }.hasPrefix("leave one of the two out"))
        #expect(
            try hint { try Tensor.dividing(Tensor.subtracting(once, 0.5), 0.5) }
                .hasPrefix("leave one of the two out"))
        let texts = try warnings {
            let back = try Tensor.adding(Tensor.multiplying(once, deviation), mean)
            #expect(words(back) == "CHW, RGB, 0...1")
            _ = try normalized(back)
            // Standardised by its own figures, stretched for looking at, given more contrast.
            _ = try Tensor.dividing(Tensor.subtracting(once, once.mean()), once.standardDeviation())
            let (low, high) = (try once.min(), try once.max())
            _ = try Tensor.dividing(
                Tensor.subtracting(once, low), Tensor.subtracting(high, low))
            _ = try Tensor.multiplying(Tensor.subtracting(once, 0.5), 1.2)
            _ = try normalized(x.flipped(axis: 2))
        }
        #expect(texts == [])
    }

    @Test func dividingBy255TwiceIsWarnedOf() throws {
        let x = try planes()
        #expect(try hint { try Tensor.dividing(x, 255) }.hasPrefix("leave '/ 255' out"))
        let texts = try warnings {
            _ = try Tensor.dividing(pixels(), 255)
            _ = try Tensor.dividing(Tensor.multiplying(x, 255), 255)
            _ = try Tensor.multiplying(x, .real(8.0 / 255))
        }
        #expect(texts == [])
    }

    @Test func ordersOfColoursThatAreMixedAreWarnedOf() throws {
        let x = try planes()
        let swapped = try x.flipped(axis: 0)
        #expect(try hint { try stacked([x, swapped]) }.hasPrefix("flipped(axis:)"))
        #expect(try hint { try stacked([swapped, swapped]) } == "")
    }
}
