import Language
import VisionEngine

// The engine's types that the language holds without looking inside.

extension Tensor: ForeignConvertible {
    public static var foreignName: String { "Tensor" }
}

extension DType: ForeignConvertible {
    public static var foreignName: String { "DType" }
}

extension TensorMeaning: ForeignConvertible {
    public static var foreignName: String { "TensorMeaning" }
}

extension Measurement: ForeignConvertible {
    public static var foreignName: String { "Measurement" }
}

extension Image: ForeignConvertible {
    public static var foreignName: String { "Image" }
}

extension Interpolation: ForeignConvertible {
    public static var foreignName: String { "Interpolation" }
}

extension ColorSpace: ForeignConvertible {
    public static var foreignName: String { "ColorSpace" }
}

extension Histogram: ForeignConvertible {
    public static var foreignName: String { "Histogram" }
}

extension Chart: ForeignConvertible {
    public static var foreignName: String { "Chart" }
}

extension Sample: ForeignConvertible {
    public static var foreignName: String { "Sample" }
}

extension Batch: ForeignConvertible {
    public static var foreignName: String { "Batch" }
}

extension BatchLoader: ForeignConvertible {
    public static var foreignName: String { "BatchLoader" }
}

extension ImageDataset: ForeignConvertible {
    public static var foreignName: String { "ImageDataset" }
}

extension FashionMNIST: ForeignConvertible {
    public static var foreignName: String { "FashionMNIST" }
}

extension MNIST: ForeignConvertible {
    public static var foreignName: String { "MNIST" }
}

extension Digits: ForeignConvertible {
    public static var foreignName: String { "Digits" }
}

extension CIFAR10: ForeignConvertible {
    public static var foreignName: String { "CIFAR10" }
}

extension CIFAR100: ForeignConvertible {
    public static var foreignName: String { "CIFAR100" }
}

extension TuxPaint: ForeignConvertible {
    public static var foreignName: String { "TuxPaint" }
}

extension ImageFolder: ForeignConvertible {
    public static var foreignName: String { "ImageFolder" }
}

extension DamagedFiles: ForeignConvertible {
    public static var foreignName: String { "DamagedFiles" }
}

extension ImageInfo: ForeignConvertible {
    public static var foreignName: String { "ImageInfo" }
}

extension ImageFormat: ForeignConvertible {
    public static var foreignName: String { "ImageFormat" }
}

extension Schedule: ForeignConvertible {
    public static var foreignName: String { "Schedule" }
}

extension Loss: ForeignConvertible {
    public static var foreignName: String { "Loss" }
}

extension Metric: ForeignConvertible {
    public static var foreignName: String { "Metric" }
}

extension SGD: ForeignConvertible {
    public static var foreignName: String { "SGD" }
}

extension Adam: ForeignConvertible {
    public static var foreignName: String { "Adam" }
}

extension History: ForeignConvertible {
    public static var foreignName: String { "History" }
}

extension History.Epoch: ForeignConvertible {
    public static var foreignName: String { "Epoch" }
}

extension History.Figures: ForeignConvertible {
    public static var foreignName: String { "Figures" }
}

extension Evaluation: ForeignConvertible {
    public static var foreignName: String { "Evaluation" }
}

extension Prediction: ForeignConvertible {
    public static var foreignName: String { "Prediction" }
}

extension ModelSummary: ForeignConvertible {
    public static var foreignName: String { "ModelSummary" }
}

extension WeightsReport: ForeignConvertible {
    public static var foreignName: String { "WeightsReport" }
}

extension Normalization: ForeignConvertible {
    public static var foreignName: String { "Normalization" }
}

extension Evaluation.Mistake: ForeignConvertible {
    public static var foreignName: String { "Mistake" }
}

extension ModelSummary.Row: ForeignConvertible {
    public static var foreignName: String { "SummaryRow" }
}

extension LossReduction: ForeignConvertible {
    public static var foreignName: String { "LossReduction" }
}

extension UpsamplingMode: ForeignConvertible {
    public static var foreignName: String { "UpsamplingMode" }
}

extension GELUApproximation: ForeignConvertible {
    public static var foreignName: String { "GELUApproximation" }
}

extension AdamW: ForeignConvertible {
    public static var foreignName: String { "AdamW" }
}

extension RMSProp: ForeignConvertible {
    public static var foreignName: String { "RMSProp" }
}

extension ParameterGroup: ForeignConvertible {
    public static var foreignName: String { "ParameterGroup" }
}

extension GradientClipping: ForeignConvertible {
    public static var foreignName: String { "GradientClipping" }
}

extension ExponentialMovingAverage: ForeignConvertible {
    public static var foreignName: String { "ExponentialMovingAverage" }
}

extension Initializer: ForeignConvertible {
    public static var foreignName: String { "Initializer" }
}

extension Initializer.Fan: ForeignConvertible {
    public static var foreignName: String { "Fan" }
}

extension Initializer.Nonlinearity: ForeignConvertible {
    public static var foreignName: String { "Nonlinearity" }
}

extension Markdown: ForeignConvertible {
    public static var foreignName: String { "Markdown" }
}

extension LaTeX: ForeignConvertible {
    public static var foreignName: String { "LaTeX" }
}

extension HTML: ForeignConvertible {
    public static var foreignName: String { "HTML" }
}
