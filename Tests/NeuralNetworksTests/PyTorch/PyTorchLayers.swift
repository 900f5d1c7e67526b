import NeuralNetworks
import Tensors

/// The layers of pytorch_layers.safetensors, each under the text that makes it.
func pyTorchLayers() -> [String: () -> any Layer] {
    var table: [String: () -> any Layer] = [:]
    table["Conv2d(3, 5, kernel: 3)"] = { Conv2d(3, 5, kernel: 3) }
    table["Conv2d(4, 6, kernel: [3, 2], stride: [2, 1], padding: [1, 0])"] = {
        Conv2d(4, 6, kernel: [3, 2], stride: [2, 1], padding: [1, 0])
    }
    table["Conv2d(4, 8, kernel: 3, padding: 2, dilation: 2, groups: 2, bias: false)"] = {
        Conv2d(4, 8, kernel: 3, padding: 2, dilation: 2, groups: 2, bias: false)
    }
    table["Conv2d(5, 5, kernel: 3, padding: .same, groups: 5)"] = {
        Conv2d(5, 5, kernel: 3, padding: .same, groups: 5)
    }
    table["ConvTranspose2d(3, 4, kernel: 3)"] = { ConvTranspose2d(3, 4, kernel: 3) }
    table["ConvTranspose2d(4, 6, kernel: 3, stride: 2, padding: 1, outputPadding: 1, groups: 2)"] =
        { ConvTranspose2d(4, 6, kernel: 3, stride: 2, padding: 1, outputPadding: 1, groups: 2) }
    table["ConvTranspose2d(2, 3, kernel: 2, stride: 2, bias: false)"] = {
        ConvTranspose2d(2, 3, kernel: 2, stride: 2, bias: false)
    }
    table["Linear(7, 4)"] = { Linear(7, 4) }
    table["Linear(5, 6, bias: false)"] = { Linear(5, 6, bias: false) }
    table["BatchNorm2d(5)"] = { BatchNorm2d(5) }
    table["BatchNorm2d(3, epsilon: 1e-3, momentum: 0.3)"] = {
        BatchNorm2d(3, epsilon: 1e-3, momentum: 0.3)
    }
    table["BatchNorm2d(3, affine: false)"] = { BatchNorm2d(3, affine: false) }
    table["LayerNorm(6)"] = { LayerNorm(6) }
    table["LayerNorm([3, 4], epsilon: 1e-3)"] = { LayerNorm([3, 4], epsilon: 1e-3) }
    table["LayerNorm(6, affine: false)"] = { LayerNorm(6, affine: false) }
    table["GroupNorm(3, 6)"] = { GroupNorm(3, 6) }
    table["GroupNorm(1, 4, affine: false)"] = { GroupNorm(1, 4, affine: false) }
    table["LocalResponseNorm(5)"] = { LocalResponseNorm(5) }
    table["LocalResponseNorm(3, alpha: 0.5, beta: 0.6, k: 2)"] = {
        LocalResponseNorm(3, alpha: 0.5, beta: 0.6, k: 2)
    }
    table["ReLU()"] = { ReLU() }
    table["ReLU6()"] = { ReLU6() }
    table["LeakyReLU()"] = { LeakyReLU() }
    table["LeakyReLU(slope: 0.2)"] = { LeakyReLU(slope: 0.2) }
    table["GELU()"] = { GELU() }
    table["GELU(approximation: .tanh)"] = { GELU(approximation: .tanh) }
    table["SiLU()"] = { SiLU() }
    table["HardSwish()"] = { HardSwish() }
    table["Sigmoid()"] = { Sigmoid() }
    table["Tanh()"] = { Tanh() }
    table["Softmax()"] = { Softmax() }
    table["Softmax(axis: 1)"] = { Softmax(axis: 1) }
    table["Identity()"] = { Identity() }
    table["MaxPool2d(2)"] = { MaxPool2d(2) }
    table["MaxPool2d(3, stride: 2, padding: 1, ceilMode: true)"] = {
        MaxPool2d(3, stride: 2, padding: 1, ceilMode: true)
    }
    table["AvgPool2d(2)"] = { AvgPool2d(2) }
    table["AvgPool2d(3, stride: 2, padding: 1, countsPadding: false)"] = {
        AvgPool2d(3, stride: 2, padding: 1, countsPadding: false)
    }
    table["AdaptiveAvgPool2d([3, 2])"] = { AdaptiveAvgPool2d([3, 2]) }
    table["GlobalAvgPool2d()"] = { GlobalAvgPool2d() }
    table["Flatten()"] = { Flatten() }
    table["Upsample(scale: 2)"] = { Upsample(scale: 2) }
    table["Upsample(scale: 2, mode: .bilinear)"] = { Upsample(scale: 2, mode: .bilinear) }
    table["Upsample(size: [5, 7], mode: .bilinear, alignCorners: true)"] = {
        Upsample(size: [5, 7], mode: .bilinear, alignCorners: true)
    }
    table["Dropout(0)"] = { Dropout(0) }
    table["DropPath(0)"] = { DropPath(0) }
    table["SqueezeExcitation(6, squeezed: 2)"] = { SqueezeExcitation(6, squeezed: 2) }
    table["PatchEmbedding(3, 8, patch: 2)"] = { PatchEmbedding(3, 8, patch: 2) }
    table["PatchEmbedding(3, 6, patch: [2, 3], imageSize: [4, 6], classToken: true)"] = {
        PatchEmbedding(3, 6, patch: [2, 3], imageSize: [4, 6], classToken: true)
    }
    table["TransformerEncoderLayer(embedding: 8, heads: 2, hidden: 12)"] = {
        TransformerEncoderLayer(embedding: 8, heads: 2, hidden: 12)
    }
    table["TransformerEncoderLayer(embedding: 6, heads: 3, activation: ReLU(), normFirst: false)"] =
        { TransformerEncoderLayer(embedding: 6, heads: 3, activation: ReLU(), normFirst: false) }
    table["TransformerEncoder(embedding: 8, heads: 2, depth: 2, hidden: 12)"] = {
        TransformerEncoder(embedding: 8, heads: 2, depth: 2, hidden: 12)
    }
    table["MultiHeadAttention(embedding: 8, heads: 2)"] = {
        MultiHeadAttention(embedding: 8, heads: 2)
    }
    table["MultiHeadAttention(embedding: 6, heads: 3, bias: false)"] = {
        MultiHeadAttention(embedding: 6, heads: 3, bias: false)
    }
    table["LayerScale(4)"] = { LayerScale(4) }
    table["LayerScale(3, axis: 1)"] = { LayerScale(3, axis: 1) }
    table["Residual { Conv2d(3, 3, kernel: 3, padding: 1) }"] = {
        Residual { Conv2d(3, 3, kernel: 3, padding: 1) }
    }
    table[
        "Residual(shortcut: Conv2d(3, 4, kernel: 1), activation: ReLU()) { Conv2d(3, 4, kernel: 3, padding: 1); BatchNorm2d(4) }"
    ] = {
        Residual(shortcut: Conv2d(3, 4, kernel: 1), activation: ReLU()) {
            Conv2d(3, 4, kernel: 3, padding: 1); BatchNorm2d(4)
        }
    }
    table["Parallel { Conv2d(3, 4, kernel: 1); Conv2d(3, 2, kernel: 3, padding: 1) }"] = {
        Parallel {
            Conv2d(3, 4, kernel: 1); Conv2d(3, 2, kernel: 3, padding: 1)
        }
    }
    table["Parallel(.add) { Linear(4, 3); Linear(4, 3) }"] = {
        Parallel(.add) {
            Linear(4, 3); Linear(4, 3)
        }
    }
    table["Lambda { $0 * $0 }"] = { Lambda { $0 * $0 } }
    return table
}
