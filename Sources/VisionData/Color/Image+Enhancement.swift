// The four enhancements of augmentation, as Pillow's ImageEnhance has them: a factor of 1 changes
// nothing, 0 gives the degenerate picture, more than 1 exaggerates. Saturation, the fourth, is
// `saturated(by:)`.

extension Image {
    /// Every value multiplied.
    package func brightened(by factor: Double) -> Image { mapped { Double($0) * factor } }

    /// Every value moved away from the mean grey of the picture.
    package func contrasted(by factor: Double) -> Image {
        let gray = grayscale().bytes
        let mean = Double(gray.reduce(0) { $0 + Int($1) }) / Double(gray.count)
        let middle = (mean + 0.5).rounded(.down)
        return mapped { middle + factor * (Double($0) - middle) }
    }

    /// Every value moved away from that of a slightly smoothed picture, whose border is not.
    package func crispened(by factor: Double) -> Image {
        let image = standard
        let (step, rowBytes) = (image.channels, image.width * image.channels)
        let factor = Float(factor)
        return image.resembling { out in
            image.bytes.withUnsafeBufferPointer { source in
                for y in 0..<height {
                    for x in 0..<rowBytes {
                        let index = y * rowBytes + x
                        let isBorder =
                            y == 0 || y == height - 1 || x < step || x >= rowBytes - step
                        let isAlpha = step == 4 && x % 4 == 3
                        guard !isBorder, !isAlpha else {
                            out[index] = source[index]
                            continue
                        }
                        // The middle counts five times, its neighbours once.
                        var sum = 4 * Int(source[index])
                        for row in -1...1 {
                            let place = index + row * rowBytes
                            sum += Int(source[place - step]) + Int(source[place])
                            sum += Int(source[place + step])
                        }
                        let smooth = (Float(sum) / 13 + 0.5).rounded(.down)
                        let value = smooth + factor * (Float(source[index]) - smooth)
                        out[index] = UInt8(max(0, min(255, value)).rounded())
                    }
                }
            }
        }
    }
}
