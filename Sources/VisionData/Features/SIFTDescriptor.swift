import Glibc

/// What the gradients around a place say: in which direction most of them point, and 128 numbers
/// that describe the surroundings relative to that direction (Lowe 2004).
struct SIFTDescriptor {
    /// Numbers of a descriptor: 4 x 4 parts of 8 directions each.
    static let count = 128
    private static let parts = 4
    private static let directions = 8

    private let plane: FloatPlane

    /// Descriptors of places in a blurred copy of the picture.
    init(_ plane: FloatPlane) { self.plane = plane }

    /// The difference of the samples on both sides, up counted as positive.
    @inline(__always)
    private func gradient(
        _ values: UnsafeBufferPointer<Float>, _ x: Int, _ y: Int
    ) -> (x: Float, y: Float) {
        let at = y &* plane.width &+ x
        return (
            values[at &+ 1] - values[at &- 1], values[at &- plane.width] - values[at &+ plane.width]
        )
    }

    /// The directions, in radians from the right counter-clockwise, in which most gradients within
    /// some pixels point: the greatest of 36 and those that reach 80% of it.
    func angles(column: Int, row: Int, scale: Double) -> [Double] {
        let bins = 36
        let radius = Int((4.5 * scale).rounded())
        let factor = -1 / (2 * 1.5 * 1.5 * scale * scale)
        var raw = [Float](repeating: 0, count: bins)
        plane.values.withUnsafeBufferPointer { values in
            for dy in -radius...radius where row + dy > 0 && row + dy < plane.height - 1 {
                for dx in -radius...radius where column + dx > 0 && column + dx < plane.width - 1 {
                    let (x, y) = gradient(values, column + dx, row + dy)
                    let weight = expf(Float(Double(dx * dx + dy * dy) * factor))
                    let turn = atan2f(y, x) / (2 * .pi) * Float(bins)
                    let bin = (Int(turn.rounded()) + bins) % bins
                    raw[bin] += weight * (x * x + y * y).squareRoot()
                }
            }
        }
        func at(_ index: Int) -> Float { raw[(index + bins) % bins] }
        let smooth = (0..<bins).map { index in
            (at(index - 2) + at(index + 2)) / 16 + (at(index - 1) + at(index + 1)) / 4
                + at(index) * 6 / 16
        }
        let least = 0.8 * (smooth.max() ?? 0)
        return (0..<bins).compactMap { index in
            let (before, after) = (smooth[(index + bins - 1) % bins], smooth[(index + 1) % bins])
            let value = smooth[index]
            guard value > before, value > after, value >= least else { return nil }
            let shift = 0.5 * (before - after) / (before - 2 * value + after)
            return 2 * .pi * (Double(index) + Double(shift)) / Double(bins)
        }
    }

    /// The descriptor of a place, of length 1: gradients within 4 x 4 parts, each `3 scale` wide and
    /// turned by `angle`, shared out between neighbouring parts and directions.
    func write(
        x: Double, y: Double, angle: Double, scale: Double,
        into out: UnsafeMutablePointer<Float>
    ) {
        let parts = Self.parts
        let directions = Self.directions
        let side = 3 * scale
        let diagonal = hypot(Double(plane.width), Double(plane.height))
        let radius = Int(min(side * 2.0.squareRoot() * Double(parts + 1) / 2, diagonal).rounded())
        let (cosine, sine) = (Float(cos(angle) / side), Float(sin(angle) / side))
        let (column, row) = (Int(x.rounded()), Int(y.rounded()))
        // One more part on each side takes what is shared out beyond the border.
        let rowSize = (parts + 2) * directions
        withUnsafeTemporaryAllocation(of: Float.self, capacity: (parts + 2) * rowSize) { sums in
            sums.update(repeating: 0)
            plane.values.withUnsafeBufferPointer { values in
                for dy in -radius...radius where row + dy > 0 && row + dy < plane.height - 1 {
                    for dx in -radius...radius
                    where column + dx > 0 && column + dx < plane.width - 1 {
                        let across = Float(dx) * cosine - Float(dy) * sine
                        let down = Float(dx) * sine + Float(dy) * cosine
                        let partX = across + Float(parts) / 2 - 0.5
                        let partY = down + Float(parts) / 2 - 0.5
                        guard partX > -1, partY > -1, partX < Float(parts), partY < Float(parts)
                        else { continue }
                        let (gx, gy) = gradient(values, column + dx, row + dy)
                        let weight = expf(
                            -(across * across + down * down) / (Float(parts * parts) * 0.5))
                        var turn = (atan2f(gy, gx) - Float(angle)) / (2 * .pi)
                        turn = (turn - turn.rounded(.down)) * Float(directions)
                        Self.share(
                            weight * (gx * gx + gy * gy).squareRoot(), partX, partY, turn, sums,
                            rowSize)
                    }
                }
            }
            for part in 0..<parts * parts {
                let from = (part / parts + 1) * rowSize + (part % parts + 1) * directions
                for direction in 0..<directions {
                    out[part * directions + direction] = sums[from + direction]
                }
            }
        }
        Self.normalize(out)
    }

    @inline(__always)
    private static func share(
        _ amount: Float, _ partX: Float, _ partY: Float, _ turn: Float,
        _ sums: UnsafeMutableBufferPointer<Float>, _ rowSize: Int
    ) {
        let (left, top, first) = (
            partX.rounded(.down), partY.rounded(.down), turn.rounded(.down)
        )
        let (restX, restY, rest) = (partX - left, partY - top, turn - first)
        for (row, shareY) in [(0, 1 - restY), (1, restY)] {
            for (column, shareX) in [(0, 1 - restX), (1, restX)] {
                let start = (Int(top) + 1 + row) * rowSize + (Int(left) + 1 + column) * directions
                let part = amount * shareX * shareY
                sums[start + Int(first) % directions] += part * (1 - rest)
                sums[start + (Int(first) + 1) % directions] += part * rest
            }
        }
    }

    /// Length 1, no number beyond 0.2, length 1 again: one strong edge shall not decide.
    private static func normalize(_ out: UnsafeMutablePointer<Float>) {
        for limit in [Float(0.2), .infinity] {
            var squares: Float = 0
            for index in 0..<count { squares += out[index] * out[index] }
            let scale = 1 / max(squares.squareRoot(), 1e-12)
            for index in 0..<count { out[index] = min(out[index] * scale, limit) }
        }
    }
}
