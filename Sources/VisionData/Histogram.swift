import Hosting
import Plots

/// How many pixels have each of the 256 levels, channel by channel.
///
///     photo.histogram().plot()
public struct Histogram: Sendable, Hashable, Displayable, CustomStringConvertible {
    /// `counts[channel][level]`; alpha is not counted.
    public let counts: [[Int]]

    /// The names of the channels, such as `red`.
    public let names: [String]

    /// Number of channels and pixels.
    public var description: String {
        "Histogram of \(counts[0].reduce(0, +)) pixels: \(names.joined(separator: ", "))"
    }

    /// The chart: a tinted curve for each channel over the levels 0 to 255.
    public func plot() -> Chart {
        let known = ["red": "#d55e00", "green": "#009e73", "blue": "#0072b2"]
        let others = counts.count == 1 ? ["#555555"] : ["#555555", "#b279a2", "#eeca3b"]
        let colors = zip(names, others).map { known[$0] ?? $1 }
        let levels = (0..<256).map(Double.init)
        let series = zip(counts, zip(names, colors)).map {
            Chart.Series($1.0, mark: .area, x: levels, y: $0.map(Double.init), color: $1.1)
        }
        return Chart(xLabel: "level", yLabel: "pixels", series: series)
    }

    /// The chart's forms.
    public func mimeBundle() throws -> MIMEBundle { try plot().mimeBundle() }
}

extension Image {
    /// Counts the levels of each channel; alpha is not counted.
    public func histogram() -> Histogram {
        let counted = min(channels, 3)
        var counts = [Int](repeating: 0, count: counted * 256)
        bytes.withUnsafeBufferPointer { source in
            var offset = 0
            while offset < source.count {
                for channel in 0..<counted {
                    counts[channel << 8 | Int(source[offset + channel])] += 1
                }
                offset += channels
            }
        }
        return Histogram(
            counts: (0..<counted).map { Array(counts[$0 * 256..<($0 + 1) * 256]) },
            names: colorSpace.channelNames)
    }
}
