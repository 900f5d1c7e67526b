import VisionData

// Files, accuracies and preprocessing: torchvision 0.29's `IMAGENET1K_V1`; the authors' pages for
// DeiT and EfficientNet-Lite.

extension PublishedWeights {
    /// All weights that `pretrained` knows, by families.
    public static let all: [PublishedWeights] =
        olderNetworks + residualNetworks + mobileNetworks + transformers + dataTransformers
        + [efficientNetLite0]
}

/// Older networks of convolutions.
private let olderNetworks: [PublishedWeights] = [
    PublishedWeights(
        "alexnet", file: "alexnet-owt-7be5be79.pth", accuracy: 56.522, topFive: 79.066
    ) { classes, channels, _ in try AlexNet(classes: classes, inputChannels: channels) },
    PublishedWeights(
        "vgg11", file: "vgg11-8a719046.pth", accuracy: 69.020, topFive: 88.628
    ) { classes, channels, _ in try VGG11(classes: classes, inputChannels: channels) },
    PublishedWeights(
        "vgg13", file: "vgg13-19584684.pth", accuracy: 69.928, topFive: 89.246
    ) { classes, channels, _ in try VGG13(classes: classes, inputChannels: channels) },
    PublishedWeights(
        "vgg16", file: "vgg16-397923af.pth", accuracy: 71.592, topFive: 90.382
    ) { classes, channels, _ in try VGG16(classes: classes, inputChannels: channels) },
    PublishedWeights(
        "vgg19", file: "vgg19-dcbb9e9d.pth", accuracy: 72.376, topFive: 90.876
    ) { classes, channels, _ in try VGG19(classes: classes, inputChannels: channels) },
    PublishedWeights(
        "vgg11_bn", file: "vgg11_bn-6002323d.pth", accuracy: 70.370, topFive: 89.810
    ) { classes, channels, _ in
        try VGG11(classes: classes, inputChannels: channels, batchNorm: true)
    },
    PublishedWeights(
        "vgg13_bn", file: "vgg13_bn-abd245e5.pth", accuracy: 71.586, topFive: 90.374
    ) { classes, channels, _ in
        try VGG13(classes: classes, inputChannels: channels, batchNorm: true)
    },
    PublishedWeights(
        "vgg16_bn", file: "vgg16_bn-6c64b313.pth", accuracy: 73.360, topFive: 91.516
    ) { classes, channels, _ in
        try VGG16(classes: classes, inputChannels: channels, batchNorm: true)
    },
    PublishedWeights(
        "vgg19_bn", file: "vgg19_bn-c79401a0.pth", accuracy: 74.218, topFive: 91.842
    ) { classes, channels, _ in
        try VGG19(classes: classes, inputChannels: channels, batchNorm: true)
    },
    PublishedWeights(
        "googlenet", file: "googlenet-1378be20.pth", accuracy: 69.778, topFive: 89.530,
        preprocessing: .inception(256, 224)
    ) { classes, channels, _ in
        try GoogLeNet(classes: classes, inputChannels: channels, auxiliaryHeads: true)
    },
    PublishedWeights(
        "inception_v3", file: "inception_v3_google-0cc3c7bd.pth", accuracy: 77.294, topFive: 93.450,
        preprocessing: .inception(342, 299)
    ) { classes, channels, _ in try InceptionV3(classes: classes, inputChannels: channels) },
]

/// Residual and dense networks.
private let residualNetworks: [PublishedWeights] = [
    PublishedWeights(
        "resnet18", file: "resnet18-f37072fd.pth", accuracy: 69.758, topFive: 89.078
    ) { classes, channels, _ in try ResNet18(classes: classes, inputChannels: channels) },
    PublishedWeights(
        "resnet34", file: "resnet34-b627a593.pth", accuracy: 73.314, topFive: 91.420
    ) { classes, channels, _ in try ResNet34(classes: classes, inputChannels: channels) },
    PublishedWeights(
        "resnet50", file: "resnet50-0676ba61.pth", accuracy: 76.130, topFive: 92.862
    ) { classes, channels, _ in try ResNet50(classes: classes, inputChannels: channels) },
    PublishedWeights(
        "resnet101", file: "resnet101-63fe2227.pth", accuracy: 77.374, topFive: 93.546
    ) { classes, channels, _ in try ResNet101(classes: classes, inputChannels: channels) },
    PublishedWeights(
        "resnet152", file: "resnet152-394f9c45.pth", accuracy: 78.312, topFive: 94.046
    ) { classes, channels, _ in try ResNet152(classes: classes, inputChannels: channels) },
    PublishedWeights(
        "resnext50_32x4d", file: "resnext50_32x4d-7cdf4587.pth", accuracy: 77.618, topFive: 93.698
    ) { classes, channels, _ in try ResNeXt50(classes: classes, inputChannels: channels) },
    PublishedWeights(
        "wide_resnet50_2", file: "wide_resnet50_2-95faca4d.pth", accuracy: 78.468, topFive: 94.086
    ) { classes, channels, _ in try WideResNet50(classes: classes, inputChannels: channels) },
    PublishedWeights(
        "densenet121", file: "densenet121-a639ec97.pth", accuracy: 74.434, topFive: 91.972
    ) { classes, channels, _ in try DenseNet121(classes: classes, inputChannels: channels) },
    PublishedWeights(
        "convnext_tiny", file: "convnext_tiny-983f1562.pth", accuracy: 82.520, topFive: 96.146,
        preprocessing: .scaled(to: 236)
    ) { classes, channels, _ in try ConvNeXtTiny(classes: classes, inputChannels: channels) },
]

/// Networks for small machines.
private let mobileNetworks: [PublishedWeights] = [
    PublishedWeights(
        "mobilenet_v2", file: "mobilenet_v2-b0353104.pth", accuracy: 71.878, topFive: 90.286
    ) { classes, channels, _ in try MobileNetV2(classes: classes, inputChannels: channels) },
    PublishedWeights(
        "mobilenet_v3_small", file: "mobilenet_v3_small-047dcff4.pth", accuracy: 67.668,
        topFive: 87.402
    ) { classes, channels, _ in try MobileNetV3Small(classes: classes, inputChannels: channels) },
    PublishedWeights(
        "mobilenet_v3_large", file: "mobilenet_v3_large-8738ca79.pth", accuracy: 74.042,
        topFive: 91.340
    ) { classes, channels, _ in try MobileNetV3Large(classes: classes, inputChannels: channels) },
    PublishedWeights(
        "efficientnet_b0", file: "efficientnet_b0_rwightman-7f5810bc.pth", accuracy: 77.692,
        topFive: 93.532, preprocessing: .scaled(to: 256, .bicubic)
    ) { classes, channels, _ in try EfficientNetB0(classes: classes, inputChannels: channels) },
]

/// Vision transformers.
private let transformers: [PublishedWeights] = [
    PublishedWeights(
        "vit_b_16", file: "vit_b_16-c867db91.pth", accuracy: 81.072, topFive: 95.318
    ) { try ViT_B16(classes: $0, inputChannels: $1, imageSize: $2 ?? 224) },
    PublishedWeights(
        "vit_b_32", file: "vit_b_32-d86f8d99.pth", accuracy: 75.912, topFive: 92.466
    ) { try ViT_B32(classes: $0, inputChannels: $1, imageSize: $2 ?? 224) },
    PublishedWeights(
        "vit_l_16", file: "vit_l_16-852ce7e3.pth", accuracy: 79.662, topFive: 94.638,
        preprocessing: .scaled(to: 242)
    ) { try ViT_L16(classes: $0, inputChannels: $1, imageSize: $2 ?? 224) },
    PublishedWeights(
        "swin_t", file: "swin_t-704ceda3.pth", accuracy: 81.474, topFive: 95.776,
        preprocessing: .scaled(to: 232, .bicubic)
    ) { classes, channels, _ in try SwinTiny(classes: classes, inputChannels: channels) },
]

/// Transformers that learned from ImageNet alone, by Facebook.
private let dataTransformers: [PublishedWeights] = [
    PublishedWeights(
        "deit_tiny_patch16_224", file: "deit_tiny_patch16_224-a1311bcf.pth", accuracy: 72.2,
        topFive: 91.1, folder: "https://dl.fbaipublicfiles.com/deit/", licence: "Apache-2.0",
        preprocessing: .scaled(to: 248, .bicubic)
    ) { try DeiTTiny(classes: $0, inputChannels: $1, imageSize: $2 ?? 224) },
    PublishedWeights(
        "deit_small_patch16_224", file: "deit_small_patch16_224-cd65a155.pth", accuracy: 79.9,
        topFive: 95.0, folder: "https://dl.fbaipublicfiles.com/deit/", licence: "Apache-2.0",
        preprocessing: .scaled(to: 248, .bicubic)
    ) { try DeiTSmall(classes: $0, inputChannels: $1, imageSize: $2 ?? 224) },
]

/// Google's, converted by the package's author; the accuracy is that of Google's page. timm trained
/// the same network anew (`efficientnet_lite0.ra_in1k`), with 75.488%: those are other weights.
private let efficientNetLite0 = PublishedWeights(
    "efficientnet_lite0", file: "efficientnet-lite0-57934424.pth",
    digest: "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
    dataFolder: "efficientnet_lite0", accuracy: 75.1, licence: "Apache-2.0",
    preprocessing: .scaled(to: 256, .bicubic, .bytes(mean: 127, deviation: 128))
) { classes, channels, _ in try EfficientNetLite0(classes: classes, inputChannels: channels) }

extension Preprocessing {
    /// The centre of 224x224 pixels of a picture with a short side.
    fileprivate static func scaled(
        to shortSide: Int, _ interpolation: Interpolation = .bilinear,
        _ normalization: Normalization = .imageNet
    ) -> Preprocessing {
        var preprocessing = Preprocessing()
        preprocessing.resizedShortSide = shortSide
        preprocessing.interpolation = interpolation
        preprocessing.normalization = normalization
        return preprocessing
    }

    /// What networks trained in TensorFlow expect, samples in -1...1. torchvision normalises by
    /// ImageNet's statistics and lets the network undo it (`transform_input`), which is the same.
    fileprivate static func inception(_ shortSide: Int, _ crop: Int) -> Preprocessing {
        var preprocessing = scaled(
            to: shortSide, .bilinear, .bytes(mean: 127.5, deviation: 127.5))
        preprocessing.crop = crop
        return preprocessing
    }
}
