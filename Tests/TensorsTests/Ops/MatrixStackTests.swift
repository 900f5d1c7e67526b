import Tensors
import Testing

/// Stacks of matrices, which are multiplied side by side, against products one by one.
@Suite struct MatrixStackTests {
    private func one(_ a: Tensor, _ b: Tensor) throws -> [Float] {
        let (rows, inner, columns) = (a.shape[0], a.shape[1], b.shape[1])
        let x = try a.scalars(as: Float.self)
        let y = try b.scalars(as: Float.self)
        var result = [Float](repeating: 0, count: rows * columns)
        for r in 0..<rows {
            for c in 0..<columns {
                var sum = 0.0
                for k in 0..<inner { sum += Double(x[r * inner + k]) * Double(y[k * columns + c]) }
                result[r * columns + c] = Float(sum)
            }
        }
        return result
    }

    /// Tensors of shape `[3, 7, 5, 4]` and `[3, 7, 4, 6]` whose elements lie in several ways.
    private func layouts() throws -> [(String, Tensor, Tensor)] {
        seed(3)
        let a = try Tensor.randn([3, 7, 5, 4])
        let b = try Tensor.randn([3, 7, 4, 6])
        let rows = try Tensor.randn([3, 5, 7, 4]).transposed(0, 2, 1, 3)
        let columns = try Tensor.randn([3, 7, 6, 4]).transposed(0, 1, 3, 2)
        let gaps = try Tensor.randn([3, 7, 5, 9])[.ellipsis, 2..<6]
        let shared = try Tensor.randn([4, 6]).broadcast(to: [3, 7, 4, 6])
        let swapped = try Tensor.randn([7, 3, 4, 6]).transposed(1, 0, 2, 3)
        let strided = try Tensor.randn([3, 7, 5, 8])[
            .ellipsis, .stride(from: 0, to: 8, by: 2)]
        return [
            ("dense", a, b), ("rows apart", rows, b), ("columns first", a, columns),
            ("gaps", gaps, columns), ("one for all", a, shared), ("batch swapped", a, swapped),
            ("every second", strided, b), ("both", rows, swapped),
        ]
    }

    @Test(arguments: [DType.float32, .bfloat16])
    func everyLayoutGivesTheSameProducts(_ dtype: DType) throws {
        for (name, a, b) in try layouts() {
            let a = try a.cast(to: dtype)
            let b = try b.cast(to: dtype)
            let product = try a.matmul(b)
            #expect(product.shape == [3, 7, 5, 6] && product.dtype == dtype)
            for n in 0..<3 {
                for m in 0..<7 {
                    let expected = try one(a[n, m], b[n, m])
                    let found = try product[n, m].scalars(as: Float.self)
                    for (found, expected) in zip(found, expected) {
                        let tolerance: Float = dtype == .float32 ? 1e-5 : 0.01
                        #expect(
                            Swift.abs(found - expected) <= tolerance
                                * Swift.max(1, Swift.abs(expected)),
                            "\(name) \(n) \(m)")
                    }
                }
            }
        }
    }

    /// Products in bfloat16 of many rows, whose second factor is packed first, against those of few,
    /// and a corner of them against plain sums.
    @Test(arguments: [false, true])
    func productsOfManyRowsAreThoseOfFew(isTransposed: Bool) throws {
        for (inner, columns) in [(96, 200), (65, 33), (2304, 16)] {
            seed(4)
            let rows = 1000
            let a = try Tensor.randn([rows, inner]).cast(to: .bfloat16)
            let stored = try Tensor.randn(isTransposed ? [columns, inner] : [inner, columns])
            let b = try (isTransposed ? stored.transposed() : stored).cast(to: .bfloat16)
            let product = try a.matmul(b)
            #expect(product.shape == [rows, columns] && product.dtype == .bfloat16)
            for few in [0..<400, 400..<800, 800..<1000] {
                let found = try product[few].scalars(as: Float.self)
                let expected = try a[few].matmul(b).scalars(as: Float.self)
                for (found, expected) in zip(found, expected) {
                    // Sums in another order, then rounded to eight bits.
                    let bound = 0x1p-7 * Swift.abs(expected) + 1e-5 * Float(inner).squareRoot()
                    #expect(Swift.abs(found - expected) <= bound, "\(inner), \(columns), \(few)")
                }
            }
            let corner = try product[990..<1000].scalars(as: Float.self)
            for (found, expected) in zip(corner, try one(a[990..<1000], b)) {
                let bound = 0x1p-8 * Swift.abs(expected) + 1e-5 * Float(inner).squareRoot()
                #expect(Swift.abs(found - expected) <= bound, "\(inner), \(columns)")
            }
        }
    }

    @Test func aSumWithReLUIsTheTwoOneAfterTheOther() throws {
        let x = Naive.sample([2, 3, 4], low: -1, high: 1)
        let y = Naive.sample([3, 1], low: -1, high: 1, salt: 1)
        try checkGradients([x, y], { try addReLU($0[0], $0[1]) }) { i in
            Naive([2, 3, 4]) { max(0, i[0][at: $0] + i[1][at: [$0[1], 0]]) }
        }
        let low = try addReLU(
            Tensor([1, -3], dtype: .bfloat16), Tensor([1, 1], dtype: .bfloat16))
        #expect(low.dtype == .bfloat16)
        #expect(try low.scalars(as: Float.self) == [2, 0])
        let special = try addReLU(Tensor([Float.nan, .infinity], shape: [2]), Tensor.zeros([2]))
        #expect(try special.scalars(as: Float.self)[0].isNaN)
        #expect(try special.scalars(as: Float.self)[1] == .infinity)
    }
}
