// swift-format-ignore-file: AlwaysUseLowerCamelCase
import NeuralNetworks

/// What a LeNet is made of.
///
/// The network that read the digits on cheques, for images of 28x28 pixels or more.
///
/// Source: LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998; with
/// rectifiers, maxima and a linear head, as one builds it today.
public struct LeNetConfig: Architecture {
    public var name = "LeNet"
    /// The channels of the two convolutions.
    public var channels = [6, 16]
    /// The features of the two hidden linear layers.
    public var hidden = [120, 84]
    public var classes = 10
    public var inputChannels = 1
    /// Height and width of the images; it takes no others.
    public var imageSize = 28

    public init() {}

    /// LeNet-5.
    public static let leNet5 = Self()

    public func layers() throws -> Sequential {
        let side = (imageSize / 2 - 4) / 2
        guard channels.count == 2, hidden.count == 2, side > 0, imageSize < 1 << 20 else {
            throw LayerError(
                layer: name, problem: "the configuration makes no network",
                expected: "two channels, two hidden sizes and an image size of at least 12",
                got: "\(channels), \(hidden) and \(imageSize)")
        }
        return try Sequential {
            try Conv2d(inputs: inputChannels, outputs: channels[0], kernel: 5, padding: 2)
                .named("conv1")
            ReLU().named("relu1")
            try MaxPool2d(kernel: 2).named("pool1")
            try Conv2d(inputs: channels[0], outputs: channels[1], kernel: 5).named("conv2")
            ReLU().named("relu2")
            try MaxPool2d(kernel: 2).named("pool2")
            Flatten().named("flatten")
            try Linear(inputs: channels[1] &* side &* side, outputs: hidden[0]).named("fc1")
            ReLU().named("relu3")
            try Linear(inputs: hidden[0], outputs: hidden[1]).named("fc2")
            ReLU().named("relu4")
            try Linear(inputs: hidden[1], outputs: classes).named("fc3")
        }
    }
}

/// LeNet-5 with 61,706 parameters, for images `[N, 1, 28, 28]` or squares of another side.
///
///     try LeNet()(Tensor.zeros([64, 1, 28, 28])).shape  // [64, 10]
///
/// Throws where a number is not positive or the images are smaller than 12 pixels.
public func LeNet(
    classes: Int = 10, inputChannels: Int = 1, imageSize: Int = 28
) throws -> Network {
    var config = LeNetConfig.leNet5
    config.imageSize = imageSize
    return try config.network(classes: classes, inputChannels: inputChannels)
}
