// swift-format-ignore-file: AlwaysUseLowerCamelCase
import NeuralNetworks

/// What an AlexNet is made of.
///
/// The network that won ImageNet in 2012 by far and began the present use of deep learning: large
/// strided windows first, then small ones, and three linear layers with dropout.
///
/// Source: Krizhevsky et al., "ImageNet Classification with Deep Convolutional Neural Networks",
/// 2012, as simplified in Krizhevsky, "One weird trick for parallelizing convolutional neural
/// networks", 2014. Names and numbers are torchvision's.
public struct AlexNetConfig: Architecture {
    public var name = "AlexNet"
    /// The features of the two hidden linear layers.
    public var hidden = 4096
    /// The share of features that training drops before each hidden linear layer.
    public var dropout = 0.5
    public var classes = 1000
    public var inputChannels = 3
    public var imageSize: Int { 224 }

    public init() {}

    /// The network of 2014.
    public static let alexNet = Self()

    public func layers() throws -> Sequential {
        try Sequential {
            try features().named("features")
            AdaptiveAvgPool2d(6).named("avgpool")
            Flatten().named("flatten")
            try Sequential {
                try Dropout(probability: dropout)
                try Linear(inputs: 256 * 6 * 6, outputs: hidden)
                ReLU()
                try Dropout(probability: dropout)
                try Linear(inputs: hidden, outputs: hidden)
                ReLU()
                try Linear(inputs: hidden, outputs: classes)
            }.named("classifier")
        }
    }

    private func features() throws -> Sequential {
        try Sequential {
            try Conv2d(inputs: inputChannels, outputs: 64, kernel: 11, stride: 4, padding: 2)
            ReLU()
            MaxPool2d(3, stride: 2)
            try convolution(64, 192, kernel: 5, bias: true)
            ReLU()
            MaxPool2d(3, stride: 2)
            for (inputs, outputs) in [(192, 384), (384, 256), (256, 256)] {
                try convolution(inputs, outputs, bias: true)
                ReLU()
            }
            MaxPool2d(3, stride: 2)
        }
    }
}

/// AlexNet with 61,100,840 parameters, for images of 63x63 pixels or more.
///
///     try AlexNet(classes: 10)(Tensor.zeros([1, 3, 224, 224])).shape  // [1, 10]
///
/// Throws where a number is not positive.
public func AlexNet(classes: Int = 1000, inputChannels: Int = 3) throws -> Network {
    try AlexNetConfig.alexNet.network(classes: classes, inputChannels: inputChannels)
}
