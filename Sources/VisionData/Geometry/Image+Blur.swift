import Glibc
import Hosting

extension Image {
    /// The picture blurred with a Gaussian of standard deviation `sigma` pixels.
    ///
    /// The kernel reaches 4 `sigma` far; beyond the edge the edge goes on unless `border` says
    /// otherwise. As scikit-image's `filters.gaussian`. Throws when `sigma` is not within 0...1000.
    ///
    ///     try photo.blurred(sigma: 2)
    public func blurred(sigma: Double, border: PadMode = .edge) throws -> Image {
        let kernel = try GaussianKernel(sigma: sigma, "blurred")
        guard kernel.radius > 0 else { return self }
        return try premultiplying { image in
            let values = try kernel.convolved(
                image.bytes.map { Float($0) }, width: image.width, height: image.height,
                channels: image.channels, border: border)
            return image.resembling { out in
                for index in values.indices { out[index] = UInt8(values[index] + 0.5) }
            }
        }
    }

    /// The picture with its edges emphasised: unsharp masking,
    /// `v + amount * (v - blurred)` with a Gaussian of `sigma` pixels, kept within 0...255.
    ///
    /// As scikit-image's `filters.unsharp_mask`. Throws when `amount` is not within -100...100 or
    /// `sigma` not within 0...1000.
    ///
    ///     try photo.sharpened(amount: 1.5)
    public func sharpened(amount: Double = 1, sigma: Double = 1) throws -> Image {
        guard abs(amount) <= 100 else {
            throw ImageError(
                .argument, "sharpened: expected an amount within -100...100, got \(amount)")
        }
        let kernel = try GaussianKernel(sigma: sigma, "sharpened")
        let amount = Float(amount)
        return try premultiplying { image in
            let values = try kernel.convolved(
                image.bytes.map { Float($0) }, width: image.width, height: image.height,
                channels: image.channels, border: .symmetric)
            return image.resembling { out in
                for index in values.indices {
                    let value = Float(image.bytes[index])
                    let sharp = value + amount * (value - values[index]) + 0.5
                    out[index] = UInt8(max(0, min(255, sharp)))
                }
            }
        }
    }
}

/// The weights of a Gaussian blur.
struct GaussianKernel {
    let radius: Int
    private let weights: [Float]

    /// Throws, in the name of `operation`, when `sigma` is not within 0...1000.
    init(sigma: Double, _ operation: String) throws {
        guard sigma >= 0, sigma <= 1000 else {
            throw ImageError(
                .argument, "\(operation): expected a sigma within 0...1000, got \(sigma)")
        }
        let radius = Int(4 * sigma + 0.5)
        let exact = (-radius...radius).map { place in
            radius == 0 ? 1 : exp(-Double(place * place) / (2 * sigma * sigma))
        }
        let total = exact.reduce(0, +)
        weights = exact.map { Float($0 / total) }
        self.radius = radius
    }

    /// A picture of interleaved channels convolved along both axes.
    func convolved(
        _ values: [Float], width: Int, height: Int, channels: Int, border: PadMode
    ) throws -> [Float] {
        guard radius > 0 else { return values }
        let cancellation = Host.current.cancellation
        let rowLength = width * channels
        let columns = (-radius..<width + radius).map { place -> Int in
            border == .constant && !(0..<width).contains(place)
                ? -1 : border.place(place, width) * channels
        }
        var across = [Float](repeating: 0, count: values.count)
        var padded = [Float](repeating: 0, count: columns.count * channels)
        for y in 0..<height {
            try cancellation.check()
            for (index, column) in columns.enumerated() {
                for channel in 0..<channels {
                    padded[index * channels + channel] =
                        column < 0 ? 0 : values[y * rowLength + column + channel]
                }
            }
            padded.withUnsafeBufferPointer { padded in
                add(rowLength, to: &across, at: y * rowLength) { tap in
                    padded.baseAddress.map { $0 + tap * channels }
                }
            }
        }
        var result = [Float](repeating: 0, count: values.count)
        for y in 0..<height {
            try cancellation.check()
            across.withUnsafeBufferPointer { across in
                add(rowLength, to: &result, at: y * rowLength) { tap in
                    let row = y + tap - radius
                    if border == .constant && !(0..<height).contains(row) { return nil }
                    return across.baseAddress.map { $0 + border.place(row, height) * rowLength }
                }
            }
        }
        return result
    }

    /// Adds the row that each tap reads, weighted, to `length` sums from `start` on.
    private func add(
        _ length: Int, to sums: inout [Float], at start: Int,
        row: (_ tap: Int) -> UnsafePointer<Float>?
    ) {
        sums.withUnsafeMutableBufferPointer { sums in
            guard let out = sums.baseAddress.map({ $0 + start }) else { return }
            for (tap, weight) in weights.enumerated() {
                guard let row = row(tap) else { continue }
                for index in 0..<length { out[index] += weight * row[index] }
            }
        }
    }
}
