import Hosting
import Tensors

/// Where a small picture was found in a large one; shown as a frame on the large one.
public struct TemplateMatch: Sendable, Displayable, CustomStringConvertible {
    /// The left edge of the best place.
    public let x: Int
    /// The upper edge of the best place.
    public let y: Int
    /// How well it fits there: 1 for a perfect match, up to brightness and contrast.
    public let score: Double
    /// The score of every place, [H - h + 1, W - w + 1], by upper left corners.
    public let response: Tensor
    private let photo: Image
    private let size: (width: Int, height: Int)

    init(photo: Image, template: Image, _ scores: FloatPlane) throws {
        var best = 0
        for index in scores.values.indices where scores.values[index] > scores.values[best] {
            best = index
        }
        x = best % scores.width
        y = best / scores.width
        score = Double(scores.values[best])
        response = try scores.tensor()
        self.photo = photo
        size = (template.width, template.height)
    }

    /// The picture with a frame around the best place.
    public var image: Image {
        var drawing = Drawing(on: photo)
        drawing.rectangle(x: x, y: y, width: size.width, height: size.height)
        drawing.rectangle(x: x - 1, y: y - 1, width: size.width + 2, height: size.height + 2)
        return drawing.image
    }

    /// Place and score.
    public var description: String {
        "Template found at x: \(x), y: \(y) with score \(formatted(score))"
    }

    /// The picture with the frame.
    public func mimeBundle() throws -> MIMEBundle { try image.described(as: description) }
}

/// Finds a small picture in a large one by normalised cross-correlation of their brightness
/// (Lewis 1995), which does not mind how bright or full of contrast either is.
///
/// Throws when the template does not fit into the picture, or `Interrupted`.
///
///     matchTemplate(photo, photo.cropped(x: 8, y: 8, width: 16, height: 16)).score  // 1
public func matchTemplate(_ image: Image, _ template: Image) throws -> TemplateMatch {
    guard template.width <= image.width, template.height <= image.height else {
        throw ImageError(
            .argument,
            "matchTemplate: the template is larger than the picture, expected at most "
                + "\(image.width)x\(image.height) pixels, got \(template.width)x\(template.height)")
    }
    let plane = FloatPlane(brightness: image)
    var pattern = FloatPlane(brightness: template)
    let count = Double(pattern.values.count)
    let mean = pattern.values.reduce(0) { $0 + Double($1) } / count
    // Against a template of mean 0 the mean of the window does not count.
    pattern.values = pattern.values.map { Float(Double($0) - mean) }
    let energy = pattern.values.reduce(0) { $0 + Double($1) * Double($1) }
    let sums = IntegralImage(plane)
    let squares = IntegralImage(
        FloatPlane(
            width: plane.width, height: plane.height, values: plane.values.map { $0 * $0 }))
    let (width, height) = (image.width - template.width + 1, image.height - template.height + 1)
    let rows = Taps(ImageKernel("template", pattern.rows), stride: plane.width)
    let scores = try FloatPlane(width: width, height: height) { out in
        try plane.values.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            try forEachStretch(height, cost: width * max(1, rows.weights.count)) { part in
                for y in part {
                    rows.run(base + y * plane.width, into: out + y * width, count: width)
                    for x in 0..<width {
                        let sum = sums.sumInside(x, y, template.width, template.height)
                        let square = squares.sumInside(x, y, template.width, template.height)
                        let spread = max(0, square - sum * sum / count) * energy
                        let at = y * width + x
                        // A flat window or template correlates with nothing.
                        out[at] = spread > 1e-9 * count ? out[at] / Float(spread.squareRoot()) : 0
                    }
                }
            }
        }
    }
    return try TemplateMatch(photo: image, template: template, scores)
}

extension FloatPlane {
    /// The samples row by row.
    fileprivate var rows: [[Float]] {
        (0..<height).map { Array(values[$0 * width..<($0 + 1) * width]) }
    }
}
