/// Networks of torchvision, timm and Keras by their names there.
let architectureHints: [String: String] = {
    var hints: [String: String] = [:]
    for (names, advice) in architectures {
        for name in names {
            hints[name] = advice
            for module in ["models", "torchvision", "timm", "applications"] {
                hints["\(module).\(name)"] = advice
            }
        }
    }
    return hints
}()

private let architectures: [([String], String)] = [
    (["alexnet"], "AlexNet(classes: 10)"),
    (["vgg11"], "VGG11(classes: 10)"),
    (["vgg11_bn"], "VGG11(classes: 10, batchNorm: true)"),
    (["vgg13"], "VGG13(classes: 10)"),
    (["vgg13_bn"], "VGG13(classes: 10, batchNorm: true)"),
    (["vgg16"], "VGG16(classes: 10)"),
    (["vgg16_bn"], "VGG16(classes: 10, batchNorm: true)"),
    (["vgg19"], "VGG19(classes: 10)"),
    (["vgg19_bn"], "VGG19(classes: 10, batchNorm: true)"),
    (["googlenet"], "GoogLeNet(classes: 10)"),
    (["inception_v3"], "InceptionV3(classes: 10)"),
    (["resnet18"], "ResNet18(classes: 10)"),
    (["resnet34"], "ResNet34(classes: 10)"),
    (["resnet50"], "ResNet50(classes: 10)"),
    (["resnet101"], "ResNet101(classes: 10)"),
    (["resnet152"], "ResNet152(classes: 10)"),
    (["resnext50_32x4d"], "ResNeXt50(classes: 10)"),
    (["wide_resnet50_2"], "WideResNet50(classes: 10)"),
    (["densenet121"], "DenseNet121(classes: 10)"),
    (["mobilenet_v2"], "MobileNetV2(classes: 10)"),
    (["mobilenet_v3_small"], "MobileNetV3Small(classes: 10)"),
    (["mobilenet_v3_large"], "MobileNetV3Large(classes: 10)"),
    (["efficientnet_b0"], "EfficientNetB0(classes: 10)"),
    (["convnext_tiny"], "ConvNeXtTiny(classes: 10)"),
    (["vit_b_16", "vit_base_patch16_224"], "ViT_B16(classes: 10)"),
    (["vit_b_32", "vit_base_patch32_224"], "ViT_B32(classes: 10)"),
    (["vit_l_16", "vit_large_patch16_224"], "ViT_L16(classes: 10)"),
    (["deit_tiny_patch16_224"], "DeiTTiny(classes: 10)"),
    (["deit_small_patch16_224"], "DeiTSmall(classes: 10)"),
    (["swin_t", "swin_tiny_patch4_window7_224"], "SwinTiny(classes: 10)"),
    (["ShiftedWindowAttention"], "WindowAttention(embedding: 96, heads: 3, window: 7)"),
]
