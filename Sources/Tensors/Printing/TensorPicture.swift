import Hosting

/// A tensor that looks like pictures, or like a map of numbers, as one small picture.
///
/// Pictures whose values are known and bytes are shown as they are, numbers in 0...1 as dark to bright,
/// three channels of any other range stretched, and any other numbers in heat colours. Several
/// pictures stand side by side.
struct TensorPicture {
    /// The most pixels along a side; of larger ones every n-th is shown.
    private static let longestSide = 160
    private static let longestStrip = 400
    /// The same where there are several pictures.
    private static let longestSheetSide = 64
    /// The most pictures side by side, and in a row.
    private static let mostPlanes = 16
    private static let mostColumns = 8

    let width: Int
    let height: Int
    /// Row by row, the channels of a pixel together.
    let pixels: [UInt8]
    let colors: PlainPNG.Colors
    /// The colours of a map; `nil` for a picture in its own.
    let heat: HeatColors?
    let planes: TensorPlanes
    /// How many of the pictures are shown.
    let shown: Int

    /// `nil` when the tensor has no shape of pictures. `range` is that of its finite elements.
    init?(_ tensor: Tensor, range: ClosedRange<Double>?) throws {
        guard let planes = TensorPlanes(tensor) else { return nil }
        self.planes = planes
        let samples = planes.isKnown ? tensor.meaning?.restoration : nil
        shown = min(planes.count, Self.mostPlanes)
        let isBright =
            samples != nil || tensor.dtype == .uint8 || tensor.dtype == .bool
            || tensor.dtype.isFloatingPoint
                && (range.map { $0.lowerBound >= 0 && $0.upperBound <= 1 } ?? true)
        let columns = min(shown, Self.mostColumns)
        let longest =
            planes.row == nil
            ? Self.longestStrip : planes.count > 1 ? Self.longestSheetSide : Self.longestSide
        let side = max(planes.height, planes.width)
        let every = (side + longest - 1) / longest
        let cellWidth = (planes.width + every - 1) / every
        let cellHeight = (planes.height + every - 1) / every
        let gap = planes.count > 1 ? 1 : 0
        width = columns * (cellWidth + gap) - gap
        height = (shown + columns - 1) / columns * (cellHeight + gap) - gap

        let channels = planes.channels
        let level: (Double) -> UInt8
        let background: UInt8
        if channels == 1 && !isBright {
            let heat = HeatColors(low: range?.lowerBound ?? 0, high: range?.upperBound ?? 1)
            self.heat = heat
            colors = .palette(heat.palette)
            background = 0
            level = heat.index
        } else {
            heat = nil
            colors = channels == 3 ? .rgb : .gray
            background = 255
            let bounds: ClosedRange<Double> =
                isBright ? 0...(samples == nil && tensor.dtype == .uint8 ? 255 : 1) : range ?? 0...1
            level = { Self.level($0, bounds) }
        }
        let reader = try ElementReader(tensor)
        func step(_ axis: Int?) -> Int { axis.map(reader.stride) ?? 0 }
        var pixels = [UInt8](repeating: background, count: width * height * channels)
        for plane in 0..<shown {
            let left = plane % columns * (cellWidth + gap)
            let top = plane / columns * (cellHeight + gap)
            for y in 0..<cellHeight {
                for x in 0..<cellWidth {
                    for channel in 0..<channels {
                        let place =
                            plane * step(planes.plane) + y * every * step(planes.row)
                            + x * every * step(planes.column) + channel * step(planes.channel)
                        var value = Self.value(reader.number(at: place))
                        if let samples {
                            value = value * samples.scale[channel] + samples.shift[channel]
                        }
                        pixels[((top + y) * width + left + x) * channels + channel] = level(value)
                    }
                }
            }
        }
        self.pixels = pixels
    }

    /// The picture as a file.
    var png: [UInt8] {
        PlainPNG.encode(width: width, height: height, colors: colors, pixels: pixels)
    }

    /// Whether it is one picture in its own colours.
    var isPicture: Bool { planes.count == 1 && planes.row != nil && heat == nil }

    /// An HTML image with the picture in it, enlarged where it is small; below it what the colours
    /// mean, and how many pictures are not shown.
    var html: String {
        let longest = planes.count > 1 || planes.row == nil ? 480 : 240
        let scale = max(1, longest / max(width, height))
        let tall = planes.row == nil ? max(24, scale) : height * scale
        let image =
            "<img alt=\"\" style=\"image-rendering:pixelated\" width=\"\(width * scale)\" "
            + "height=\"\(tall)\" src=\"data:image/png;base64,\(base64(png))\">"
        var notes: [String] = []
        if let heat {
            let format = NumberFormat(magnitude: max(-heat.low, heat.high))
            notes.append(
                "\(format.string(heat.low)) <span style=\"display:inline-block;width:8em;"
                    + "height:.7em;background:\(heat.gradient)\"></span> "
                    + format.string(heat.high))
        }
        if shown < planes.count { notes.append("the first \(shown) of \(planes.count)") }
        let legend = notes.joined(separator: ", ")
        return image + (legend.isEmpty ? "" : "<div style=\"font-size:85%\">\(legend)</div>")
    }

    private static func value(_ number: NestedNumbers) -> Double {
        switch number {
        case .real(let value): value
        case .integer(let value): Double(value)
        case .boolean(let value): value ? 1 : 0
        case .list: 0
        }
    }

    private static func level(_ value: Double, _ bounds: ClosedRange<Double>) -> UInt8 {
        // Halves, so that the distance of two large numbers does not overflow.
        let range = bounds.upperBound / 2 - bounds.lowerBound / 2
        guard value.isFinite, range > 0 else { return 0 }
        let share = (value / 2 - bounds.lowerBound / 2) / range
        return UInt8(clamping: Int((share * 255).rounded()))
    }
}
