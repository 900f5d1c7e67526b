import OneDNN

/// How several floats at once are brought together, as a type.
protocol LaneReduction {
    /// What changes nothing.
    static var start: Float { get }
    static func combine(_ a: FloatLanes, _ b: FloatLanes) -> FloatLanes
    static func combine(_ a: Double, _ b: Double) -> Double
}

enum SumLanes: LaneReduction {
    static var start: Float { 0 }
    @inline(__always)
    static func combine(_ a: FloatLanes, _ b: FloatLanes) -> FloatLanes { a + b }
    @inline(__always) static func combine(_ a: Double, _ b: Double) -> Double { a + b }
}

enum ProductLanes: LaneReduction {
    static var start: Float { 1 }
    @inline(__always)
    static func combine(_ a: FloatLanes, _ b: FloatLanes) -> FloatLanes { a * b }
    @inline(__always) static func combine(_ a: Double, _ b: Double) -> Double { a * b }
}

/// NaN wins.
enum LeastLanes: LaneReduction {
    static var start: Float { .infinity }
    @inline(__always)
    static func combine(_ a: FloatLanes, _ b: FloatLanes) -> FloatLanes {
        a.replacing(with: b, where: (b .< a) .| (b .!= b))
    }
    @inline(__always) static func combine(_ a: Double, _ b: Double) -> Double {
        b < a || b.isNaN ? b : a
    }
}

/// NaN wins.
enum GreatestLanes: LaneReduction {
    static var start: Float { -.infinity }
    @inline(__always)
    static func combine(_ a: FloatLanes, _ b: FloatLanes) -> FloatLanes {
        a.replacing(with: b, where: (b .> a) .| (b .!= b))
    }
    @inline(__always) static func combine(_ a: Double, _ b: Double) -> Double {
        b > a || b.isNaN ? b : a
    }
}

/// Elements that are reduced in one go. The cuts depend on the extent alone, so that results do not
/// depend on the number of threads.
private let pieceCount = 32_768

/// Reduces `[outer, size, inner]` over the middle to `[outer, inner]`.
///
/// Short runs are combined as floats and the runs' results as doubles: the error of a sum grows with
/// the length of a run rather than with the count.
func reduceLanes<F: LaneReduction, E: LaneElement>(
    _: F.Type, _ input: UnsafePointer<E>, _ extent: ReductionExtent,
    _ output: UnsafeMutablePointer<Float>
) throws {
    let size = extent.size
    let inner = extent.inner
    guard size > 0 else { return output.update(repeating: F.start, count: extent.outer * inner) }
    if inner >= 64 { return reduceWide(F.self, input, extent, output) }
    let length = Swift.max(1, pieceCount / Swift.max(1, inner))
    if size <= length {
        Parallel.forEach(
            count: extent.outer, grain: Swift.max(1, 16_384 / Swift.max(1, size * inner))
        ) { range in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: 64) { buffer in
                guard let totals = buffer.baseAddress else { return }
                for row in range {
                    let from = input + row * size * inner
                    reducePiece(F.self, from, rows: size, inner, totals)
                    for column in 0..<inner { output[row * inner + column] = Float(totals[column]) }
                }
            }
        }
        return
    }
    let pieces = (size + length - 1) / length
    let partial = try Storage(
        byteCount: extent.outer * inner * pieces * MemoryLayout<Double>.size)
    let partials = partial.pointer.assumingMemoryBound(to: Double.self)
    Parallel.forEach(count: extent.outer * pieces, grain: 1) { range in
        for index in range {
            let first = index % pieces * length
            let from = input + (index / pieces * size + first) * inner
            reducePiece(
                F.self, from, rows: Swift.min(length, size - first), inner,
                partials + index * inner)
        }
    }
    for row in 0..<extent.outer {
        for column in 0..<inner {
            var value = partials[row * pieces * inner + column]
            for piece in 1..<pieces {
                value = F.combine(value, partials[(row * pieces + piece) * inner + column])
            }
            output[row * inner + column] = Float(value)
        }
    }
    withExtendedLifetime(partial) {}
}

/// Reduces long rows to one, in pieces of columns.
private func reduceWide<F: LaneReduction, E: LaneElement>(
    _: F.Type, _ input: UnsafePointer<E>, _ extent: ReductionExtent,
    _ output: UnsafeMutablePointer<Float>
) {
    let size = extent.size
    let inner = extent.inner
    let width = 512
    let pieces = (inner + width - 1) / width
    Parallel.forEach(
        count: extent.outer * pieces,
        grain: Swift.max(1, 16_384 / (size * Swift.min(inner, width)))
    ) { range in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: width) { totals in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { block in
                guard let totals = totals.baseAddress, let block = block.baseAddress else {
                    return
                }
                for piece in range {
                    let start = piece % pieces * width
                    let count = Swift.min(width, inner - start)
                    let from = input + piece / pieces * size * inner + start
                    reduceColumns(F.self, from, rows: size, stride: inner, count, block, totals)
                    let to = output + piece / pieces * inner + start
                    for column in 0..<count { to[column] = Float(totals[column]) }
                }
            }
        }
    }
}

/// Rows of `count` elements, column by column, by way of a buffer of floats.
@inline(__always)
private func reduceColumns<F: LaneReduction, E: LaneElement>(
    _: F.Type, _ from: UnsafePointer<E>, rows: Int, stride: Int, _ count: Int,
    _ block: UnsafeMutablePointer<Float>, _ totals: UnsafeMutablePointer<Double>
) {
    let width = FloatLanes.width
    totals.update(repeating: Double(F.start), count: count)
    var row = 0
    while row < rows {
        let end = Swift.min(rows, row + 64)
        block.update(repeating: F.start, count: count)
        while row < end {
            let source = from + row &* stride
            var column = 0
            while column &+ width <= count {
                F.combine(FloatLanes(at: block + column), E.lanes(at: source + column))
                    .store(at: block + column)
                column &+= width
            }
            while column < count {
                block[column] = Float(
                    F.combine(Double(block[column]), Double(source[column].float)))
                column &+= 1
            }
            row &+= 1
        }
        for column in 0..<count {
            totals[column] = F.combine(totals[column], Double(block[column]))
        }
    }
}

@inline(__always)
private func reducePiece<F: LaneReduction, E: LaneElement>(
    _: F.Type, _ from: UnsafePointer<E>, rows: Int, _ inner: Int,
    _ output: UnsafeMutablePointer<Double>
) {
    if inner == 1 {
        output[0] = reduceRun(F.self, from, rows)
    } else {
        reduceRows(F.self, from, rows: rows, inner, output)
    }
}

/// Elements one after the other.
private func reduceRun<F: LaneReduction, E: LaneElement>(
    _: F.Type, _ values: UnsafePointer<E>, _ count: Int
) -> Double {
    let width = FloatLanes.width
    var total = Double(F.start)
    var index = 0
    while index < count {
        let end = Swift.min(count, index + 64 * width)
        var even = FloatLanes(repeating: F.start)
        var odd = even
        while index &+ 2 &* width <= end {
            even = F.combine(even, E.lanes(at: values + index))
            odd = F.combine(odd, E.lanes(at: values + index + width))
            index &+= 2 &* width
        }
        let both = F.combine(even, odd)
        for lane in 0..<width { total = F.combine(total, Double(both[lane])) }
        while index < end {
            total = F.combine(total, Double(values[index].float))
            index &+= 1
        }
    }
    return total
}

/// Rows of `length` elements one after the other, column by column.
private func reduceRows<F: LaneReduction, E: LaneElement>(
    _: F.Type, _ values: UnsafePointer<E>, rows: Int, _ length: Int,
    _ output: UnsafeMutablePointer<Double>
) {
    let width = FloatLanes.width
    var column = 0
    while column &+ width <= length {
        var total = SIMD8<Double>(repeating: Double(F.start))
        var row = 0
        while row < rows {
            let end = Swift.min(rows, row + 64)
            var lanes = FloatLanes(repeating: F.start)
            while row < end {
                lanes = F.combine(lanes, E.lanes(at: values + row &* length + column))
                row &+= 1
            }
            for lane in 0..<width { total[lane] = F.combine(total[lane], Double(lanes[lane])) }
        }
        for lane in 0..<width { output[column + lane] = total[lane] }
        column &+= width
    }
    while column < length {
        var total = Double(F.start)
        for row in 0..<rows {
            total = F.combine(total, Double(values[row &* length + column].float))
        }
        output[column] = total
        column &+= 1
    }
}
