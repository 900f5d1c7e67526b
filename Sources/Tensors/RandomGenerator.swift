import Glibc

/// Random numbers that a seed makes reproducible (xoshiro256**, seeded by splitmix64).
///
///     var generator = RandomGenerator(seed: 7)
///     let order = (0..<10).shuffled(using: &generator)
public struct RandomGenerator: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// A generator that gives the same numbers for the same seed on every machine.
    public init(seed: Int) {
        var mixer = UInt64(bitPattern: Int64(seed))
        func draw() -> UInt64 {
            mixer &+= 0x9E37_79B9_7F4A_7C15
            return mixed(mixer)
        }
        state = (draw(), draw(), draw(), draw())
    }

    /// A generator that differs from run to run.
    public init() { self.init(seed: Int.random(in: .min ... .max)) }

    public mutating func next() -> UInt64 {
        let result = rotated(state.1 &* 5, 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = rotated(state.3, 45)
        return result
    }

    /// Its state, from which another one goes on alike.
    package var words: [UInt64] { [state.0, state.1, state.2, state.3] }

    /// A generator that goes on from the state of another; `nil` where it is none.
    package init?(words: [UInt64]) {
        guard words.count == 4, words.contains(where: { $0 != 0 }) else { return nil }
        state = (words[0], words[1], words[2], words[3])
    }

    /// A number in `0..<1` with 53 random bits.
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
}

/// A stream of random numbers addressed by index, so that threads fill parts of one tensor and the
/// result does not depend on how many there are.
struct IndexedRandom: Sendable {
    private let key: UInt64

    init(_ generator: inout RandomGenerator) { key = generator.next() }

    @inline(__always)
    func bits(_ index: Int) -> UInt64 {
        mixed(key &+ UInt64(truncatingIfNeeded: index) &* 0x9E37_79B9_7F4A_7C15)
    }

    /// In `0..<1`, with 24 random bits.
    @inline(__always)
    func uniform(_ index: Int) -> Float { Float(bits(index) >> 40) * 0x1p-24 }

    /// Normally distributed (Box and Muller 1958).
    @inline(__always)
    func normal(_ index: Int) -> Float {
        let bits = bits(index)
        let u = (Float(bits >> 40) + 0.5) * 0x1p-24
        let v = Float(bits & 0xFF_FFFF) * 0x1p-24
        return (-2 * logf(u)).squareRoot() * cosf(2 * .pi * v)
    }
}

@inline(__always)
private func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
}

@inline(__always)
private func rotated(_ value: UInt64, _ count: UInt64) -> UInt64 {
    (value << count) | (value >> (64 - count))
}
