extension Image {
    /// The negative: each value v becomes 255 - v; alpha stays.
    public func inverted() -> Image { mapped { Double(255 - $0) } }

    /// Only the upper `bits` of each value, the others 0; alpha stays.
    ///
    /// Throws when `bits` is not within 1...8.
    ///
    ///     try photo.posterized(bits: 2)  // four levels a channel
    public func posterized(bits: Int) throws -> Image {
        guard (1...8).contains(bits) else {
            throw ImageError(.argument, "posterized: expected 1 to 8 bits, got \(bits)")
        }
        let mask = 0xFF << (8 - bits)
        return mapped { Double($0 & mask) }
    }

    /// The values of at least `threshold`, 0 to 256, inverted; alpha stays.
    ///
    /// Throws when `threshold` is outside 0...256.
    public func solarized(threshold: Int = 128) throws -> Image {
        guard (0...256).contains(threshold) else {
            throw ImageError(
                .argument, "solarized: expected a threshold of 0 to 256, got \(threshold)")
        }
        return mapped { Double($0 < threshold ? $0 : 255 - $0) }
    }

    /// Each channel stretched so that its least value becomes 0 and its greatest 255.
    ///
    /// `cutoff` is the share of the darkest and of the brightest pixels that are passed over, in
    /// 0..<0.5. As Pillow's `ImageOps.autocontrast`. Throws for another cutoff.
    public func autoContrasted(cutoff: Double = 0) throws -> Image {
        guard cutoff >= 0, cutoff < 0.5 else {
            throw ImageError(
                .argument, "autoContrasted: expected a cutoff in 0..<0.5, got \(cutoff)")
        }
        let passed = Int(Double(width * height) * cutoff)
        let tables = standard.histogram().counts.map { counts -> [UInt8] in
            /// The first level, from one end, at which more pixels than those passed over are seen.
            func end(_ levels: some Sequence<Int>) -> Int {
                var seen = 0
                return levels.first { level in
                    seen += counts[level]
                    return seen > passed
                } ?? 0
            }
            let (low, high) = (end(0..<256), end((0..<256).reversed()))
            guard high > low else { return (0..<256).map { UInt8($0) } }
            let scale = 255 / Double(high - low)
            return (0..<256).map {
                UInt8(min(max(Double($0) * scale - Double(low) * scale, 0), 255))
            }
        }
        return mapped(tables: tables)
    }

    /// Each channel's histogram made flat: a value becomes 255 times the share of pixels that are
    /// at most as bright. As scikit-image's `equalize_hist` of each channel.
    ///
    ///     photo.grayscale().equalized().histogram().plot()
    public func equalized() -> Image {
        let pixels = Double(width * height)
        let tables = standard.histogram().counts.map { counts -> [UInt8] in
            var seen = 0
            return counts.map { count in
                seen += count
                return UInt8((Double(seen) / pixels * 255).rounded())
            }
        }
        return mapped(tables: tables)
    }
}
