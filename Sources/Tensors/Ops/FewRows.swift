import OneDNN

/// The product of a few rows with a matrix that is stored by its columns, as the weights of a linear
/// layer are: `output[r, c] = sum of a[r, k] * b[c, k] + bias[c]`.
///
/// Such a product is as fast as memory gives the weights. Four columns are read side by side, and
/// again for the other rows while they are in the cache; 2 to 3 times as fast as GEMM on one row.
struct FewRowsProduct {
    let a: UnsafePointer<Float>
    let leadingA: Int
    let b: UnsafePointer<Float>
    let leadingB: Int
    let rows, columns, inner: Int
    let bias: UnsafePointer<Float>?
    let output: UnsafeMutablePointer<Float>

    /// The most rows for which this is the faster way.
    static let limit = 4

    func run() {
        nonisolated(unsafe) let product = self
        let groups = (columns + 3) / 4
        Parallel.forEach(count: groups, grain: max(1, 8192 / max(1, inner))) { range in
            for group in range {
                let first = 4 * group
                for row in 0..<product.rows {
                    let a = product.a + row * product.leadingA
                    if first + 4 <= product.columns {
                        product.fourColumns(a, row, first)
                    } else {
                        for column in first..<product.columns {
                            product.oneColumn(a, row, column)
                        }
                    }
                }
            }
        }
    }

    @inline(__always)
    private func write(_ sum: Float, _ row: Int, _ column: Int) {
        output[row * columns + column] = sum + (bias?[column] ?? 0)
    }

    private func fourColumns(_ a: UnsafePointer<Float>, _ row: Int, _ first: Int) {
        let b0 = b + first * leadingB
        let b1 = b0 + leadingB
        let b2 = b1 + leadingB
        let b3 = b2 + leadingB
        var sums = (FloatLanes.zero, FloatLanes.zero, FloatLanes.zero, FloatLanes.zero)
        var more = sums
        let width = FloatLanes.width
        var k = 0
        while k + 2 * width <= inner {
            let x = FloatLanes(at: a + k)
            sums.0 = multiplyAdd(x, FloatLanes(at: b0 + k), sums.0)
            sums.1 = multiplyAdd(x, FloatLanes(at: b1 + k), sums.1)
            sums.2 = multiplyAdd(x, FloatLanes(at: b2 + k), sums.2)
            sums.3 = multiplyAdd(x, FloatLanes(at: b3 + k), sums.3)
            k += width
            let y = FloatLanes(at: a + k)
            more.0 = multiplyAdd(y, FloatLanes(at: b0 + k), more.0)
            more.1 = multiplyAdd(y, FloatLanes(at: b1 + k), more.1)
            more.2 = multiplyAdd(y, FloatLanes(at: b2 + k), more.2)
            more.3 = multiplyAdd(y, FloatLanes(at: b3 + k), more.3)
            k += width
        }
        var totals = SIMD4(
            (sums.0 + more.0).laneTotal, (sums.1 + more.1).laneTotal,
            (sums.2 + more.2).laneTotal, (sums.3 + more.3).laneTotal)
        while k < inner {
            totals += a[k] * SIMD4(b0[k], b1[k], b2[k], b3[k])
            k += 1
        }
        for column in 0..<4 { write(totals[column], row, first + column) }
    }

    private func oneColumn(_ a: UnsafePointer<Float>, _ row: Int, _ column: Int) {
        let b = b + column * leadingB
        var sum = FloatLanes.zero
        var k = 0
        while k + FloatLanes.width <= inner {
            sum = multiplyAdd(FloatLanes(at: a + k), FloatLanes(at: b + k), sum)
            k += FloatLanes.width
        }
        var total = sum.laneTotal
        while k < inner {
            total += a[k] * b[k]
            k += 1
        }
        write(total, row, column)
    }
}
