import Hosting

extension Resampling {
    /// The wanted part of a picture of 16 bits a sample, computed in floating point.
    func resampled(_ deep: [UInt16], of part: Image) throws -> Image {
        let channels = part.channels
        let hasAlpha = channels == 4
        // Transparent pixels must not bleed their hidden colour.
        var samples = deep.map(Float.init)
        if hasAlpha {
            for start in stride(from: 0, to: samples.count, by: 4) {
                let alpha = samples[start + 3] / 65_535
                for channel in 0..<3 { samples[start + channel] *= alpha }
            }
        }
        let (width, height) = (area.columns.count, area.rows.count)
        if let across {
            samples = try weighed(
                samples, across, lines: part.height, line: part.width * channels,
                offset: source.columns.lowerBound, step: channels, width: channels)
        }
        if let down {
            samples = try weighed(
                samples, down, lines: 1, line: 0, offset: source.rows.lowerBound,
                step: width * channels, width: width * channels)
        }
        if hasAlpha {
            for start in stride(from: 0, to: samples.count, by: 4) where samples[start + 3] > 0 {
                let alpha = samples[start + 3] / 65_535
                for channel in 0..<3 { samples[start + channel] /= alpha }
            }
        }
        let result = samples.map { UInt16(max(0, min(65_535, $0.rounded()))) }
        return Image(
            unchecked: result, width: width, height: height, channels: channels,
            colorSpace: part.colorSpace)
    }

    /// New places along one axis, in each of `lines` lines: a place is `width` samples, places are
    /// `step` samples apart.
    private func weighed(
        _ samples: [Float], _ kernel: ResamplingKernel, lines: Int, line: Int, offset: Int,
        step: Int, width: Int
    ) throws -> [Float] {
        let cancellation = Host.current.cancellation
        let unit = Float(1) / Float(1 << ResamplingKernel.precision)
        var result = [Float](repeating: 0, count: lines * kernel.starts.count * width)
        var target = 0
        for line in stride(from: 0, to: max(1, lines * line), by: max(1, line)) {
            try cancellation.check()
            for position in kernel.starts.indices {
                if width > 1024 { try cancellation.check() }
                var from = line + (kernel.starts[position] - offset) * step
                // Rounded weights add up to almost one.
                var sum: Float = 0
                for index in 0..<kernel.counts[position] {
                    let weight = Float(kernel.weights[position * kernel.span + index]) * unit
                    sum += weight
                    for sample in 0..<width {
                        result[target + sample] += weight * samples[from + sample]
                    }
                    from += step
                }
                for sample in 0..<width { result[target + sample] /= sum }
                target += width
            }
        }
        return result
    }
}
