import Hosting
import Synchronization

/// The means and deviations of a set of pictures, computed when first asked for.
final class ChannelStatistics: Sendable {
    struct Values: Sendable {
        let means: [Double]
        let deviations: [Double]
    }

    private let channels: Int
    private let source: Source
    private let values = Mutex<Values?>(nil)

    private enum Source: Sendable {
        case samples([UInt8])
        case pictures(count: Int, @Sendable (Int) throws -> Image)
    }

    /// How many pictures are read at most.
    static let readLimit = 1000

    /// Of those that were computed, alone.
    init(_ other: ChannelStatistics) {
        channels = other.channels
        source = .samples([])
        let computed = other.values.withLock { $0 }
        values.withLock { $0 = computed }
    }

    /// Of samples in memory.
    init(pixels: [UInt8], channels: Int) {
        self.channels = channels
        source = .samples(pixels)
    }

    /// Of pictures that have to be made; of many, some at equal distances.
    init(count: Int, channels: Int, _ picture: @escaping @Sendable (Int) throws -> Image) {
        self.channels = channels
        source = .pictures(count: count, picture)
    }

    /// Over all samples of a channel, in 0...1; the deviation is the population's. Exact: the
    /// samples are counted level by level.
    func computed() throws -> Values {
        if let values = values.withLock({ $0 }) { return values }
        var counts = LevelCounts(channels: channels)
        switch source {
        case .samples(let pixels): counts.add(pixels)
        case .pictures(let count, let picture):
            let read = min(count, Self.readLimit)
            let work = OrderedWork(count: read) { try picture($0 * count / read) }
            let progress = ProgressReporter("Measuring colours", total: read, unit: "images")
            while let image = try work.next() {
                guard image.channels == channels else {
                    throw DatasetError(
                        .corrupt,
                        "ImageDataset: expected pictures of \(channels) channels, got \(image)")
                }
                counts.add(image.bytes)
                progress.advance()
            }
            progress.finish()
        }
        let result = counts.values
        values.withLock { $0 = result }
        return result
    }
}

/// How often each level occurs in each channel.
private struct LevelCounts {
    private let channels: Int
    // Four tables take turns, since equal neighbours would wait for each other's count.
    private var counts: [Int]

    init(channels: Int) {
        self.channels = channels
        counts = [Int](repeating: 0, count: channels * 4 * 256)
    }

    mutating func add(_ samples: [UInt8]) {
        samples.withUnsafeBufferPointer { source in
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
    }

    var values: ChannelStatistics.Values {
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
        return ChannelStatistics.Values(means: means, deviations: deviations)
    }
}
