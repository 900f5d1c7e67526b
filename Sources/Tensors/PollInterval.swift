import OneDNN

/// The work between two looks at whether to stop: an operation that costs more is done in pieces.
enum PollInterval {
    /// Multiply-accumulates that take a twentieth of a second at most. A core does some 5e10 of
    /// float32 in a second with AVX-512, and half of that without; the amount depends on nothing
    /// else, as sums by pieces have to come out the same each time.
    private static let products = (hasAVX512 ? 2e9 : 1e9) * Double(Parallel.threads)

    /// Whether an operation of so many products stays whole.
    static func isShort(_ products: Double) -> Bool { products <= 2 * Self.products }

    /// How many of `count` equal parts of an operation, of so many products each, are done between
    /// two polls: all of a short one, otherwise about the same number each time, and one at least.
    static func parts(of count: Int, products: Double) -> Int {
        let total = Double(count) * products
        if isShort(total) { return max(1, count) }
        let rounds = Int(min((total / Self.products).rounded(.up), Double(count)))
        return (count + rounds - 1) / rounds
    }
}
