/// Cuts out the square in the middle; a picture that is smaller is an error.
///
///     try CenterCrop(224)
public struct CenterCrop: Transform, ViewTransform {
    private let size: Int

    /// Throws when `size` is not positive.
    public init(_ size: Int) throws { self.size = try checkedSize(size, "CenterCrop") }

    public var arguments: [(label: String?, value: String)] { [(nil, "\(size)")] }

    func view(of picture: UnreadImage, drawing draws: inout Draws) throws -> UnreadImage {
        try picture.centerCropped(size)
    }
}

/// Cuts out a square at a place drawn at random, of the picture with `padding` pixels added on each
/// side. A padded picture that is still smaller is an error.
///
///     try RandomCrop(32, padding: 4, mode: .reflect)
public struct RandomCrop: Transform, ViewTransform {
    private let size: Int
    private let padding: Int
    private let mode: PadMode

    /// Throws when `size` is not positive or `padding` negative.
    public init(_ size: Int, padding: Int = 0, mode: PadMode = .constant) throws {
        self.size = try checkedSize(size, "RandomCrop")
        guard padding >= 0, padding <= Image.pixelLimit else {
            throw ImageError(
                .argument, "RandomCrop: expected a padding of at least 0, got \(padding)")
        }
        self.padding = padding
        self.mode = mode
    }

    public var arguments: [(label: String?, value: String)] {
        [(nil, "\(size)"), ("padding", "\(padding)"), ("mode", ".\(mode)")]
    }

    func view(of picture: UnreadImage, drawing draws: inout Draws) throws -> UnreadImage {
        let padded =
            padding > 0
            ? UnreadImage(try picture.whole().padded(padding, mode: mode)) : picture
        guard size <= padded.width, size <= padded.height else {
            throw ImageError(
                .argument,
                "RandomCrop: expected a picture of at least \(size)x\(size) pixels with its "
                    + "padding of \(padding), got \(try picture.whole())")
        }
        let x = draws.integer("x", in: 0...padded.width - size)
        let y = draws.integer("y", in: 0...padded.height - size)
        return try padded.cropped(x: x, y: y, width: size, height: size)
    }
}

/// Cuts out a part of random size and proportions and brings it to a square (Szegedy et al. 2014).
///
/// Its area is a share of the picture's drawn from `scale`, its width a multiple of its height
/// drawn from `ratio`, each multiple and its inverse equally likely. Where no such part fits in ten
/// draws, it is the middle of the picture. As torchvision's.
///
///     try RandomResizedCrop(224, scale: 0.5...1)
public struct RandomResizedCrop: Transform, ViewTransform {
    private let size: Int
    private let scale: ClosedRange<Double>
    private let ratio: ClosedRange<Double>
    private let interpolation: Interpolation

    /// Throws when `size` is not positive, `scale` not within 0...1, or `ratio` not positive.
    public init(
        _ size: Int, scale: ClosedRange<Double> = 0.08...1,
        ratio: ClosedRange<Double> = 0.75...1.3333, interpolation: Interpolation = .bilinear
    ) throws {
        self.size = try checkedSize(size, "RandomResizedCrop")
        guard scale.lowerBound >= 0, scale.upperBound <= 1, ratio.lowerBound > 0,
            ratio.upperBound.isFinite
        else {
            throw ImageError(
                .argument,
                "RandomResizedCrop: expected a scale within 0...1 and a ratio above 0, "
                    + "got \(scale) and \(ratio)")
        }
        self.scale = scale
        self.ratio = ratio
        self.interpolation = interpolation
    }

    public var arguments: [(label: String?, value: String)] {
        [
            (nil, "\(size)"), ("scale", "\(scale)"), ("ratio", "\(ratio)"),
            ("interpolation", ".\(interpolation)"),
        ]
    }

    func view(of picture: UnreadImage, drawing draws: inout Draws) throws -> UnreadImage {
        let part = part(of: picture, drawing: &draws)
        draws.note(part)
        return try picture.cropped(x: part.x, y: part.y, width: part.width, height: part.height)
            .resized(size, size, interpolation: interpolation)
    }

    private func part(
        of image: UnreadImage, drawing draws: inout Draws
    ) -> (x: Int, y: Int, width: Int, height: Int) {
        if let part = draws.rectangle(
            in: (image.width, image.height), scale: scale, ratio: ratio)
        {
            return part
        }
        let proportion = Double(image.width) / Double(image.height)
        var (width, height) = (image.width, image.height)
        if proportion < ratio.lowerBound {
            height = min(height, max(1, Int((Double(width) / ratio.lowerBound).rounded())))
        } else if proportion > ratio.upperBound {
            width = min(width, max(1, Int((Double(height) * ratio.upperBound).rounded())))
        }
        return ((image.width - width) / 2, (image.height - height) / 2, width, height)
    }
}

/// Adds pixels on each side.
///
///     try Pad(4, mode: .reflect)
public struct Pad: Transform {
    private let count: Int
    private let mode: PadMode

    /// Throws when `count` is negative.
    public init(_ count: Int, mode: PadMode = .constant) throws {
        guard count >= 0, count <= Image.pixelLimit else {
            throw ImageError(.argument, "Pad: expected at least 0 pixels, got \(count)")
        }
        self.count = count
        self.mode = mode
    }

    public var arguments: [(label: String?, value: String)] {
        [(nil, "\(count)"), ("mode", ".\(mode)")]
    }

    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        try image.padded(count, mode: mode)
    }
}
