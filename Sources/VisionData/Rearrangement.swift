/// A way to make a picture of another one's samples, whatever their depth.
protocol Rearrangement {
    /// Writes all samples of the result.
    func apply<Sample>(_ source: UnsafePointer<Sample>, _ out: UnsafeMutablePointer<Sample>)
}

extension Image {
    /// The rearranged picture, which has this one's channels, meaning and depth.
    func rearranged(
        _ rearrangement: some Rearrangement, width: Int, height: Int
    ) -> Image {
        let count = width * height * channels
        func samples<Sample>(_ source: [Sample]) -> [Sample] {
            [Sample](unsafeUninitializedCapacity: count) { buffer, filled in
                source.withUnsafeBufferPointer { source in
                    guard let from = source.baseAddress, let out = buffer.baseAddress else {
                        return
                    }
                    rearrangement.apply(from, out)
                    filled = count
                }
            }
        }
        return Image(
            unchecked: samples(bytes), deep: deep.map(samples), width: width, height: height,
            channels: channels, colorSpace: colorSpace)
    }
}

/// Columns and rows alone.
struct Cut: Rearrangement {
    let area: PixelArea
    /// How many samples a row of the picture has.
    let rowCount: Int
    let channels: Int

    func apply<Sample>(_ source: UnsafePointer<Sample>, _ out: UnsafeMutablePointer<Sample>) {
        let count = area.columns.count * channels
        let start = area.columns.lowerBound * channels
        for (row, y) in area.rows.enumerated() {
            (out + row * count).update(from: source + y * rowCount + start, count: count)
        }
    }
}

/// Pixels in another order: the result's pixel (x, y) is the picture's pixel
/// `start + x * stepX + y * stepY`.
struct Walk: Rearrangement {
    let start: Int
    let stepX: Int
    let stepY: Int
    /// Of the result.
    let width: Int
    let height: Int
    let channels: Int

    func apply<Sample>(_ source: UnsafePointer<Sample>, _ out: UnsafeMutablePointer<Sample>) {
        var target = out
        for y in 0..<height {
            for x in 0..<width {
                let from = source + (start + x * stepX + y * stepY) * channels
                for channel in 0..<channels { target[channel] = from[channel] }
                target += channels
            }
        }
    }
}

/// One pixel for each pair of a row and a column.
struct Pick: Rearrangement {
    let rows: [Int]
    let columns: [Int]
    /// How many pixels a row of the picture has.
    let width: Int
    let channels: Int

    func apply<Sample>(_ source: UnsafePointer<Sample>, _ out: UnsafeMutablePointer<Sample>) {
        var target = out
        for row in rows {
            for column in columns {
                let from = source + (row * width + column) * channels
                for channel in 0..<channels { target[channel] = from[channel] }
                target += channels
            }
        }
    }
}
