/// Runs `body` with another limit on the pixels of a picture, for files and results that are
/// larger than `Image.pixelLimit`.
///
/// The limit holds for whatever reads or makes pictures in the block: files, folders, data sets,
/// changed sizes. Throws `ImageError` when it is not 1 to 2,147,483,648, and what `body` throws.
///
///     let map = try withPixelLimit(400_000_000) { try Image("map.tif") }
public func withPixelLimit<Result>(
    _ limit: Int, _ body: () throws -> Result
) throws -> Result {
    guard (1...Image.greatestPixelLimit).contains(limit) else {
        throw ImageError(
            .argument,
            "withPixelLimit: expected 1 to \(Image.greatestPixelLimit) pixels, got \(limit)")
    }
    return try Image.$pixelLimit.withValue(limit, operation: body)
}

extension Image {
    /// What `withPixelLimit` goes up to: 2 billion pixels, so that products of sizes stay numbers.
    static let greatestPixelLimit = 1 << 31

    /// The end of an error about too many pixels: how to allow so many, where that can be.
    static func higherLimitAdvice(_ pixels: Int) -> String {
        pixels <= greatestPixelLimit ? "; withPixelLimit(\(pixels)) { ... } allows so many" : ""
    }
}
