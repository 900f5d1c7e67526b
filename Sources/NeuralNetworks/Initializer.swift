import Tensors

/// Where a parameter's first value comes from.
public struct Initializer: Sendable {
    private enum Rule {
        case constant(Float)
        case uniform(bound: Float)
    }

    private let rule: Rule

    /// Every element the same.
    public static func constant(_ value: Float) -> Initializer {
        Initializer(rule: .constant(value))
    }

    /// Uniform in `-bound ..< bound`.
    public static func uniform(bound: Double) -> Initializer {
        Initializer(rule: .uniform(bound: Float(bound)))
    }

    /// PyTorch's default for the weights and biases of convolutions and linear layers: uniform
    /// within `1 / sqrt(fanIn)`, which is Kaiming's uniform rule with `a = sqrt(5)`.
    /// Source: He et al., "Delving Deep into Rectifiers", 2015; `torch.nn.Linear.reset_parameters`.
    public static func kaimingUniform(fanIn: Int) -> Initializer {
        .uniform(bound: fanIn > 0 ? 1 / Double(fanIn).squareRoot() : 0)
    }

    var isRandom: Bool {
        if case .constant = rule { return false }
        return true
    }

    /// The values for a shape; the same seed gives the same values.
    func values(shape: [Int], seed: UInt64) throws -> Tensor {
        try .unsafeUninitialized(shape: shape, dtype: .float32) { bytes in
            let values = bytes.bindMemory(to: Float.self)
            switch rule {
            case .constant(let value): values.update(repeating: value)
            case .uniform(let bound):
                var state = seed
                for index in values.indices {
                    let unit = Float(splitMix(&state) >> 40) * 0x1p-24
                    values[index] = (2 * unit - 1) * bound
                }
            }
        }
    }
}

/// The next number of the SplitMix64 sequence (Steele, Lea and Flood, 2014).
private func splitMix(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
}
