import OneDNN

/// The work between two looks at whether to stop: an operation that costs more is done in pieces.
enum PollInterval {
    /// Multiply-accumulates that take about a tenth of a second; a core does some 5e10 of float32
    /// in a second with AVX-512.
    static let products = 5e9 * Double(Parallel.threads)
}
