import Hosting

extension Image {
    /// Local contrast made even: contrast-limited adaptive histogram equalisation (Zuiderveld 1994).
    ///
    /// The picture is divided into `tiles` times `tiles` parts. Each has its own equalisation, in
    /// which no level may count more than the share `clipLimit` of the pixels (0 is no limit), and
    /// a pixel takes a mixture of those of the four tiles around it. Colours keep hue and
    /// saturation; alpha stays. As scikit-image's `equalize_adapthist`.
    ///
    /// Throws when `clipLimit` is outside 0...1 or `tiles` is not positive.
    ///
    ///     try photo.clahe(clipLimit: 0.02)
    public func clahe(clipLimit: Double = 0.01, tiles: Int = 8) throws -> Image {
        guard (0...1).contains(clipLimit), tiles > 0 else {
            throw ImageError(
                .argument,
                "clahe: expected a clip limit within 0...1 and at least 1 tile, "
                    + "got \(clipLimit) and \(tiles)")
        }
        let image = standard
        let (step, colors) = (image.channels, min(image.channels, 3))
        var values = [UInt8](repeating: 0, count: width * height)
        for pixel in values.indices {
            values[pixel] = image.bytes[pixel * step..<pixel * step + colors].max() ?? 0
        }
        guard let low = values.min(), let high = values.max(), low < high else { return image }
        let equalized = try AdaptiveEqualization(
            values, width: width, height: height, low: Int(low), high: Int(high),
            clipLimit: clipLimit, tiles: tiles
        ).values()
        return image.resembling { out in
            image.bytes.withUnsafeBufferPointer { source in
                for pixel in 0..<width * height {
                    // Hue and saturation stay where all channels are scaled alike.
                    let value = Float(values[pixel])
                    let factor = value > 0 ? equalized[pixel] / value : 0
                    for channel in 0..<step {
                        let index = pixel * step + channel
                        out[index] =
                            channel == 3
                            ? source[index]
                            : value > 0
                                ? UInt8(min(255, (Float(source[index]) * factor).rounded()))
                                : UInt8(equalized[pixel].rounded())
                    }
                }
            }
        }
    }
}

/// The adaptive equalisation of one plane; steps and roundings are scikit-image's.
private struct AdaptiveEqualization {
    private static let levels = 1 << 14
    private static let binCount = 256

    private let width: Int
    private let height: Int
    private let bins: [Int]
    private let tileWidth: Int
    private let tileHeight: Int
    private let tilesAcross: Int
    private let tilesDown: Int
    private let limit: Int

    init(
        _ values: [UInt8], width: Int, height: Int, low: Int, high: Int, clipLimit: Double,
        tiles: Int
    ) {
        self.width = width
        self.height = height
        let table = (0..<256).map { level -> Int in
            let share = Double(level - low) / Double(high - low)
            let stretched = (share * Double(Self.levels - 1)).rounded(.toNearestOrEven)
            return Int(max(0, stretched)) / (1 + Self.levels / Self.binCount)
        }
        bins = values.map { table[Int($0)] }
        tileWidth = max(width / tiles, 1)
        tileHeight = max(height / tiles, 1)
        tilesAcross = (width + tileWidth - 1) / tileWidth
        tilesDown = (height + tileHeight - 1) / tileHeight
        let pixels = tileWidth * tileHeight
        limit = clipLimit > 0 ? max(1, Int(clipLimit * Double(pixels))) : pixels
    }

    /// The equalised values, stretched to 0...255.
    func values() throws -> [Float] {
        let cancellation = Host.current.cancellation
        var maps: [Int] = []
        maps.reserveCapacity(tilesAcross * tilesDown * Self.binCount)
        for tileY in 0..<tilesDown {
            try cancellation.check()
            for tileX in 0..<tilesAcross { maps += map(tileX, tileY) }
        }
        var result = [Float](repeating: 0, count: width * height)
        let across = (0..<width).map { place($0, tileWidth, tilesAcross) }
        for y in 0..<height {
            try cancellation.check()
            let down = place(y, tileHeight, tilesDown)
            let (upper, lower) = (down.first * tilesAcross, down.second * tilesAcross)
            for x in 0..<width {
                let column = across[x]
                let bin = bins[y * width + x]
                func level(_ tile: Int) -> Double { Double(maps[tile * Self.binCount + bin]) }
                let top =
                    level(upper + column.first) * (1 - column.part)
                    + level(upper + column.second) * column.part
                let bottom =
                    level(lower + column.first) * (1 - column.part)
                    + level(lower + column.second) * column.part
                result[y * width + x] = Float(
                    (top * (1 - down.part) + bottom * down.part).rounded(.down))
            }
        }
        let (low, high) = (result.min() ?? 0, result.max() ?? 0)
        let scale = high > low ? 255 / (high - low) : 0
        for index in result.indices { result[index] = (result[index] - low) * scale }
        return result
    }

    /// The two tiles whose middles lie around a place, and how far it is to the second.
    private func place(
        _ position: Int, _ size: Int, _ count: Int
    ) -> (first: Int, second: Int, part: Double) {
        let shifted = position + size / 2
        let tile = shifted / size
        return (
            min(max(tile - 1, 0), count - 1), min(tile, count - 1),
            Double(shifted % size) / Double(size)
        )
    }

    /// What each level becomes in one tile. A tile that reaches beyond the picture goes on with
    /// its reflection.
    private func map(_ tileX: Int, _ tileY: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: Self.binCount)
        for y in tileY * tileHeight..<(tileY + 1) * tileHeight {
            let row = PadMode.reflect.place(y, height) * width
            for x in tileX * tileWidth..<(tileX + 1) * tileWidth {
                counts[bins[row + PadMode.reflect.place(x, width)]] += 1
            }
        }
        clip(&counts)
        let scale = Double(Self.levels - 1) / Double(tileWidth * tileHeight)
        var sum = 0
        return counts.map { count in
            sum += count
            return Int(min(Double(sum) * scale, Double(Self.levels - 1)))
        }
    }

    /// Cuts what exceeds the limit and gives it to the other levels evenly.
    private func clip(_ counts: inout [Int]) {
        var excess = counts.reduce(0) { $0 + max(0, $1 - limit) }
        for bin in counts.indices { counts[bin] = min(counts[bin], limit) }
        let share = excess / counts.count
        for bin in counts.indices where counts[bin] < limit - share {
            counts[bin] += share
            excess -= share
        }
        for bin in counts.indices where counts[bin] >= limit - share {
            excess -= limit - counts[bin]
            counts[bin] = limit
        }
        while excess > 0 {
            let before = excess
            for start in counts.indices {
                let room = counts.lazy.filter { $0 < limit }.count
                let step = max(1, room / excess)
                for bin in stride(from: start, to: counts.count, by: step)
                where counts[bin] < limit {
                    counts[bin] += 1
                    excess -= 1
                }
                if excess <= 0 { break }
            }
            if excess == before { break }
        }
    }
}
