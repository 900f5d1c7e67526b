import Glibc
import Tensors
import Testing

/// The definition, with the mask as numbers to add.
private func attention(
    _ q: Naive, _ k: Naive, _ v: Naive, mask: Naive? = nil, isCausal: Bool = false,
    scale: Double? = nil
) -> Naive {
    let rank = q.shape.count
    let width = q.shape[rank - 1]
    let factor = scale ?? 1 / Double(width).squareRoot()
    let keys = k.shape[rank - 2]
    var shares: [Double] = []
    return Naive(Array(q.shape.dropLast()) + [v.shape[rank - 1]]) { index in
        let lead = Array(index.dropLast(2))
        if index[rank - 1] == 0 {
            // The last axis varies fastest: one softmax for each query.
            let t = index[rank - 2]
            let powers = (0..<keys).map { s -> Double in
                if isCausal && s > t { return 0 }
                let query = q.flat(lead + [t, 0])
                let key = k.flat(lead + [s, 0])
                let dot = (0..<width).reduce(0.0) {
                    $0 + q.values[query + $1] * k.values[key + $1]
                }
                return exp(dot * factor + (mask?.broadcast(at: lead + [t, s]) ?? 0))
            }
            let total = powers.reduce(0, +)
            shares = powers.map { total == 0 ? 0 : $0 / total }
        }
        let value = v.flat(lead + [0, index[rank - 1]])
        return (0..<keys).reduce(0.0) { $0 + shares[$1] * v.values[value + $1 * v.shape[rank - 1]] }
    }
}

@Suite struct AttentionTests {
    struct Case: CustomStringConvertible, Sendable {
        var leading: [Int]
        var t, s, d, v: Int
        var isCausal = false
        var scale: Double? = nil
        var description: String { "\(leading) \(t)x\(s) \(d) \(v) \(isCausal)" }
    }

    @Test(arguments: [
        Case(leading: [2, 3], t: 5, s: 5, d: 4, v: 4),
        Case(leading: [1, 2], t: 3, s: 9, d: 5, v: 7),
        Case(leading: [], t: 4, s: 6, d: 3, v: 2, scale: -0.3),
        Case(leading: [3], t: 1, s: 17, d: 8, v: 8),
        Case(leading: [2, 1, 2], t: 7, s: 7, d: 6, v: 6, isCausal: true),
        Case(leading: [2], t: 4, s: 11, d: 2, v: 3, isCausal: true, scale: 0.9),
        Case(leading: [2], t: 9, s: 3, d: 1, v: 1, isCausal: true),
        Case(leading: [1, 2], t: 17, s: 19, d: 16, v: 16),
    ])
    func matchesTheDefinition(_ c: Case) throws {
        let inputs = [
            Naive.sample(c.leading + [c.t, c.d], low: -2, high: 2),
            Naive.sample(c.leading + [c.s, c.d], low: -2, high: 2, salt: 1),
            Naive.sample(c.leading + [c.s, c.v], salt: 2),
        ]
        try checkGradients(inputs) {
            try scaledDotProductAttention(
                $0[0], $0[1], $0[2], isCausal: c.isCausal, scale: c.scale)
        } reference: {
            attention($0[0], $0[1], $0[2], isCausal: c.isCausal, scale: c.scale)
        }
    }

    @Test(arguments: [[2, 3, 4, 6], [1, 3, 1, 6], [4, 1], [6], [], [2, 1, 4, 1]])
    func masksAreAddedAndLearn(_ shape: [Int]) throws {
        let inputs = [
            Naive.sample([2, 3, 4, 5]), Naive.sample([2, 3, 6, 5], salt: 1),
            Naive.sample([2, 3, 6, 2], salt: 2), Naive.sample(shape, low: -2, high: 2, salt: 3),
        ]
        try checkGradients(inputs) {
            try scaledDotProductAttention($0[0], $0[1], $0[2], mask: $0[3])
        } reference: {
            attention($0[0], $0[1], $0[2], mask: $0[3])
        }
    }

    @Test func boolMasksHideKeys() throws {
        let inputs = [
            Naive.sample([2, 3, 5]), Naive.sample([2, 4, 5], salt: 1),
            Naive.sample([2, 4, 5], salt: 2),
        ]
        // The second query sees nothing.
        let visible = [true, true, false, true, false, false, false, false, true, true, true, true]
        let mask = try Tensor(visible, shape: [3, 4])
        let added = Naive([3, 4], visible.map { $0 ? 0 : -.infinity })
        try checkGradients(inputs) {
            try scaledDotProductAttention($0[0], $0[1], $0[2], mask: mask)
        } reference: {
            attention($0[0], $0[1], $0[2], mask: added)
        }
    }

    @Test func leadingAxesBroadcast() throws {
        let inputs = [
            Naive.sample([2, 3, 4, 5]), Naive.sample([1, 3, 6, 5], salt: 1),
            Naive.sample([6, 2], salt: 2),
        ]
        let wide = { (x: Naive) in
            Naive([2, 3] + x.shape.suffix(2)) { x.broadcast(at: $0) }
        }
        try checkGradients([inputs[0], inputs[1], inputs[2]]) {
            try scaledDotProductAttention(
                $0[0], $0[1], $0[2].reshaped(1, 1, 6, 2))
        } reference: {
            attention($0[0], wide($0[1]), wide($0[2]))
        }
    }

    @Test func viewsOfOneTensorGiveTokensWithoutACopy() throws {
        let packed = Naive.sample([2, 5, 3 * 2 * 4], low: -2, high: 2)
        func part(_ x: Naive, _ which: Int) -> Naive {
            Naive([2, 2, 5, 4]) { x[$0[0], $0[2], which * 8 + $0[1] * 4 + $0[3]] }
        }
        let reference = { (i: [Naive]) -> Naive in
            let y = attention(part(i[0], 0), part(i[0], 1), part(i[0], 2))
            return Naive([2, 5, 8]) { y[$0[0], $0[2] / 4, $0[1], $0[2] % 4] }
        }
        try checkGradients([packed]) { inputs in
            let parts = try inputs[0].reshaped(2, 5, 3, 2, 4).transposed(2, 0, 3, 1, 4)
            return try scaledDotProductAttention(parts[0], parts[1], parts[2])
                .transposed(0, 2, 1, 3).reshaped(2, 5, 8)
        } reference: {
            reference($0)
        }
        try checkGradients([packed], { try selfAttention($0[0], heads: 2) }, reference: reference)
        let mask = Naive.sample([2, 1, 5], low: -2, high: 2, salt: 5)
        try checkGradients([packed, mask]) {
            try selfAttention($0[0], heads: 2, mask: $0[1], isCausal: true, scale: 0.4)
        } reference: { i in
            let y = attention(
                part(i[0], 0), part(i[0], 1), part(i[0], 2), mask: i[1], isCausal: true, scale: 0.4)
            return Naive([2, 5, 8]) { y[$0[0], $0[2] / 4, $0[1], $0[2] % 4] }
        }
    }

    @Test func longSequencesGoInBlocks() throws {
        // 700 keys are 93 rows a block, so that gradients of keys and values add up over blocks.
        let inputs = [
            Naive.sample([1, 200, 3], low: -2, high: 2),
            Naive.sample([1, 700, 3], low: -2, high: 2, salt: 1),
            Naive.sample([1, 700, 2], salt: 2),
        ]
        for isCausal in [false, true] {
            let tensors = try inputs.map { try $0.tensor() }
            for tensor in tensors { tensor.requiresGradient = true }
            let y = try scaledDotProductAttention(
                tensors[0], tensors[1], tensors[2], isCausal: isCausal)
            try expectClose(y, attention(inputs[0], inputs[1], inputs[2], isCausal: isCausal))
            try y.sum().backward()
            // The same from softmax and matmul.
            let others = try inputs.map { try $0.tensor() }
            for tensor in others { tensor.requiresGradient = true }
            var scores = try Tensor.multiplying(
                others[0].matmul(others[1].transposed(0, 2, 1)), .init(floatLiteral: 1 / sqrt(3)))
            if isCausal {
                let mask = try Tensor(
                    (0..<200 * 700).map { $0 % 700 > $0 / 700 ? -1e9 : 0 }, shape: [200, 700])
                scores = try Tensor.adding(scores, mask)
            }
            try scores.softmax().matmul(others[2]).sum().backward()
            for (tensor, other) in zip(tensors, others) {
                let expected = try #require(other.gradient)
                try expectClose(
                    #require(tensor.gradient), Naive(expected.shape, expected.scalars()))
            }
        }
    }

    @Test func probabilitiesThatAreNotKeptAreComputedAgain() throws {
        // 1,100 samples of 16 x 1,000 probabilities do not wait for the backward pass; half do.
        let inputs = [
            Naive.sample([1100, 16, 2], low: -2, high: 2),
            Naive.sample([1100, 1000, 2], low: -2, high: 2, salt: 1),
            Naive.sample([1100, 1000, 1], salt: 2),
        ]
        func gradients(_ samples: Range<Int>) throws -> [[Float]] {
            let tensors = try inputs.map { try $0.tensor()[samples].detached() }
            for tensor in tensors { tensor.requiresGradient = true }
            try scaledDotProductAttention(tensors[0], tensors[1], tensors[2], isCausal: true)
                .sum().backward()
            return try tensors.map { try $0.gradient?.scalars() ?? [] }
        }
        let whole = try gradients(0..<1100)
        let first = try gradients(0..<550)
        for (whole, first) in zip(whole, first) { #expect(Array(whole[..<first.count]) == first) }
    }

    @Test func dropoutDrawsFromTheContextAndAgreesWithItsGradient() throws {
        let q = try Naive.sample([2, 4, 6, 3]).tensor()
        let identity = try Tensor.eye(6).reshaped(1, 1, 6, 6).broadcast(to: [2, 4, 6, 6])
        // With the identity as values the result is the probabilities themselves.
        func run(_ seed: Int, _ share: Double) throws -> (Tensor, Tensor) {
            try Context.$current.withValue(Context(seed: seed)) {
                let v = try identity.contiguousCopy()
                v.requiresGradient = true
                let y = try scaledDotProductAttention(q, q, v, dropout: share)
                try y.sum().backward()
                return (y.detached(), try #require(v.gradient))
            }
        }
        let (whole, _) = try run(1, 0)
        let (dropped, gradient) = try run(1, 0.25)
        let pairs = zip(try whole.scalars(as: Double.self), try dropped.scalars(as: Double.self))
        var zeros = 0
        for (before, after) in pairs {
            if after == 0 { zeros += 1 } else { #expect(abs(after - before / 0.75) < 1e-5) }
        }
        #expect(zeros > 36 && zeros < 108)
        // d sum(P v) / dv: each value's row receives the sum of its column of P.
        let columns = try dropped.sum(axis: 2).scalars(as: Double.self)
        try expectClose(
            gradient, Naive([2, 4, 6, 6]) { columns[($0[0] * 4 + $0[1]) * 6 + $0[2]] })
        #expect(try run(1, 0.25).0.scalars(as: Float.self) == dropped.scalars(as: Float.self))
        #expect(try run(2, 0.25).0.scalars(as: Float.self) != dropped.scalars(as: Float.self))
        #expect(
            try scaledDotProductAttention(q, q, identity, dropout: 0.25, training: false)
                .scalars(as: Float.self) == whole.scalars(as: Float.self))
    }

    @Test func bfloat16AndMixedPrecision() throws {
        let inputs = try (0..<3).map { try Naive.sample([2, 3, 17, 16], salt: $0).tensor() }
        let expected = try scaledDotProductAttention(inputs[0], inputs[1], inputs[2])
        let low = try inputs.map { try $0.cast(to: .bfloat16) }
        for tensor in low { tensor.requiresGradient = true }
        let y = try scaledDotProductAttention(low[0], low[1], low[2], isCausal: false)
        #expect(y.dtype == .bfloat16)
        try expectClose(
            y.cast(to: .float32), Naive(y.shape, expected.scalars()), tolerance: 2e-2)
        try y.sum().backward()
        for tensor in inputs { tensor.requiresGradient = true }
        try scaledDotProductAttention(inputs[0], inputs[1], inputs[2]).sum().backward()
        for (tensor, full) in zip(low, inputs) {
            let gradient = try #require(tensor.gradient)
            #expect(gradient.dtype == .bfloat16)
            try expectClose(
                gradient.cast(to: .float32),
                Naive(y.shape, #require(full.gradient).scalars()), tolerance: 3e-2)
        }
        let mixed = try withMixedPrecision {
            try scaledDotProductAttention(inputs[0], inputs[1], inputs[2])
        }
        #expect(mixed.dtype == .bfloat16)
        try mixed.sum().backward()
        #expect(inputs[0].gradient?.dtype == .float32)
    }

    @Test func notANumberStaysInItsRow() throws {
        let q = try Tensor([[1, 1], [.nan, 0], [0, 1]], dtype: .float32)
        let k = try Naive.sample([4, 2]).tensor()
        let y = try scaledDotProductAttention(q, k, k).scalars(as: Float.self)
        #expect(y.map(\.isNaN) == [false, false, true, true, false, false])
    }

    @Test func emptyTensorsAndMistakes() throws {
        func zeros(_ shape: Int...) throws -> Tensor { try Tensor.zeros(shape) }
        #expect(
            try scaledDotProductAttention(zeros(0, 2, 3, 4), zeros(0, 2, 5, 4), zeros(0, 2, 5, 6))
                .shape == [0, 2, 3, 6])
        let q = try Tensor.ones([2, 4])
        q.requiresGradient = true
        let none = try scaledDotProductAttention(q, zeros(0, 4), zeros(0, 3))
        #expect(try none.scalars(as: Float.self) == [0, 0, 0, 0, 0, 0])
        try none.sum().backward()
        #expect(try q.gradient?.abs().sum().item() == 0)
        let endless = try Tensor.ones([1, 2, 2]).broadcast(to: [1 << 40, 2, 2])
        #expect(
            thrownText { try scaledDotProductAttention(endless, endless, endless) }
                .hasPrefix("scaledDotProductAttention: no room for "))
        #expect(
            thrownText {
                try selfAttention(zeros(1, 1, 3).broadcast(to: [1 << 40, 1, 3]), heads: 1)
            }
            .hasPrefix("selfAttention: no room for "))
        #expect(
            thrownText { try scaledDotProductAttention(zeros(2, 4), zeros(3, 5), zeros(3, 5)) }
                == "scaledDotProductAttention: a query is compared with keys of its own width, "
                + "expected one D of at least 1 in query [..., T, D] and key [..., S, D], got "
                + "query [2, 4], key [3, 5] and value [3, 5]")
        #expect(
            thrownText { try scaledDotProductAttention(zeros(2, 4), zeros(3, 4), zeros(2, 4)) }
                .hasPrefix("scaledDotProductAttention: each key has a value, expected one S"))
        #expect(
            thrownText { try scaledDotProductAttention(zeros(4), zeros(4), zeros(4)) }
                .hasPrefix("scaledDotProductAttention: queries, keys and values do not belong"))
        #expect(
            thrownText {
                try scaledDotProductAttention(
                    zeros(2, 4), zeros(3, 4), zeros(3, 4), mask: zeros(3, 2))
            }
                == "scaledDotProductAttention: mask [3, 2] does not broadcast to the scores, "
                + "expected sizes of [2, 3] or 1, from the last axis on, got [3, 2]")
        #expect(
            thrownText { try selfAttention(zeros(2, 5, 24), heads: 5) }
                == "selfAttention: 5 heads do not divide the features of [2, 5, 24], expected 3 * "
                + "heads * D features, got 24")
    }
}

extension Tensor {
    fileprivate func contiguousCopy() throws -> Tensor {
        try Tensor(scalars(as: Float.self), shape: shape)
    }
}
