/// Brings the picture to another size, antialiased: the shorter side to a length, or both sides.
///
///     try Resize(shortSide: 256)
///     try Resize(224, 224, interpolation: .bicubic)
public struct Resize: Transform {
    private let size: Size
    private let interpolation: Interpolation

    private enum Size: Sendable {
        case shortSide(Int)
        case both(Int, Int)
    }

    /// Keeps the proportions. Throws when `shortSide` is not positive.
    public init(shortSide: Int, interpolation: Interpolation = .bilinear) throws {
        size = .shortSide(try checkedSize(shortSide, "Resize"))
        self.interpolation = interpolation
    }

    /// Width and height. Throws when one is not positive.
    public init(_ width: Int, _ height: Int, interpolation: Interpolation = .bilinear) throws {
        size = .both(try checkedSize(width, "Resize"), try checkedSize(height, "Resize"))
        self.interpolation = interpolation
    }

    public var arguments: [(label: String?, value: String)] {
        let sizes: [(label: String?, value: String)] =
            switch size {
            case .shortSide(let side): [("shortSide", "\(side)")]
            case .both(let width, let height): [(nil, "\(width)"), (nil, "\(height)")]
            }
        return sizes + [("interpolation", ".\(interpolation)")]
    }

    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        let (width, height) = try target(image)
        return try image.resized(width, height, interpolation: interpolation)
    }

    /// The square of `side` in the middle of the result, without computing the rest; `nil` where
    /// the result is smaller.
    func apply(_ image: Image, keeping side: Int) throws -> Image? {
        let (width, height) = try target(image)
        guard width >= side, height >= side else { return nil }
        return try image.resized(
            width, height, interpolation: interpolation,
            columns: Image.middle(side, of: width), rows: Image.middle(side, of: height))
    }

    private func target(_ image: Image) throws -> (width: Int, height: Int) {
        switch size {
        case .shortSide(let side): try image.size(shortSide: side)
        case .both(let width, let height): (width, height)
        }
    }
}

/// A side in pixels, or an error that names who was given it.
func checkedSize(_ size: Int, _ operation: String) throws -> Int {
    guard size > 0, size <= Image.pixelLimit else {
        throw ImageError(
            .argument, "\(operation): expected a size of at least 1 pixel, got \(size)")
    }
    return size
}
