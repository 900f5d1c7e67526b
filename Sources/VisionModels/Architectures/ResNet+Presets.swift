// swift-format-ignore-file: AlwaysUseLowerCamelCase
import NeuralNetworks

/// ResNet with 18 layers of weights, 11,689,512 parameters, for images of any size; with `smallImages` it
/// begins with a 3x3 window without stride or pooling, for images of 28x28 or 32x32 pixels.
///
///     try ResNet18(classes: 10)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func ResNet18(
    classes: Int = 1000, inputChannels: Int = 3, smallImages: Bool = false
) throws -> Network {
    try ResNetConfig.resNet18.network(
        classes: classes, inputChannels: inputChannels, smallImages: smallImages)
}

/// ResNet with 34 layers of weights, 21,797,672 parameters, for images of any size; with `smallImages` it
/// begins with a 3x3 window without stride or pooling, for images of 28x28 or 32x32 pixels.
///
///     try ResNet34(classes: 10)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func ResNet34(
    classes: Int = 1000, inputChannels: Int = 3, smallImages: Bool = false
) throws -> Network {
    try ResNetConfig.resNet34.network(
        classes: classes, inputChannels: inputChannels, smallImages: smallImages)
}

/// ResNet with 50 layers of weights, 25,557,032 parameters, for images of any size; with `smallImages` it
/// begins with a 3x3 window without stride or pooling, for images of 28x28 or 32x32 pixels.
///
///     try ResNet50(classes: 10)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func ResNet50(
    classes: Int = 1000, inputChannels: Int = 3, smallImages: Bool = false
) throws -> Network {
    try ResNetConfig.resNet50.network(
        classes: classes, inputChannels: inputChannels, smallImages: smallImages)
}

/// ResNet with 101 layers of weights, 44,549,160 parameters, for images of any size; with `smallImages` it
/// begins with a 3x3 window without stride or pooling, for images of 28x28 or 32x32 pixels.
///
///     try ResNet101(classes: 10)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func ResNet101(
    classes: Int = 1000, inputChannels: Int = 3, smallImages: Bool = false
) throws -> Network {
    try ResNetConfig.resNet101.network(
        classes: classes, inputChannels: inputChannels, smallImages: smallImages)
}

/// ResNet with 152 layers of weights, 60,192,808 parameters, for images of any size; with `smallImages` it
/// begins with a 3x3 window without stride or pooling, for images of 28x28 or 32x32 pixels.
///
///     try ResNet152(classes: 10)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func ResNet152(
    classes: Int = 1000, inputChannels: Int = 3, smallImages: Bool = false
) throws -> Network {
    try ResNetConfig.resNet152.network(
        classes: classes, inputChannels: inputChannels, smallImages: smallImages)
}

/// ResNeXt-50 32x4d, 25,028,904 parameters, for images of any size; with `smallImages` it
/// begins with a 3x3 window without stride or pooling, for images of 28x28 or 32x32 pixels.
///
///     try ResNeXt50(classes: 10)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func ResNeXt50(
    classes: Int = 1000, inputChannels: Int = 3, smallImages: Bool = false
) throws -> Network {
    try ResNetConfig.resNeXt50.network(
        classes: classes, inputChannels: inputChannels, smallImages: smallImages)
}

/// Wide ResNet-50-2, 68,883,240 parameters, for images of any size; with `smallImages` it
/// begins with a 3x3 window without stride or pooling, for images of 28x28 or 32x32 pixels.
///
///     try WideResNet50(classes: 10)(Tensor.zeros([1, 3, 64, 64])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func WideResNet50(
    classes: Int = 1000, inputChannels: Int = 3, smallImages: Bool = false
) throws -> Network {
    try ResNetConfig.wideResNet50.network(
        classes: classes, inputChannels: inputChannels, smallImages: smallImages)
}

/// The ResNet of 20 layers for small images, 272,474 parameters: three stages of 16, 32 and 64
/// channels, for images of 28x28 or 32x32 pixels.
///
///     try ResNet20(inputChannels: 1)(Tensor.zeros([1, 1, 28, 28])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func ResNet20(classes: Int = 10, inputChannels: Int = 3) throws -> Network {
    try ResNetConfig.resNet20.network(classes: classes, inputChannels: inputChannels)
}
