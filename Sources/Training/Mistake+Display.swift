import Hosting
import VisionData

extension Evaluation.Mistake: CollectionDisplayable {
    /// The picture, and what it was taken for.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = try image.mimeBundle()
        bundle["text/plain"] = .text(description)
        return bundle
    }

    /// The pictures as a sheet, below each what it is and what it was taken for.
    public static func mimeBundle(
        of values: [(name: String, value: Evaluation.Mistake)]
    ) throws -> MIMEBundle {
        var bundle = try Image.sheet(
            values.map(\.value.image),
            captions: values.map { $0.value.caption })
        var lines = values.prefix(10).map(\.value.description)
        if values.count > lines.count { lines.append("and \(values.count - lines.count) more") }
        bundle["text/plain"] = .text(lines.joined(separator: "\n"))
        return bundle
    }

    /// `label → predicted`, or the label alone where it was found with little certainty.
    private var caption: String {
        label == predicted
            ? "\(label) \(formatted(probability, places: 2))" : "\(label) → \(predicted)"
    }
}
