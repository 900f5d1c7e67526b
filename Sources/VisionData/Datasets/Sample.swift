import Hosting

/// One picture of a data set and its class.
public struct Sample: Sendable, Hashable {
    /// The picture.
    public let image: Image
    /// The position of the class in the data set's `classes`.
    public let label: Int
}

extension Sample: Displayable, CustomStringConvertible {
    /// Picture and label, such as `Sample: Image 28x28 grey, label 9`.
    public var description: String { "Sample: \(image), label \(label)" }

    /// The picture, described together with its label.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = try image.mimeBundle()
        bundle["text/plain"] = .text(description)
        return bundle
    }
}

extension Sample: CollectionDisplayable {
    /// The pictures as a sheet with their labels below them.
    public static func mimeBundle(
        of values: [(name: String, value: Sample)]
    ) throws -> MIMEBundle {
        try Image.sheet(
            values.map(\.value.image), captions: values.map { "\($0.value.label)" })
    }
}
