import Glibc
import Hosting
import Tensors

/// How the neighbours' comparisons become a code.
public enum PatternCoding: String, Sendable, CaseIterable {
    /// The number of brighter neighbours where they hang together, one code for all else: `P + 2`
    /// codes that do not change when the picture turns.
    case uniform
    /// Each neighbour is a bit: `2^P` codes.
    case plain
}

/// The local binary patterns of a picture: a code for what surrounds each pixel, and how often each
/// code occurs, which describes a texture.
public struct LocalBinaryPatterns: Sendable, Displayable, CustomStringConvertible {
    /// The code of each pixel, [H, W] int32.
    public let codes: Tensor
    /// The share of the pixels with each code, [codes] float32 of sum 1.
    public let histogram: Tensor
    /// The codes as shades of grey.
    public let image: Image

    /// The features of the picture: its histogram.
    public var features: Tensor { histogram }

    /// Size and number of codes.
    public var description: String {
        "Local binary patterns of \(image.width)x\(image.height) pixels, "
            + "\(histogram.count) codes"
    }

    /// The picture of the codes.
    public func mimeBundle() throws -> MIMEBundle { try image.described(as: description) }
}

/// Local binary patterns of the brightness (Ojala, Pietikäinen, Mäenpää 2002).
///
/// `points` neighbours on a circle of `radius` pixels, counter-clockwise from the right, are
/// compared with each pixel; between pixels they are interpolated, outside of the picture they are
/// black. Throws when `points` is not 1 to 24 (12 for `.plain`) or `radius` not within 0.5...100.
///
///     lbp(photo, points: 8, radius: 1).histogram
public func lbp(
    _ image: Image, points: Int = 8, radius: Double = 1, coding: PatternCoding = .uniform
) throws -> LocalBinaryPatterns {
    let circle = try PatternCircle(points: points, radius: radius, coding: coding)
    let gray = image.grayscale()
    let (width, height) = (gray.width, gray.height)
    var histogram = [Float](repeating: 0, count: circle.codes)
    let codes = try Tensor.unsafeUninitialized(shape: [height, width], dtype: .int32) { buffer in
        guard let out = buffer.bindMemory(to: Int32.self).baseAddress else { return }
        try gray.bytes.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            try forEachStretch(height, cost: 10 * points * width) { rows in
                circle.codes(base, width: width, height: height, rows: rows, into: out)
            }
        }
        for index in 0..<width * height { histogram[Int(out[index])] += 1 }
    }
    let share = 1 / Float(width * height)
    let levels = try codes.scalars(as: Float.self)
    return LocalBinaryPatterns(
        codes: codes,
        histogram: try Tensor(histogram.map { $0 * share }, shape: [circle.codes]),
        image: FloatPlane(width: width, height: height, values: levels)
            .image(low: 0, high: Float(circle.codes - 1)))
}

/// The local binary patterns of every picture of a data set, [N, D]: the histograms of `cells` x
/// `cells` parts of each, one after the other; see `lbp(_:)`.
///
///     lbp(data.train, cells: 4).shape  // [60000, 160]
public func lbp(
    _ data: ImageDataset, points: Int = 8, radius: Double = 1, coding: PatternCoding = .uniform,
    cells: Int = 1
) throws -> Tensor {
    let circle = try PatternCircle(points: points, radius: radius, coding: coding)
    let (height, width) = (data.imageShape[1], data.imageShape[2])
    guard cells > 0, cells <= width, cells <= height else {
        throw ImageError(
            .argument,
            "lbp: expected 1 to \(min(width, height)) cells for \(width)x\(height) pixels, "
                + "got \(cells)")
    }
    return try data.features("LBP", count: cells * cells * circle.codes) { image, out in
        let gray = image.grayscale()
        var codes = [Int32](repeating: 0, count: width * height)
        out.update(repeating: 0, count: cells * cells * circle.codes)
        codes.withUnsafeMutableBufferPointer { codes in
            gray.bytes.withUnsafeBufferPointer { source in
                guard let base = source.baseAddress, let codes = codes.baseAddress else { return }
                circle.codes(
                    base, width: width, height: height, rows: 0..<height, into: codes)
            }
            for y in 0..<height {
                for x in 0..<width {
                    let cell = y * cells / height * cells + x * cells / width
                    out[cell * circle.codes + Int(codes[y * width + x])] += 1
                }
            }
        }
        for cell in 0..<cells * cells {
            let counts = out + cell * circle.codes
            let total = (0..<circle.codes).reduce(Float(0)) { $0 + counts[$1] }
            for index in 0..<circle.codes { counts[index] /= max(1, total) }
        }
    }
}

/// The neighbours of a pixel, and how they become a code.
private struct PatternCircle: Sendable {
    /// A neighbour's place and the weights of the four pixels around it, in units of 1e-5 each way:
    /// whole numbers, so that a flat surface compares as equal.
    private struct Neighbour {
        let x: Int
        let y: Int
        let partX: Int
        let partY: Int
    }

    private static let unit = 100_000
    private let neighbours: [Neighbour]
    private let coding: PatternCoding
    private let margin: Int

    /// How many codes there are.
    var codes: Int { coding == .uniform ? neighbours.count + 2 : 1 << neighbours.count }

    init(points: Int, radius: Double, coding: PatternCoding) throws {
        let limit = coding == .uniform ? 24 : 12
        guard (1...limit).contains(points), radius >= 0.5, radius <= 100 else {
            throw ImageError(
                .argument,
                "lbp: expected 1 to \(limit) points on a radius of 0.5 to 100, got points: "
                    + "\(points), radius: \(radius)")
        }
        let unit = Double(Self.unit)
        neighbours = (0..<points).map { index in
            let angle = 2 * Double.pi * Double(index) / Double(points)
            let x = Int((radius * cos(angle) * unit).rounded())
            let y = Int((-radius * sin(angle) * unit).rounded())
            let (wholeX, wholeY) = (
                Int((Double(x) / unit).rounded(.down)), Int((Double(y) / unit).rounded(.down))
            )
            return Neighbour(
                x: wholeX, y: wholeY, partX: x - wholeX * Self.unit, partY: y - wholeY * Self.unit)
        }
        self.coding = coding
        margin = Int(radius) + 2
    }

    /// The codes of some rows of a grey picture.
    func codes(
        _ source: UnsafePointer<UInt8>, width: Int, height: Int, rows: Range<Int>,
        into out: UnsafeMutablePointer<Int32>
    ) {
        for y in rows {
            let isInside = y >= margin && y < height - margin
            for x in 0..<width {
                let isSafe = isInside && x >= margin && x < width - margin
                let center = Int(source[y &* width &+ x]) &* (Self.unit &* Self.unit)
                var bits: UInt32 = 0
                for (index, place) in neighbours.enumerated() {
                    let (left, top) = (x &+ place.x, y &+ place.y)
                    @inline(__always) func sample(_ x: Int, _ y: Int) -> Int {
                        guard isSafe || (x >= 0 && y >= 0 && x < width && y < height) else {
                            return 0
                        }
                        return Int(source[y &* width &+ x])
                    }
                    let (partX, partY) = (place.partX, place.partY)
                    let upper =
                        (Self.unit &- partX) &* sample(left, top)
                        &+ (partX == 0 ? 0 : partX &* sample(left &+ 1, top))
                    let lower =
                        partY == 0
                        ? 0
                        : (Self.unit &- partX) &* sample(left, top &+ 1)
                            &+ (partX == 0 ? 0 : partX &* sample(left &+ 1, top &+ 1))
                    let value = (Self.unit &- partY) &* upper &+ partY &* lower
                    if value >= center { bits |= 1 &<< UInt32(truncatingIfNeeded: index) }
                }
                out[y &* width &+ x] = code(bits)
            }
        }
    }

    @inline(__always)
    private func code(_ bits: UInt32) -> Int32 {
        guard coding == .uniform else { return Int32(truncatingIfNeeded: bits) }
        let points = UInt32(neighbours.count)
        let turned = bits >> 1 | (bits & 1) << (points - 1)
        let changes = (bits ^ turned).nonzeroBitCount
        return Int32(changes <= 2 ? bits.nonzeroBitCount : neighbours.count + 1)
    }
}
