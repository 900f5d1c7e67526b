import Tensors
import Testing

@Suite struct MeasurementTests {
    @Test func runsOnceToWarmUpAndThenAsOftenAsAsked() throws {
        var runs = 0
        let time = try measure(repeats: 5) { runs += 1 }
        #expect(runs == 6)
        #expect(time.times.count == 5)
        #expect(time.minimum <= time.median && time.median <= time.maximum)
        #expect(time.minimum >= 0)
        #expect(time.description.hasSuffix("(5 runs)"))
    }

    @Test func refusesToMeasureNothing() {
        #expect(throws: TensorError.self) { try measure(repeats: 0) {} }
    }
}

@Suite struct GradientOfFunctionTests {
    @Test func isTheGradientAtThePoint() throws {
        let x = try Tensor([1, -2, 3])
        let result = try gradient(of: { try ($0 ** 2).sum() }, at: x)
        #expect(try result.scalars(as: Double.self) == [2, -4, 6])
        #expect(x.gradient == nil)
    }

    @Test func isZeroWhereTheFunctionDoesNotDependOnItsArgument() throws {
        let result = try gradient(of: { _ in try Tensor.ones([1]).sum() }, at: try Tensor([1, 2]))
        #expect(try result.scalars(as: Double.self) == [0, 0])
    }

    @Test func isRecordedEvenInsideWithoutGradient() throws {
        let result = try withoutGradient {
            try gradient(of: { try ($0 * 3).sum() }, at: try Tensor([1, 2]))
        }
        #expect(try result.scalars(as: Double.self) == [3, 3])
    }
}
