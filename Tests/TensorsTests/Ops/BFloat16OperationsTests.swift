import Tensors
import Testing

/// An operation on bfloat16 tensors gives what it gives on the widened ones, rounded.
@Suite struct BFloat16OperationsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let inputs: Int
        /// How far apart results may be, in units of the last place of bfloat16.
        let units: Double
        let run: @Sendable ([Tensor]) throws -> Tensor

        init(
            _ name: String, _ inputs: Int = 1, units: Double = 0,
            _ run: @escaping @Sendable ([Tensor]) throws -> Tensor
        ) {
            testDescription = name
            self.inputs = inputs
            self.units = units
            self.run = run
        }
    }

    static let cases: [Case] =
        Function.all.map { function in Case(function.name, units: 1) { try function.run($0[0]) } }
        + [
            Case("adding", 2) { try .adding($0[0], $0[1]) },
            Case("subtracting", 2) { try .subtracting($0[0], $0[1]) },
            Case("multiplying", 2) { try .multiplying($0[0], $0[1]) },
            Case("dividing", 2) { try .dividing($0[0], $0[1]) },
            Case("power", 2) { try .power($0[0].abs(), $0[1]) },
            Case("a number") { try .multiplying($0[0], .real(0.1)) },
            Case("a number first") { try .subtracting(.real(0.3), $0[0]) },
            Case("square") { try .power($0[0], 2) },
            Case("broadcasting") { try .adding($0[0], $0[0].max(axis: 0)) },
            Case("sum") { try $0[0].sum(axis: 1) },
            Case("mean") { try $0[0].mean(axes: [0, 2]) },
            Case("max") { try $0[0].max(axis: 0) },
            Case("min") { try $0[0].min() },
            Case("product") { try $0[0].product(axis: 2) },
            Case("variance", units: 1) { try $0[0].variance(axis: 1) },
            Case("standardDeviation", units: 1) { try $0[0].standardDeviation(axis: 0) },
            Case("norm", units: 1) { try $0[0].norm() },
            Case("softmax", units: 1) { try $0[0].softmax(axis: 2) },
            Case("softmax of columns", units: 1) { try $0[0].softmax(axis: 1) },
            Case("logSoftmax", units: 1) { try $0[0].logSoftmax(axis: 2) },
            Case("which", 2) { try which(Tensor.greater($0[0], 0), $0[0], $0[1]) },
            Case("clipped") { try $0[0].clipped(-1, 1) },
            Case("subscript") { try $0[0].indexed(by: [1, 0..., .stride(by: -2)]) },
            Case("positions") { try $0[0].indexed(by: [try Tensor([1, 0, 1], dtype: .int64)]) },
            Case("mask") { try $0[0].indexed(by: [Tensor.greater($0[0], 0)]) },
            Case("assigning", 2) { try $0[0].assigning($0[1].indexed(by: [0]), at: [1]) },
            Case("gathered") { x in
                try x[0].gathered(x[0].cast(to: .int64).abs().clipped(0, 2), axis: 1)
            },
            Case("sorted") { try $0[0].sorted(axis: 1) },
            Case("topK") { try $0[0].topK(3).values },
            Case("cumulativeSum", units: 1) { try $0[0].cumulativeSum(axis: 1) },
            Case("concatenated", 2) { try concatenated([$0[0], $0[1]], axis: 1) },
            Case("stacked", 2) { try stacked([$0[0], $0[1]], axis: 1) },
            Case("split") { try $0[0].split(parts: 2, axis: 0)[1] },
            Case("padded") { try $0[0].padded(2, value: 0.5) },
            Case("rolled") { try $0[0].rolled(by: 2, axis: 2) },
            Case("tiled") { try $0[0].tiled(1, 2, 1) },
            Case("flipped") { try $0[0].flipped(axis: 2) },
            Case("transposed") { try $0[0].transposed(2, 0, 1).contiguousCopy() },
            Case("reshaped") { try $0[0].reshaped(-1, 2) },
            Case("einsum", 2, units: 1) { try einsum("nij,nkj->nik", $0[0], $0[1]) },
            Case("broadcast") { try $0[0].indexed(by: [0..<1]).broadcast(to: $0[0].shape) },
        ]

    @Test(arguments: cases, [[2, 3, 5], [2, 30, 50]])
    func isTheWidenedResultRounded(_ operation: Case, _ shape: [Int]) throws {
        let narrow = try (0..<operation.inputs).map {
            try Naive.sample(shape, low: -2.5, high: 2.5, salt: $0).tensor().cast(to: .bfloat16)
        }
        let wide = try narrow.map { try $0.cast(to: .float32) }
        for tensor in narrow + wide { tensor.requiresGradient = true }
        let found = try operation.run(narrow)
        let wanted = try operation.run(wide)
        #expect(found.dtype == .bfloat16)
        #expect(wanted.dtype == .float32)
        try compare(found, wanted, units: operation.units)
        guard shape == [2, 3, 5] else { return }
        let weights = try Naive.sample(found.shape, low: 0.5, high: 1.5, salt: 77).tensor()
            .cast(to: .bfloat16)
        try Tensor.multiplying(found, weights).sum().backward()
        try Tensor.multiplying(wanted, weights).sum().backward()
        for (a, b) in zip(narrow, wide) {
            guard let given = a.gradient, let expected = b.gradient else {
                #expect(a.gradient == nil && b.gradient == nil)
                continue
            }
            #expect(given.dtype == .bfloat16)
            try compare(given, expected, units: 6, "gradient")
        }
    }

    private func compare(
        _ found: Tensor, _ wanted: Tensor, units: Double, _ what: String = "value"
    ) throws {
        #expect(found.shape == wanted.shape)
        let scale = Double(try wanted.scalars(as: Float.self).map(\.magnitude).max() ?? 0)
        for (a, b) in zip(
            try found.scalars(as: Float.self), try wanted.scalars(as: Float.self))
        {
            let rounded = nearestBFloat16(b)
            let tolerance = what == "gradient" ? scale : Double(rounded.magnitude)
            #expect(
                a == rounded || (a.isNaN && rounded.isNaN)
                    || abs(Double(a) - Double(rounded)) <= units * tolerance / 128,
                "\(what): got \(a), expected \(rounded)")
        }
    }

    @Test func comparisonsAndPositionsAreThoseOfTheWidenedTensor() throws {
        let x = try Naive.sample([3, 50], low: -2, high: 2).tensor().cast(to: .bfloat16)
        let wide = try x.cast(to: .float32)
        for (a, b) in [
            (try Tensor.less(x, 0), try Tensor.less(wide, 0)),
            (
                try Tensor.greaterOrEqual(x, x.flipped(axis: 0)),
                try Tensor.greaterOrEqual(wide, wide.flipped(axis: 0))
            ),
            (try x.argMax(axis: 1), try wide.argMax(axis: 1)),
            (try x.argMin(), try wide.argMin()),
            (try x.topK(4).indices, try wide.topK(4).indices),
            (try x.any(axis: 0), try wide.any(axis: 0)), (try x.all(), try wide.all()),
        ] {
            #expect(a.spec == b.spec)
            #expect(try a.scalars(as: Int.self) == b.scalars(as: Int.self))
        }
    }

    @Test func typesPromoteAsDocumented() throws {
        let order: [DType] = [.bool, .uint8, .int32, .int64, .bfloat16, .float32]
        #expect(Set(order) == Set(DType.allCases))
        for (i, a) in order.enumerated() {
            for (j, b) in order.enumerated() {
                let sum = try Tensor.adding(
                    Tensor.ones([2], dtype: a), Tensor.ones([2], dtype: b))
                #expect(sum.dtype == order[max(i, j)])
                #expect(DType.promoted(a, b) == order[max(i, j)])
                #expect(
                    try Tensor.dividing(Tensor.ones([2], dtype: a), Tensor.ones([2], dtype: b))
                        .dtype == (order[max(i, j)] == .bfloat16 ? .bfloat16 : .float32))
            }
        }
        let x = try Tensor.ones([2], dtype: .bfloat16)
        #expect(try Tensor.adding(x, 2).dtype == .bfloat16)
        #expect(try Tensor.adding(x, 2.5).dtype == .bfloat16)
        #expect(try Tensor.power(.real(2), x).dtype == .bfloat16)
        #expect(try Tensor.equal(Tensor.full([1], 0.1, dtype: .bfloat16), 0.1).item() == 1)
    }
}

extension Tensor {
    /// The elements in rows, by way of a function that keeps the layout.
    fileprivate func contiguousCopy() throws -> Tensor { try reshaped(count).reshaped(shape) }
}
