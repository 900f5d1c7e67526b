import Tensors
import Testing

@Suite struct OptimizationTests {
    private let start = Naive.sample([3, 2, 3, 3]), slope = Naive.sample([3, 2, 3, 3], salt: 1)

    @Test(arguments: [(0.0, false, 0.0), (0.9, false, 0.0), (0.9, true, 0.01), (0.0, false, 0.1)])
    func sgdFollowsItsFormula(_ momentum: Double, _ nesterov: Bool, _ decay: Double) throws {
        var p = try start.tensor()
        var state = SGDState()
        var values = start.values
        var velocity: [Double]?
        for _ in 0..<3 {
            try sgdStep(
                &p, gradient: slope.tensor(), state: &state, learningRate: 0.1, momentum: momentum,
                nesterov: nesterov, weightDecay: decay)
            let g = zip(slope.values, values).map { $0 + decay * $1 }
            let v = velocity.map { zip($0, g).map { momentum * $0 + $1 } } ?? g
            velocity = v
            let d = nesterov ? zip(g, v).map { $0 + momentum * $1 } : v
            values = zip(values, d).map { $0 - 0.1 * $1 }
        }
        try expectClose(p, Naive(start.shape, values))
    }

    @Test(arguments: [false, true])
    func adamFollowsItsFormula(_ decoupled: Bool) throws {
        var p = try start.tensor()
        var state = AdamState()
        var values = start.values
        var m = values.map { _ in 0.0 }
        var s = m
        for step in 1...4 {
            try adamStep(
                &p, gradient: slope.tensor(), state: &state, learningRate: 0.01, weightDecay: 0.1,
                decoupled: decoupled)
            let t = Double(step)
            for i in values.indices {
                let g = slope.values[i] + (decoupled ? 0 : 0.1 * values[i])
                m[i] = 0.9 * m[i] + 0.1 * g
                s[i] = 0.999 * s[i] + 0.001 * g * g
                let mean = m[i] / (1 - pow(0.9, t))
                let square = s[i] / (1 - pow(0.999, t))
                let shrink: Double = decoupled ? 1 - 0.01 * 0.1 : 1
                let change: Double = 0.01 * mean / (square.squareRoot() + 1e-8)
                values[i] = shrink * values[i] - change
            }
        }
        try expectClose(p, Naive(start.shape, values))
    }

    @Test func stepsAgreeWhateverTheLayout() throws {
        var plain = try start.tensor()
        var packed = try start.tensor()
        _ = try conv2d(Tensor.ones([1, 2, 5, 5]), packed)
        var a = SGDState()
        var b = SGDState()
        for round in 0..<3 {
            let g = try Naive.sample([3, 2, 3, 3], salt: round).tensor()
            try sgdStep(&plain, gradient: g, state: &a, learningRate: 0.1, momentum: 0.9)
            try sgdStep(&packed, gradient: g, state: &b, learningRate: 0.1, momentum: 0.9)
        }
        #expect(try plain.scalars(as: Float.self) == packed.scalars(as: Float.self))
    }

    @Test func copiesTakenBeforeAStepKeepTheirValues() throws {
        var p = try Tensor([1, 2, 3])
        p.requiresGradient = true
        let copy = p
        let view = try p.reshaped(3, 1)
        var state = SGDState()
        try sgdStep(&p, gradient: Tensor([1, 1, 1]), state: &state, learningRate: 1)
        #expect(try p.scalars(as: Float.self) == [0, 1, 2])
        #expect(try copy.scalars(as: Float.self) == [1, 2, 3])
        #expect(try view.scalars(as: Float.self) == [1, 2, 3])
        #expect(p.requiresGradient)
    }
}

private func pow(_ base: Double, _ exponent: Double) -> Double {
    (0..<Int(exponent)).reduce(1) { value, _ in value * base }
}
