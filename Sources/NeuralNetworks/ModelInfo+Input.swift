import Hosting
import Tensors

extension ModelInfo {
    /// Warns of pictures that are not as the training pictures were: not normalised where those
    /// were, or their channels in the opposite order. What is not known for sure is left alone.
    func warn(of input: TensorMeaning) {
        if let warning = warning(of: input) { Host.current.warn(warning) }
    }

    private func warning(of input: TensorMeaning) -> Warning? {
        let colors = channels ?? (channelMeans.count == 3 ? ["red", "green", "blue"] : [])
        let isReversed = Array(input.channels.prefix(3)) == Array(colors.reversed())
        if isReversed, input.isBGR || input.isRGB {
            let axis = input.places?.channel.map { "\($0)" } ?? ""
            return Warning(
                "this model was trained on channels in the order \(Self.list(colors)), and these "
                    + "are \(Self.list(input.channels))",
                suggestion: "flipped(axis: \(axis)) turns one order into the other")
        }
        guard let values = input.values, !channelMeans.isEmpty,
            channelMeans.count == channelDeviations.count,
            channelMeans.count == input.channels.count
        else { return nil }
        let expected = SampleValues(means: channelMeans, deviations: channelDeviations)
        if values.isUnshifted {
            // Statistics that leave samples as they are ask for nothing.
            guard !expected.isUnshifted else { return nil }
            let range = values.top.map { " and these are still in 0...\(Int($0))" }
            return Warning(
                "this model was trained on normalised pictures,\(range ?? " and these are none")",
                suggestion: fix(for: input, top: values.top ?? 1))
        }
        // In training other statistics may be what is wanted.
        let isOther =
            values.isNormalized && !values.resembles(expected, mean: 0.15, ratio: 1.35)
        guard isOther, !Context.current.isTraining else { return nil }
        return Warning(
            "this model was trained on pictures normalised by mean \(Self.numbers(channelMeans)) and "
                + "deviation \(Self.numbers(channelDeviations)), and these were by mean "
                + "\(Self.numbers(values.means)) and deviation \(Self.numbers(values.deviations))",
            suggestion: fix(for: input, top: 1))
    }

    /// How to bring samples to what the model expects.
    private func fix(for input: TensorMeaning, top: Double) -> String {
        let source = top == 1 ? "x" : "x / \(Int(top))"
        let count = channelMeans.count
        func values(_ numbers: [Double]) -> String {
            let list = Self.numbers(numbers)
            return count == 1 ? list : "Tensor(\(list)).reshaped(\(count), 1, 1)"
        }
        let formula = "(\(source) - \(values(channelMeans))) / \(values(channelDeviations))"
        let ready =
            input.places?.batch == nil
            ? "model.predict(photo) normalises by itself"
            : "batches(64, normalized: data.train.normalization) gives normalised pictures"
        return "\(ready); by hand it is \(formula)"
    }

    /// Numbers with up to four decimals; one alone without brackets.
    private static func numbers(_ values: [Double]) -> String {
        let texts = values.map { "\(($0 * 10_000).rounded() / 10_000)" }
        return texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
    }

    private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
