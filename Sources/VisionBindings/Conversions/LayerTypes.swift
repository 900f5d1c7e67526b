import Language
import VisionEngine

// The layers that the language holds without looking inside.

extension Sequential: ForeignConvertible {
    public static var foreignName: String { "Sequential" }
}

extension NamedLayer: ForeignConvertible {
    public static var foreignName: String { "NamedLayer" }
}

extension Conv2d: ForeignConvertible {
    public static var foreignName: String { "Conv2d" }
}

extension Linear: ForeignConvertible {
    public static var foreignName: String { "Linear" }
}

extension BatchNorm2d: ForeignConvertible {
    public static var foreignName: String { "BatchNorm2d" }
}

extension ReLU: ForeignConvertible {
    public static var foreignName: String { "ReLU" }
}

extension MaxPool2d: ForeignConvertible {
    public static var foreignName: String { "MaxPool2d" }
}

extension AvgPool2d: ForeignConvertible {
    public static var foreignName: String { "AvgPool2d" }
}

extension Flatten: ForeignConvertible {
    public static var foreignName: String { "Flatten" }
}

extension Dropout: ForeignConvertible {
    public static var foreignName: String { "Dropout" }
}

extension Residual: ForeignConvertible {
    public static var foreignName: String { "Residual" }
}

extension Parallel: ForeignConvertible {
    public static var foreignName: String { "Parallel" }
}

extension Lambda: ForeignConvertible {
    public static var foreignName: String { "Lambda" }
}

extension Identity: ForeignConvertible {
    public static var foreignName: String { "Identity" }
}

extension ConvTranspose2d: ForeignConvertible {
    public static var foreignName: String { "ConvTranspose2d" }
}

extension LayerNorm: ForeignConvertible {
    public static var foreignName: String { "LayerNorm" }
}

extension GroupNorm: ForeignConvertible {
    public static var foreignName: String { "GroupNorm" }
}

extension LocalResponseNorm: ForeignConvertible {
    public static var foreignName: String { "LocalResponseNorm" }
}

extension LayerScale: ForeignConvertible {
    public static var foreignName: String { "LayerScale" }
}

extension ReLU6: ForeignConvertible {
    public static var foreignName: String { "ReLU6" }
}

extension LeakyReLU: ForeignConvertible {
    public static var foreignName: String { "LeakyReLU" }
}

extension GELU: ForeignConvertible {
    public static var foreignName: String { "GELU" }
}

extension SiLU: ForeignConvertible {
    public static var foreignName: String { "SiLU" }
}

extension HardSwish: ForeignConvertible {
    public static var foreignName: String { "HardSwish" }
}

extension Sigmoid: ForeignConvertible {
    public static var foreignName: String { "Sigmoid" }
}

extension Tanh: ForeignConvertible {
    public static var foreignName: String { "Tanh" }
}

extension Softmax: ForeignConvertible {
    public static var foreignName: String { "Softmax" }
}

extension AdaptiveAvgPool2d: ForeignConvertible {
    public static var foreignName: String { "AdaptiveAvgPool2d" }
}

extension GlobalAvgPool2d: ForeignConvertible {
    public static var foreignName: String { "GlobalAvgPool2d" }
}

extension DropPath: ForeignConvertible {
    public static var foreignName: String { "DropPath" }
}

extension Upsample: ForeignConvertible {
    public static var foreignName: String { "Upsample" }
}

extension MultiHeadAttention: ForeignConvertible {
    public static var foreignName: String { "MultiHeadAttention" }
}

extension TransformerEncoder: ForeignConvertible {
    public static var foreignName: String { "TransformerEncoder" }
}

extension TransformerEncoderLayer: ForeignConvertible {
    public static var foreignName: String { "TransformerEncoderLayer" }
}

extension PatchEmbedding: ForeignConvertible {
    public static var foreignName: String { "PatchEmbedding" }
}

extension SqueezeExcitation: ForeignConvertible {
    public static var foreignName: String { "SqueezeExcitation" }
}

extension Parallel.Joining: ForeignConvertible {
    public static var foreignName: String { "Joining" }
}
