/// Columns and rows of a picture.
struct PixelArea: Equatable {
    var columns: Range<Int>
    var rows: Range<Int>

    /// Whether it is all of a picture.
    func covers(width: Int, height: Int) -> Bool {
        columns == 0..<width && rows == 0..<height
    }
}

/// A picture that is read, made smaller and cut once it is known which part of it is wanted.
///
/// What is cut away afterwards costs nothing: `unread.resized(...).cropped(...).whole()` computes
/// the pixels that are left, the same ones as step by step.
struct UnreadImage {
    let width: Int
    let height: Int
    let channels: Int
    private let read: (PixelArea) throws -> Image

    /// - Parameter read: makes a part of the picture, which is never empty.
    init(
        width: Int, height: Int, channels: Int, read: @escaping (PixelArea) throws -> Image
    ) {
        self.width = width
        self.height = height
        self.channels = channels
        self.read = read
    }

    /// A picture that is there.
    init(_ image: Image) {
        self.init(width: image.width, height: image.height, channels: image.channels) { area in
            image.part(area)
        }
    }

    /// A picture in the bytes of a file; `name` stands in errors.
    init(data: [UInt8], name: String) throws {
        let unread = try Image.naming(name) {
            try ImageFormat.recognized(data) == .jpeg
                ? JPEGCodec.unread(data) : UnreadImage(try Image.first(data))
        }
        self.init(width: unread.width, height: unread.height, channels: unread.channels) { area in
            try Image.naming(name) { try unread.part(area) }
        }
    }

    /// A picture in a file.
    init(_ path: String) throws {
        let file = ImageFile(path)
        let data = try Image.naming(file.quoted) { try file.read() }
        try self.init(data: data, name: file.quoted)
    }

    func whole() throws -> Image {
        try read(PixelArea(columns: 0..<width, rows: 0..<height))
    }

    /// A part that lies in the picture.
    func part(_ area: PixelArea) throws -> Image { try read(area) }

    /// The picture with each pixel changed by itself.
    func mapped(channels: Int, _ change: @escaping (Image) throws -> Image) -> UnreadImage {
        UnreadImage(width: width, height: height, channels: channels) { try change(part($0)) }
    }

    /// The picture turned or mirrored.
    func turned(_ orientation: EXIFOrientation) -> UnreadImage {
        guard orientation.value > 1 else { return self }
        let size = orientation.size(width: width, height: height)
        return UnreadImage(width: size.width, height: size.height, channels: channels) { area in
            let stored = orientation.stored(area, width: width, height: height)
            return orientation.applied(to: try part(stored))
        }
    }

    /// In another size; see `Image.resized(_:_:interpolation:)`.
    func resized(
        _ width: Int, _ height: Int, interpolation: Interpolation = .bilinear
    ) throws -> UnreadImage {
        guard width > 0, height > 0 else {
            throw ImageError(
                .argument, "resized: expected at least 1x1 pixels, got \(width)x\(height)")
        }
        _ = try Image.byteCount(width: width, height: height, channels: channels)
        return UnreadImage(width: width, height: height, channels: channels) { area in
            let resampling = Resampling(
                interpolation, from: (self.width, self.height), to: (width, height), area)
            return try resampling.applied(to: part(resampling.source))
        }
    }

    /// With the shorter side at a length; see `Image.resized(shortSide:interpolation:)`.
    func resized(
        shortSide: Int, interpolation: Interpolation = .bilinear
    ) throws -> UnreadImage {
        guard shortSide > 0, shortSide <= Image.pixelLimit else {
            throw ImageError(
                .argument,
                "resized: expected a short side of 1 to \(Image.pixelLimit), got \(shortSide)")
        }
        return width <= height
            ? try resized(shortSide, shortSide * height / width, interpolation: interpolation)
            : try resized(shortSide * width / height, shortSide, interpolation: interpolation)
    }

    /// A part; see `Image.cropped(x:y:width:height:)`.
    func cropped(x: Int, y: Int, width: Int, height: Int) throws -> UnreadImage {
        guard x >= 0, y >= 0, width > 0, height > 0, x < self.width, y < self.height,
            width <= self.width - x, height <= self.height - y
        else {
            throw ImageError(
                .argument,
                "cropped: the part leaves the picture, expected it within "
                    + "\(self.width)x\(self.height), got x: \(x), y: \(y), width: \(width), "
                    + "height: \(height)")
        }
        return UnreadImage(width: width, height: height, channels: channels) { area in
            try part(
                PixelArea(
                    columns: area.columns.lowerBound + x..<area.columns.upperBound + x,
                    rows: area.rows.lowerBound + y..<area.rows.upperBound + y))
        }
    }

    /// The square in the middle; see `Image.centerCropped(_:)`.
    func centerCropped(_ size: Int) throws -> UnreadImage {
        guard size > 0, size <= width, size <= height else {
            throw ImageError(
                .argument,
                "centerCropped: expected a size of 1 to \(min(width, height)) for "
                    + "\(width)x\(height) pixels, got \(size)")
        }
        return try cropped(
            x: Image.middle(size, of: width), y: Image.middle(size, of: height), width: size,
            height: size)
    }
}
