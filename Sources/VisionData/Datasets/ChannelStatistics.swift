import Synchronization

/// The means and deviations of a set of pictures, computed when first asked for.
final class ChannelStatistics: Sendable {
    struct Values: Sendable {
        let means: [Double]
        let deviations: [Double]
    }

    private let pixels: [UInt8]
    private let channels: Int
    private let values = Mutex<Values?>(nil)

    init(pixels: [UInt8], channels: Int) {
        self.pixels = pixels
        self.channels = channels
    }

    /// Over all samples of a channel, in 0...1; the deviation is the population's. Exact: the
    /// samples are counted level by level.
    func computed() -> Values {
        values.withLock { values in
            if let values { return values }
            let result = compute()
            values = result
            return result
        }
    }

    private func compute() -> Values {
        // Four tables take turns, since equal neighbours would wait for each other's count.
        var counts = [Int](repeating: 0, count: channels * 4 * 256)
        pixels.withUnsafeBufferPointer { source in
            counts.withUnsafeMutableBufferPointer { counts in
                var pixel = 0
                var offset = 0
                while offset < source.count {
                    for channel in 0..<channels {
                        let table = (channel &* 4 &+ pixel & 3) << 8
                        counts[table | Int(source[offset &+ channel])] &+= 1
                    }
                    offset &+= channels
                    pixel &+= 1
                }
            }
        }
        var means: [Double] = []
        var deviations: [Double] = []
        for channel in 0..<channels {
            var (count, sum, squares) = (0, 0, 0)
            for index in 0..<4 * 256 {
                let (level, times) = (index & 255, counts[channel * 4 * 256 + index])
                count += times
                sum += times * level
                squares += times * level * level
            }
            let mean = Double(sum) / Double(max(1, count))
            let variance = Double(squares) / Double(max(1, count)) - mean * mean
            means.append(mean / 255)
            deviations.append(max(0, variance).squareRoot() / 255)
        }
        return Values(means: means, deviations: deviations)
    }
}
