import Hosting
import Tensors

/// A place in a picture that stands out.
public struct Corner: Sendable, Hashable, CustomStringConvertible {
    /// Pixels from the left.
    public let x: Int
    /// Pixels from the top.
    public let y: Int
    /// How much it stands out.
    public let score: Double

    /// Place and score.
    public var description: String { "(\(x), \(y)) \(Float(score))" }
}

/// The corners of a picture, the strongest first; shown as rings on the picture.
///
///     let corners = harris(photo)
///     corners.points[0].x
public struct Corners: Sendable, Displayable, CustomStringConvertible {
    /// What found them: `harris` or `shiTomasi`.
    public let name: String
    /// The corners, the strongest first.
    public let points: [Corner]
    /// How much of a corner each pixel is, [H, W].
    public let response: Tensor
    private let photo: Image

    init(
        _ name: String, of photo: Image, _ plane: FloatPlane, count: Int, distance: Int,
        threshold: Double
    ) throws {
        guard count > 0, (1...100).contains(distance), threshold >= 0, threshold <= 1 else {
            throw ImageError(
                .argument,
                "\(name): expected a count of at least 1, a distance of 1 to 100 and a threshold "
                    + "of 0 to 1, got count: \(count), distance: \(distance), "
                    + "threshold: \(threshold)")
        }
        self.name = name
        self.photo = photo
        response = try plane.tensor()
        points = try plane.peaks(distance: distance, threshold: threshold, count: count)
    }

    /// The number of corners.
    public var count: Int { points.count }

    /// The picture with a ring around each corner.
    public var image: Image {
        var drawing = Drawing(on: photo)
        let radius = max(2, min(photo.width, photo.height) / 100)
        for point in points {
            drawing.circle(x: Double(point.x), y: Double(point.y), radius: Double(radius))
        }
        return drawing.image
    }

    /// What was found, and how often.
    public var description: String {
        "\(name): \(grouped(count)) corners in \(photo.width)x\(photo.height) pixels"
    }

    /// The picture with the corners.
    public func mimeBundle() throws -> MIMEBundle { try image.described(as: description) }
}

/// Corners where the brightness changes in every direction (Harris and Stephens 1988).
///
/// With the products of Sobel's derivatives blurred by `sigma` as matrix A of each pixel, the
/// response is `det A - k (trace A)²`. Corners are its greatest places, more than `distance` pixels
/// apart and of at least `threshold` of the greatest; at most `count` are kept. Throws when an
/// argument is out of its range.
///
///     harris(photo, count: 200)
public func harris(
    _ image: Image, k: Double = 0.05, sigma: Double = 1, distance: Int = 5,
    threshold: Double = 0.01, count: Int = 1000
) throws -> Corners {
    guard k >= 0, k <= 0.25 else {
        throw ImageError(.argument, "harris: expected a k of 0 to 0.25, got \(k)")
    }
    let matrix = try StructureMatrix(image, sigma: sigma, "harris")
    let k = Float(k)
    let response = matrix.response { xx, xy, yy in
        xx * yy - xy * xy - k * (xx + yy) * (xx + yy)
    }
    return try Corners(
        "harris", of: image, response, count: count, distance: distance, threshold: threshold)
}

/// Corners by the lesser eigenvalue of the same matrix that `harris` uses (Shi and Tomasi 1994).
///
///     shiTomasi(photo, count: 200)
public func shiTomasi(
    _ image: Image, sigma: Double = 1, distance: Int = 5, threshold: Double = 0.01,
    count: Int = 1000
) throws -> Corners {
    let response = try StructureMatrix(image, sigma: sigma, "shiTomasi").response { xx, xy, yy in
        let difference = xx - yy
        return ((xx + yy) - (difference * difference + 4 * xy * xy).squareRoot()) / 2
    }
    return try Corners(
        "shiTomasi", of: image, response, count: count, distance: distance, threshold: threshold)
}

/// The products of the derivatives around each pixel, blurred.
private struct StructureMatrix {
    let xx: FloatPlane
    let xy: FloatPlane
    let yy: FloatPlane

    init(_ image: Image, sigma: Double, _ operation: String) throws {
        let weights = try gaussianWeights(sigma, operation).map { Float($0) }
        let plane = FloatPlane(brightness: image)
        let x = try plane.filtered(by: .sobelX, border: .zero)
        let y = try plane.filtered(by: .sobelY, border: .zero)
        func blurred(_ a: FloatPlane, _ b: FloatPlane) throws -> FloatPlane {
            let product = FloatPlane(width: a.width, height: a.height) { out in
                for index in a.values.indices { out[index] = a.values[index] * b.values[index] }
            }
            return try product.filtered(column: weights, row: weights, border: .zero)
        }
        xx = try blurred(x, x)
        xy = try blurred(x, y)
        yy = try blurred(y, y)
    }

    func response(_ formula: (Float, Float, Float) -> Float) -> FloatPlane {
        FloatPlane(width: xx.width, height: xx.height) { out in
            for index in xx.values.indices {
                out[index] = formula(xx.values[index], xy.values[index], yy.values[index])
            }
        }
    }
}

extension FloatPlane {
    /// The greatest places: none within `distance` pixels up, down or to the side is greater or has
    /// been taken, nor is the border nearer; above `threshold` of the greatest.
    func peaks(distance: Int, threshold: Double, count: Int) throws -> [Corner] {
        let (low, high) = range
        let least = max(low, Float(threshold) * high)
        guard width > 2 * distance, height > 2 * distance, high > low else { return [] }
        var candidates: [Int] = []
        let (width, height) = (width, height)
        try values.withUnsafeBufferPointer { values in
            let cancellation = Host.current.cancellation
            for y in distance..<height - distance {
                try cancellation.check()
                for at in y * width + distance..<(y + 1) * width - distance {
                    let value = values[at]
                    guard value > least, value >= values[at - 1], value >= values[at + 1],
                        value >= values[at - width], value >= values[at + width]
                    else { continue }
                    try cancellation.check()
                    let isGreatest = (-distance...distance).allSatisfy { row in
                        let line = at + row * width
                        return (line - distance...line + distance).allSatisfy {
                            values[$0] <= value
                        }
                    }
                    if isGreatest { candidates.append(at) }
                }
            }
        }
        candidates.sort { (values[$1], $0) < (values[$0], $1) }
        var kept: [Corner] = []
        var isTaken = [Bool](repeating: false, count: width * height)
        for at in candidates where !isTaken[at] {
            let (x, y) = (at % width, at / width)
            kept.append(Corner(x: x, y: y, score: Double(values[at])))
            if kept.count == count { break }
            for row in y - distance...y + distance {
                for column in x - distance...x + distance { isTaken[row * width + column] = true }
            }
        }
        return kept
    }
}
