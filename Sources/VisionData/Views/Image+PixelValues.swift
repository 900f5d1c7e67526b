import Plots

extension Image {
    /// The pixels as large squares with their numbers written on them.
    ///
    /// Grey has one number, the others one a channel below each other, as they are stored: hue and
    /// lightness too. A part may be named by its upper left corner and size; a picture of at most
    /// 32x32 pixels is taken whole. Throws when the part leaves the picture or is larger.
    ///
    ///     try digit.pixelValues()
    ///     try photo.pixelValues(x: 100, y: 80, width: 8, height: 8)
    public func pixelValues(
        x: Int = 0, y: Int = 0, width: Int? = nil, height: Int? = nil
    ) throws -> Image {
        let most = 32
        let (columns, rows) = (width ?? self.width - max(0, x), height ?? self.height - max(0, y))
        guard columns <= most, rows <= most else {
            throw ImageError(
                .argument,
                "pixelValues: too many pixels to write numbers on, expected a part of at most "
                    + "\(most)x\(most), got \(columns)x\(rows); name one: "
                    + "pixelValues(x: 0, y: 0, width: 12, height: 12)")
        }
        let part = try cropped(x: x, y: y, width: columns, height: rows)
        let cell = channels == 1 ? 32 : 14 * channels + 6
        let shown = try part.flattened().resized(
            columns * cell, rows * cell, interpolation: .nearest)
        let numbers = try NumberRasters(width: cell)
        return shown.resembling { out in
            out.update(from: shown.bytes, count: shown.bytes.count)
            for row in 0..<rows {
                for column in 0..<columns {
                    let pixel = (row * columns + column) * channels
                    let corner = (x: column * cell, y: row * cell)
                    let isBright = shown.brightness(corner.x, corner.y) > 128
                    for channel in 0..<channels {
                        let top =
                            (cell - 14 * channels) / 2 + 14 * channel + (14 - numbers.height) / 2
                        let raster = numbers.rasters[Int(part.bytes[pixel + channel])]
                        raster.draw(
                            on: out, rowWidth: shown.width, channels: shown.channels, x: corner.x,
                            y: corner.y + top, ink: isBright ? 0 : 255)
                    }
                }
            }
        }
    }

    /// The brightness of one pixel, 0 to 255.
    private func brightness(_ x: Int, _ y: Int) -> Int {
        let start = (y * width + x) * channels
        if channels == 1 { return Int(bytes[start]) }
        return (299 * Int(bytes[start]) + 587 * Int(bytes[start + 1]) + 114 * Int(bytes[start + 2]))
            / 1000
    }
}

/// The numbers 0 to 255 as pixels.
private struct NumberRasters {
    let rasters: [TextRaster]
    var height: Int { rasters[0].height }

    init(width: Int) throws {
        rasters = try (0..<256).map { try TextRaster("\($0)", width: width, size: 10) }
    }
}

extension TextRaster {
    /// Writes the text on interleaved bytes, its upper left corner at (`x`, `y`), which must lie
    /// within them as a whole.
    fileprivate func draw(
        on bytes: UnsafeMutablePointer<UInt8>, rowWidth: Int, channels: Int, x: Int, y: Int,
        ink: Int
    ) {
        for row in 0..<height {
            for column in 0..<width {
                let cover = Int(coverage[row * width + column])
                guard cover > 0 else { continue }
                let target = ((y + row) * rowWidth + x + column) * channels
                for channel in 0..<channels {
                    let below = Int(bytes[target + channel])
                    bytes[target + channel] = UInt8((below * (255 - cover) + ink * cover) / 255)
                }
            }
        }
    }
}
