import Tensors

/// What a model may take at most, for `choose`.
///
///     try choose(under: .milliseconds(20), .megabytes(25))
public struct ModelLimit: Sendable, Hashable, CustomStringConvertible {
    /// What is limited.
    enum Kind: Hashable { case time, size }

    let kind: Kind
    /// Seconds or bytes.
    let most: Double
    public let description: String

    private init(_ kind: Kind, _ most: Double, _ description: String) {
        self.kind = kind
        self.most = most
        self.description = description
    }

    /// The median time for the scores of one image, on this machine.
    public static func milliseconds(_ count: Double) -> ModelLimit {
        ModelLimit(.time, count / 1e3, ".milliseconds(\(count))")
    }

    /// The size of the weights and buffers, as a file of them has it; a megabyte is 1,000,000
    /// bytes.
    public static func megabytes(_ count: Double) -> ModelLimit {
        ModelLimit(.size, count * 1e6, ".megabytes(\(count))")
    }

    /// Throws where the limit is no positive number.
    func validate() throws {
        guard most > 0, most.isFinite else {
            throw TensorError(
                .value, "choose", "a limit is out of range", expected: "a positive number",
                got: description)
        }
    }

    /// A quantity beside what is allowed: `8.1 ms of 20`.
    func share(of value: Double) -> String {
        switch kind {
        case .time: "\(digits(value * 1e3)) ms of \(digits(most * 1e3))"
        case .size: "\(digits(value / 1e6)) MB of \(digits(most / 1e6))"
        }
    }

    /// A quantity above what is allowed: `102 MB, more than 25`.
    func excess(of value: Double) -> String {
        switch kind {
        case .time: "\(digits(value * 1e3)) ms, more than \(digits(most * 1e3))"
        case .size: "\(digits(value / 1e6)) MB, more than \(digits(most / 1e6))"
        }
    }
}
