import Hosting
import Tensors

#if canImport(Glibc)
import Glibc
#else
import Foundation
#endif

extension Initializer {
    /// The values for a shape; the same seed gives the same values.
    func values(shape: [Int], seed: UInt64, dtype: DType = .float32) throws -> Tensor {
        try validate(for: shape)
        let tensor = try Tensor.unsafeUninitialized(shape: shape, dtype: .float32) { bytes in
            let values = bytes.bindMemory(to: Float.self)
            var random = WeightGenerator(state: seed)
            switch rule {
            case .constant(let value): values.update(repeating: Float(value))
            case .uniform(let low, let high): random.fillUniform(values, Float(low), Float(high))
            case .normal(let mean, let deviation): random.fillNormal(values, mean, deviation)
            case .truncatedNormal(let mean, let deviation, let low, let high):
                random.fillTruncated(values, mean, deviation, low...high)
            case .scaledUniform(let gain, let scale):
                let bound = Float(gain * (3 / scale.size(of: shape)).squareRoot())
                random.fillUniform(values, -bound, bound)
            case .scaledNormal(let gain, let scale):
                random.fillNormal(values, 0, gain / scale.size(of: shape).squareRoot())
            case .orthogonal(let gain):
                random.fillNormal(values, 0, 1)
                try makeOrthogonal(values, rows: shape[0], gain: gain)
            }
        }
        return dtype == .float32 ? tensor : try tensor.cast(to: dtype)
    }
}

extension Initializer.Scale {
    /// The fan, or the mean of both.
    func size(of shape: [Int]) -> Double {
        let window = shape.dropFirst(2).reduce(1.0) { $0 * Double($1) }
        let fanIn = Double(shape[1]) * window
        let fanOut = Double(shape[0]) * window
        return switch self {
        case .fan(.fanIn): max(1, fanIn)
        case .fan(.fanOut): max(1, fanOut)
        case .bothFans: max(1, (fanIn + fanOut) / 2)
        }
    }
}

/// The random numbers of one parameter: the SplitMix64 sequence (Steele, Lea and Flood, 2014).
private struct WeightGenerator {
    var state: UInt64

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// In `0..<1`.
    private mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

    /// Mean 0 and deviation 1 (Box and Muller, 1958).
    private mutating func normal() -> Double {
        let bits = next()
        let u = (Double(bits >> 32) + 0.5) * 0x1p-32
        let v = Double(bits & 0xFFFF_FFFF) * 0x1p-32
        return (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
    }

    mutating func fillUniform(
        _ values: UnsafeMutableBufferPointer<Float>, _ low: Float, _ high: Float
    ) {
        // The middle and half the width: symmetric bounds give symmetric values.
        let middle = low / 2 + high / 2
        let half = high / 2 - low / 2
        for index in values.indices { values[index] = middle + (2 * uniform() - 1) * half }
    }

    mutating func fillNormal(
        _ values: UnsafeMutableBufferPointer<Float>, _ mean: Double, _ deviation: Double
    ) {
        for index in values.indices { values[index] = Float(mean + deviation * normal()) }
    }

    /// A draw outside the bounds is drawn again, and brought to the nearer bound where a hundred
    /// draws were outside.
    mutating func fillTruncated(
        _ values: UnsafeMutableBufferPointer<Float>, _ mean: Double, _ deviation: Double,
        _ bounds: ClosedRange<Double>
    ) {
        for index in values.indices {
            var value = mean + deviation * normal()
            var draws = 1
            while !bounds.contains(value), draws < 100 {
                value = mean + deviation * normal()
                draws += 1
            }
            values[index] = Float(min(max(value, bounds.lowerBound), bounds.upperBound))
        }
    }
}

/// Makes the rows of a row-major matrix, or its columns where they are fewer, orthogonal and of
/// length `gain`, by the modified Gram-Schmidt process, done twice for accuracy.
private func makeOrthogonal(
    _ values: UnsafeMutableBufferPointer<Float>, rows: Int, gain: Double
) throws {
    guard rows > 0, !values.isEmpty else { return }
    let columns = values.count / rows
    let byRows = rows <= columns
    let count = min(rows, columns)
    let length = max(rows, columns)
    let (step, between) = byRows ? (1, columns) : (columns, 1)
    var vectors = (0..<count).map { vector in
        (0..<length).map { Double(values[vector * between + $0 * step]) }
    }
    for vector in 0..<count {
        try Host.current.cancellation.check()
        for _ in 0..<2 {
            for other in 0..<vector {
                let overlap = zip(vectors[vector], vectors[other]).reduce(0) { $0 + $1.0 * $1.1 }
                for index in 0..<length {
                    vectors[vector][index] -= overlap * vectors[other][index]
                }
            }
        }
        let norm = vectors[vector].reduce(0) { $0 + $1 * $1 }.squareRoot()
        for index in 0..<length {
            vectors[vector][index] /= norm
            values[vector * between + index * step] = Float(gain * vectors[vector][index])
        }
    }
}
