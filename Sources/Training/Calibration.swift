import Hosting
import Plots

/// Whether a model is as often right as it is sure: what `evaluation.calibration()` gives.
///
///     let calibration = evaluation.calibration()
///     calibration.error          // the expected calibration error, 0...1
///     calibration.plot()         // the reliability diagram
///
/// Source: Guo et al., "On Calibration of Modern Neural Networks", 2017.
public struct Calibration: Sendable, Displayable, CustomStringConvertible {
    /// The images of whose class the model was about equally sure.
    public struct Bin: Sendable, Hashable {
        /// How sure it was: above the first number, at most the last.
        public let range: ClosedRange<Double>
        /// How many images.
        public let images: Int
        /// How sure it was on average, 0...1; not a number without images.
        public let confidence: Double
        /// The share of them that it got right, 0...1; not a number without images.
        public let accuracy: Double
    }

    /// Equal parts of 0...1 in order, also those without images.
    public let bins: [Bin]

    /// Bins of images, given how sure the model was of each and whether it was right.
    init(probabilities: [Float], isRight: [Bool], bins count: Int) {
        var images = [Int](repeating: 0, count: count)
        var sure = [Double](repeating: 0, count: count)
        var right = [Int](repeating: 0, count: count)
        for (probability, isRight) in zip(probabilities, isRight) where !probability.isNaN {
            let place = (Double(probability) * Double(count)).rounded(.up) - 1
            let bin = Int(min(max(0, place), Double(count - 1)))
            images[bin] += 1
            sure[bin] += Double(probability)
            right[bin] += isRight ? 1 : 0
        }
        bins = (0..<count).map { bin in
            let total = Double(images[bin])
            return Bin(
                range: (Double(bin) / Double(count))...(Double(bin + 1) / Double(count)),
                images: images[bin], confidence: sure[bin] / total,
                accuracy: Double(right[bin]) / total)
        }
    }

    private var filled: [Bin] { bins.filter { $0.images > 0 } }

    /// The expected calibration error: the mean distance of accuracy and confidence over the bins,
    /// each counting by its images; 0...1.
    public var error: Double {
        let total = filled.reduce(0) { $0 + $1.images }
        guard total > 0 else { return .nan }
        return filled.reduce(0) {
            $0 + Double($1.images) * abs($1.accuracy - $1.confidence)
        } / Double(total)
    }

    /// The largest distance of accuracy and confidence in a bin, 0...1.
    public var maximumError: Double {
        filled.map { abs($0.accuracy - $0.confidence) }.max() ?? .nan
    }

    /// The reliability diagram: accuracy over confidence. A model below the diagonal is surer than
    /// it is right.
    public func plot() -> Chart {
        Chart(
            title: "Reliability, expected calibration error \(formatted(error, places: 3))",
            xLabel: "confidence", yLabel: "accuracy",
            series: [
                .line("as sure as right", x: [0, 1], [0, 1]),
                .line("model", x: filled.map(\.confidence), filled.map(\.accuracy)),
            ])
    }

    /// The errors, and a line for each bin with images.
    public var description: String { table.text }

    /// The table, and the reliability diagram.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = try plot().mimeBundle()
        bundle["text/plain"] = .text(description)
        return bundle
    }

    private var table: TextTable {
        var table = TextTable(columns: ["confidence", "images", "mean confidence", "accuracy"])
        for bin in filled {
            table.rows.append([
                "\(formatted(bin.range.lowerBound, places: 2))-"
                    + formatted(bin.range.upperBound, places: 2),
                grouped(bin.images), formatted(bin.confidence, places: 3),
                formatted(bin.accuracy, places: 3),
            ])
        }
        table.footer = [
            "expected calibration error \(formatted(error)), maximum \(formatted(maximumError))"
        ]
        return table
    }
}

extension Evaluation {
    /// Whether the model is as often right as it is sure, in `bins` equal parts of how sure it was.
    ///
    /// Throws unless `bins` is in 1...1000.
    public func calibration(bins: Int = 15) throws -> Calibration {
        guard (1...1000).contains(bins) else {
            throw TrainingError(
                "calibration: 'bins' is out of range, expected 1 to 1000, got \(bins)")
        }
        return Calibration(
            probabilities: probabilities, isRight: zip(labels, predicted).map { $0 == $1 },
            bins: bins)
    }
}
