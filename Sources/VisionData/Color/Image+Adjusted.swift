import Glibc
import Hosting

extension Image {
    /// The picture with other brightness, contrast, colours or gamma.
    ///
    /// Each value v in 0...1 becomes `v ** gamma`, then is stretched around middle grey and moved:
    /// `(v - 0.5) * contrast + 0.5 + brightness` (a brightness of 1 is from black to white). Then
    /// colours are moved away from their grey by the factor `saturation` (0 leaves grey), and along
    /// the colour circle by `hue` degrees. Results are kept within 0...1; alpha stays.
    ///
    /// Throws when an argument is not a finite number, or one of `contrast`, `saturation` and
    /// `gamma` is negative, and `Interrupted` when the host asks to stop.
    ///
    ///     try photo.adjusted(brightness: 0.1, contrast: 1.2)
    ///     try photo.adjusted(saturation: 0.5, gamma: 2.2)
    public func adjusted(
        brightness: Double = 0, contrast: Double = 1, saturation: Double = 1, hue: Double = 0,
        gamma: Double = 1
    ) throws -> Image {
        guard brightness.isFinite, contrast.isFinite, contrast >= 0 else {
            throw ImageError(
                .argument,
                "adjusted: expected a finite brightness and a contrast of at least 0, "
                    + "got \(brightness) and \(contrast)")
        }
        guard saturation.isFinite, saturation >= 0, hue.isFinite, gamma.isFinite, gamma >= 0 else {
            throw ImageError(
                .argument,
                "adjusted: expected a saturation and a gamma of at least 0 and a finite hue, "
                    + "got \(saturation), \(gamma) and \(hue)")
        }
        var image = mapped { level in
            let value = pow(Double(level) / 255, gamma)
            return ((value - 0.5) * contrast + 0.5 + brightness) * 255
        }
        if saturation != 1 { image = try image.saturated(by: saturation) }
        let turns = hue.truncatingRemainder(dividingBy: 360) / 360
        return turns == 0 ? image : try image.hueTurned(by: turns)
    }

    /// Every value but alpha replaced by what `value` makes of its level, rounded to a byte.
    func mapped(_ value: (Int) -> Double) -> Image {
        let table = (0..<256).map { UInt8(min(max(value($0), 0), 255).rounded()) }
        return mapped(tables: [[UInt8]](repeating: table, count: min(channels, 3)))
    }

    /// Every value but alpha replaced by that of its channel's table of 256; grey or RGB.
    func mapped(tables: [[UInt8]]) -> Image {
        let image = standard
        let (colors, step) = (tables.count, image.channels)
        let flat = tables.flatMap { $0 }
        return image.resembling { out in
            image.bytes.withUnsafeBufferPointer { source in
                flat.withUnsafeBufferPointer { flat in
                    for start in stride(from: 0, to: source.count, by: step) {
                        for channel in 0..<colors {
                            out[start + channel] = flat[channel << 8 | Int(source[start + channel])]
                        }
                        if step == 4 { out[start + 3] = source[start + 3] }
                    }
                }
            }
        }
    }

    /// The colours this much further from their grey; 1 changes nothing.
    func saturated(by factor: Double) throws -> Image {
        let image = standard
        guard image.channels > 1 else { return image }
        let grays = image.grayscale().bytes
        let factor = Float(factor)
        return try image.mappedPixels { pixel, color in
            let gray = Float(grays[pixel])
            return gray + factor * (color - gray)
        }
    }

    /// The colours this far along the colour circle, where 1 is the whole circle.
    func hueTurned(by turns: Double) throws -> Image {
        let image = standard
        guard image.channels > 1 else { return image }
        return try image.mappedPixels { _, color in
            var hsv = ColorSpace.hsv.color(rgb: color / 255)
            hsv.x += Float(turns)
            return ColorSpace.hsv.rgb(hsv) * 255
        }
    }

    /// Every colour of an RGB picture replaced, in the numbers of bytes; alpha stays.
    private func mappedPixels(
        _ color: (_ pixel: Int, _ color: SIMD4<Float>) -> SIMD4<Float>
    ) throws -> Image {
        let step = channels
        let cancellation = Host.current.cancellation
        return try resembling { out in
            try bytes.withUnsafeBufferPointer { source in
                for pixel in 0..<width * height {
                    if pixel % width == 0 { try cancellation.check() }
                    let from = pixel * step
                    let levels = color(
                        pixel,
                        SIMD4(
                            Float(source[from]), Float(source[from + 1]), Float(source[from + 2]),
                            0)
                    ).byteLevels
                    for channel in 0..<3 { out[from + channel] = levels[channel] }
                    if step == 4 { out[from + 3] = source[from + 3] }
                }
            }
        }
    }
}
