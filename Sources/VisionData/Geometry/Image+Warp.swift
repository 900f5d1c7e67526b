import Glibc
import Hosting

extension Image {
    /// The picture turned counter-clockwise about its centre.
    ///
    /// In a frame of the same size, or with `expands` in one that holds all of it. What comes from
    /// outside is as `border` says, black (transparent where there is alpha) unless told
    /// otherwise. Throws when `degrees` is not a finite number, or the interpolation is Lanczos,
    /// which is for resizing.
    ///
    ///     try photo.rotated(degrees: 15, border: .reflect)
    public func rotated(
        degrees: Double, expands: Bool = false, interpolation: Interpolation = .bilinear,
        border: PadMode = .constant
    ) throws -> Image {
        guard degrees.isFinite else {
            throw ImageError(.argument, "rotated: expected a finite angle, got \(degrees)")
        }
        let center = (x: Double(width) / 2, y: Double(height) / 2)
        guard expands else {
            let map = ProjectiveMap(degrees: degrees, from: center, to: center)
            return try warped(map, interpolation, border, "rotated")
        }
        let angle = degrees * .pi / 180
        func extent(_ along: Int, _ across: Int) -> Int {
            let exact = Double(along) * abs(cos(angle)) + Double(across) * abs(sin(angle))
            return Int((exact - 1e-6).rounded(.up))
        }
        let (newWidth, newHeight) = (extent(width, height), extent(height, width))
        let map = ProjectiveMap(
            degrees: degrees, from: center, to: (Double(newWidth) / 2, Double(newHeight) / 2))
        return try warped(
            map, interpolation, border, "rotated", width: newWidth, height: newHeight)
    }

    /// The picture turned, magnified, sheared and shifted, in a frame of the same size.
    ///
    /// In this order, about its centre: a turn of `degrees` counter-clockwise, a shear that leans
    /// vertical lines by `shear` degrees, magnification by `scale`, a shift by `x` pixels to the
    /// right and `y` down. Throws for numbers that are not finite, a scale that is not positive and
    /// a shear of 90 degrees or more.
    ///
    ///     try photo.affine(degrees: 10, scale: 1.2, shear: 5, x: 8)
    public func affine(
        degrees: Double = 0, scale: Double = 1, shear: Double = 0, x: Double = 0, y: Double = 0,
        interpolation: Interpolation = .bilinear, border: PadMode = .constant
    ) throws -> Image {
        guard degrees.isFinite, scale.isFinite, scale > 0, abs(shear) < 90, x.isFinite, y.isFinite
        else {
            throw ImageError(
                .argument,
                "affine: expected finite numbers, a scale above 0 and a shear within 90 degrees, "
                    + "got degrees: \(degrees), scale: \(scale), shear: \(shear), x: \(x), y: \(y)")
        }
        let center = (x: Double(width) / 2, y: Double(height) / 2)
        let map = ProjectiveMap(
            degrees: degrees, scale: scale, shear: shear, shift: (x, y), from: center, to: center)
        return try warped(map, interpolation, border, "affine")
    }

    /// The picture seen from another place: the four points of `from` come to lie on those of
    /// `to`, each `[x, y]` in pixels from the upper left corner.
    ///
    /// In a frame of the same size. Throws when there are not four points with two numbers each,
    /// or three of them lie on one line.
    ///
    ///     try photo.perspective(
    ///         from: [[0, 0], [450, 0], [450, 300], [0, 300]],
    ///         to: [[60, 30], [450, 0], [450, 300], [20, 260]])
    public func perspective(
        from source: [[Double]], to target: [[Double]],
        interpolation: Interpolation = .bilinear, border: PadMode = .constant
    ) throws -> Image {
        func points(_ corners: [[Double]]) throws -> [(x: Double, y: Double)] {
            guard corners.count == 4,
                corners.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isFinite) })
            else {
                throw ImageError(
                    .argument, "perspective: expected four points [x, y], got \(corners)")
            }
            return corners.map { ($0[0], $0[1]) }
        }
        guard let map = ProjectiveMap(from: try points(source), to: try points(target)) else {
            throw ImageError(
                .argument,
                "perspective: expected points of which no three lie on one line, "
                    + "got \(source) and \(target)")
        }
        return try warped(map, interpolation, border, "perspective")
    }

    /// A new picture, each pixel of which is taken from where `map` says.
    private func warped(
        _ map: ProjectiveMap, _ interpolation: Interpolation, _ border: PadMode,
        _ operation: String, width: Int? = nil, height: Int? = nil
    ) throws -> Image {
        try warped(
            interpolation, border, operation, width: width ?? self.width,
            height: height ?? self.height
        ) { x, y in map.source(Double(x) + 0.5, Double(y) + 0.5) }
    }

    /// A new picture, each pixel of which is taken from the point that `source` says, in pixels
    /// from the upper left corner.
    func warped(
        _ interpolation: Interpolation, _ border: PadMode, _ operation: String, width: Int,
        height: Int, source: (_ x: Int, _ y: Int) -> (x: Double, y: Double)
    ) throws -> Image {
        guard interpolation != .lanczos else {
            throw ImageError(
                .argument,
                "\(operation): expected .nearest, .bilinear or .bicubic interpolation, "
                    + "got .lanczos, which is for resized(_:_:)")
        }
        let cancellation = Host.current.cancellation
        return try premultiplying(interpolation != .nearest) { image in
            try image.resembling(width: width, height: height) { out in
                try image.bytes.withUnsafeBufferPointer { bytes in
                    guard let base = bytes.baseAddress else { return }
                    let sampler = PixelSampler(
                        base, width: image.width, height: image.height, channels: image.channels,
                        border: border)
                    var target = out
                    for y in 0..<height {
                        try cancellation.check()
                        for x in 0..<width {
                            let point = source(x, y)
                            switch interpolation {
                            case .nearest: sampler.nearest(point.x, point.y, into: target)
                            case .bicubic: sampler.bicubic(point.x, point.y, into: target)
                            default: sampler.bilinear(point.x, point.y, into: target)
                            }
                            target += image.channels
                        }
                    }
                }
            }
        }
    }

    /// What `body` makes of the picture; where there is alpha and `isNeeded`, with the colours
    /// multiplied by it meanwhile, so that transparent pixels do not bleed their hidden colour.
    func premultiplying(
        _ isNeeded: Bool = true, _ body: (Image) throws -> Image
    ) rethrows -> Image {
        guard channels == 4, isNeeded else { return try body(self) }
        return try body(premultiplied(true)).premultiplied(false)
    }
}
