import Tensors
import Testing

/// Masks combined, against the truth tables.
@Suite struct LogicTests {
    private let a = [false, false, true, true]
    private let b = [false, true, false, true]

    @Test func truthTables() throws {
        let (x, y) = (try Tensor(a), try Tensor(b))
        let cases: [(Tensor, [Bool])] = [
            (try Tensor.logicalAnd(x, y), zip(a, b).map { $0 && $1 }),
            (try Tensor.logicalOr(x, y), zip(a, b).map { $0 || $1 }),
            (try Tensor.logicalXor(x, y), zip(a, b).map { $0 != $1 }),
            (try x.logicalNot(), a.map { !$0 }),
        ]
        for (found, expected) in cases {
            #expect(found.dtype == .bool)
            #expect(try found.scalars(as: Bool.self) == expected)
        }
        #expect((x .& y).shape == [4] && (x .| y).shape == [4] && (.!x .^ y).shape == [4])
    }

    @Test func shapesBroadcast() throws {
        let rows = try Tensor([true, false], shape: [2, 1])
        let columns = try Tensor([true, false, true], shape: [3])
        let found = try Tensor.logicalOr(rows, columns)
        #expect(found.shape == [2, 3])
        #expect(try found.scalars(as: Bool.self) == [true, true, true, true, false, true])
        #expect(try Tensor.logicalAnd(rows, Tensor.zeros([0], dtype: .bool)).shape == [2, 0])
    }

    @Test func onlyMasksAreCombined() throws {
        let mask = try Tensor(a)
        let numbers = try Tensor([1.0, 2, 3, 4])
        for refused in [
            { try Tensor.logicalAnd(mask, numbers) }, { try Tensor.logicalOr(numbers, mask) },
            { try Tensor.logicalXor(numbers, numbers) }, { try numbers.logicalNot() },
        ] {
            let error = #expect(throws: TensorError.self) { try refused() }
            #expect(error?.kind == .dtype && "\(error!)".contains("expected bool tensors"))
        }
    }
}
