import Glibc
import Tensors

/// The drawing of histograms of oriented gradients: in each cell a stroke along the edge for each
/// direction of steepness, the brighter the steeper. Small cells are drawn enlarged.
struct HOGPicture {
    let image: Image

    init(_ cells: Tensor, _ layout: HOGLayout, width: Int, height: Int) throws {
        let (rows, columns) = (cells.shape[0], cells.shape[1])
        let side = max(layout.cell, min(16, 2048 / max(rows, columns)))
        let sheet = (width: columns * side, height: rows * side)
        _ = try Image.byteCount(width: sheet.width, height: sheet.height, channels: 1)
        let histograms = try cells.scalars(as: Float.self)
        let strokes = (0..<layout.orientations).map { index in
            let angle = Double.pi * (Double(index) + 0.5) / Double(layout.orientations)
            // An edge runs across the direction in which it is steep.
            return Self.stroke(angle: angle + .pi / 2, side: side)
        }
        var sums = [Float](repeating: 0, count: sheet.width * sheet.height)
        sums.withUnsafeMutableBufferPointer { sums in
            for row in 0..<rows {
                for column in 0..<columns {
                    let start = (row * columns + column) * layout.orientations
                    let corner = row * side * sheet.width + column * side
                    for (index, stroke) in strokes.enumerated() {
                        let strength = histograms[start + index]
                        for (x, y) in stroke { sums[corner + y * sheet.width + x] += strength }
                    }
                }
            }
        }
        let plane = FloatPlane(width: sheet.width, height: sheet.height, values: sums)
        // A few very steep cells would leave all others dark.
        var brightest = histograms.sorted()
        brightest.removeFirst(brightest.count * 99 / 100)
        image = plane.image(low: 0, high: max(brightest.first ?? 1, 1e-6) * 1.5)
    }

    /// The pixels of a line through the middle of a cell.
    private static func stroke(angle: Double, side: Int) -> [(x: Int, y: Int)] {
        let middle = Double(side - 1) / 2
        let reach = max(0.5, Double(side) / 2 - 1)
        let steps = max(1, Int(2 * reach))
        var pixels: [(x: Int, y: Int)] = []
        for step in 0...steps {
            let along = (2 * Double(step) / Double(steps) - 1) * reach
            let x = Int((middle + along * cos(angle)).rounded())
            let y = Int((middle + along * sin(angle)).rounded())
            if let last = pixels.last, last == (x, y) { continue }
            pixels.append((x, y))
        }
        return pixels
    }
}
