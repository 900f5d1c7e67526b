import Hosting

extension Image {
    /// Brightness alone, one channel: 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), rounded; alpha is dropped.
    public func grayscale() -> Image { converted(to: .gray) }

    /// The picture in another colour space; alpha is dropped.
    ///
    /// Each number is rounded to the byte that `ColorSpace` says; `Tensor.converted(from:to:)`
    /// keeps it exact. The result is still shown and saved in its true colours.
    ///
    ///     photo.converted(to: .gray).channels  // 1
    ///     try photo.converted(to: .hsv).planes()  // hue, saturation and value as pictures
    public func converted(to space: ColorSpace) -> Image {
        switch (colorSpace, space) {
        case _ where space == colorSpace && channels != 4: self
        case (.rgb, .rgb), (.gray, .rgb), (.luminance, .rgb): spread()
        case (_, .gray): standard.weighted()
        default: recolored(to: space)
        }
    }

    /// The picture as files and screens take it: grey, RGB, or RGB with alpha.
    var standard: Image {
        switch colorSpace {
        case .rgb, .gray, .luminance: self
        case .bgr, .hsv, .lab, .ycbcr: converted(to: .rgb)
        }
    }

    /// As files and screens take it, a picture with alpha laid on white.
    package func flattened() -> Image {
        guard channels == 4 else { return standard }
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

    /// RGB of grey, or of RGB with alpha.
    private func spread() -> Image {
        let (count, step, isGray) = (width * height, channels, channels == 1)
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
    }

    /// Grey of RGB, in the fixed-point numbers of Pillow; luminance is grey as it is.
    private func weighted() -> Image {
        guard channels > 1 else {
            return Image(unchecked: bytes, width: width, height: height, channels: 1)
        }
        let (count, step) = (width * height, channels)
        return Image(width: width, height: height, channels: 1, count: count) { out in
            bytes.withUnsafeBufferPointer { source in
                for pixel in 0..<count {
                    let from = pixel &* step
                    let red = UInt32(source[from]) &* 19_595
                    let green = UInt32(source[from &+ 1]) &* 38_470
                    let blue = UInt32(source[from &+ 2]) &* 7_471
                    out[pixel] = UInt8(truncatingIfNeeded: (red &+ green &+ blue &+ 0x8000) >> 16)
                }
            }
        }
    }

    /// Any space to any other, by way of RGB. Where the host asks to stop, the rest stays 0: the poll
    /// that follows ends whatever asked for it.
    private func recolored(to space: ColorSpace) -> Image {
        let (count, step, source) = (width * height, channels, colorSpace)
        let (readFactor, readOffset) = source.byteScale
        let (writeFactor, writeOffset) = space.byteScale
        // Of bytes in RGB there are only 256 values to take the curve of sRGB off.
        let linear = (0..<256).map { ColorSpace.linear(Float($0) / 255) }
        let isLinearized = source == .rgb && space == .lab
        let cancellation = Host.current.cancellation
        return Image(
            width: width, height: height, channels: space.channels, count: count * space.channels,
            colorSpace: space
        ) { out in
            bytes.withUnsafeBufferPointer { bytes in
                for pixel in 0..<count {
                    if pixel % width == 0, cancellation.isRequested {
                        let done = pixel * space.channels
                        (out + done).update(repeating: 0, count: count * space.channels - done)
                        return
                    }
                    let from = pixel * step
                    let second = step == 1 ? from : from + 1
                    let third = step == 1 ? from : from + 2
                    let color: SIMD4<Float>
                    if isLinearized {
                        color = ColorSpace.lab(
                            linear: SIMD4(
                                linear[Int(bytes[from])], linear[Int(bytes[second])],
                                linear[Int(bytes[third])], 0))
                    } else {
                        let stored = SIMD4(
                            Float(bytes[from]), Float(bytes[second]), Float(bytes[third]), 0)
                        color = space.color(rgb: source.rgb(stored * readFactor + readOffset))
                    }
                    let levels = ((color - writeOffset) / writeFactor).byteLevels
                    for channel in 0..<space.channels {
                        out[pixel * space.channels + channel] = levels[channel]
                    }
                }
            }
        }
    }
}

extension SIMD4<Float> {
    /// Each number rounded to a byte.
    @inline(__always)
    var byteLevels: SIMD4<UInt8> {
        let bounded = clamped(lowerBound: .zero, upperBound: SIMD4(repeating: 255)) + 0.5
        return SIMD4<UInt8>(
            UInt8(bounded.x), UInt8(bounded.y), UInt8(bounded.z), UInt8(bounded.w))
    }
}
