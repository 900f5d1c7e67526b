import Glibc
import VisionData

/// A picture cut into connected parts of similar colour: SLIC, which groups pixels by colour and
/// place around centres that begin on a grid.
///
/// Source: Achanta et al., "SLIC Superpixels Compared to State-of-the-Art Superpixel Methods",
/// 2012.
struct Superpixels {
    /// The part of each pixel, row by row.
    private(set) var labels: [Int]
    /// How many parts there are, at least 1.
    private(set) var count: Int
    /// The pixels of each part.
    private(set) var sizes: [Int]
    private let width, height: Int

    /// About `count` parts; a pixel as far from a centre as centres are apart counts as one
    /// `compactness` units of Lab colour away.
    init(_ photo: Image, count wanted: Int, compactness: Double = 10, rounds: Int = 10) throws {
        width = photo.width
        height = photo.height
        labels = [Int](repeating: 0, count: width * height)
        count = 1
        sizes = []
        let colors = Self.lab(photo)
        let spacing = max(1, (Double(width * height) / Double(wanted)).squareRoot())
        var centers = Self.grid(width, height, spacing).map { x, y in
            Center(
                color: colors[min(height - 1, Int(y)) * width + min(width - 1, Int(x))], x: x, y: y)
        }
        let scale = compactness / spacing
        for _ in 0..<rounds {
            assign(to: centers, colors, reach: Int(spacing.rounded(.up)), scale: scale * scale)
            centers = moved(centers, colors)
        }
        connect(least: Int(spacing * spacing / 4))
    }

    private typealias Color = (l: Double, a: Double, b: Double)

    private struct Center {
        var color: Color
        var x, y: Double
    }

    private static func grid(
        _ width: Int, _ height: Int, _ spacing: Double
    ) -> [(x: Double, y: Double)] {
        let columns = max(1, Int((Double(width) / spacing).rounded()))
        let rows = max(1, Int((Double(height) / spacing).rounded()))
        let across = Double(width) / Double(columns)
        let down = Double(height) / Double(rows)
        var places: [(x: Double, y: Double)] = []
        for row in 0..<rows {
            for column in 0..<columns {
                places.append(((Double(column) + 0.5) * across, (Double(row) + 0.5) * down))
            }
        }
        return places
    }

    private mutating func assign(
        to centers: [Center], _ colors: [Color], reach: Int, scale: Double
    ) {
        var best = [Double](repeating: .infinity, count: labels.count)
        for (label, center) in centers.enumerated() {
            let (x, y) = (Int(center.x), Int(center.y))
            for row in max(0, y - reach)..<min(height, y + reach + 1) {
                for column in max(0, x - reach)..<min(width, x + reach + 1) {
                    let place = row * width + column
                    let color = colors[place]
                    let (l, a, b) = (
                        color.l - center.color.l, color.a - center.color.a,
                        color.b - center.color.b
                    )
                    let (dx, dy) = (Double(column) - center.x, Double(row) - center.y)
                    let distance = l * l + a * a + b * b + (dx * dx + dy * dy) * scale
                    if distance < best[place] {
                        best[place] = distance
                        labels[place] = label
                    }
                }
            }
        }
    }

    private func moved(_ centers: [Center], _ colors: [Color]) -> [Center] {
        var sums = centers.map { _ in Center(color: (0, 0, 0), x: 0, y: 0) }
        var counts = [Double](repeating: 0, count: centers.count)
        for (place, label) in labels.enumerated() {
            sums[label].color.l += colors[place].l
            sums[label].color.a += colors[place].a
            sums[label].color.b += colors[place].b
            sums[label].x += Double(place % width)
            sums[label].y += Double(place / width)
            counts[label] += 1
        }
        return centers.indices.map { index in
            let (sum, count) = (sums[index], counts[index])
            guard count > 0 else { return centers[index] }
            return Center(
                color: (sum.color.l / count, sum.color.a / count, sum.color.b / count),
                x: sum.x / count, y: sum.y / count)
        }
    }

    /// Makes every part connected; pieces smaller than `least` join the one before them.
    private mutating func connect(least: Int) {
        var found = [Int](repeating: -1, count: labels.count)
        var sizes: [Int] = []
        for start in labels.indices where found[start] < 0 {
            var piece = [start]
            found[start] = sizes.count
            var beside: Int?
            var next = 0
            while next < piece.count {
                let place = piece[next]
                next += 1
                for other in neighbours(place) {
                    if found[other] < 0, labels[other] == labels[start] {
                        found[other] = sizes.count
                        piece.append(other)
                    } else if found[other] >= 0, found[other] != sizes.count {
                        beside = found[other]
                    }
                }
            }
            if let beside, piece.count < least {
                for place in piece { found[place] = beside }
                sizes[beside] += piece.count
            } else {
                sizes.append(piece.count)
            }
        }
        labels = found
        count = sizes.count
        self.sizes = sizes
    }

    private func neighbours(_ place: Int) -> [Int] {
        let (x, y) = (place % width, place / width)
        var list: [Int] = []
        if x > 0 { list.append(place - 1) }
        if x < width - 1 { list.append(place + 1) }
        if y > 0 { list.append(place - width) }
        if y < height - 1 { list.append(place + width) }
        return list
    }

    /// The colour of each pixel in CIE Lab, under the light of a clear day (D65).
    private static func lab(_ photo: Image) -> [Color] {
        let image = photo.flattened().converted(to: .rgb)
        let linear = (0..<256).map { level in
            let share = Double(level) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        func curve(_ t: Double) -> Double {
            t > 216.0 / 24_389 ? cbrt(t) : (24_389.0 / 27 * t + 16) / 116
        }
        return (0..<image.width * image.height).map { place in
            let r = linear[Int(image.bytes[place * 3])]
            let g = linear[Int(image.bytes[place * 3 + 1])]
            let b = linear[Int(image.bytes[place * 3 + 2])]
            let x = curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
            let y = curve(0.2126729 * r + 0.7151522 * g + 0.0721750 * b)
            let z = curve((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883)
            return (116 * y - 16, 500 * (x - y), 200 * (y - z))
        }
    }
}
