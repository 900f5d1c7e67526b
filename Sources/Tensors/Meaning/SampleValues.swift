/// How the numbers of pictures came from samples in 0...1, channel by channel:
/// `number = sample * factor + offset`.
package struct SampleValues: Sendable, Hashable {
    var factors: [Double]
    var offsets: [Double]
    /// The factors and offsets when the numbers were last brought to a mean and a deviation.
    var normalized: Relation?

    struct Relation: Sendable, Hashable {
        var factors: [Double]
        var offsets: [Double]
    }

    private init(_ relation: Relation) {
        factors = relation.factors
        offsets = relation.offsets
    }

    /// Samples in 0 to `top`: 1 for floating-point numbers, 255 for bytes.
    package init(top: Double, channels: Int) {
        self.init(
            Relation(
                factors: [Double](repeating: top, count: channels),
                offsets: [Double](repeating: 0, count: channels)))
    }

    /// Samples after `(sample - mean) / deviation`.
    package init(means: [Double], deviations: [Double]) {
        self.init(
            Relation(
                factors: deviations.map { 1 / $0 },
                offsets: zip(means, deviations).map { -$0 / $1 }))
        normalized = relation
    }

    private var relation: Relation { Relation(factors: factors, offsets: offsets) }

    /// Whether the last thing done was to bring the numbers to a mean and a deviation.
    package var isNormalized: Bool { normalized == relation }

    /// Whether only the scale of the samples changed, if anything.
    package var isUnshifted: Bool {
        !factors.isEmpty
            && zip(factors, offsets).allSatisfy { $0 > 0 && abs($1) < 1e-5 * max(1, $0) }
    }

    /// The upper end of the range 0 to 1, 255 or so, where it is one.
    package var top: Double? {
        guard isUnshifted, let first = factors.first, first > 0.999,
            abs(first - first.rounded()) < 1e-3 * first,
            factors.allSatisfy({ abs($0 - first) < 1e-3 * first })
        else { return nil }
        return [1, 255, 65_535].contains(first.rounded()) ? first.rounded() : nil
    }

    /// The means that were taken off, in 0...1.
    package var means: [Double] { zip(factors, offsets).map { -$1 / $0 } }
    /// The deviations the rest was divided by, in 0...1.
    package var deviations: [Double] { factors.map { 1 / $0 } }

    /// How captions call the values; `nil` where there is no word for them.
    var title: String? {
        if let top { return "0...\(Int(top))" }
        guard isNormalized else { return nil }
        return isSigned ? "-1...1" : "normalised"
    }

    /// Whether 0...1 has become -1...1.
    private var isSigned: Bool {
        !factors.isEmpty && factors.allSatisfy { abs($0 - 2) < 1e-4 }
            && offsets.allSatisfy { abs($0 + 1) < 1e-4 }
    }

    var restoration: (scale: [Double], shift: [Double])? {
        guard top != nil || isNormalized else { return nil }
        return (factors.map { 1 / $0 }, zip(factors, offsets).map { -$1 / $0 })
    }

    /// The values of some of the channels.
    func selecting(_ channels: [Int]) -> SampleValues {
        func picked(_ relation: Relation) -> Relation {
            Relation(
                factors: channels.map { relation.factors[$0] },
                offsets: channels.map { relation.offsets[$0] })
        }
        var result = SampleValues(picked(relation))
        result.normalized = normalized.map(picked)
        return result
    }

    /// The values of the channels of several tensors together.
    static func joined(_ parts: [SampleValues]) -> SampleValues {
        func all(_ relations: [Relation]) -> Relation {
            Relation(
                factors: relations.flatMap(\.factors), offsets: relations.flatMap(\.offsets))
        }
        var result = SampleValues(all(parts.map(\.relation)))
        let normalized = parts.compactMap(\.normalized)
        if normalized.count == parts.count { result.normalized = all(normalized) }
        return result
    }

    /// The values after something was added to each channel.
    func adding(_ amounts: [Double]) -> SampleValues {
        var result = self
        for index in offsets.indices { result.offsets[index] += amounts[index] }
        result.settle()
        if result.isSigned { result.normalized = result.relation }
        return result
    }

    /// The values after each channel was multiplied. With a mean taken off before, that is a
    /// normalisation, if mean and deviation are what those of pictures can be.
    func multiplying(_ amounts: [Double]) -> SampleValues? {
        guard amounts.allSatisfy({ $0.isFinite && $0 != 0 }) else { return nil }
        var result = self
        for index in factors.indices {
            result.factors[index] *= amounts[index]
            result.offsets[index] *= amounts[index]
        }
        result.settle()
        if !isNormalized, result.isPlausible { result.normalized = result.relation }
        return result
    }

    /// Forgets a normalisation that was undone.
    private mutating func settle() {
        if isUnshifted { normalized = nil }
    }

    /// Whether the numbers could be pictures from which a mean was taken and that were divided by a
    /// deviation: more contrast about a middle is none.
    private var isPlausible: Bool {
        means.allSatisfy { (0.01...0.99).contains($0) }
            && deviations.allSatisfy { (0.02...0.6).contains($0) }
    }

    /// Whether these values are those of `earlier`, normalised once more.
    func repeats(_ earlier: SampleValues) -> Bool {
        guard let first = earlier.normalized, first != relation else { return false }
        // What was done to the numbers since they were normalised.
        var since = SampleValues(relation)
        for index in factors.indices {
            let factor = factors[index] / first.factors[index]
            since.factors[index] = factor
            since.offsets[index] = offsets[index] - factor * first.offsets[index]
        }
        return since.isPlausible
    }

    /// The values of a sum of pictures, whose samples are then the mean of theirs.
    static func + (left: SampleValues, right: SampleValues) -> SampleValues {
        var sum = left
        for index in left.factors.indices {
            sum.factors[index] += right.factors[index]
            sum.offsets[index] += right.offsets[index]
        }
        sum.normalized = nil
        return sum
    }

    /// Whether both are nearly the same: their means within `mean`, their deviations within a
    /// factor of `ratio`.
    package func resembles(_ other: SampleValues, mean: Double, ratio: Double) -> Bool {
        factors.count == other.factors.count
            && zip(means, other.means).allSatisfy { abs($0 - $1) <= mean }
            && zip(deviations, other.deviations).allSatisfy {
                $0 <= $1 * ratio && $1 <= $0 * ratio
            }
    }
}
