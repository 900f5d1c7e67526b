import Tensors
import Testing

@Suite struct BFloat16Tests {
    /// The number with the upper half of the bits, nearest even, by arithmetic alone.
    static func nearest(_ x: Float) -> Float {
        if x.isNaN || x.isInfinite || x == 0 { return x }
        let step = max(Float(sign: .plus, exponent: x.exponent - 7, significand: 1), 0x1p-133)
        let scaled = (x / step).rounded(.toNearestOrEven) * step
        return scaled
    }

    @Test func roundsToTheNearestEvenAndKeepsSpecialValues() throws {
        for x: Float in [
            0, -0.0, 1, 1.00390625, 1.01171875, 3.14159, -1e-30, 65504, 3.3895314e38, 1e-40,
            -0x1p-133, .pi * 1e20,
        ] {
            let rounded = BFloat16(x)
            #expect(rounded.float == Self.nearest(x), "\(x)")
            #expect(rounded.float.sign == x.sign)
        }
        #expect(BFloat16(.infinity).float == .infinity)
        #expect(BFloat16(-.infinity).float == -.infinity)
        #expect(BFloat16(.greatestFiniteMagnitude).float == .infinity)
        #expect(BFloat16(.nan).float.isNaN)
        #expect(BFloat16(Float(bitPattern: 0x7F80_0001)).float.isNaN)
        #expect(BFloat16(.nan) != BFloat16(.nan))
        #expect(!(BFloat16(.nan) < BFloat16(1)) && !(BFloat16(.nan) >= BFloat16(1)))
    }

    @Test func castsBothWaysAlsoInBlocks() throws {
        let x = Naive.sample([2, 19, 5, 3], low: -9, high: 9)
        let narrow = try x.tensor().cast(to: .bfloat16)
        #expect(narrow.dtype == .bfloat16)
        try expectClose(narrow, x.map { Double(Self.nearest(Float($0))) }, tolerance: 0)
        try expectClose(
            try narrow.cast(to: .float32), x.map { Double(Self.nearest(Float($0))) }, tolerance: 0)
        let kernel = try Tensor.rand([19, 19, 1, 1])
        let y = try conv2d(x.tensor(), kernel)
        let values = try y.scalars(as: Double.self)
        #expect(
            try y.cast(to: .bfloat16).scalars(as: Float.self)
                == values.map { Self.nearest(Float($0)) })
        #expect(
            try y.cast(to: .bfloat16).cast(to: .float32).relu().scalars(as: Float.self)
                == values.map { max(0, Self.nearest(Float($0))) })
    }

    @Test func isMadePrintedReadIndexedAndJoined() throws {
        var x = try Tensor([[1, 2.5], [3, 1.01]], dtype: .bfloat16)
        #expect("\(x)" == "[[1.0, 2.5],\n [3.0, 1.0078]]")
        #expect(try x.array().description == "[[1.0, 2.5], [3.0, 1.0078125]]")
        #expect(try x[1, 0].item() == 3)
        try x.assign(7, at: [0])
        #expect(try x.scalars(as: Int.self) == [7, 7, 3, 1])
        #expect(try x[Tensor.greater(x, 5)].dtype == .bfloat16)
        let joined = try concatenated([x, Tensor.ones([1, 2], dtype: .int64)])
        #expect(joined.dtype == .bfloat16 && joined.shape == [3, 2])
        #expect(try concatenated([x, Tensor.ones([1, 2])]).dtype == .float32)
        #expect(try Tensor.equal(x, x).all().item() == 1)
        #expect(
            try Tensor.full([3], 0.1, dtype: .bfloat16).scalars(as: Float.self)[0] == 0.10009765625)
        #expect(try Tensor.eye(2, dtype: .bfloat16).sum().item() == 2)
        #expect(try Tensor.arange(0, 4, dtype: .bfloat16).scalars(as: Int.self) == [0, 1, 2, 3])
    }

    @Test func gradientsHaveTheTypeOfTheirTensor() throws {
        let x = try Tensor([1, 2, 3], dtype: .bfloat16)
        let y = try Tensor([4, 5, 6])
        x.requiresGradient = true
        y.requiresGradient = true
        try Tensor.multiplying(x, y).sum().backward()
        #expect(x.gradient?.dtype == .bfloat16)
        #expect(try x.gradient?.scalars(as: Float.self) == [4, 5, 6])
        #expect(y.gradient?.dtype == .float32)
        let z = try Tensor([1, 2, 3])
        z.requiresGradient = true
        try z.cast(to: .bfloat16).relu().sum().backward()
        #expect(z.gradient?.dtype == .float32)
        #expect(try z.gradient?.scalars(as: Float.self) == [1, 1, 1])
    }
}
