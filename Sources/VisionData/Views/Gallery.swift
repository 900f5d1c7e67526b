import Hosting

/// Several pictures with a caption each, which show themselves as a sheet.
///
///     let planes = try photo.planes()
///     planes[0]  // the red one
public struct Gallery: Sendable, RandomAccessCollection, CustomStringConvertible {
    /// The pictures in order.
    public let images: [Image]
    /// What stands under each picture; there may be fewer than pictures.
    public let captions: [String]
    /// Pictures in a row of the sheet; a number is chosen where there is none.
    public let columns: Int?

    /// Throws when there is no picture or `columns` is not positive.
    public init(_ images: [Image], captions: [String] = [], columns: Int? = nil) throws {
        guard !images.isEmpty else {
            throw ImageError(.argument, "Gallery: expected at least one picture, got none")
        }
        if let columns, columns < 1 {
            throw ImageError(.argument, "Gallery: expected at least 1 column, got \(columns)")
        }
        self.images = images
        self.captions = captions
        self.columns = columns
    }

    /// 0.
    public var startIndex: Int { 0 }
    /// The number of pictures.
    public var endIndex: Int { images.count }

    /// The picture at a position in `0..<count`; `picture(_:)` is the form that throws.
    public subscript(position: Int) -> Image { images[position] }

    /// The picture at a position; a negative one counts from the end. Throws `ImageError` when
    /// there is none.
    public func picture(_ position: Int) throws -> Image {
        let index = position < 0 ? position + count : position
        guard images.indices.contains(index) else {
            throw ImageError(
                .argument,
                "Gallery: index out of range, expected \(-count) to \(count - 1), got \(position)")
        }
        return images[index]
    }

    /// The sheet as one picture.
    public func sheet() throws -> Image {
        try grid(images, columns: columns, captions: captions)
    }

    /// The number of pictures and their captions.
    public var description: String {
        "Gallery of \(count) pictures"
            + (captions.isEmpty ? "" : ": " + captions.joined(separator: ", "))
    }
}

extension Gallery: Displayable {
    /// The sheet beside the description.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = try sheet().mimeBundle()
        bundle["text/plain"] = .text(description)
        return bundle
    }
}
