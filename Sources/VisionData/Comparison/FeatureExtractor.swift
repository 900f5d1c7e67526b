import Hosting
import Tensors

/// What makes a row of numbers of every picture, by which a classifier tells classes apart.
///
/// `compareFeatures` runs several of them through the same classifiers and splits.
///
///     let hog = HOG(cell: 4, block: 2)
///     try LinearSVM().fit(try hog.features(data.train), data.train.labels)
public protocol FeatureExtractor: CustomStringConvertible {
    /// Whether it has to see pictures, and perhaps their labels, before it can describe any.
    var learns: Bool { get }

    /// Learns what it needs from the pictures of a training part; forgets what it learned before.
    func fit(_ data: ImageDataset) throws

    /// The numbers of every picture, [N, D].
    func features(_ data: ImageDataset) throws -> Tensor

    /// Another one with the same settings that has learned nothing.
    func untrained() throws -> Self
}

extension FeatureExtractor {
    /// No, unless it says otherwise.
    public var learns: Bool { false }

    /// Nothing, unless there is something to learn.
    public func fit(_ data: ImageDataset) throws {}

    /// Itself, unless it learns.
    public func untrained() throws -> Self { self }
}

/// Collects the features written in the braces of `compareFeatures`: extractors, arrays, `if`,
/// `switch` and `for`.
@resultBuilder
public enum FeatureBuilder {
    public static func buildExpression(
        _ extractor: any FeatureExtractor
    ) -> [any FeatureExtractor] { [extractor] }
    public static func buildExpression(
        _ extractors: [any FeatureExtractor]
    ) -> [any FeatureExtractor] { extractors }
    public static func buildBlock(_ parts: [any FeatureExtractor]...) -> [any FeatureExtractor] {
        parts.flatMap { $0 }
    }
    public static func buildOptional(_ part: [any FeatureExtractor]?) -> [any FeatureExtractor] {
        part ?? []
    }
    public static func buildEither(first part: [any FeatureExtractor]) -> [any FeatureExtractor] {
        part
    }
    public static func buildEither(second part: [any FeatureExtractor]) -> [any FeatureExtractor] {
        part
    }
    public static func buildArray(_ parts: [[any FeatureExtractor]]) -> [any FeatureExtractor] {
        parts.flatMap { $0 }
    }
}
