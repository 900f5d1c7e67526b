import Hosting
import OneDNN
import Tensors

/// The weights of a filter and where each finds its sample, counted from the first.
///
/// Rows, columns and whole kernels are all weighted sums over fixed offsets.
struct Taps: Sendable {
    let offsets: [Int]
    let weights: [Float]

    /// Weights at equal distances: 1 for a row, a row's length for a column.
    init(_ weights: [Float], step: Int) {
        offsets = weights.indices.map { $0 * step }
        self.weights = weights
    }

    /// The weights of a kernel over rows of `stride` samples; zeros are left out.
    init(_ kernel: ImageKernel, stride: Int) {
        let kept = kernel.weights.indices.filter { kernel.weights[$0] != 0 }
        offsets = kept.map { $0 / kernel.width * stride + $0 % kernel.width }
        weights = kept.map { kernel.weights[$0] }
    }

    /// `out[x] = sum_i weights[i] * base[x + offsets[i]]` for the first `count` places.
    @inline(__always)
    func run(_ base: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, count: Int) {
        offsets.withUnsafeBufferPointer { offsets in
            weights.withUnsafeBufferPointer { weights in
                Self.run(base, offsets, weights, out, count)
            }
        }
    }

    private static func run(
        _ base: UnsafePointer<Float>, _ offsets: UnsafeBufferPointer<Int>,
        _ weights: UnsafeBufferPointer<Float>, _ out: UnsafeMutablePointer<Float>, _ count: Int
    ) {
        let lanes = FloatLanes.width
        var x = 0
        // Four sums at a time, since each waits for its own last addition.
        while x &+ 4 &* lanes <= count {
            var (a, b, c, d) = (FloatLanes.zero, FloatLanes.zero, FloatLanes.zero, FloatLanes.zero)
            for index in 0..<offsets.count {
                let from = base + (x &+ offsets[index])
                let weight = FloatLanes(repeating: weights[index])
                a = multiplyAdd(FloatLanes(at: from), weight, a)
                b = multiplyAdd(FloatLanes(at: from + lanes), weight, b)
                c = multiplyAdd(FloatLanes(at: from + 2 &* lanes), weight, c)
                d = multiplyAdd(FloatLanes(at: from + 3 &* lanes), weight, d)
            }
            a.store(at: out + x)
            b.store(at: out + (x &+ lanes))
            c.store(at: out + (x &+ 2 &* lanes))
            d.store(at: out + (x &+ 3 &* lanes))
            x &+= 4 &* lanes
        }
        while x &+ lanes <= count {
            var sum = FloatLanes.zero
            for index in 0..<offsets.count {
                let weight = FloatLanes(repeating: weights[index])
                sum = multiplyAdd(FloatLanes(at: base + (x &+ offsets[index])), weight, sum)
            }
            sum.store(at: out + x)
            x &+= lanes
        }
        while x < count {
            var sum: Float = 0
            for index in 0..<offsets.count { sum += base[x &+ offsets[index]] * weights[index] }
            out[x] = sum
            x &+= 1
        }
    }
}

/// Runs `body` over `0..<count` on the team's threads, looking every now and then whether to stop.
///
/// `cost` is the work of one step, in multiplications or so. Throws `Interrupted`.
func forEachStretch(_ count: Int, cost: Int, _ body: (Range<Int>) -> Void) throws {
    let cancellation = Host.current.cancellation
    let stretch = max(1, 50_000_000 / max(1, cost))
    let grain = max(1, 20_000 / max(1, cost))
    var start = 0
    while start < count {
        try cancellation.check()
        let first = start
        let length = min(stretch, count - start)
        Parallel.forEach(count: length, grain: grain) { part in
            body(first + part.lowerBound..<first + part.upperBound)
        }
        start += length
    }
}

extension FloatPlane {
    /// The plane filtered by a kernel, correlated as a convolutional layer does.
    func filtered(by kernel: ImageKernel, border: FilterBorder) throws -> FloatPlane {
        let padded = try PaddedPlane(
            self, marginX: kernel.width / 2, marginY: kernel.height / 2, border: border)
        let taps = Taps(kernel, stride: padded.stride)
        return try rows(of: padded, cost: width * max(1, taps.weights.count)) { base, out in
            taps.run(base, into: out, count: width)
        }
    }

    /// The plane filtered by `column` from top to bottom and by `row` from left to right.
    func filtered(column: [Float], row: [Float], border: FilterBorder) throws -> FloatPlane {
        let padded = try PaddedPlane(
            self, marginX: row.count / 2, marginY: column.count / 2, border: border)
        let down = Taps(column, step: padded.stride)
        let across = Taps(row, step: 1)
        let length = padded.stride
        let cost = length * (column.count + row.count)
        return try rows(of: padded, cost: cost) { base, out in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: length) { line in
                guard let line = line.baseAddress else { return }
                down.run(base, into: line, count: length)
                across.run(line, into: out, count: width)
            }
        }
    }

    /// A plane each of whose rows `body` makes of the padded rows from the same one on.
    private func rows(
        of padded: PaddedPlane, cost: Int,
        _ body: (UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
    ) throws -> FloatPlane {
        let (width, stride) = (width, padded.stride)
        return try FloatPlane(width: width, height: height) { out in
            try padded.values.withUnsafeBufferPointer { source in
                guard let base = source.baseAddress else { return }
                try forEachStretch(height, cost: cost) { rows in
                    for y in rows { body(base + y * stride, out + y * width) }
                }
            }
        }
    }
}
