/// Interleaved bytes to float planes: `out[channel][pixel] = byte * scale + shift`.
struct PlaneConversion: Sendable {
    let scale: [Float]
    let shift: [Float]

    /// One scale and one shift a channel; no shifts mean zero.
    init(scale: [Float], shift: [Float]? = nil) {
        self.scale = scale
        self.shift = shift ?? [Float](repeating: 0, count: scale.count)
    }

    /// The conversion to 0...1, then to the given means and deviations.
    init(channels: Int, normalized: Normalization?) {
        guard let normalized else {
            self.init(scale: [Float](repeating: 1 / 255, count: channels))
            return
        }
        let pairs = zip(normalized.means, normalized.deviations)
        self.init(
            scale: normalized.deviations.map { Float(1 / (255 * $0)) },
            shift: pairs.map { Float(-$0 / $1) })
    }

    /// Converts one picture, whose first sample is `bytes[start]`.
    func run(
        _ bytes: [UInt8], from start: Int, pixels: Int, into out: UnsafeMutablePointer<Float>
    ) {
        let channels = scale.count
        bytes.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            if channels == 3 { return runRGB(base + start, pixels: pixels, into: out) }
            for channel in 0..<channels {
                let (factor, offset) = (scale[channel], shift[channel])
                let plane = out + channel * pixels
                let from = base + start + channel
                if channels == 1 {
                    for pixel in 0..<pixels { plane[pixel] = Float(from[pixel]) * factor + offset }
                } else {
                    for pixel in 0..<pixels {
                        plane[pixel] = Float(from[pixel &* channels]) * factor + offset
                    }
                }
            }
        }
    }

    /// Three planes at once, so that the compiler loads neighbouring pixels together.
    private func runRGB(
        _ source: UnsafePointer<UInt8>, pixels: Int, into out: UnsafeMutablePointer<Float>
    ) {
        let (red, green, blue) = (out, out + pixels, out + 2 * pixels)
        let (redScale, greenScale, blueScale) = (scale[0], scale[1], scale[2])
        let (redShift, greenShift, blueShift) = (shift[0], shift[1], shift[2])
        for pixel in 0..<pixels {
            let from = source + 3 &* pixel
            red[pixel] = Float(from[0]) * redScale + redShift
            green[pixel] = Float(from[1]) * greenScale + greenShift
            blue[pixel] = Float(from[2]) * blueScale + blueShift
        }
    }
}
