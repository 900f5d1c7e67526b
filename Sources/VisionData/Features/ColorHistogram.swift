import Hosting
import Plots
import Tensors

/// How often each range of colours occurs in a picture, with all channels together: a description
/// that does not mind where things are (Swain and Ballard 1991).
///
///     colorHistogram(photo, bins: 4).features.shape  // [64]
public struct ColorHistogram: Sendable, Displayable, CustomStringConvertible {
    /// Ranges a channel.
    public let bins: Int
    /// The share of the pixels in each range, [bins, bins, bins] for RGB, [bins] for grey.
    public let tensor: Tensor
    private let shares: [Float]

    init(_ image: Image, bins: Int) throws {
        guard (1...64).contains(bins) else {
            throw ImageError(.argument, "colorHistogram: expected 1 to 64 bins, got \(bins)")
        }
        self.bins = bins
        let channels = min(image.channels, 3)
        var counts = [Int](repeating: 0, count: channels == 1 ? bins : bins * bins * bins)
        let bin = (0..<256).map { $0 * bins / 256 }
        for start in stride(from: 0, to: image.bytes.count, by: image.channels) {
            var index = 0
            for channel in 0..<channels {
                index = index * bins + bin[Int(image.bytes[start + channel])]
            }
            counts[index] += 1
        }
        let total = Float(image.width * image.height)
        shares = counts.map { Float($0) / total }
        tensor = try Tensor(
            shares, shape: [Int](repeating: bins, count: channels))
    }

    /// The shares as one row of numbers.
    public var features: Tensor { get throws { try tensor.flattened() } }

    /// How much two histograms have in common, 0...1: the sum of the lesser shares. Throws when they
    /// differ in shape.
    public func intersection(_ other: ColorHistogram) throws -> Double {
        guard shares.count == other.shares.count else {
            throw ImageError(
                .argument,
                "intersection: histograms of different shapes, expected \(tensor.shape), "
                    + "got \(other.tensor.shape)")
        }
        return zip(shares, other.shares).reduce(0) { $0 + Double(min($1.0, $1.1)) }
    }

    /// A bar for each of the most frequent ranges, at most 16, in the colour of its middle.
    public func plot() -> Chart {
        let order = shares.indices.filter { shares[$0] > 0 }.sorted { shares[$0] > shares[$1] }
            .prefix(16)
        let isGray = shares.count == bins
        func level(_ index: Int) -> Int { (2 * index + 1) * 128 / bins }
        func name(_ index: Int) -> String {
            guard !isGray else { return "\(level(index))" }
            let levels = [index / (bins * bins), index / bins % bins, index % bins]
            return levels.map { "\(level($0))" }.joined(separator: " ")
        }
        return Chart.bar(
            order.map(name), order.map { Double(shares[$0]) },
            xLabel: isGray ? "grey level" : "red, green, blue", yLabel: "share of pixels")
    }

    /// Number of ranges and of those that occur.
    public var description: String {
        "ColorHistogram of \(shares.count) ranges, \(shares.count { $0 > 0 }) of them in use"
    }

    /// The chart's forms.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = try plot().mimeBundle()
        bundle["text/plain"] = .text(description)
        return bundle
    }
}

/// How often each range of colours occurs, with `bins` ranges a channel; alpha is left out.
///
///     colorHistogram(photo, bins: 8)
public func colorHistogram(_ image: Image, bins: Int = 8) throws -> ColorHistogram {
    try ColorHistogram(image, bins: bins)
}
