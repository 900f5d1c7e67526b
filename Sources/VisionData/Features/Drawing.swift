import Glibc

/// Lines and rings over a copy of a picture, in colours that stand out.
struct Drawing {
    /// A colour of the palette.
    typealias Color = (red: UInt8, green: UInt8, blue: UInt8)

    /// Colours that differ well from each other.
    static let palette: [Color] = [
        (255, 64, 64), (64, 220, 64), (80, 140, 255), (255, 200, 0), (255, 80, 255), (0, 230, 230),
    ]

    private let width: Int
    private let height: Int
    private var bytes: [UInt8]

    /// Draws on a picture, whose transparent parts become white.
    init(on image: Image) {
        let opaque = image.flattened().converted(to: .rgb)
        width = opaque.width
        height = opaque.height
        bytes = opaque.bytes
    }

    /// The picture with what was drawn.
    var image: Image { Image(unchecked: bytes, width: width, height: height, channels: 3) }

    /// Colours one pixel; nothing outside of the picture.
    private mutating func dot(_ x: Double, _ y: Double, _ color: Color) {
        guard x >= -0.5, y >= -0.5, x < Double(width) - 0.5, y < Double(height) - 0.5 else {
            return
        }
        let at = (Int(y.rounded()) * width + Int(x.rounded())) * 3
        guard bytes.indices.contains(at), bytes.indices.contains(at + 2) else { return }
        bytes[at] = color.red
        bytes[at + 1] = color.green
        bytes[at + 2] = color.blue
    }

    /// A line between two points.
    mutating func line(
        _ from: (x: Double, y: Double), _ to: (x: Double, y: Double), color: Color = palette[0]
    ) {
        let length = max(abs(to.x - from.x), abs(to.y - from.y))
        guard length.isFinite, length < 1e6 else { return }
        let steps = max(1, Int(length.rounded(.up)))
        for step in 0...steps {
            let part = Double(step) / Double(steps)
            dot(from.x + part * (to.x - from.x), from.y + part * (to.y - from.y), color)
        }
    }

    /// A ring around a point.
    mutating func circle(x: Double, y: Double, radius: Double, color: Color = palette[0]) {
        guard radius.isFinite, radius < 1e5 else { return }
        let steps = max(8, Int(2 * Double.pi * radius * 1.5))
        for step in 0..<steps {
            let angle = 2 * Double.pi * Double(step) / Double(steps)
            dot(x + radius * cos(angle), y + radius * sin(angle), color)
        }
    }

    /// The outline of a rectangle.
    mutating func rectangle(
        x: Int, y: Int, width: Int, height: Int, color: Color = palette[0]
    ) {
        let (left, top) = (Double(x), Double(y))
        let (right, bottom) = (Double(x + width - 1), Double(y + height - 1))
        line((left, top), (right, top), color: color)
        line((left, bottom), (right, bottom), color: color)
        line((left, top), (left, bottom), color: color)
        line((right, top), (right, bottom), color: color)
    }
}
