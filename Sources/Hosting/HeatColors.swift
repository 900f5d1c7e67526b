/// Colours for numbers between two ends: dark to bright where all have one sign, blue over white to
/// red around zero where they have both.
package struct HeatColors: Sendable {
    package typealias Color = (red: UInt8, green: UInt8, blue: UInt8)

    package let low: Double
    package let high: Double
    private let anchors: [Color]

    /// Colours for numbers in `low...high`.
    package init(low: Double, high: Double) {
        if low < 0 && high > 0 {
            let reach = max(-low, high)
            self.low = -reach
            self.high = reach
            anchors = Self.diverging
        } else {
            self.low = low
            self.high = high
            anchors = Self.sequential
        }
    }

    /// The colour numbers of a picture: 0 is grey, for what is no number, 1...255 go from low to
    /// high.
    package var palette: [Color] {
        [Self.missing] + (0..<255).map { color(at: Double($0) / 254) }
    }

    /// A number's place in the palette.
    package func index(_ value: Double) -> UInt8 {
        guard value.isFinite else { return 0 }
        // Halves, so that the distance of two large numbers does not overflow.
        let range = high / 2 - low / 2
        let share = range > 0 ? (value / 2 - low / 2) / range : 0
        return UInt8(1 + (min(1, max(0, share)) * 254).rounded())
    }

    /// The colours from low to high as a bar for a page.
    package var gradient: String {
        let colors = anchors.map { "rgb(\($0.red),\($0.green),\($0.blue))" }
        return "linear-gradient(90deg,\(colors.joined(separator: ",")))"
    }

    /// A number's colour; grey for what is no number.
    package func color(_ value: Double) -> Color {
        let place = Int(index(value))
        return place == 0 ? Self.missing : color(at: Double(place - 1) / 254)
    }

    /// A number's colour as `#rrggbb`.
    package func hex(_ value: Double) -> String { hexColor(color(value)) }

    /// The colours from low to high as `#rrggbb`, which others mix between.
    package var anchorHexes: [String] { anchors.map(hexColor) }

    private func color(at share: Double) -> Color {
        let position = share * Double(anchors.count - 1)
        let index = min(anchors.count - 2, Int(position))
        let rest = position - Double(index)
        func mixed(_ a: UInt8, _ b: UInt8) -> UInt8 {
            UInt8((Double(a) + (Double(b) - Double(a)) * rest).rounded())
        }
        let (a, b) = (anchors[index], anchors[index + 1])
        return (mixed(a.red, b.red), mixed(a.green, b.green), mixed(a.blue, b.blue))
    }

    private static let missing: Color = (160, 160, 160)

    /// Nine colours of viridis. Source: https://bids.github.io/colormap/
    private static let sequential: [Color] = [
        (68, 1, 84), (71, 44, 122), (59, 81, 139), (44, 113, 142), (33, 144, 141), (39, 173, 129),
        (92, 200, 99), (170, 220, 50), (253, 231, 37),
    ]

    /// ColorBrewer's RdBu, reversed. Source: https://colorbrewer2.org
    private static let diverging: [Color] = [
        (33, 102, 172), (67, 147, 195), (146, 197, 222), (209, 229, 240), (247, 247, 247),
        (253, 219, 199), (244, 165, 130), (214, 96, 77), (178, 24, 43),
    ]
}

private func hexColor(_ color: HeatColors.Color) -> String {
    "#"
        + [color.red, color.green, color.blue].map {
            ($0 < 16 ? "0" : "") + String($0, radix: 16)
        }.joined()
}
