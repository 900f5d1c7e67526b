/// A drawing of boxes, lines and words, for what is no chart: graphs of networks, times in layers.
///
/// Coordinates are in points from the upper left corner. Colours are `#rrggbb`.
package struct Drawing: Sendable {
    package enum Anchor: Sendable { case start, middle, end }

    package enum Element: Sendable {
        case box(
            x: Double, y: Double, width: Double, height: Double, fill: String, border: String?)
        /// With a head at its end where `isArrow`.
        case line([(x: Double, y: Double)], color: String, width: Double, isArrow: Bool)
        /// Words whose baseline begins, has its middle or ends at a place, cut to a width.
        case words(
            String, x: Double, y: Double, anchor: Anchor, size: Double, isBold: Bool,
            color: String, room: Double)
    }

    package var width: Double
    package var height: Double
    package var elements: [Element] = []

    package init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    package mutating func box(
        x: Double, y: Double, width: Double, height: Double, fill: String, border: String? = nil
    ) {
        elements.append(
            .box(x: x, y: y, width: width, height: height, fill: fill, border: border))
    }

    package mutating func line(
        _ points: [(x: Double, y: Double)], color: String = "#888888", width: Double = 1,
        isArrow: Bool = false
    ) {
        elements.append(.line(points, color: color, width: width, isArrow: isArrow))
    }

    package mutating func words(
        _ text: String, x: Double, y: Double, anchor: Anchor = .start, size: Double = 11,
        isBold: Bool = false, color: String = "#222222", room: Double = .infinity
    ) {
        elements.append(
            .words(
                text, x: x, y: y, anchor: anchor, size: size, isBold: isBold, color: color,
                room: room))
    }

    /// The drawing as an SVG document on a white ground.
    package func svg() throws -> String {
        let canvas = try CairoCanvas(width: width, height: height, kind: .svg)
        paint(on: canvas)
        return SVGDocument.withOwnIdentifiers(String(decoding: try canvas.finish(), as: UTF8.self))
    }

    /// The drawing as a PNG file, with `scale` pixels a point.
    package func png(scale: Double = 2) throws -> [UInt8] {
        let canvas = try CairoCanvas(width: width, height: height, kind: .png(scale: scale))
        paint(on: canvas)
        return try canvas.finish()
    }

    private func paint(on canvas: CairoCanvas) {
        canvas.setColor("#ffffff")
        canvas.fillRectangle(x: 0, y: 0, width: width, height: height)
        for element in elements {
            switch element {
            case .box(let x, let y, let width, let height, let fill, let border):
                canvas.setColor(fill)
                canvas.fillRectangle(x: x, y: y, width: width, height: height)
                guard let border else { continue }
                canvas.setColor(border)
                let (right, bottom) = (x + width, y + height)
                canvas.stroke(
                    [(x, y), (right, y), (right, bottom), (x, bottom), (x, y)], width: 1)
            case .line(let points, let color, let width, let isArrow):
                canvas.setColor(color)
                canvas.stroke(points, width: width)
                if isArrow { paintHead(at: points, on: canvas) }
            case .words(
                let text, let x, let y, let anchor, let size, let isBold, let color, let room):
                canvas.setColor(color)
                canvas.setFont(size: size, isBold: isBold)
                let shown = room.isFinite ? canvas.shortened(text, to: room) : text
                guard shown != "…" else { continue }
                canvas.write(shown, x: x, y: y, anchor: anchor.canvas)
            }
        }
    }

    private func paintHead(at points: [(x: Double, y: Double)], on canvas: CairoCanvas) {
        guard points.count > 1 else { return }
        let (tip, before) = (points[points.count - 1], points[points.count - 2])
        let (dx, dy) = (tip.x - before.x, tip.y - before.y)
        let length = (dx * dx + dy * dy).squareRoot()
        guard length > 0 else { return }
        let (ux, uy) = (dx / length, dy / length)
        canvas.fill([
            tip, (tip.x - 6 * ux - 3 * uy, tip.y - 6 * uy + 3 * ux),
            (tip.x - 6 * ux + 3 * uy, tip.y - 6 * uy - 3 * ux),
        ])
    }
}

extension Drawing.Anchor {
    fileprivate var canvas: CairoCanvas.Anchor {
        switch self {
        case .start: .start
        case .middle: .middle
        case .end: .end
        }
    }
}
