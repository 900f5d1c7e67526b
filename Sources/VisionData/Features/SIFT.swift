import Glibc
import Hosting
import OneDNN
import Tensors

/// A place in a picture that is found again when the picture is turned, scaled or lit otherwise.
public struct Keypoint: Sendable, Hashable, CustomStringConvertible {
    /// Pixels from the left, between pixels.
    public let x: Double
    /// Pixels from the top.
    public let y: Double
    /// The diameter of what was looked at, in pixels.
    public let size: Double
    /// The direction in which it gets brighter, in degrees clockwise from the right.
    public let angle: Double
    /// How much it stands out, of brightness in 0...1.
    public let response: Double

    /// Place, size and angle.
    public var description: String {
        "(\(formatted(x, places: 1)), \(formatted(y, places: 1))) size "
            + "\(formatted(size, places: 1)), \(formatted(angle, places: 0))°"
    }
}

/// Keypoints of a picture and what their surroundings look like; shown as rings of their size on the
/// picture, with a hand for the direction.
///
///     let features = sift(photo)
///     features.descriptors.shape  // [N, 128]
public struct SIFTFeatures: Sendable, Displayable, CustomStringConvertible {
    /// The keypoints, those that stand out most first.
    public let keypoints: [Keypoint]
    /// A row for each keypoint, of length 1, [N, 128].
    public let descriptors: Tensor
    /// The picture that they were found in.
    public let photo: Image

    /// The number of keypoints.
    public var count: Int { keypoints.count }

    /// The picture with the keypoints drawn on it.
    public var image: Image {
        var drawing = Drawing(on: photo)
        for (index, point) in keypoints.enumerated() {
            let color = Drawing.palette[index % Drawing.palette.count]
            let radius = point.size / 2
            drawing.circle(x: point.x, y: point.y, radius: radius, color: color)
            let angle = point.angle * .pi / 180
            drawing.line(
                (point.x, point.y), (point.x + radius * cos(angle), point.y + radius * sin(angle)),
                color: color)
        }
        return drawing.image
    }

    /// How many keypoints in how large a picture.
    public var description: String {
        "SIFT: \(grouped(count)) keypoints in \(photo.width)x\(photo.height) pixels"
    }

    /// The picture with the keypoints.
    public func mimeBundle() throws -> MIMEBundle { try image.described(as: description) }
}

/// Keypoints and descriptors that do not mind scale, rotation and light (SIFT, Lowe 2004).
///
/// Extrema of differences of Gaussians over space and scale, of at least `contrast` and not along
/// edges (curved at most `edge` times as much one way as the other), each with the directions of
/// most gradients around it, and 128 numbers of the gradients relative to that. At most `count`, the
/// clearest, are kept. Throws when an argument is out of range or the picture has more than 8
/// million pixels.
///
///     sift(photo).keypoints.count
public func sift(
    _ image: Image, count: Int = 2000, contrast: Double = 0.04, edge: Double = 10
) throws -> SIFTFeatures {
    let limit = 1 << 23
    guard image.width * image.height <= limit else {
        throw ImageError(
            .tooLarge,
            "sift: too many pixels, expected at most \(limit), got \(image.width)x\(image.height); "
                + "resized(shortSide: 1000) makes it smaller")
    }
    guard count > 0, contrast > 0, contrast < 1, edge >= 1, edge.isFinite else {
        throw ImageError(
            .argument,
            "sift: expected a count of at least 1, a contrast within 0...1 and an edge of at least "
                + "1, got count: \(count), contrast: \(contrast), edge: \(edge)")
    }
    var base = try ScaleOctave.firstBase(image)
    let octaves = max(1, Int(log2(Double(min(base.width, base.height))).rounded()) - 2)
    var found: [DescribedKeypoint] = []
    for index in 0..<octaves where min(base.width, base.height) > 10 {
        let octave = try ScaleOctave(base, index: index)
        found += try describe(try octave.extrema(contrast: contrast, edge: edge), in: octave)
        base = octave.nextBase
    }
    let kept = found.indices
        .sorted { (found[$1].keypoint.response, $0) < (found[$0].keypoint.response, $1) }
        .prefix(count)
    return SIFTFeatures(
        keypoints: kept.map { found[$0].keypoint },
        descriptors: try Tensor(
            kept.flatMap { found[$0].descriptor }, shape: [kept.count, SIFTDescriptor.count]),
        photo: image)
}

private struct DescribedKeypoint {
    let keypoint: Keypoint
    let descriptor: [Float]
}

/// The keypoints that an octave's extrema give, one for each direction.
private func describe(
    _ extrema: [ScaleOctave.Extremum], in octave: ScaleOctave
) throws -> [DescribedKeypoint] {
    var results = [[DescribedKeypoint]](repeating: [], count: extrema.count)
    let pixel = pow(2, Double(octave.index)) / 2
    let describers = octave.gaussians.map(SIFTDescriptor.init)
    try results.withUnsafeMutableBufferPointer { results in
        let results = results
        try forEachStretch(extrema.count, cost: 100_000) { part in
            for index in part {
                let place = extrema[index]
                let describer = describers[place.layer]
                let angles = describer.angles(
                    column: place.column, row: place.row, scale: place.scale)
                results[index] = angles.map { angle in
                    var descriptor = [Float](repeating: 0, count: SIFTDescriptor.count)
                    descriptor.withUnsafeMutableBufferPointer { out in
                        guard let out = out.baseAddress else { return }
                        describer.write(
                            x: place.x, y: place.y, angle: angle, scale: place.scale, into: out)
                    }
                    let degrees = (360 - angle * 180 / .pi).truncatingRemainder(dividingBy: 360)
                    return DescribedKeypoint(
                        keypoint: Keypoint(
                            x: (place.x * 2 * pixel - 0.5) / 2, y: (place.y * 2 * pixel - 0.5) / 2,
                            size: 2 * place.scale * pixel, angle: degrees,
                            response: place.contrast),
                        descriptor: descriptor)
                }
            }
        }
    }
    return results.flatMap(\.self)
}
