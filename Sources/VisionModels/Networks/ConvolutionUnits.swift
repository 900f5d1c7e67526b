import NeuralNetworks
import Tensors

/// A convolution without bias that keeps height and width, but for the stride.
func convolution(
    _ inputs: Int, _ outputs: Int, kernel: Int = 3, stride: Int = 1, groups: Int = 1,
    bias: Bool = false
) throws -> Conv2d {
    try Conv2d(
        inputs: inputs, outputs: outputs, kernel: kernel, stride: stride,
        padding: (kernel - 1) / 2, groups: groups, bias: bias)
}

/// How the batch normalisations of a network differ from the usual ones.
struct BatchNormSettings {
    var epsilon = 1e-5
    var momentum = 0.1

    func layer(_ features: Int) throws -> BatchNorm2d {
        try BatchNorm2d(features: features, epsilon: epsilon, momentum: momentum)
    }
}

/// Convolution, batch normalisation and activation, named by position; torchvision's
/// `Conv2dNormActivation`.
func convolutionUnit(
    _ inputs: Int, _ outputs: Int, kernel: Int = 3, stride: Int = 1, groups: Int = 1,
    norm: BatchNormSettings = BatchNormSettings(), activation: (any Layer)?
) throws -> Sequential {
    try Sequential {
        try convolution(inputs, outputs, kernel: kernel, stride: stride, groups: groups)
        try norm.layer(outputs)
        activation
    }
}

/// A block that adds its input to what it finds where their shapes agree, and gives what it finds
/// elsewhere; the layers keep their names either way.
func residualBlock(
    _ kind: String, keepsShape: Bool, @LayerBuilder _ layers: () throws -> [any Layer]
) throws -> any Layer {
    keepsShape
        ? try Residual(kind: kind, layers) : try Sequential(layers: layers())
}

/// A kernel of height and width with the padding that keeps the size.
struct InceptionWindow {
    var kernel = [1, 1]
    var stride = 1
    var padding = [0, 0]

    /// The window that keeps the size.
    static func same(_ height: Int, _ width: Int) -> InceptionWindow {
        InceptionWindow(kernel: [height, width], padding: [height / 2, width / 2])
    }

    /// A 3x3 window without padding.
    static func valid(stride: Int = 1) -> InceptionWindow {
        InceptionWindow(kernel: [3, 3], stride: stride)
    }
}

/// Convolution, batch normalisation and rectifier under the names of Inception: `conv`, `bn`.
func inceptionUnit(
    _ inputs: Int, _ outputs: Int, _ window: InceptionWindow = InceptionWindow()
) throws -> Sequential {
    try Sequential {
        try Conv2d(
            inputs: inputs, outputs: outputs, kernel: window.kernel, stride: window.stride,
            padding: window.padding, bias: false
        ).named("conv")
        try BatchNorm2d(features: outputs, epsilon: 1e-3).named("bn")
        ReLU().named("relu")
    }
}

/// What weights trained in TensorFlow expect of images that were normalised as ImageNet's are:
/// samples in -1...1.
func inputTransform() -> Lambda {
    let normalized = (means: [0.485, 0.456, 0.406], deviations: [0.229, 0.224, 0.225])
    let scales = normalized.deviations.map { Float($0 / 0.5) }
    let shifts = normalized.means.map { Float(($0 - 0.5) / 0.5) }
    return Lambda("from ImageNet's statistics to -1...1") { x in
        let scales = try Tensor(scales, shape: [1, 3, 1, 1])
        let shifts = try Tensor(shifts, shape: [1, 3, 1, 1])
        return try Tensor.adding(Tensor.multiplying(x, scales), shifts)
    }
}

/// The nearest multiple of 8, at least 8, that is not more than a tenth below `channels`: how
/// MobileNets and EfficientNets round.
func roundedChannels(_ channels: Double) -> Int {
    let rounded = max(8, Int(min(channels, 1e15) + 4) / 8 * 8)
    return Double(rounded) < 0.9 * channels ? rounded + 8 : rounded
}
