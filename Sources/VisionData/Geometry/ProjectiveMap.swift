import Glibc

/// Where each point of a new picture comes from: the point (x, y) from
/// `((a x + b y + c) / (g x + h y + 1), (d x + e y + f) / (g x + h y + 1))`.
///
/// Points are in pixels from the upper left corner; the middle of the first pixel is (0.5, 0.5).
struct ProjectiveMap: Sendable {
    /// a to h.
    let coefficients: [Double]

    /// A turn by `degrees` counter-clockwise, a magnification, a shear of vertical lines by
    /// `shear` degrees and a shift, in this order about a centre; it is the inverse that is kept.
    init(
        degrees: Double, scale: Double = 1, shear: Double = 0,
        shift: (x: Double, y: Double) = (0, 0), from center: (x: Double, y: Double),
        to target: (x: Double, y: Double)
    ) {
        let angle = degrees.truncatingRemainder(dividingBy: 360) * .pi / 180
        let slant = tan(shear * .pi / 180)
        let (cosine, sine) = (cos(angle), sin(angle))
        // out = M (in - center) + target + shift with y pointing down
        let (m00, m01) = (scale * (cosine + slant * -sine), scale * (sine + slant * cosine))
        let (m10, m11) = (scale * -sine, scale * cosine)
        let determinant = m00 * m11 - m01 * m10
        let (a, b) = (m11 / determinant, -m01 / determinant)
        let (d, e) = (-m10 / determinant, m00 / determinant)
        let (x, y) = (target.x + shift.x, target.y + shift.y)
        coefficients = [
            a, b, center.x - a * x - b * y, d, e, center.y - d * x - e * y, 0, 0,
        ]
    }

    /// The map that takes each corner of `target` from that of `source`; `nil` where four points
    /// define none, as on one line.
    init?(from source: [(x: Double, y: Double)], to target: [(x: Double, y: Double)]) {
        var rows: [[Double]] = []
        for (from, to) in zip(source, target) {
            rows.append([to.x, to.y, 1, 0, 0, 0, -from.x * to.x, -from.x * to.y, from.x])
            rows.append([0, 0, 0, to.x, to.y, 1, -from.y * to.x, -from.y * to.y, from.y])
        }
        // Gauss-Jordan elimination with the greatest pivot of each column.
        for column in 0..<8 {
            let pivot = (column..<8).max { abs(rows[$0][column]) < abs(rows[$1][column]) }
            guard let pivot, abs(rows[pivot][column]) > 1e-9 else { return nil }
            rows.swapAt(column, pivot)
            for row in 0..<8 where row != column {
                let factor = rows[row][column] / rows[column][column]
                guard factor != 0 else { continue }
                for index in column..<9 { rows[row][index] -= factor * rows[column][index] }
            }
        }
        coefficients = (0..<8).map { rows[$0][8] / rows[$0][$0] }
        guard coefficients.allSatisfy(\.isFinite) else { return nil }
    }

    /// The point that (x, y) comes from.
    @inline(__always)
    func source(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
        coefficients.withUnsafeBufferPointer { c in
            let scale = c[6] * x + c[7] * y + 1
            return (
                (c[0] * x + c[1] * y + c[2]) / scale, (c[3] * x + c[4] * y + c[5]) / scale
            )
        }
    }
}
