import Tensors

/// A tensor of doubles with the plainest loops, against which the engine is held.
struct Naive {
    var shape: [Int]
    var values: [Double]

    init(_ shape: [Int], _ values: [Double]) {
        self.shape = shape
        self.values = values
    }

    /// Elements given by their index.
    init(_ shape: [Int], _ element: ([Int]) -> Double) {
        self.shape = shape
        values = (0..<shape.reduce(1, *)).map { element(Naive.index($0, shape)) }
    }

    /// Reproducible values in `low...high` that are far from each other's neighbours.
    static func sample(_ shape: [Int], low: Double = -1, high: Double = 1, salt: Int = 0) -> Naive {
        let count = shape.reduce(1, *)
        let values = (0..<count).map { position in
            let hash =
                UInt64(bitPattern: Int64(position &* 7919 &+ salt &* 104_729 &+ 12_345))
                &* 0x9E37_79B9_7F4A_7C15
            let unit = Double((hash ^ (hash >> 29)) % 1_000_003) / 1_000_003
            return Double(Float(low + (high - low) * unit))
        }
        return Naive(shape, values)
    }

    static func index(_ flat: Int, _ shape: [Int]) -> [Int] {
        var index = [Int](repeating: 0, count: shape.count)
        var rest = flat
        for axis in shape.indices.reversed() {
            index[axis] = rest % shape[axis]
            rest /= shape[axis]
        }
        return index
    }

    func flat(_ index: [Int]) -> Int {
        var position = 0
        for axis in 0..<shape.count { position = position * shape[axis] + index[axis] }
        return position
    }

    subscript(_ index: Int...) -> Double { values[flat(index)] }
    subscript(at index: [Int]) -> Double { values[flat(index)] }

    /// The element that a broadcast to a larger shape reads.
    func broadcast(at index: [Int]) -> Double {
        var position = 0
        let extra = index.count - shape.count
        for axis in 0..<shape.count {
            position = position * shape[axis] + (shape[axis] == 1 ? 0 : index[extra + axis])
        }
        return values[position]
    }

    func map(_ function: (Double) -> Double) -> Naive { Naive(shape, values.map(function)) }

    func tensor() throws -> Tensor { try Tensor(values, shape: shape) }

    /// Reduces along one axis, which stays with size 1.
    func reduced(_ axis: Int, _ function: ([Double]) -> Double) -> Naive {
        var smaller = shape
        smaller[axis] = 1
        return Naive(smaller) { index in
            function(
                (0..<shape[axis]).map { position in
                    var index = index
                    index[axis] = position
                    return self[at: index]
                })
        }
    }

    static func convolution(
        _ x: Naive, _ w: Naive, bias: Naive?, stride: [Int], low: [Int], high: [Int],
        dilation: [Int], groups: Int
    ) -> Naive {
        let size = (0..<2).map { (axis: Int) -> Int in
            let room: Int = x.shape[2 + axis] + low[axis] + high[axis]
            let reach: Int = dilation[axis] * (w.shape[2 + axis] - 1) + 1
            return (room - reach) / stride[axis] + 1
        }
        let perGroup = w.shape[0] / groups
        return Naive([x.shape[0], w.shape[0]] + size) { index in
            let (n, k) = (index[0], index[1])
            var sum = bias?[k] ?? 0
            for c in 0..<w.shape[1] {
                for i in 0..<w.shape[2] {
                    for j in 0..<w.shape[3] {
                        let row = index[2] * stride[0] - low[0] + i * dilation[0]
                        let column = index[3] * stride[1] - low[1] + j * dilation[1]
                        guard row >= 0, row < x.shape[2], column >= 0, column < x.shape[3] else {
                            continue
                        }
                        sum += x[n, k / perGroup * w.shape[1] + c, row, column] * w[k, c, i, j]
                    }
                }
            }
            return sum
        }
    }

    static func pooling(
        _ x: Naive, kernel: [Int], stride: [Int], padding: [Int], maximum: Bool
    ) -> Naive {
        let size = (0..<2).map { (axis: Int) -> Int in
            let room: Int = x.shape[2 + axis] + 2 * padding[axis]
            return (room - kernel[axis]) / stride[axis] + 1
        }
        return Naive(Array(x.shape[..<2]) + size) { index in
            var window: [Double] = []
            for i in 0..<kernel[0] {
                for j in 0..<kernel[1] {
                    let row = index[2] * stride[0] - padding[0] + i
                    let column = index[3] * stride[1] - padding[1] + j
                    guard row >= 0, row < x.shape[2], column >= 0, column < x.shape[3] else {
                        continue
                    }
                    window.append(x[index[0], index[1], row, column])
                }
            }
            return maximum
                ? window.max() ?? 0 : window.reduce(0, +) / Double(kernel[0] * kernel[1])
        }
    }

    static func matmul(_ a: Naive, _ b: Naive) -> Naive {
        let batch = zip(a.shape.dropLast(2), b.shape.dropLast(2)).map(max)
        let inner = a.shape[a.shape.count - 1]
        return Naive(batch + [a.shape[a.shape.count - 2], b.shape[b.shape.count - 1]]) { index in
            let (row, column) = (index[index.count - 2], index[index.count - 1])
            let lead = Array(index.dropLast(2))
            return (0..<inner).reduce(0) {
                $0 + a.broadcast(at: lead + [row, $1]) * b.broadcast(at: lead + [$1, column])
            }
        }
    }
}
