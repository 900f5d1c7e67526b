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
