/// Finds a minimum of a smooth function by the L-BFGS method (Liu and Nocedal 1989): steps along
/// the gradient, corrected by what the last steps taught about the curvature.
struct QuasiNewton {
    /// The function's value, and its gradient written into the second argument.
    typealias Function = ([Float], inout [Float]) throws -> Double

    private var point: [Float]
    private let memory: Int
    /// Past steps, the changes of the gradient along them, and the inverses of their products.
    private var pairs: [(step: [Float], change: [Float], inverse: Double)] = []

    init(start: [Float], memory: Int) {
        point = start
        self.memory = memory
    }

    /// The place where no element of the gradient exceeds `tolerance`, or where `iterations` ended.
    ///
    /// `progress` is told the value after each step.
    mutating func minimize(
        iterations: Int, tolerance: Float, _ function: Function, progress: (Double) -> Void
    ) throws -> [Float] {
        var gradient = [Float](repeating: 0, count: point.count)
        var value = try function(point, &gradient)
        var nextGradient = gradient
        for _ in 0..<iterations {
            guard gradient.contains(where: { abs($0) > tolerance }) else { break }
            var direction = direction(gradient)
            var slope = Self.product(direction, gradient)
            if slope >= 0 {
                pairs = []
                direction = gradient.map { -$0 }
                slope = -Self.product(gradient, gradient)
            }
            // The first step has no curvature to tell its length.
            var length = pairs.isEmpty ? min(1, 1 / (-slope).squareRoot()) : 1
            var next = point
            var isFound = false
            for _ in 0..<30 {
                for index in point.indices {
                    next[index] = point[index] + Float(length) * direction[index]
                }
                let nextValue = try function(next, &nextGradient)
                if nextValue <= value + 1e-4 * length * slope {
                    value = nextValue
                    isFound = true
                    break
                }
                length /= 2
            }
            guard isFound else { break }
            remember(
                step: zip(next, point).map { $0 - $1 },
                change: zip(nextGradient, gradient).map { $0 - $1 })
            point = next
            swap(&gradient, &nextGradient)
            progress(value)
        }
        return point
    }

    private mutating func remember(step: [Float], change: [Float]) {
        let curvature = Self.product(step, change)
        guard curvature > 1e-12 * Self.product(change, change) else { return }
        pairs.append((step, change, 1 / curvature))
        if pairs.count > memory { pairs.removeFirst() }
    }

    /// Minus the gradient times the inverse curvature that the remembered steps show.
    private func direction(_ gradient: [Float]) -> [Float] {
        var result = gradient.map { -$0 }
        var shares: [Double] = []
        for pair in pairs.reversed() {
            let share = pair.inverse * Self.product(pair.step, result)
            shares.append(share)
            Self.add(pair.change, -share, to: &result)
        }
        if let last = pairs.last {
            let scale = Float(1 / (last.inverse * Self.product(last.change, last.change)))
            for index in result.indices { result[index] *= scale }
        }
        for (pair, share) in zip(pairs, shares.reversed()) {
            let back = pair.inverse * Self.product(pair.change, result)
            Self.add(pair.step, share - back, to: &result)
        }
        return result
    }

    private static func product(_ a: [Float], _ b: [Float]) -> Double {
        var sum = 0.0
        for index in a.indices { sum += Double(a[index]) * Double(b[index]) }
        return sum
    }

    private static func add(_ a: [Float], _ factor: Double, to b: inout [Float]) {
        let factor = Float(factor)
        for index in a.indices { b[index] += factor * a[index] }
    }
}
