import Hosting
import Tensors

/// The edges of a picture, one pixel wide; shown white on black.
///
///     let edges = canny(photo, sigma: 2)
///     edges.count  // pixels on edges
public struct EdgeMap: Sendable, Displayable, CustomStringConvertible {
    /// Whether each pixel lies on an edge, [H, W] bool.
    public let tensor: Tensor
    /// The number of pixels on edges.
    public let count: Int
    /// White edges on black, one channel.
    public let image: Image

    init(_ image: Image) throws {
        self.image = image
        count = image.bytes.reduce(0) { $0 + ($1 == 0 ? 0 : 1) }
        tensor = try Tensor(image.bytes.map { $0 != 0 }, shape: [image.height, image.width])
    }

    /// Size and number of edge pixels.
    public var description: String {
        "Edges of \(image.width)x\(image.height) pixels: \(grouped(count)) on an edge"
    }

    /// The picture.
    public func mimeBundle() throws -> MIMEBundle { try image.described(as: description) }
}

/// The edges of a picture (Canny 1986).
///
/// The brightness in 0...1 is blurred by a Gaussian bell of deviation `sigma` pixels; where Sobel's
/// steepness is greatest across the edge and at least `low`, there may be an edge; what hangs
/// together with a place of at least `high` is one. Throws when `sigma` is not within 0...1000 or
/// not `0 <= low <= high`.
///
///     canny(photo, sigma: 1.5, low: 0.1, high: 0.3)
public func canny(
    _ image: Image, sigma: Double = 1, low: Double = 0.1, high: Double = 0.2
) throws -> EdgeMap {
    guard low >= 0, high >= low, high.isFinite else {
        throw ImageError(
            .argument, "canny: expected 0 <= low <= high, got low: \(low), high: \(high)")
    }
    let weights = try gaussianWeights(sigma, "canny")
    let smooth = try FloatPlane(brightness: image).smoothedInside(weights.map { Float($0) })
    let candidates = try EdgeCandidates(smooth, low: Float(low), high: Float(high))
    return try EdgeMap(try candidates.connected())
}

extension FloatPlane {
    /// The plane smoothed by symmetric weights, at the border by those alone that lie inside.
    fileprivate func smoothedInside(_ weights: [Float]) throws -> FloatPlane {
        var smooth = try filtered(column: weights, row: weights, border: .zero)
        let radius = weights.count / 2
        func shares(_ length: Int) -> [Float] {
            (0..<length).map { index in
                let inside = max(0, radius - index)..<min(weights.count, length - index + radius)
                return 1 / weights[inside].reduce(0, +)
            }
        }
        let (across, down) = (shares(width), shares(height))
        let (width, height) = (width, height)
        smooth.values.withUnsafeMutableBufferPointer { values in
            for y in 0..<height {
                let isInside = y >= radius && y < height - radius
                for x in 0..<width where !isInside || x < radius || x >= width - radius {
                    values[y * width + x] *= across[x] * down[y]
                }
            }
        }
        return smooth
    }
}

/// The pixels that may lie on an edge: those where the steepness is greatest across it.
private struct EdgeCandidates {
    let width: Int
    let height: Int
    /// 0 for none, 1 for weak, 2 for strong.
    private var marks: [UInt8]

    init(_ plane: FloatPlane, low: Float, high: Float) throws {
        width = plane.width
        height = plane.height
        let x = try plane.filtered(by: .sobelX, border: .reflect)
        let y = try plane.filtered(by: .sobelY, border: .reflect)
        let magnitude = FloatPlane.magnitude(x, y)
        marks = [UInt8](repeating: 0, count: width * height)
        let (width, height) = (width, height)
        guard width > 2, height > 2 else { return }
        try marks.withUnsafeMutableBufferPointer { marks in
            guard let marks = marks.baseAddress else { return }
            try x.values.withUnsafeBufferPointer { x in
                try y.values.withUnsafeBufferPointer { y in
                    try magnitude.values.withUnsafeBufferPointer { magnitude in
                        guard let x = x.baseAddress, let y = y.baseAddress,
                            let magnitude = magnitude.baseAddress
                        else { return }
                        try forEachStretch(height - 2, cost: 4 * width) { rows in
                            for row in rows {
                                let start = (row + 1) * width
                                for at in start + 1..<start + width - 1 {
                                    let steep = magnitude[at]
                                    guard steep >= low, steep > 0,
                                        Self.isGreatest(
                                            magnitude + at, steep, x[at], y[at], width)
                                    else { continue }
                                    marks[at] = steep >= high ? 2 : 1
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Whether the steepness at a pixel is no less than one pixel further up and down the slope,
    /// found between the two neighbours there.
    @inline(__always)
    private static func isGreatest(
        _ at: UnsafePointer<Float>, _ steep: Float, _ x: Float, _ y: Float, _ stride: Int
    ) -> Bool {
        let (sizeX, sizeY) = (abs(x), abs(y))
        let isRising = (x >= 0 && y >= 0) || (x <= 0 && y <= 0)
        // The diagonal neighbour down the page, and the one beside or below.
        let diagonal = isRising ? stride &+ 1 : stride &- 1
        let (straight, share): (Int, Float) =
            sizeY > sizeX ? (stride, sizeX / sizeY) : (isRising ? 1 : -1, sizeY / sizeX)
        return at[diagonal] * share + at[straight] * (1 - share) <= steep
            && at[-diagonal] * share + at[-straight] * (1 - share) <= steep
    }

    /// White where a candidate hangs together with a strong one, over its eight neighbours.
    func connected() throws -> Image {
        let cancellation = Host.current.cancellation
        var marks = marks
        var pending: [Int] = []
        try marks.withUnsafeMutableBufferPointer { marks in
            let neighbours = [
                -width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1,
            ]
            for start in 0..<marks.count where marks[start] == 2 {
                marks[start] = 255
                pending.append(start)
                var steps = 0
                while let at = pending.popLast() {
                    // Candidates never lie on the border, so that all neighbours exist.
                    for step in neighbours where marks[at &+ step] == 1 || marks[at &+ step] == 2 {
                        marks[at &+ step] = 255
                        pending.append(at &+ step)
                    }
                    steps &+= 1
                    if steps & 0xFFFF == 0 { try cancellation.check() }
                }
            }
            for index in 0..<marks.count where marks[index] != 255 { marks[index] = 0 }
        }
        return Image(unchecked: marks, width: width, height: height, channels: 1)
    }
}
