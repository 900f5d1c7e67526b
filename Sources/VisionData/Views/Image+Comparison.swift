extension Image {
    /// How far each value is from that of another picture of the same size: `|a - b| * gain`, kept
    /// within 255.
    ///
    /// Both are taken as shown: RGB or grey, alpha laid on white. Throws for pictures of different
    /// sizes and a gain that is not positive.
    ///
    ///     try photo.difference(from: photo.blurred(sigma: 1), gain: 8)
    public func difference(from other: Image, gain: Double = 1) throws -> Image {
        guard gain > 0, gain.isFinite else {
            throw ImageError(.argument, "difference: expected a gain above 0, got \(gain)")
        }
        let (first, second) = try comparable(with: other, "difference")
        return first.resembling { out in
            for index in first.bytes.indices {
                let distance = abs(Int(first.bytes[index]) - Int(second.bytes[index]))
                out[index] = UInt8(min(255, (Double(distance) * gain).rounded()))
            }
        }
    }

    /// Two pictures and their difference side by side, with the greatest and the mean distance.
    ///
    /// The difference is made as bright as it can be. Throws for pictures of different sizes.
    ///
    ///     try photo.compared(with: photo.resized(64, 64).resized(photo.width, photo.height))
    public func compared(with other: Image) throws -> Gallery {
        let (first, second) = try comparable(with: other, "compared")
        let plain = try first.difference(from: second)
        let most = Int(plain.bytes.max() ?? 0)
        let mean = Double(plain.bytes.reduce(0) { $0 + Int($1) }) / Double(plain.bytes.count)
        let gain = most > 0 ? 255 / Double(most) : 1
        let caption =
            most == 0
            ? "no difference"
            : "difference: at most \(most), mean \((mean * 100).rounded() / 100)"
        return try Gallery(
            [first, second, try first.difference(from: second, gain: gain)],
            captions: ["first", "second", caption], columns: 3)
    }

    /// The picture with another one laid over it.
    ///
    /// A grey overlay paints `color` (red unless given) where it is bright: a mask, edges, a map of
    /// heat. One in colour covers with `opacity`, one with alpha as much as its alpha says. An
    /// overlay of another size is resized. Throws when `opacity` is outside 0...1 or the colour has
    /// not three numbers in 0...255.
    ///
    ///     try photo.overlaid(with: mask, opacity: 0.6, color: [0, 255, 0])
    public func overlaid(
        with overlay: Image, opacity: Double = 0.5, color: [Int] = [255, 0, 0]
    ) throws -> Image {
        let paint = color.compactMap { UInt8(exactly: $0) }.map { Float($0) }
        guard (0...1).contains(opacity), color.count == 3, paint.count == 3 else {
            throw ImageError(
                .argument,
                "overlaid: expected an opacity within 0...1 and a color of 3 numbers in 0...255, "
                    + "got \(opacity) and \(color)")
        }
        let base = flattened().converted(to: .rgb)
        let cover = try overlay.standard.resized(width, height)
        let step = cover.channels
        return base.resembling { out in
            for pixel in 0..<width * height {
                let from = pixel * step
                let share: Float =
                    step == 1
                    ? Float(cover.bytes[from]) / 255
                    : step == 4 ? Float(cover.bytes[from + 3]) / 255 : 1
                let weight = share * Float(opacity)
                for channel in 0..<3 {
                    let below = Float(base.bytes[3 * pixel + channel])
                    let above = step == 1 ? paint[channel] : Float(cover.bytes[from + channel])
                    out[3 * pixel + channel] = UInt8(below + weight * (above - below) + 0.5)
                }
            }
        }
    }

    /// Both pictures without alpha, in grey where both are, of one size.
    private func comparable(with other: Image, _ operation: String) throws -> (Image, Image) {
        guard width == other.width, height == other.height else {
            throw ImageError(
                .argument,
                "\(operation): pictures of different sizes, expected \(width)x\(height), "
                    + "got \(other.width)x\(other.height)")
        }
        let (first, second) = (flattened(), other.flattened())
        if first.channels == second.channels { return (first, second) }
        return (first.converted(to: .rgb), second.converted(to: .rgb))
    }

    /// The picture made smaller, where its longest side is greater than `side`, so that it fits.
    func reduced(to side: Int) throws -> Image {
        let longest = max(width, height)
        guard longest > side else { return self }
        return try resized(max(1, width * side / longest), max(1, height * side / longest))
    }
}
