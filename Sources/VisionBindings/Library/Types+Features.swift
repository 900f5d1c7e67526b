import Language
import VisionEngine

private let anyClassifier = ["Classifier"]
private let anyExtractor = ["FeatureExtractor"]

/// Features of pictures and what tells them apart.
func featureTypes() -> [ForeignType] {
    [
        ForeignType("ImageKernel", ImageKernel.self, summary: "Weights moved over a picture."),
        ForeignType(
            "FilterBorder", FilterBorder.self, summary: "What a filter sees beyond the border.",
            description: { ".\($0.rawValue)" }),
        ForeignType(
            "FilterResponse", FilterResponse.self, summary: "A filter's number for each pixel."),
        ForeignType(
            "ImageGradients", ImageGradients.self, summary: "How fast the brightness changes."),
        ForeignType("EdgeMap", EdgeMap.self, summary: "Edges, one pixel wide."),
        ForeignType("Corner", Corner.self, summary: "A place that stands out."),
        ForeignType("Corners", Corners.self, summary: "Places that stand out."),
        ForeignType(
            "HOGFeatures", HOGFeatures.self, summary: "Histograms of oriented gradients."),
        ForeignType(
            "PatternCoding", PatternCoding.self, summary: "How comparisons become a code.",
            description: { ".\($0.rawValue)" }),
        ForeignType(
            "LocalBinaryPatterns", LocalBinaryPatterns.self,
            summary: "What surrounds each pixel, as codes."),
        ForeignType("GaborBank", GaborBank.self, summary: "Filters that answer to stripes."),
        ForeignType(
            "GaborResponses", GaborResponses.self, summary: "The answers to a bank of filters."),
        ForeignType("IntegralImage", IntegralImage.self, summary: "Sums over rectangles."),
        ForeignType("TemplateMatch", TemplateMatch.self, summary: "Where a part was found."),
        ForeignType("ColorHistogram", ColorHistogram.self, summary: "How often colours occur."),
        ForeignType("Keypoint", Keypoint.self, summary: "A place that is found again."),
        ForeignType("SIFTFeatures", SIFTFeatures.self, summary: "Keypoints and descriptors."),
        ForeignType(
            "FeatureMatch", FeatureMatch.self, summary: "Two keypoints that look alike.",
            description: { "FeatureMatch(\($0.first), \($0.second))" }),
        ForeignType(
            "FeatureMatches", FeatureMatches.self, summary: "Keypoints of two pictures in pairs."),
    ] + classifierTypes() + comparisonTypes()
}

private func classifierTypes() -> [ForeignType] {
    [
        ForeignType(
            "Classifier", AnyClassifier.self, summary: "What tells classes apart by features.",
            description: { "\($0.classifier)" }),
        ForeignType(
            "LinearSVM", LinearSVM.self, summary: "A linear support vector machine.",
            conformsTo: anyClassifier),
        ForeignType(
            "KNearestNeighbors", KNearestNeighbors.self, summary: "A vote of the nearest.",
            conformsTo: anyClassifier),
        ForeignType(
            "SoftmaxRegression", SoftmaxRegression.self, summary: "Logistic regression.",
            conformsTo: anyClassifier),
        ForeignType("PCA", PCA.self, summary: "The directions that differ most."),
        ForeignType("KMeans", KMeans.self, summary: "Groups around centres."),
        ForeignType(
            "BagOfVisualWords", BagOfVisualWords.self, summary: "Counts of small patches.",
            conformsTo: anyExtractor),
        ForeignType(
            "ConfusionMatrix", ConfusionMatrix.self,
            summary: "How often each class was taken for each."),
        ForeignType(
            "CrossValidation", CrossValidation.self,
            summary: "Accuracy on rows that were not learned from."),
    ]
}

private func comparisonTypes() -> [ForeignType] {
    [
        ForeignType(
            "FeatureExtractor", AnyExtractor.self, summary: "What makes numbers of pictures.",
            description: { "\($0.extractor)" }),
        ForeignType(
            "PixelFeatures", PixelFeatures.self, summary: "The samples themselves.",
            conformsTo: anyExtractor),
        ForeignType(
            "HOG", HOG.self, summary: "Histograms of oriented gradients as features.",
            conformsTo: anyExtractor),
        ForeignType(
            "LBP", LBP.self, summary: "Local binary patterns as features.",
            conformsTo: anyExtractor),
        ForeignType(
            "FeatureFunction", FeatureFunction.self, summary: "A closure as features.",
            conformsTo: anyExtractor),
        ForeignType(
            "LearnedFeatures", LearnedFeatures.self, summary: "What a network learned to see.",
            conformsTo: anyExtractor),
        ForeignType(
            "FeatureComparison", FeatureComparison.self,
            summary: "How well classes are told apart by several kinds of features."),
        ForeignType(
            "SplitComparison", SplitComparison.self,
            summary: "Several ways of doing a thing on the same random splits."),
        ForeignType(
            "FeatureResult", FeatureResult.self,
            summary: "One kind of features with one classifier.",
            description: { "\($0.features), \($0.classifier): \($0.estimate)" }),
        ForeignType("WeightDrift", WeightDrift.self, summary: "How far weights have moved."),
        ForeignType(
            "WeightChange", WeightChange.self, summary: "How far one weight has moved.",
            description: { "WeightChange(\($0.name))" }),
    ]
}
