/// Transforms one after the other: a pipeline.
///
///     let pipeline = try Compose {
///         try RandomResizedCrop(224)
///         try RandomFlip()
///         try ColorJitter(brightness: 0.2, contrast: 0.2)
///         Normalize(.imageNet)
///     }
///     let picture = try pipeline(photo, seed: 3)
public struct Compose: Transform, ViewTransform {
    /// The steps in order.
    public let transforms: [any Transform]

    /// The steps written in the braces. Throws what one of them throws, and when a step follows
    /// `Normalize`, since what it gives is no picture any more.
    public init(@TransformBuilder _ transforms: () throws -> [any Transform]) throws {
        try self.init(transforms: try transforms())
    }

    /// The steps of an array.
    public init(transforms: [any Transform]) throws {
        if let index = transforms.dropLast().firstIndex(where: { $0.normalization != nil }) {
            throw ImageError(
                .argument,
                "Compose: Normalize makes numbers of pictures, expected it last, got "
                    + "\(transforms[index + 1].name) after it")
        }
        self.transforms = transforms
    }

    /// That of the last step.
    public var normalization: Normalization? { transforms.last?.normalization }

    /// The pipeline as source, one step a line.
    public var description: String {
        guard !transforms.isEmpty else { return "Compose {}" }
        let lines = transforms.flatMap { $0.description.split(separator: "\n") }
        return "Compose {\n" + lines.map { "    \($0)\n" }.joined() + "}"
    }

    func view(of picture: UnreadImage, drawing draws: inout Draws) throws -> UnreadImage {
        var picture = picture
        for transform in transforms {
            if let transform = transform as? any ViewTransform, !draws.isRecording {
                picture = try transform.view(of: picture, drawing: &draws)
            } else {
                picture = UnreadImage(try draws.step(transform, picture.whole()))
            }
        }
        return picture
    }
}

/// Collects the transforms written in the braces of a `Compose`: transforms, `if`, `switch` and
/// `for`.
@resultBuilder
public enum TransformBuilder {
    public static func buildExpression(_ transform: any Transform) -> [any Transform] {
        [transform]
    }
    public static func buildExpression(_ transforms: [any Transform]) -> [any Transform] {
        transforms
    }
    public static func buildBlock(_ parts: [any Transform]...) -> [any Transform] {
        parts.flatMap { $0 }
    }
    public static func buildOptional(_ part: [any Transform]?) -> [any Transform] { part ?? [] }
    public static func buildEither(first part: [any Transform]) -> [any Transform] { part }
    public static func buildEither(second part: [any Transform]) -> [any Transform] { part }
    public static func buildArray(_ parts: [[any Transform]]) -> [any Transform] {
        parts.flatMap { $0 }
    }
}

/// Runs the transforms in the braces with a probability, and leaves the picture otherwise.
///
///     try RandomApply(probability: 0.3) { try GaussianBlur(0.1...2) }
public struct RandomApply: Transform {
    /// The transforms that run together or not at all.
    public let body: Compose
    /// How likely they run.
    public let probability: Double

    /// Throws when the probability is outside 0...1, and as `Compose` does.
    public init(
        probability: Double = 0.5, @TransformBuilder _ transforms: () throws -> [any Transform]
    ) throws {
        try self.init(probability: probability, transforms: try transforms())
    }

    /// The transforms of an array.
    public init(probability: Double = 0.5, transforms: [any Transform]) throws {
        body = try Compose(transforms: transforms)
        guard body.normalization == nil else {
            throw ImageError(
                .argument, "RandomApply: Normalize cannot be left to chance; put it last in Compose"
            )
        }
        self.probability = try checkedProbability(probability, "RandomApply")
    }

    /// The transform as source.
    public var description: String {
        "RandomApply(probability: \(probability)) " + body.description.dropFirst("Compose ".count)
    }

    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        draws.chance("applied", probability) ? try body.apply(image, drawing: &draws) : image
    }
}

/// A probability, or an error that names who was given it.
func checkedProbability(_ probability: Double, _ operation: String) throws -> Double {
    guard (0...1).contains(probability) else {
        throw ImageError(
            .argument, "\(operation): expected a probability within 0...1, got \(probability)")
    }
    return probability
}
