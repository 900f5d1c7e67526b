import Hosting

// How arithmetic changes what a tensor's numbers are.

extension TensorMeaning {
    /// The same pictures, whose values are now something else.
    package var withoutValues: TensorMeaning {
        var result = self
        result.values = nil
        return result
    }

    /// The same pictures in another type of elements.
    func cast(to dtype: DType) -> TensorMeaning {
        dtype.isFloatingPoint || (values?.top ?? 1) > 1 ? self : withoutValues
    }

    /// The same pictures after arithmetic with one number a channel.
    ///
    /// - Parameter isFirst: whether the numbers are the left operand.
    func computed(_ kind: Binary.Kind, _ amounts: [Double], isFirst: Bool) -> TensorMeaning {
        guard let values else { return self }
        var result = self
        switch (kind, isFirst) {
        case (.adding, _): result.values = values.adding(amounts)
        case (.subtracting, false): result.values = values.adding(amounts.map { -$0 })
        case (.subtracting, true):
            // A negative: the same range, other samples.
            result.values = amounts.allSatisfy { $0 == values.top } ? values : nil
        case (.multiplying, _): result.values = scaled(values, by: amounts)
        case (.dividing, false): result.values = scaled(values, by: amounts.map { 1 / $0 })
        case (.power, false):
            result.values = values.top == 1 && amounts.allSatisfy { $0 > 0 } ? values : nil
        case (.dividing, true), (.power, true): result.values = nil
        }
        return result
    }

    /// The values after each channel was multiplied, with a warning where samples that were in 0...1
    /// already were divided by 255, or normalised ones normalised again.
    private func scaled(_ values: SampleValues, by amounts: [Double]) -> SampleValues? {
        let isByteScale = amounts.allSatisfy { abs($0 * 255 - 1) < 1e-6 }
        if isByteScale, values.top == 1 || values.isNormalized {
            Host.current.warn(
                Warning(
                    "dividing by 255 what is "
                        + (values.top == 1 ? "in 0...1 already" : "normalised already")
                        + " leaves a picture that is almost one grey",
                    suggestion: "leave '/ 255' out: 'tensor' and 'batches' are in 0...1, "
                        + "'pixels' in 0...255"))
            return nil
        }
        let result = values.multiplying(amounts)
        if let result, result.repeats(values) {
            Host.current.warn(
                Warning(
                    "this normalises pictures that are normalised already",
                    suggestion: "leave one of the two out: a mean is taken off and the rest "
                        + "divided by a deviation once, from samples in 0...1"))
            return nil
        }
        return result
    }

    /// The same pictures with values moved into a range.
    func clipped(_ low: Double, _ high: Double) -> TensorMeaning {
        guard let values, !values.isNormalized, low == 0, high == 1 || high == 255 else {
            return withoutValues
        }
        if values.top == high { return self }
        // What was made brighter than white or darker than black is a picture again.
        guard values.top == nil, let factor = values.factors.first,
            (0.05...20).contains(factor / high)
        else { return withoutValues }
        var result = self
        result.values = SampleValues(top: high, channels: channels.count)
        return result
    }

    /// Arithmetic of two tensors of which one at least is known.
    static func computed(
        _ kind: Binary.Kind, _ a: Tensor, _ b: Tensor, to result: TensorSpec
    ) -> TensorMeaning? {
        let meaning: TensorMeaning?
        switch (a.meaning, b.meaning) {
        case (let left?, let right?):
            guard left.axes == right.axes, left.channels == right.channels else { return nil }
            var sum = left.withoutValues
            if kind == .adding, let first = left.values, let second = right.values {
                sum.values = first + second
            }
            meaning = sum
        case (let own?, nil):
            meaning = own.computed(kind, with: b, result.shape, isFirst: false)
        case (nil, let own?):
            meaning = own.computed(kind, with: a, result.shape, isFirst: true)
        case (nil, nil): meaning = nil
        }
        return result.dtype.isFloatingPoint ? meaning : meaning?.withoutValues
    }

    private func computed(
        _ kind: Binary.Kind, with other: Tensor, _ shape: [Int], isFirst: Bool
    ) -> TensorMeaning? {
        // New axes may come in front, and only of length 1.
        let added = shape.count - axes.count
        guard added >= 0, shape[..<added].allSatisfy({ $0 == 1 }) else { return nil }
        var own = self
        own.axes = [[Part]](repeating: [], count: added) + axes
        let sizes = own.axes.map { $0.reduce(1) { $0 * $1.size } }
        guard sizes == shape else { return nil }
        guard let amounts = own.amounts(other, rank: shape.count) else { return own.withoutValues }
        return own.computed(kind, amounts, isFirst: isFirst)
    }

    /// One number a channel of a tensor that has no others.
    private func amounts(_ tensor: Tensor, rank: Int) -> [Double]? {
        guard tensor.count == 1 || tensor.count == channels.count else { return nil }
        if tensor.count > 1 {
            let before = rank - tensor.rank
            guard let axis = axes.firstIndex(where: { $0.map(\.role) == [.channel] }),
                axis >= before, tensor.shape[axis - before] == channels.count
            else { return nil }
        }
        guard let numbers = try? tensor.scalars(as: Double.self) else { return nil }
        return numbers.count == channels.count
            ? numbers : channels.map { _ in numbers.first ?? 0 }
    }
}
