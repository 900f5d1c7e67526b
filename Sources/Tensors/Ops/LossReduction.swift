import OneDNN

/// How a loss over a batch becomes one number.
public enum LossReduction: String, Sendable, CaseIterable {
    /// The mean, weighted by the class weights where there are any.
    case mean
    /// The sum over the batch, a scalar that grows with it.
    case sum
    /// One loss for each sample, or for each element.
    case none
}

extension LossReduction {
    /// What a loss gives for `shape` single losses.
    func spec(_ shape: [Int]) -> TensorSpec { TensorSpec(self == .none ? shape : []) }

    /// The losses as the result: themselves, their sum, or the sum over `divisor`.
    ///
    /// Sums are of pieces whose cuts depend on the count alone, so that they do not depend on the
    /// number of threads.
    func result(_ losses: Storage, _ shape: [Int], divisor: Double) throws -> Tensor {
        let spec = TensorSpec(shape)
        guard self != .none else { return Tensor(spec, dense: losses) }
        let values = losses.pointer.assumingMemoryBound(to: Float.self)
        let piece = 4096
        let count = spec.count
        var sums = [Double](repeating: 0, count: (count + piece - 1) / piece)
        sums.withUnsafeMutableBufferPointer { sums in
            guard let sums = sums.baseAddress else { return }
            Parallel.forEach(count: (count + piece - 1) / piece, grain: 8) { pieces in
                for index in pieces {
                    var sum = 0.0
                    for i in index * piece..<min(count, (index + 1) * piece) {
                        sum += Double(values[i])
                    }
                    sums[index] = sum
                }
            }
        }
        let sum = withExtendedLifetime(losses) { sums.reduce(0, +) }
        return try Tensor([Float(self == .sum ? sum : sum / divisor)], shape: [])
    }

    /// What each single loss contributes to the gradient: one number for all, or one for each.
    func factors(_ gradient: Tensor, divisor: Double) throws -> LossFactors {
        let given = try gradient.converted(to: .float32).dense()
        return LossFactors(
            storage: given.storage, values: given.pointer(Float.self),
            step: self == .none ? 1 : 0, share: self == .mean ? Float(1 / divisor) : 1)
    }
}

/// The gradients of single losses.
struct LossFactors {
    let storage: Storage
    let values: UnsafeMutablePointer<Float>
    let step: Int
    let share: Float

    @inline(__always)
    subscript(_ index: Int) -> Float { share * values[index &* step] }
}
