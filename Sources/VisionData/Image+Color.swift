/// What the channels of a picture mean.
public enum ColorSpace: String, Sendable, CaseIterable {
    /// Red, green and blue.
    case rgb
    /// One channel of brightness.
    case gray
}

extension Image {
    /// Brightness alone, one channel: 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), rounded; alpha is dropped.
    public func grayscale() -> Image { converted(to: .gray) }

    /// The picture in another colour space; alpha is dropped.
    ///
    ///     photo.converted(to: .gray).channels  // 1
    public func converted(to space: ColorSpace) -> Image {
        let count = width * height
        switch (space, channels) {
        case (.gray, 1), (.rgb, 3):
            return self
        case (.rgb, _):
            let (step, isGray) = (channels, channels == 1)
            return Image(width: width, height: height, channels: 3, count: 3 * count) { out in
                bytes.withUnsafeBufferPointer { source in
                    for pixel in 0..<count {
                        let from = pixel * step
                        out[3 * pixel] = source[from]
                        out[3 * pixel + 1] = source[isGray ? from : from + 1]
                        out[3 * pixel + 2] = source[isGray ? from : from + 2]
                    }
                }
            }
        case (.gray, _):
            let step = channels
            return Image(width: width, height: height, channels: 1, count: count) { out in
                bytes.withUnsafeBufferPointer { source in
                    for pixel in 0..<count {
                        let from = pixel &* step
                        let red = UInt32(source[from]) &* 19_595
                        let green = UInt32(source[from &+ 1]) &* 38_470
                        let blue = UInt32(source[from &+ 2]) &* 7_471
                        out[pixel] = UInt8(
                            truncatingIfNeeded: (red &+ green &+ blue &+ 0x8000) >> 16)
                    }
                }
            }
        }
    }

    /// The picture made brighter by `brightness` (1 is from black to white) after its contrast was
    /// multiplied by `contrast` around middle grey: `(v - 0.5) * contrast + 0.5 + brightness`.
    ///
    /// Values are kept within 0...1; alpha stays. Throws when an argument is not a finite number
    /// or `contrast` is negative.
    public func adjusted(brightness: Double = 0, contrast: Double = 1) throws -> Image {
        guard brightness.isFinite, contrast.isFinite, contrast >= 0 else {
            throw ImageError(
                .argument,
                "adjusted: expected a finite brightness and a contrast of at least 0, "
                    + "got \(brightness) and \(contrast)")
        }
        let table = (0..<256).map { level -> UInt8 in
            let value = (Double(level) / 255 - 0.5) * contrast + 0.5 + brightness
            return UInt8((min(max(value, 0), 1) * 255).rounded())
        }
        let keepsAlpha = channels == 4
        return Image(width: width, height: height, channels: channels, count: bytes.count) { out in
            for (index, value) in bytes.enumerated() {
                out[index] = keepsAlpha && index % 4 == 3 ? value : table[Int(value)]
            }
        }
    }

    /// A picture with alpha laid on white; others unchanged.
    func flattened() -> Image {
        guard channels == 4 else { return self }
        let count = width * height
        return Image(width: width, height: height, channels: 3, count: 3 * count) { out in
            bytes.withUnsafeBufferPointer { source in
                for pixel in 0..<count {
                    let alpha = Int(source[4 * pixel + 3])
                    for channel in 0..<3 {
                        let mixed = Int(source[4 * pixel + channel]) * alpha + 255 * (255 - alpha)
                        out[3 * pixel + channel] = UInt8(truncatingIfNeeded: (mixed + 127) / 255)
                    }
                }
            }
        }
    }
}
