import Tensors
import Testing

@Suite struct MeaningValuesTests {
    @Test(arguments: [
        ("bytes / 255", "CHW, RGB, 0...1"), ("x * 255", "CHW, RGB, 0...255"),
        ("x * 2 - 1", "CHW, RGB, -1...1"), ("bytes / 127.5 - 1", "CHW, RGB, -1...1"),
        ("(x - 0.5) / 0.5", "CHW, RGB, -1...1"), ("(x - 0.3) / 0.25", "CHW, RGB, normalised"),
        ("1 - x", "CHW, RGB, 0...1"), ("x ** 2.2", "CHW, RGB, 0...1"),
        ("x clipped", "CHW, RGB, 0...1"), ("(x + 0.25) clipped", "CHW, RGB, 0...1"),
        ("(x + x) / 2", "CHW, RGB, 0...1"), ("x * 0.5", "CHW, RGB"),
        ("x + 0.25", "CHW, RGB"), ("(x - 0.5) * 2 + 0.5", "CHW, RGB"),
        ("x - x", "CHW, RGB"), ("x + noise", "CHW, RGB"), ("exp(x)", "CHW, RGB"),
        ("bytes + 1", "CHW, RGB"), ("x as int32", "CHW, RGB"),
        ("bytes as float32", "CHW, RGB, 0...255"), ("x as bfloat16", "CHW, RGB, 0...1"),
        ("x - mean picture", "CHW, RGB"), ("x normalised [1, 3, 1, 1]", "1CHW, RGB, normalised"),
    ])
    func arithmetic(what: String, expected: String) throws {
        let bytes = try pixels().transposed(2, 0, 1)
        let x = try planes()
        let scalar = try Tensor([0.5, 0.25, 0.125], shape: [1, 3, 1, 1])
        let result =
            switch what {
            case "bytes / 255": try Tensor.dividing(bytes, 255)
            case "x * 255": try Tensor.multiplying(x, 255)
            case "x * 2 - 1": try Tensor.subtracting(Tensor.multiplying(x, 2), 1)
            case "bytes / 127.5 - 1": try Tensor.subtracting(Tensor.dividing(bytes, 127.5), 1)
            case "(x - 0.5) / 0.5": try Tensor.dividing(Tensor.subtracting(x, 0.5), 0.5)
            case "(x - 0.3) / 0.25": try Tensor.dividing(Tensor.subtracting(x, 0.3), 0.25)
            case "1 - x": try Tensor.subtracting(1, x)
            case "x ** 2.2": try Tensor.power(x, 2.2)
            case "x clipped": try x.clipped(0, 1)
            case "(x + 0.25) clipped": try Tensor.adding(x, 0.25).clipped(0, 1)
            case "(x + x) / 2": try Tensor.dividing(Tensor.adding(x, x.flipped(axis: 2)), 2)
            case "x * 0.5": try Tensor.multiplying(x, 0.5)
            case "x + 0.25": try Tensor.adding(x, 0.25)
            case "(x - 0.5) * 2 + 0.5":
                try Tensor.adding(Tensor.multiplying(Tensor.subtracting(x, 0.5), 2), 0.5)
            case "x - x": try Tensor.subtracting(x, x.flipped(axis: 2))
            case "x + noise": try Tensor.adding(x, Tensor.randn(x.shape))
            case "exp(x)": try x.exp()
            case "bytes + 1": try Tensor.adding(bytes, 1)
            case "x as int32": try x.cast(to: .int32)
            case "bytes as float32": try bytes.cast(to: .float32)
            case "x as bfloat16": try x.cast(to: .bfloat16)
            case "x - mean picture": try Tensor.subtracting(x, Tensor.full(x.shape, 0.4))
            default: try Tensor.dividing(Tensor.subtracting(x, scalar), scalar)
            }
        #expect(words(result) == expected)
    }

    @Test func theLastAxisMayHoldTheChannels() throws {
        let x = try Tensor.dividing(pixels(), 255)
        let result = try Tensor.dividing(
            Tensor.subtracting(x, Tensor([0.5, 0.4, 0.3])), Tensor([0.2, 0.25, 0.3]))
        #expect(words(result) == "HWC, RGB, normalised")
        let samples = try #require(result.meaning?.restoration)
        for (index, (mean, deviation)) in [(0.5, 0.2), (0.4, 0.25), (0.3, 0.3)].enumerated() {
            #expect(abs(samples.shift[index] - mean) < 1e-6, "mean of channel \(index)")
            #expect(abs(samples.scale[index] - deviation) < 1e-6, "deviation of channel \(index)")
        }
        // Numbers along another axis say nothing of channels.
        let columns = try Tensor.linspace(0, 1, count: 10).reshaped(10, 1)
        #expect(try words(Tensor.multiplying(x, columns)) == "HWC, RGB")
    }

    @Test func captionsSayWhatTheNumbersAre() throws {
        #expect(
            try pixels().caption() == "Tensor [6, 10, 3] uint8, 0 to 179 (HWC, RGB, 0...255)")
        #expect(try pixels().sum().caption().hasSuffix("int64, 16110 to 16110"))
    }
}
