/// Brings the picture to another size, antialiased: the shorter side to a length, or both sides.
///
///     try Resize(shortSide: 256)
///     try Resize(224, 224, interpolation: .bicubic)
public struct Resize: Transform, ViewTransform {
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

    func view(of picture: UnreadImage, drawing draws: inout Draws) throws -> UnreadImage {
        switch size {
        case .shortSide(let side):
            try picture.resized(shortSide: side, interpolation: interpolation)
        case .both(let width, let height):
            try picture.resized(width, height, interpolation: interpolation)
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
