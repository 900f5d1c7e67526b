/// What lies beyond the border of a picture.
public enum PadMode: String, Sendable, CaseIterable {
    /// One colour, black (transparent where there is alpha) unless another is given.
    case constant
    /// The border's pixels go on: `aaa|abcd|ddd`.
    case edge
    /// The mirror image without the border's pixels: `dcb|abcd|cba`.
    case reflect
    /// The mirror image with the border's pixels: `cba|abcd|dcb`.
    case symmetric
    /// The other side: `bcd|abcd|abc`.
    case wrap

    /// Where in `0..<count` the pixel at any place is taken from; for `constant` that of the border.
    func place(_ index: Int, _ count: Int) -> Int {
        if index >= 0 && index < count { return index }
        switch self {
        case .constant, .edge: return index < 0 ? 0 : count - 1
        case .wrap: return Self.remainder(index, count)
        case .symmetric:
            let place = Self.remainder(index, 2 * count)
            return place < count ? place : 2 * count - 1 - place
        case .reflect:
            guard count > 1 else { return 0 }
            let place = Self.remainder(index, 2 * count - 2)
            return place < count ? place : 2 * count - 2 - place
        }
    }

    /// The remainder in `0..<divisor`.
    private static func remainder(_ index: Int, _ divisor: Int) -> Int {
        let rest = index % divisor
        return rest < 0 ? rest + divisor : rest
    }
}

extension Image {
    /// The picture with pixels added on its sides.
    ///
    /// `color`, one value a channel, is for `.constant`; black, transparent where there is alpha,
    /// unless given. Throws when a number is negative, the colour has another number of channels,
    /// or the result is too large.
    ///
    ///     try photo.padded(left: 4, top: 0, right: 4, bottom: 0, mode: .reflect)
    public func padded(
        left: Int, top: Int, right: Int, bottom: Int, mode: PadMode = .constant,
        color: [Int]? = nil
    ) throws -> Image {
        let sides = [left, top, right, bottom]
        guard sides.allSatisfy({ $0 >= 0 && $0 <= Image.pixelLimit }) else {
            throw ImageError(
                .argument, "padded: expected no negative and no huge numbers, got \(sides)")
        }
        let color = try checkedColor(color, "padded")
        let (width, height, channels) = (self.width, self.height, self.channels)
        _ = try Image.byteCount(
            width: left + width + right, height: top + height + bottom, channels: channels)
        let columns = (-left..<width + right).map { mode.place($0, width) * channels }
        let rows = (-top..<height + bottom).map { mode.place($0, height) * width * channels }
        return try resembling(width: columns.count, height: rows.count) { out in
            bytes.withUnsafeBufferPointer { source in
                var target = out
                for (y, row) in rows.enumerated() {
                    let isRow = y >= top && y < top + height
                    for (x, column) in columns.enumerated() {
                        let isInside = isRow && x >= left && x < left + width
                        for channel in 0..<channels {
                            target[channel] =
                                isInside || mode != .constant
                                ? source[row + column + channel] : color[channel]
                        }
                        target += channels
                    }
                }
            }
        }
    }

    /// The picture with `count` pixels added on each side.
    ///
    ///     try photo.padded(4, mode: .edge)
    public func padded(
        _ count: Int, mode: PadMode = .constant, color: [Int]? = nil
    ) throws -> Image {
        try padded(left: count, top: count, right: count, bottom: count, mode: mode, color: color)
    }

    /// A colour of this picture's channels, black or transparent unless given.
    func checkedColor(_ color: [Int]?, _ operation: String) throws -> [UInt8] {
        guard let color else { return [UInt8](repeating: 0, count: channels) }
        let levels = color.compactMap { UInt8(exactly: $0) }
        guard color.count == channels, levels.count == channels else {
            throw ImageError(
                .argument,
                "\(operation): expected a color of \(channels) numbers in 0...255, got \(color)")
        }
        return levels
    }
}
