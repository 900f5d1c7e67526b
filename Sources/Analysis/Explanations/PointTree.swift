/// Points of a plane in squares that are divided into four where they hold more than one point:
/// what is far away counts as one point in the middle of its group.
///
/// Source: Barnes and Hut, "A hierarchical O(N log N) force-calculation algorithm", 1986.
struct PointTree {
    private struct Square {
        /// The middle of its points, as long as it is made their sum.
        var x = 0.0
        var y = 0.0
        var count = 0.0
        let centerX, centerY, half: Double
        /// The first of four squares inside it; -1 where there are none.
        var inner = -1
    }

    private var squares: [Square]

    /// The deepest squares; points that are nearly the same share one.
    private static let depth = 48

    /// Points, two numbers each.
    init(_ points: [Double]) {
        var (lowX, highX) = (Double.infinity, -Double.infinity)
        var (lowY, highY) = (Double.infinity, -Double.infinity)
        for index in stride(from: 0, to: points.count, by: 2) {
            lowX = min(lowX, points[index])
            highX = max(highX, points[index])
            lowY = min(lowY, points[index + 1])
            highY = max(highY, points[index + 1])
        }
        let half = max(highX - lowX, highY - lowY, 1e-12) / 2 * 1.0001
        squares = [
            Square(centerX: (lowX + highX) / 2, centerY: (lowY + highY) / 2, half: half)
        ]
        squares.reserveCapacity(points.count * 2)
        for index in stride(from: 0, to: points.count, by: 2) {
            insert(points[index], points[index + 1])
        }
        for index in squares.indices where squares[index].count > 0 {
            squares[index].x /= squares[index].count
            squares[index].y /= squares[index].count
        }
    }

    private mutating func insert(_ x: Double, _ y: Double) {
        var square = 0
        for level in 0...Self.depth {
            let held = squares[square]
            if held.inner < 0, held.count > 0, level < Self.depth,
                (held.x, held.y) != (x * held.count, y * held.count)
            {
                divide(square)
            }
            squares[square].x += x
            squares[square].y += y
            squares[square].count += 1
            guard squares[square].inner >= 0 else { return }
            square = squares[square].inner + part(of: square, x, y)
        }
    }

    /// Gives a square four inside it, and what it held to the one it lies in.
    private mutating func divide(_ square: Int) {
        let held = squares[square]
        let quarter = held.half / 2
        squares[square].inner = squares.count
        for part in 0..<4 {
            squares.append(
                Square(
                    centerX: held.centerX + (part & 1 == 0 ? -quarter : quarter),
                    centerY: held.centerY + (part & 2 == 0 ? -quarter : quarter), half: quarter))
        }
        let inner =
            squares[square].inner + part(of: square, held.x / held.count, held.y / held.count)
        squares[inner].x = held.x
        squares[inner].y = held.y
        squares[inner].count = held.count
    }

    private func part(of square: Int, _ x: Double, _ y: Double) -> Int {
        (x < squares[square].centerX ? 0 : 1) + (y < squares[square].centerY ? 0 : 2)
    }

    /// What all points do to one at a place: the sum of `q^2 (place - point)` and of `q`, for
    /// `q = 1 / (1 + d^2)`.
    func repulsion(at x: Double, _ y: Double, angle: Double) -> (x: Double, y: Double, sum: Double)
    {
        squares.withUnsafeBufferPointer { squares in
            var force = (x: 0.0, y: 0.0, sum: 0.0)
            withUnsafeTemporaryAllocation(of: Int.self, capacity: 4 * Self.depth + 8) { waiting in
                waiting[0] = 0
                var count = 1
                while count > 0 {
                    count -= 1
                    let square = squares[waiting[count]]
                    guard square.count > 0 else { continue }
                    let (dx, dy) = (x - square.x, y - square.y)
                    let squared = dx * dx + dy * dy
                    let side = 2 * square.half
                    if square.inner < 0 || side * side < angle * angle * squared {
                        let closeness = 1 / (1 + squared)
                        let push = square.count * closeness * closeness
                        force.x += push * dx
                        force.y += push * dy
                        force.sum += square.count * closeness
                    } else {
                        for part in 0..<4 { waiting[count + part] = square.inner + part }
                        count += 4
                    }
                }
            }
            return force
        }
    }
}
