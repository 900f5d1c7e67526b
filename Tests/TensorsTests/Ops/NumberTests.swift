import Glibc
import Tensors
import Testing

/// A tensor beside a plain number, and operators that are not functions.
@Suite struct NumberTests {
    @Test func numbersOnEitherSideWithGradients() throws {
        let x = Naive.sample([3, 5, 7], low: 0.5, high: 2)
        typealias Run = ([Tensor]) throws -> Tensor
        let cases: [(Run, (Double) -> Double)] = [
            ({ try .adding($0[0], 2.5) }, { $0 + 2.5 }), ({ try .adding($0[0], 2) }, { $0 + 2 }),
            ({ try .subtracting($0[0], 2.5) }, { $0 - 2.5 }),
            ({ try .subtracting(2.5, $0[0]) }, { 2.5 - $0 }),
            ({ try .multiplying($0[0], -3) }, { $0 * -3 }),
            ({ try .dividing($0[0], 3) }, { $0 / 3 }), ({ try .dividing(3, $0[0]) }, { 3 / $0 }),
            ({ try .power($0[0], 0) }, { _ in 1 }), ({ try .power($0[0], 1) }, { $0 }),
            ({ try .power($0[0], 2) }, { $0 * $0 }), ({ try .power($0[0], 3) }, { $0 * $0 * $0 }),
            ({ try .power($0[0], 0.5) }, { $0.squareRoot() }),
            ({ try .power($0[0], -1) }, { 1 / $0 }), ({ try .power($0[0], 2.5) }, { pow($0, 2.5) }),
            ({ try .power(2.5, $0[0]) }, { pow(2.5, $0) }),
        ]
        for (run, value) in cases {
            try checkGradients([x], run) { $0[0].map(value) }
            try checkGradients([x], { try run([$0[0].transposed(1, 2, 0)]) }) { inputs in
                Naive([5, 7, 3]) { value(inputs[0][$0[2], $0[0], $0[1]]) }
            }
        }
    }

    @Test func slopesOfPowersAtZeroAreThoseOfPyTorch() throws {
        func gradient(_ values: [Double], _ run: (Tensor) throws -> Tensor) throws -> [Float] {
            let x = try Tensor(values)
            x.requiresGradient = true
            try run(x).sum().backward()
            return try x.gradient?.scalars(as: Float.self) ?? []
        }
        #expect(try gradient([0, 2]) { try .power($0, 0) } == [0, 0])
        #expect(try gradient([0, 2]) { try .power($0, 1) } == [1, 1])
        #expect(try gradient([0, 2]) { try .power($0, 3) } == [0, 12])
        #expect(try gradient([0, 2]) { try .power($0, Tensor([0, 0])) } == [0, 0])
        #expect(try gradient([0, 2, 1]) { try .power(0, $0) } == [0, 0, 0])
        #expect(try gradient([0, 2]) { try .power(Tensor([0, 0]), $0) } == [0, 0])
        #expect(try gradient([0, 0]) { try $0.norm() } == [0, 0])
        #expect(try gradient([3, 4]) { try $0.norm() } == [0.6, 0.8])
        #expect(try gradient([2, 2]) { try $0.standardDeviation() } == [0, 0])
        #expect(try gradient([-2, 0, 0.5, 1, 3]) { try $0.clipped(0, 1) } == [0, 0, 1, 0, 0])
    }

    @Test func normsNeitherOverflowNorLoseDigits() throws {
        #expect(try Tensor([3e30, 4e30]).norm().item() == Double(Float(5e30)))
        let x = Naive.sample([70_001])
        let wanted = x.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(abs(try x.tensor().norm().item() - wanted) < 1e-5 * wanted)
        #expect(try Tensor([3, 4], dtype: .int32).norm().item() == 5)
        #expect(try Tensor.zeros([0]).norm().item() == 0)
    }

    @Test func operatorsTakeNumbersOnEitherSide() throws {
        let x = try Tensor([1, 2, 3])
        func values(_ tensor: Tensor) throws -> [Float] { try tensor.scalars(as: Float.self) }
        #expect(try values(2 ** x) == [2, 4, 8])
        #expect(try values(2.0 ** x) == [2, 4, 8])
        #expect(try values(x ** 2) == [1, 4, 9])
        #expect(try values(2 .< x) == [0, 0, 1])
        #expect(try values(x .<= 2) == [1, 1, 0])
        #expect(try values(2.5 .> x) == [1, 1, 0])
        #expect(try values(2 .>= x) == [1, 1, 0])
        #expect(try values(2 .== x) == [0, 1, 0])
        #expect(try values(x .!= 2) == [1, 0, 1])
        var y = x
        y += 1
        y *= 2.0
        y -= x
        y /= 2
        #expect(try values(y) == [1.5, 2, 2.5])
    }

    @Test func integersCompareExactlyWithAnyNumber() throws {
        let bytes = try Tensor([0, 44, 255], dtype: .uint8)
        #expect(try Tensor.less(bytes, 300).scalars(as: Bool.self) == [true, true, true])
        #expect(try Tensor.greater(bytes, -1).scalars(as: Bool.self) == [true, true, true])
        #expect(try Tensor.equal(bytes, 44).scalars(as: Bool.self) == [false, true, false])
        #expect(try Tensor.less(bytes, 44.5).scalars(as: Bool.self) == [true, true, false])
    }

    @Test(arguments: [
        ([5], 0), ([40_000], 0), ([3, 40_000], 1), ([1000, 70], 0), ([1000, 700], 0),
        ([40_000, 3], 0), ([3, 200, 9], 1), ([2, 33_000, 2], 1),
    ])
    func reductionsOfLongAxes(_ shape: [Int], _ axis: Int) throws {
        let x = Naive.sample(shape, low: 0.99, high: 1.01)
        let tensor = try x.tensor()
        try expectClose(
            try tensor.sum(axis: axis, keepDims: true), x.reduced(axis) { $0.reduce(0, +) },
            tolerance: 3e-7)
        try expectClose(
            try tensor.max(axis: axis, keepDims: true), x.reduced(axis) { $0.max() ?? 0 },
            tolerance: 0)
        try expectClose(
            try tensor.min(axis: axis, keepDims: true), x.reduced(axis) { $0.min() ?? 0 },
            tolerance: 0)
        var holed = x
        holed.values[holed.values.count / 2] = .nan
        let most = try holed.tensor().max(axis: axis, keepDims: true)
        #expect(try most.scalars(as: Float.self).filter { $0.isNaN }.count == 1)
        #expect(try holed.tensor().min().item().isNaN)
        #expect(try holed.tensor().sum().item().isNaN)
    }

    @Test func errorsNameTheAxis() throws {
        let x = try Tensor.zeros([2, 3])
        #expect(
            thrownText { try x.mean(axis: 2) }
                == "mean: axis 2 does not exist in shape [2, 3], expected -2...1, got 2")
        #expect(
            thrownText { try x.sum(axes: [0, 5]) }
                == "sum: axis 5 does not exist in shape [2, 3], expected -2...1, got 5")
    }
}

@Suite struct GatheringTests {
    @Test(arguments: [
        ([4, 5, 6], 0), ([4, 5, 6], 1), ([4, 5, 6], 2), ([30, 200], 1), ([300, 70], 0),
    ])
    func gathersAlongEachAxisWithGradients(_ shape: [Int], _ axis: Int) throws {
        let x = Naive.sample(shape)
        var wanted = shape
        wanted[axis] = 7
        let positions = Naive(wanted) { index in
            Double((index.reduce(3) { $0 * 5 + $1 } * 31) % shape[axis])
        }
        for dtype in [DType.int64, .int32, .uint8] {
            let indices = try positions.tensor().cast(to: dtype)
            if dtype == .uint8, shape[axis] > 256 { continue }
            try checkGradients([x], { try $0[0].gathered(indices, axis: axis) }) { inputs in
                Naive(wanted) { index in
                    var own = index
                    own[axis] = Int(positions[at: index])
                    return inputs[0][at: own]
                }
            }
        }
    }

    @Test func fewerPositionsThanElementsAndOnesFromTheEnd() throws {
        let x = try Tensor([[1, 2, 3], [4, 5, 6]])
        let some = try x.gathered(Tensor([[-1, 0]], dtype: .int64), axis: 1)
        #expect(try some.scalars(as: Int.self) == [3, 1])
        let column = try x.gathered(Tensor([[1], [0]], dtype: .int32), axis: 0)
        #expect(try column.scalars(as: Int.self) == [4, 1])
        #expect(
            thrownText { try x.gathered(Tensor([[3], [0]], dtype: .int64), axis: 1) }
                == "gathered: index 3 is out of range for axis 1 with size 3 (shape [2, 3])")
        #expect(
            thrownText { try x.gathered(Tensor([[0], [Int.min]], dtype: .int64), axis: 1) }
                .contains("index \(Int.min) is out of range"))
        #expect(
            thrownText { try x.gathered(Tensor([0], dtype: .int64), axis: 1) }
                .contains("the positions' shape does not fit"))
        #expect(try x.gathered(Tensor.zeros([0, 3], dtype: .int64), axis: 0).shape == [0, 3])
    }

    @Test func changingThePositionsLaterChangesNoGradient() throws {
        let x = try Tensor([1, 2, 3])
        x.requiresGradient = true
        var positions = try Tensor([0, 0, 2], dtype: .int64)
        let y = try x.gathered(positions, axis: 0)
        try positions.assign(1, at: [0...])
        try y.sum().backward()
        #expect(try x.gradient?.scalars(as: Float.self) == [2, 0, 1])
    }
}
