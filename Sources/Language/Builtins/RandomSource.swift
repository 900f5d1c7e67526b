/// The numbers of chance of one interpreter; `seed(_:)` makes them repeatable.
final class RandomSource: @unchecked Sendable {
    // Invariant: used by the thread that runs a cell alone.
    @TaskLocal static var current = RandomSource()
    private var state: UInt64

    init() { state = UInt64.random(in: .min ... .max) }

    func reset(_ seed: UInt64) { state = seed }

    /// SplitMix64 (Steele, Lea and Flood, 2014).
    private func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number in 0..<1.
    func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A number in 0..<bound, each equally likely.
    func integer(below bound: Int) -> Int {
        guard bound > 0 else { return 0 }
        return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    func integer(from low: Int, through high: Int) -> Int {
        let width = UInt64(bitPattern: Int64(high)) &- UInt64(bitPattern: Int64(low)) &+ 1
        let offset = width == 0 ? next() : next().multipliedFullWidth(by: width).high
        return Int(truncatingIfNeeded: Int64(bitPattern: UInt64(bitPattern: Int64(low)) &+ offset))
    }

    func shuffle(_ values: inout [Value]) {
        guard values.count > 1 else { return }
        for index in stride(from: values.count - 1, to: 0, by: -1) {
            values.swapAt(index, integer(below: index + 1))
        }
    }
}
