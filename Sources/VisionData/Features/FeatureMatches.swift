import Glibc
import Hosting
import Tensors

/// A keypoint of one picture and the one of another picture that looks like it.
public struct FeatureMatch: Sendable, Hashable {
    /// The position of the keypoint among those of the first picture.
    public let first: Int
    /// The position of the keypoint among those of the second picture.
    public let second: Int
    /// How far the two descriptors lie apart.
    public let distance: Double
}

/// Keypoints of two pictures that look alike; shown as lines between the pictures side by side.
///
///     matchFeatures(sift(photo), sift(photo.rotated(degrees: 30))).count
public struct FeatureMatches: Sendable, Displayable, CustomStringConvertible {
    /// The pairs, those that are most alike first.
    public let pairs: [FeatureMatch]
    private let first: SIFTFeatures
    private let second: SIFTFeatures

    init(_ first: SIFTFeatures, _ second: SIFTFeatures, ratio: Double) throws {
        self.first = first
        self.second = second
        guard first.count > 0, second.count > 1 else {
            pairs = []
            return
        }
        let there = try Self.nearest(first.descriptors, second.descriptors)
        let back = try Self.nearest(second.descriptors, first.descriptors)
        pairs = there.indices.compactMap { index -> FeatureMatch? in
            let best = there[index]
            guard back[best.position].position == index, best.distance < ratio * best.next else {
                return nil
            }
            return FeatureMatch(first: index, second: best.position, distance: best.distance)
        }.sorted { ($0.distance, $0.first) < ($1.distance, $1.first) }
    }

    /// The nearest row of `others` to each of `rows`, and how far it and the next one are.
    private static func nearest(
        _ rows: Tensor, _ others: Tensor
    ) throws -> [(position: Int, distance: Double, next: Double)] {
        let (known, wanted) = (try FeatureRows(others, "match"), try FeatureRows(rows, "match"))
        return try known.withRows { base in
            try wanted.nearest(2, among: base, lengths: known.squaredNorms()).map {
                found -> (position: Int, distance: Double, next: Double) in
                let distances = found.map { Double($0.squared).squareRoot() }
                return (found[0].row, distances[0], distances.count > 1 ? distances[1] : .infinity)
            }
        }
    }

    /// The number of pairs.
    public var count: Int { pairs.count }

    /// The pictures side by side with a line for each of the best 100 pairs.
    public var image: Image {
        get throws {
            let (left, right) = (first.photo, second.photo)
            let gap = 8
            let (width, height) = (
                left.width + gap + right.width, max(left.height, right.height)
            )
            let count = try Image.byteCount(width: width, height: height, channels: 3)
            var bytes = [UInt8](repeating: 255, count: count)
            for (image, start) in [(left, 0), (right, left.width + gap)] {
                let rows = image.flattened().converted(to: .rgb)
                for y in 0..<rows.height {
                    let target = (y * width + start) * 3
                    bytes.replaceSubrange(
                        target..<target + 3 * rows.width,
                        with: rows.bytes[3 * y * rows.width..<3 * (y + 1) * rows.width])
                }
            }
            var drawing = Drawing(
                on: Image(unchecked: bytes, width: width, height: height, channels: 3))
            for (index, pair) in pairs.prefix(100).enumerated() {
                let color = Drawing.palette[index % Drawing.palette.count]
                let (from, to) = (first.keypoints[pair.first], second.keypoints[pair.second])
                let shift = Double(left.width + gap)
                drawing.circle(x: from.x, y: from.y, radius: 3, color: color)
                drawing.circle(x: to.x + shift, y: to.y, radius: 3, color: color)
                drawing.line((from.x, from.y), (to.x + shift, to.y), color: color)
            }
            return drawing.image
        }
    }

    /// How many of how many keypoints were found again.
    public var description: String {
        "\(grouped(count)) matches between \(grouped(first.count)) and "
            + "\(grouped(second.count)) keypoints"
    }

    /// The picture with the lines.
    public func mimeBundle() throws -> MIMEBundle { try image.described(as: description) }
}

/// Pairs of keypoints whose descriptors are nearest to each other both ways, and clearly so: the
/// next one is farther by at least `1 / ratio` (Lowe's test). Throws when `ratio` is not within
/// 0...1.
///
///     matchFeatures(sift(left), sift(right), ratio: 0.8)
public func matchFeatures(
    _ first: SIFTFeatures, _ second: SIFTFeatures, ratio: Double = 0.8
) throws -> FeatureMatches {
    guard ratio > 0, ratio <= 1 else {
        throw ImageError(.argument, "matchFeatures: expected a ratio within 0...1, got \(ratio)")
    }
    return try FeatureMatches(first, second, ratio: ratio)
}
