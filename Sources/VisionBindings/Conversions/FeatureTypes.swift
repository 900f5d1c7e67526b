import Language
import VisionEngine

// Features and classifiers that the language holds without looking inside.

extension ImageKernel: ForeignConvertible {
    public static var foreignName: String { "ImageKernel" }
}

extension FilterBorder: ForeignConvertible {
    public static var foreignName: String { "FilterBorder" }
}

extension FilterResponse: ForeignConvertible {
    public static var foreignName: String { "FilterResponse" }
}

extension ImageGradients: ForeignConvertible {
    public static var foreignName: String { "ImageGradients" }
}

extension EdgeMap: ForeignConvertible {
    public static var foreignName: String { "EdgeMap" }
}

extension Corner: ForeignConvertible {
    public static var foreignName: String { "Corner" }
}

extension Corners: ForeignConvertible {
    public static var foreignName: String { "Corners" }
}

extension HOGFeatures: ForeignConvertible {
    public static var foreignName: String { "HOGFeatures" }
}

extension PatternCoding: ForeignConvertible {
    public static var foreignName: String { "PatternCoding" }
}

extension LocalBinaryPatterns: ForeignConvertible {
    public static var foreignName: String { "LocalBinaryPatterns" }
}

extension GaborBank: ForeignConvertible {
    public static var foreignName: String { "GaborBank" }
}

extension GaborResponses: ForeignConvertible {
    public static var foreignName: String { "GaborResponses" }
}

extension IntegralImage: ForeignConvertible {
    public static var foreignName: String { "IntegralImage" }
}

extension TemplateMatch: ForeignConvertible {
    public static var foreignName: String { "TemplateMatch" }
}

extension ColorHistogram: ForeignConvertible {
    public static var foreignName: String { "ColorHistogram" }
}

extension Keypoint: ForeignConvertible {
    public static var foreignName: String { "Keypoint" }
}

extension SIFTFeatures: ForeignConvertible {
    public static var foreignName: String { "SIFTFeatures" }
}

extension FeatureMatch: ForeignConvertible {
    public static var foreignName: String { "FeatureMatch" }
}

extension FeatureMatches: ForeignConvertible {
    public static var foreignName: String { "FeatureMatches" }
}

extension LinearSVM: ForeignConvertible {
    public static var foreignName: String { "LinearSVM" }
}

extension KNearestNeighbors: ForeignConvertible {
    public static var foreignName: String { "KNearestNeighbors" }
}

extension SoftmaxRegression: ForeignConvertible {
    public static var foreignName: String { "SoftmaxRegression" }
}

extension PCA: ForeignConvertible {
    public static var foreignName: String { "PCA" }
}

extension KMeans: ForeignConvertible {
    public static var foreignName: String { "KMeans" }
}

extension BagOfVisualWords: ForeignConvertible {
    public static var foreignName: String { "BagOfVisualWords" }
}

extension ConfusionMatrix: ForeignConvertible {
    public static var foreignName: String { "ConfusionMatrix" }
}

extension CrossValidation: ForeignConvertible {
    public static var foreignName: String { "CrossValidation" }
}

/// Any classifier of the engine.
struct AnyClassifier: ScriptConvertible {
    let classifier: any Classifier

    init(_ classifier: any Classifier) { self.classifier = classifier }

    static var scriptType: ScriptType { .named("Classifier") }

    static func fromScript(_ value: Value) -> AnyClassifier? {
        guard case .object(let object) = value, let classifier = object.base as? any Classifier
        else { return nil }
        return AnyClassifier(classifier)
    }

    var scriptValue: Value {
        .object(ForeignObject(classifier, typeName: String(describing: type(of: classifier))))
    }
}

extension PixelFeatures: ForeignConvertible {
    public static var foreignName: String { "PixelFeatures" }
}

extension HOG: ForeignConvertible {
    public static var foreignName: String { "HOG" }
}

extension LBP: ForeignConvertible {
    public static var foreignName: String { "LBP" }
}

extension FeatureFunction: ForeignConvertible {
    public static var foreignName: String { "FeatureFunction" }
}

extension LearnedFeatures: ForeignConvertible {
    public static var foreignName: String { "LearnedFeatures" }
}

extension FeatureComparison: ForeignConvertible {
    public static var foreignName: String { "FeatureComparison" }
}

extension SplitComparison: ForeignConvertible {
    public static var foreignName: String { "SplitComparison" }
}

extension FeatureResult: ForeignConvertible {
    public static var foreignName: String { "FeatureResult" }
}

extension WeightDrift: ForeignConvertible {
    public static var foreignName: String { "WeightDrift" }
}

extension WeightChange: ForeignConvertible {
    public static var foreignName: String { "WeightChange" }
}

/// Whatever makes numbers of pictures.
struct AnyExtractor: ScriptConvertible {
    let extractor: any FeatureExtractor

    static var scriptType: ScriptType { .named("FeatureExtractor") }

    static func fromScript(_ value: Value) -> AnyExtractor? {
        guard case .object(let object) = value,
            let extractor = object.base as? any FeatureExtractor
        else { return nil }
        return AnyExtractor(extractor: extractor)
    }

    var scriptValue: Value {
        .object(ForeignObject(extractor, typeName: String(describing: type(of: extractor))))
    }
}

/// What may stand in the block of `compareFeatures`: features, features or nothing, or an array.
struct ExtractorItems: ScriptConvertible {
    let extractors: [any FeatureExtractor]

    static var scriptType: ScriptType {
        .oneOf(
            "FeatureExtractor",
            [
                .named("FeatureExtractor"), .array(.named("FeatureExtractor")),
                .optional(.named("FeatureExtractor")),
            ])
    }

    static func fromScript(_ value: Value) -> ExtractorItems? {
        switch value {
        case .none: ExtractorItems(extractors: [])
        case .some(let inner): fromScript(inner)
        case .array:
            [AnyExtractor].fromScript(value).map {
                ExtractorItems(extractors: $0.map(\.extractor))
            }
        default:
            AnyExtractor.fromScript(value).map { ExtractorItems(extractors: [$0.extractor]) }
        }
    }

    var scriptValue: Value { extractors.map(AnyExtractor.init).scriptValue }
}
