import Glibc

/// How a resized picture's pixels are computed from the ones they cover.
public enum Interpolation: String, Sendable, CaseIterable {
    /// The nearest pixel alone.
    case nearest
    /// A triangle, 2 pixels wide.
    case bilinear
    /// Keys' cubic with a = -0.5, 4 pixels wide.
    case bicubic
    /// Lanczos' windowed sinc, 6 pixels wide.
    case lanczos

    /// Half the kernel's width in pixels.
    var support: Double {
        switch self {
        case .nearest: 0
        case .bilinear: 1
        case .bicubic: 2
        case .lanczos: 3
        }
    }

    func weight(_ distance: Double) -> Double {
        let x = abs(distance)
        switch self {
        case .nearest:
            return 0
        case .bilinear:
            return x < 1 ? 1 - x : 0
        case .bicubic:
            let a = -0.5
            if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
            return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
        case .lanczos:
            func sinc(_ v: Double) -> Double { v == 0 ? 1 : sin(.pi * v) / (.pi * v) }
            return x < 3 ? sinc(x) * sinc(x / 3) : 0
        }
    }
}

/// The weights of one axis: for each output position the first input position and as many
/// fixed-point weights as positions it covers.
///
/// When a side shrinks, the kernel is stretched by as much, which is what keeps a small copy free
/// of aliasing. The weights are rounded to 22 bits after the point and sum to one, as in Pillow's
/// `Resample.c`, so that results agree with it.
struct ResamplingKernel {
    /// How many bits of a weight stand after the point.
    static let precision: Int32 = 22

    let starts: [Int]
    let counts: [Int]
    let weights: [Int32]
    /// The room for each output position's weights.
    let span: Int

    /// The input positions that are looked at.
    var source: Range<Int> {
        (starts.first ?? 0)..<(starts.last ?? 0) + (counts.last ?? 0)
    }

    /// The weights of the output positions `positions`, of `output` in all.
    init(
        _ interpolation: Interpolation, from input: Int, to output: Int, positions: Range<Int>
    ) {
        let scale = Double(input) / Double(output)
        let stretch = max(scale, 1)
        let support = interpolation.support * stretch
        span = Int(support.rounded(.up)) * 2 + 1
        var starts: [Int] = []
        var counts: [Int] = []
        var exact = [Double](repeating: 0, count: span * positions.count)
        for (row, position) in positions.enumerated() {
            let center = (Double(position) + 0.5) * scale
            let start = max(Int(center - support + 0.5), 0)
            let count = min(Int(center + support + 0.5), input) - start
            var sum = 0.0
            for index in 0..<count {
                let weight = interpolation.weight((Double(index + start) - center + 0.5) / stretch)
                exact[row * span + index] = weight
                sum += weight
            }
            if sum != 0 { for index in 0..<count { exact[row * span + index] /= sum } }
            starts.append(start)
            counts.append(count)
        }
        weights = exact.map {
            Int32(($0 * Double(1 << Self.precision)).rounded(.toNearestOrAwayFromZero))
        }
        self.starts = starts
        self.counts = counts
    }

    /// The one input position of each output position that is nearest to it.
    init(nearestFrom input: Int, to output: Int, positions: Range<Int>) {
        // Added up as Pillow does, whose rounding decides between two neighbours.
        let step = Double(input) / Double(output)
        var place = step * 0.5
        var starts: [Int] = []
        for position in 0..<positions.upperBound {
            if position >= positions.lowerBound { starts.append(min(Int(place), input - 1)) }
            place += step
        }
        self.starts = starts
        counts = [Int](repeating: 1, count: starts.count)
        weights = [Int32](repeating: 1 << Self.precision, count: starts.count)
        span = 1
    }
}
