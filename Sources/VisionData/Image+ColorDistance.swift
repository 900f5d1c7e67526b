#if canImport(Glibc)
import Glibc
#endif

extension Image {
    /// How far apart two pictures of one size are for the eye, and where.
    ///
    /// Both are laid on white and blurred with a Gaussian of 1.5 pixels, so that edges that are
    /// smoothed in another way count little. The answer is the greatest distance of colours in CIE
    /// L*a*b* (CIE 1976; D65, sRGB): 2.3 is barely seen side by side, black and white are 100 apart.
    ///
    /// Throws for pictures of different sizes.
    package func colorDistance(to other: Image) throws -> (distance: Double, x: Int, y: Int) {
        guard width == other.width, height == other.height else {
            throw ImageError(
                .argument,
                "colorDistance: pictures of different sizes, expected \(width)x\(height), "
                    + "got \(other.width)x\(other.height)")
        }
        let (left, right) = (LabPicture(self), LabPicture(other))
        var greatest: Float = 0
        var place = 0
        for pixel in 0..<width * height {
            let difference = left.colors[pixel] - right.colors[pixel]
            let square = (difference * difference).sum()
            if square > greatest { (greatest, place) = (square, pixel) }
        }
        return (Double(greatest.squareRoot()), place % width, place / width)
    }
}

/// A blurred picture in CIE L*a*b*.
private struct LabPicture {
    var colors: [SIMD4<Float>]

    init(_ image: Image) {
        let picture = image.flattened().converted(to: .rgb)
        let linear = (0..<256).map { ColorSpace.linear(Float($0) / 255) }
        colors = []
        colors.reserveCapacity(picture.width * picture.height)
        for start in stride(from: 0, to: picture.bytes.count, by: 3) {
            let red = linear[Int(picture.bytes[start])]
            let green = linear[Int(picture.bytes[start + 1])]
            let blue = linear[Int(picture.bytes[start + 2])]
            colors.append(SIMD4(red, green, blue, 0))
        }
        blur(picture.width, picture.height, step: 1, length: picture.width)
        blur(picture.width, picture.height, step: picture.width, length: picture.height)
        for pixel in colors.indices { colors[pixel] = ColorSpace.lab(linear: colors[pixel]) }
    }

    /// Blurs along one axis; beyond the edge stands the edge.
    private mutating func blur(_ width: Int, _ height: Int, step: Int, length: Int) {
        let radius = 4
        let weights = (-radius...radius).map { expf(-Float($0 * $0) / (2 * 1.5 * 1.5)) }
        let total = weights.reduce(0, +)
        let source = colors
        for pixel in source.indices {
            let place = step == 1 ? pixel % width : pixel / width
            var sum = SIMD4<Float>.zero
            for offset in -radius...radius {
                let moved = min(max(place + offset, 0), length - 1) - place
                sum += source[pixel + moved * step] * weights[offset + radius]
            }
            colors[pixel] = sum / total
        }
    }
}
