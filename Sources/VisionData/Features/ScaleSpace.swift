import Glibc
import Hosting
import Tensors

/// One octave of a picture's scale space: copies that are more and more blurred, and the differences
/// between neighbours (Lowe 2004).
struct ScaleOctave {
    /// Layers an octave in which extrema are searched.
    static let layers = 3
    /// The blur of the first copy, in pixels of the octave.
    static let sigma = 1.6

    /// The doublings of the pixel's side since the first octave.
    let index: Int
    /// `layers + 3` copies, each blurred by `2^(1 / layers)` more than the one before.
    let gaussians: [FloatPlane]
    private let differences: [FloatPlane]

    /// An octave whose first copy is `base`.
    init(_ base: FloatPlane, index: Int) throws {
        self.index = index
        var gaussians = [base]
        var differences: [FloatPlane] = []
        let factor = pow(2, 1 / Double(Self.layers))
        for layer in 1..<Self.layers + 3 {
            let before = Self.sigma * pow(factor, Double(layer - 1))
            let added = (before * before * (factor * factor - 1)).squareRoot()
            let last = gaussians[layer - 1]
            let next = try last.blurred(added)
            gaussians.append(next)
            differences.append(
                FloatPlane(width: base.width, height: base.height) { out in
                    for index in last.values.indices {
                        out[index] = next.values[index] - last.values[index]
                    }
                })
        }
        self.gaussians = gaussians
        self.differences = differences
    }

    /// The first copy of the first octave: the picture, of brightness 0...255, at twice its size.
    static func firstBase(_ image: Image) throws -> FloatPlane {
        let doubled = FloatPlane(image.grayscale(), channel: 0, scale: 1).doubled()
        // A camera's picture is taken to be blurred by half a pixel, which is now a whole one.
        return try doubled.blurred((sigma * sigma - 1).squareRoot())
    }

    /// The first copy of the next octave.
    var nextBase: FloatPlane { gaussians[Self.layers].halved() }

    /// A place that stands out in space and scale, in pixels of the octave.
    struct Extremum {
        /// The nearest sample.
        let column: Int
        let row: Int
        let layer: Int
        /// The place between samples.
        let x: Double
        let y: Double
        let scale: Double
        /// How much it stands out, of brightness in 0...1.
        let contrast: Double
    }

    /// The extrema of the differences that stand out enough and do not lie along an edge.
    func extrema(contrast: Double, edge: Double) throws -> [Extremum] {
        let (width, height) = (gaussians[0].width, gaussians[0].height)
        let margin = 5
        guard width > 2 * margin, height > 2 * margin else { return [] }
        let least = Float((0.5 * contrast / Double(Self.layers) * 255).rounded(.down))
        let cancellation = Host.current.cancellation
        var found: [Extremum] = []
        var seen: Set<[Int]> = []
        for layer in 1...Self.layers {
            for row in margin..<height - margin {
                try cancellation.check()
                for column in margin..<width - margin {
                    guard isExtremum(layer, row * width + column, least),
                        let place = refined(layer, row, column, contrast, edge, margin),
                        seen.insert([place.layer, place.row, place.column]).inserted
                    else { continue }
                    found.append(place)
                }
            }
        }
        return found
    }

    /// Whether a sample is no less, or no greater, than its 26 neighbours in space and scale.
    @inline(__always)
    private func isExtremum(_ layer: Int, _ at: Int, _ least: Float) -> Bool {
        let value = differences[layer].values[at]
        guard abs(value) > least else { return false }
        let width = differences[layer].width
        let sign: Float = value > 0 ? 1 : -1
        for plane in layer - 1...layer + 1 {
            let isHighest = differences[plane].values.withUnsafeBufferPointer { values in
                for line in [at - width, at, at + width] {
                    for place in line - 1...line + 1 where sign * values[place] > sign * value {
                        return false
                    }
                }
                return true
            }
            guard isHighest else { return false }
        }
        return true
    }

    /// The extremum of the parabola through the samples around a place.
    private func refined(
        _ layer: Int, _ row: Int, _ column: Int, _ contrast: Double, _ edge: Double, _ margin: Int
    ) -> Extremum? {
        var (layer, row, column) = (layer, row, column)
        for _ in 0..<5 {
            let local = Neighbourhood(differences, layer, row, column)
            guard let shift = local.shift else { return nil }
            guard abs(shift.x) >= 0.5 || abs(shift.y) >= 0.5 || abs(shift.z) >= 0.5 else {
                let value = local.value + 0.5 * local.slope(along: shift)
                guard abs(value) * Double(Self.layers) >= contrast, !local.isEdge(edge) else {
                    return nil
                }
                return Extremum(
                    column: column, row: row, layer: layer, x: Double(column) + shift.x,
                    y: Double(row) + shift.y,
                    scale: Self.sigma * pow(2, (Double(layer) + shift.z) / Double(Self.layers)),
                    contrast: abs(value))
            }
            // The extremum is nearer to another sample.
            guard abs(shift.x) < 1e6, abs(shift.y) < 1e6, abs(shift.z) < 1e6 else { return nil }
            column += Int(shift.x.rounded())
            row += Int(shift.y.rounded())
            layer += Int(shift.z.rounded())
            guard (1...Self.layers).contains(layer), row >= margin, column >= margin,
                row < gaussians[0].height - margin, column < gaussians[0].width - margin
            else { return nil }
        }
        return nil
    }
}

/// The derivatives of the differences at a sample, of brightness in 0...1.
private struct Neighbourhood {
    let value: Double
    private let first: SIMD3<Double>
    private let xx: Double
    private let yy: Double
    private let zz: Double
    private let xy: Double
    private let xz: Double
    private let yz: Double

    init(_ planes: [FloatPlane], _ layer: Int, _ row: Int, _ column: Int) {
        let width = planes[0].width
        func sample(_ x: Int, _ y: Int, _ z: Int) -> Double {
            Double(planes[layer + z].values[(row + y) * width + column + x]) / 255
        }
        let center = sample(0, 0, 0)
        value = center
        first =
            SIMD3(
                sample(1, 0, 0) - sample(-1, 0, 0), sample(0, 1, 0) - sample(0, -1, 0),
                sample(0, 0, 1) - sample(0, 0, -1)) / 2
        xx = sample(1, 0, 0) + sample(-1, 0, 0) - 2 * center
        yy = sample(0, 1, 0) + sample(0, -1, 0) - 2 * center
        zz = sample(0, 0, 1) + sample(0, 0, -1) - 2 * center
        func mixed(_ corner: (Int, Int) -> Double) -> Double {
            (corner(1, 1) - corner(-1, 1) - corner(1, -1) + corner(-1, -1)) / 4
        }
        xy = mixed { sample($0, $1, 0) }
        xz = mixed { sample($0, 0, $1) }
        yz = mixed { sample(0, $0, $1) }
    }

    /// Where the parabola has its extremum, by Cramer's rule; `nil` where it has none.
    var shift: SIMD3<Double>? {
        let a = SIMD3(xx, xy, xz)
        let b = SIMD3(xy, yy, yz)
        let c = SIMD3(xz, yz, zz)
        let determinant = Self.determinant(a, b, c)
        guard abs(determinant) > 1e-18 else { return nil }
        return -SIMD3(
            Self.determinant(first, b, c), Self.determinant(a, first, c),
            Self.determinant(a, b, first)) / determinant
    }

    func slope(along shift: SIMD3<Double>) -> Double { (first * shift).sum() }

    /// Whether the surface is curved much more one way than the other.
    func isEdge(_ limit: Double) -> Bool {
        let (trace, determinant) = (xx + yy, xx * yy - xy * xy)
        return determinant <= 0 || trace * trace * limit >= (limit + 1) * (limit + 1) * determinant
    }

    private static func determinant(
        _ a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>
    ) -> Double {
        let bx = b.y * c.z - b.z * c.y
        let by = b.z * c.x - b.x * c.z
        let bz = b.x * c.y - b.y * c.x
        return a.x * bx + a.y * by + a.z * bz
    }
}

extension FloatPlane {
    /// Blurred by a Gaussian bell.
    func blurred(_ sigma: Double) throws -> FloatPlane {
        let weights = try gaussianWeights(sigma, "blur").map { Float($0) }
        return try filtered(column: weights, row: weights, border: .reflect)
    }

    /// Twice as wide and high, interpolated; pixel `i` lies at `i / 2 - 1 / 4`.
    func doubled() -> FloatPlane {
        func places(_ length: Int) -> [(near: Int, far: Int)] {
            (0..<2 * length).map { index in
                let near = index / 2
                return (near, max(0, min(length - 1, index % 2 == 0 ? near - 1 : near + 1)))
            }
        }
        let (across, down) = (places(width), places(height))
        return FloatPlane(width: 2 * width, height: 2 * height) { out in
            values.withUnsafeBufferPointer { source in
                for (y, row) in down.enumerated() {
                    let (near, far) = (row.near * width, row.far * width)
                    for (x, column) in across.enumerated() {
                        let nearer =
                            0.75 * source[near + column.near] + 0.25 * source[near + column.far]
                        let farther =
                            0.75 * source[far + column.near] + 0.25 * source[far + column.far]
                        out[y * 2 * width + x] = 0.75 * nearer + 0.25 * farther
                    }
                }
            }
        }
    }

    /// Every second pixel of every second row.
    func halved() -> FloatPlane {
        let (half, rows) = (width / 2, height / 2)
        return FloatPlane(width: half, height: rows) { out in
            for y in 0..<rows {
                for x in 0..<half { out[y * half + x] = values[2 * y * width + 2 * x] }
            }
        }
    }
}
