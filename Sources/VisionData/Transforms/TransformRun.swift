import Hosting

/// What a pipeline made of a picture, and how: the steps that ran with the values they drew.
///
///     let run = try pipeline.run(photo, seed: 3)
///     print(run)
public struct TransformRun: Sendable, CustomStringConvertible {
    /// The changed picture.
    public let image: Image
    /// The steps in the order in which they ran.
    public let steps: [TransformStep]
    /// The seed that makes this picture again.
    public let seed: Int

    /// The steps, one a line, and the seed.
    public var description: String {
        (["TransformRun with seed \(seed):"] + steps.map { "  \($0)" }).joined(separator: "\n")
    }
}

extension TransformRun: Displayable {
    /// The picture beside the steps.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = try image.mimeBundle()
        bundle["text/plain"] = .text(description)
        return bundle
    }
}
