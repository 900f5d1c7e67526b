import Hosting
import Plots
import Tensors
import VisionData

/// A map of numbers over a picture: the picture in pale grey, and on each pixel the colour of its
/// number, the stronger the further it is from zero.
struct HeatOverlay {
    /// The picture's size, made larger by a whole number where it is small.
    let overlay: Image
    private let photo: Image?
    private let colors: HeatColors

    /// The share of the greatest numbers that all get the last colour, lest a few pixels leave all
    /// others dark.
    private static let clipped = 0.005
    private static let barWidth = 78

    /// A map `[H, W]` over a picture of H rows of W pixels.
    init(_ map: Tensor, over photo: Image) throws {
        let values = try map.scalars(as: Double.self)
        let ends = Self.ends(values)
        let colors = HeatColors(low: ends.lowerBound, high: ends.upperBound)
        self.colors = colors
        let gray = photo.converted(to: .gray)
        guard map.shape == [photo.height, photo.width] else {
            throw TensorError(
                .shape, "overlay", "the map has another size than the picture",
                expected: "[\(photo.height), \(photo.width)]", got: "\(map.shape)")
        }
        let palette = colors.palette
        let reach = max(abs(colors.low), abs(colors.high))
        let step = gray.channels
        var bytes = [UInt8](repeating: 0, count: values.count * 3)
        for (index, value) in values.enumerated() {
            let color = palette[Int(colors.index(value))]
            // Light grey leaves room for colours of both kinds.
            let shade = 96 + Double(gray.bytes[index * step]) * 0.6
            let share = reach > 0 && value.isFinite ? min(1, abs(value) / reach) : 0
            let weight = 0.15 + 0.75 * share
            for (channel, part) in [color.red, color.green, color.blue].enumerated() {
                bytes[index * 3 + channel] = UInt8(
                    (shade * (1 - weight) + Double(part) * weight).rounded())
            }
        }
        let small = try Image(
            width: photo.width, height: photo.height, channels: 3, bytes: bytes)
        overlay = try Self.enlarged(small)
        self.photo = try Self.enlarged(photo.flattened().converted(to: .rgb))
    }

    /// A map `[H, W]` alone, in its full colours.
    init(_ map: Tensor) throws {
        let values = try map.scalars(as: Double.self)
        let ends = Self.ends(values)
        let colors = HeatColors(low: ends.lowerBound, high: ends.upperBound)
        self.colors = colors
        let palette = colors.palette
        let bytes = values.flatMap { value in
            let color = palette[Int(colors.index(value))]
            return [color.red, color.green, color.blue]
        }
        overlay = try Self.enlarged(
            Image(width: map.shape[1], height: map.shape[0], channels: 3, bytes: bytes))
        photo = nil
    }

    /// The map with a caption and the scale at the right.
    func picture(caption: String) throws -> Image {
        try withScale(grid([overlay], columns: 1, captions: [caption]))
    }

    /// Both pictures side by side with captions, and the scale at the right.
    func picture(beside caption: String, caption own: String) throws -> Image {
        guard let photo else { return try picture(caption: own) }
        return try withScale(grid([photo, overlay], columns: 2, captions: [caption, own]))
    }

    /// A sheet with the scale of colours at its right.
    private func withScale(_ sheet: Image) throws -> Image {
        let sheet = sheet.converted(to: .rgb)
        let width = sheet.width + Self.barWidth
        var bytes = [UInt8](repeating: 255, count: width * sheet.height * 3)
        for row in 0..<sheet.height {
            let from = row * sheet.width * 3
            bytes.replaceSubrange(
                row * width * 3..<row * width * 3 + sheet.width * 3,
                with: sheet.bytes[from..<from + sheet.width * 3])
        }
        let height = min(overlay.height, sheet.height - 12)
        let palette = colors.palette
        for row in 0..<height {
            let share = 1 - Double(row) / Double(max(1, height - 1))
            let color = palette[1 + Int((share * 254).rounded())]
            for column in 0..<14 {
                let place = ((row + 6) * width + sheet.width + 4 + column) * 3
                bytes[place] = color.red
                bytes[place + 1] = color.green
                bytes[place + 2] = color.blue
            }
        }
        for (share, value) in [
            (0.0, colors.high), (0.5, (colors.high + colors.low) / 2), (1, colors.low),
        ] {
            let text = try TextRaster(shortNumber(value), width: 54, size: 11)
            let top = 6 + Int(share * Double(height - text.height))
            for y in 0..<text.height where top + y < sheet.height {
                for x in 0..<text.width {
                    let place = ((top + y) * width + sheet.width + 20 + x) * 3
                    let cover = Int(text.coverage[y * text.width + x])
                    for channel in 0..<3 {
                        bytes[place + channel] = UInt8((255 * (255 - cover) + 51 * cover) / 255)
                    }
                }
            }
        }
        return try Image(width: width, height: sheet.height, channels: 3, bytes: bytes)
    }

    /// Between which numbers colours run: from zero where all have one sign.
    private static func ends(_ values: [Double]) -> ClosedRange<Double> {
        let finite = values.filter(\.isFinite).sorted()
        guard let least = finite.first, let greatest = finite.last else { return 0...1 }
        let cut = Int(Double(finite.count) * clipped)
        if least >= 0 {
            let high = finite[finite.count - 1 - cut]
            return 0...(high > 0 ? high : max(greatest, 1e-30))
        }
        let sizes = finite.map(abs).sorted()
        let reach = sizes[sizes.count - 1 - cut]
        let high = reach > 0 ? reach : max(-least, greatest)
        return greatest <= 0 ? -high...0 : -high...high
    }

    /// A small picture made larger by a whole number, so that its pixels can be seen.
    static func enlarged(_ image: Image) throws -> Image {
        let factor = max(1, 224 / max(image.width, image.height))
        return factor == 1
            ? image
            : try image.resized(
                image.width * factor, image.height * factor, interpolation: .nearest)
    }
}
