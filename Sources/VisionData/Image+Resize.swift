extension Image {
    /// The picture at another size, antialiased when it shrinks.
    ///
    /// Separable convolution with a kernel stretched by the scale, in fixed point: the algorithm
    /// and the results of Pillow's `Image.resize`. Throws when a side is not positive or the
    /// result exceeds `Image.pixelLimit`, and `Interrupted` when the host asks to stop.
    ///
    ///     let small = try photo.resized(224, 224)
    ///     let sharp = try photo.resized(224, 224, interpolation: .lanczos)
    public func resized(
        _ width: Int, _ height: Int, interpolation: Interpolation = .bilinear
    ) throws -> Image {
        try UnreadImage(self).resized(width, height, interpolation: interpolation).whole()
    }

    /// The picture with its shorter side at `shortSide` pixels and its proportions kept; the
    /// longer side is rounded down, as torchvision has it.
    public func resized(
        shortSide: Int, interpolation: Interpolation = .bilinear
    ) throws -> Image {
        try UnreadImage(self).resized(shortSide: shortSide, interpolation: interpolation).whole()
    }

    /// Colours multiplied by alpha, or divided by it again.
    func premultiplied(_ isForward: Bool) -> Image {
        Image(width: width, height: height, channels: 4, count: bytes.count) { out in
            bytes.withUnsafeBufferPointer { source in
                for pixel in 0..<source.count / 4 {
                    let alpha = Int(source[4 * pixel + 3])
                    for channel in 0..<3 {
                        let value = Int(source[4 * pixel + channel])
                        if isForward {
                            let product = value * alpha + 128
                            out[4 * pixel + channel] = UInt8((product >> 8 + product) >> 8)
                        } else {
                            let isKept = alpha == 0 || alpha == 255
                            out[4 * pixel + channel] =
                                UInt8(isKept ? value : min(255 * value / alpha, 255))
                        }
                    }
                    out[4 * pixel + 3] = UInt8(alpha)
                }
            }
        }
    }
}
