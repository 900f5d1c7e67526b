import Language
import VisionEngine

/// Everything the engine offers to the language: types, rows and answers to foreign names.
///
/// It is put together when first asked for.
///
///     let interpreter = Interpreter(library: visionLibrary)
public let visionLibrary = Library(
    types: visionTypes(),
    bindings: visionRowGroups().flatMap(\.rows) + refusedOperatorRows(), hints: visionHints(),
    memory: MemoryBudget(limit: { Memory.budget }, release: { Memory.trim() }),
    keep: keptResult)

/// A repair of the model that an error came from, where one was tried and works; `nil` elsewhere.
///
/// The error may be the engine's own or a `ScriptError` around it.
///
///     explanation(of: error)  // "Linear(400, 120) receives 256 features: ...; use Linear(256, 120)"
public func explanation(of error: any Error) -> String? {
    if let error = error as? ScriptError {
        return error.underlying.flatMap { VisionEngine.explain($0) }
    }
    return VisionEngine.explain(error)
}

/// All rows of the engine in the order of the reference, in which refusals do not stand.
public func visionRowGroups() -> [RowGroup] {
    [
        RowGroup(title: "Making tensors", rows: tensorCreationRows() + dtypeRows()),
        RowGroup(title: "Looking at tensors", rows: tensorPropertyRows()),
        RowGroup(title: "Parts of tensors", rows: tensorSubscriptRows()),
        RowGroup(
            title: "Shapes and arrangement", rows: tensorShapeRows() + tensorRearrangementRows()),
        RowGroup(
            title: "Arithmetic and comparison",
            rows: tensorArithmeticRows() + tensorComparisonRows() + tensorElementwiseRows()),
        RowGroup(title: "Reductions and order", rows: tensorReductionRows() + tensorOrderRows()),
        RowGroup(title: "Gradients", rows: gradientRows()),
        RowGroup(title: "Files and time", rows: tensorFileRows() + waitingRows()),
        RowGroup(
            title: "Networks as functions",
            rows: networkFunctionRows() + normalizationRows() + resizingRows() + paddingRows()),
        RowGroup(title: "Losses as functions", rows: lossFunctionRows()),
        RowGroup(
            title: "Layers",
            rows: compositionRows() + layerRows() + normalizationLayerRows()
                + activationLayerRows() + poolingLayerRows() + attentionLayerRows()),
        RowGroup(
            title: "Published architectures",
            rows: convolutionalNetworkRows() + transformerRows() + networkMemberRows()),
        RowGroup(title: "What layers can do", rows: layerMemberRows()),
        RowGroup(title: "Published weights", rows: pretrainedRows()),
        RowGroup(title: "Weights of one's own", rows: parameterRows()),
        RowGroup(title: "Where weights begin", rows: initializationRows()),
        RowGroup(
            title: "Data",
            rows: datasetRows() + datasetPartRows() + readingRows() + sampleRows()),
        RowGroup(
            title: "Training",
            rows: trainingRows() + optimizerRows() + scheduleRows() + lossRows() + weightRows()),
        RowGroup(title: "Transfer learning", rows: transferRows()),
        RowGroup(
            title: "Results of training",
            rows: historyRows() + evaluationRows() + figureRows() + predictionRows()),
        RowGroup(title: "Looking into training", rows: trainingInsightRows() + replayRows()),
        RowGroup(title: "Choosing a model", rows: modelComparisonRows()),
        RowGroup(title: "Why a model said so", rows: explanationRows() + experimentRows()),
        RowGroup(title: "Maps of features", rows: embeddingMapRows()),
        RowGroup(
            title: "Shapes, costs and differences",
            rows: shapeRows() + solvingRows() + modelDifferenceRows() + modelCostRows()
                + profileRows() + modelGraphRows() + unitFieldRows()),
        RowGroup(
            title: "Images",
            rows: imageRows() + imageFileRows() + imageTransformRows() + imageLevelRows()
                + imageWarpRows() + imageViewRows()),
        RowGroup(
            title: "Transforms and augmentation",
            rows: transformRows() + transformWarpRows() + augmentationRows()
                + transformMemberRows()),
        RowGroup(title: "Filters", rows: filterRows()),
        RowGroup(title: "Hand-crafted features", rows: featureRows()),
        RowGroup(title: "Classifiers of features", rows: classifierRows()),
        RowGroup(title: "Comparing features", rows: comparisonRows()),
        RowGroup(title: "Groups and directions of features", rows: groupingRows()),
        RowGroup(title: "Charts", rows: chartRows()),
        RowGroup(title: "Text and progress in notebooks", rows: displayRows()),
    ]
}
