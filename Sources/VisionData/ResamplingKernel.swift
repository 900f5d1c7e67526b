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
    static let precision: Int32 = 22

    let starts: [Int]
    let counts: [Int]
    let weights: [Int32]
    /// The room for each output position's weights.
    let span: Int

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
        var weights = [Int32](repeating: 0, count: span * positions.count)
        var exact = [Double](repeating: 0, count: span)
        for (row, position) in positions.enumerated() {
            let center = (Double(position) + 0.5) * scale
            let start = max(Int(center - support + 0.5), 0)
            let count = min(Int(center + support + 0.5), input) - start
            var sum = 0.0
            for index in 0..<count {
                exact[index] = interpolation.weight(
                    (Double(index + start) - center + 0.5) / stretch)
                sum += exact[index]
            }
            for index in 0..<count {
                let scaled = exact[index] / (sum == 0 ? 1 : sum) * Double(1 << Self.precision)
                weights[row * span + index] = Int32(scaled + (scaled < 0 ? -0.5 : 0.5))
            }
            starts.append(start)
            counts.append(count)
        }
        self.starts = starts
        self.counts = counts
        self.weights = weights
    }
}
