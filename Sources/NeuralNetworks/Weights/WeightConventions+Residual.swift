// Sources: the state dictionaries of timm 1.0, transformers 4.57 and torchvision 0.29.

extension WeightConvention {
    /// Networks of convolutions: ResNet, DenseNet, VGG, ConvNeXt.
    static let residualNetworks = [
        WeightConvention(
            "Hugging Face ResNet", prefixes: ["resnet."],
            [
                Rule("embedder.embedder.convolution", "conv1"),
                Rule("embedder.embedder.normalization", "bn1"),
                Rule("encoder.stages.*.layers.*.shortcut.convolution") {
                    "layer\($0[0] + 1).\($0[1]).downsample.0"
                },
                Rule("encoder.stages.*.layers.*.shortcut.normalization") {
                    "layer\($0[0] + 1).\($0[1]).downsample.1"
                },
                Rule("encoder.stages.*.layers.*.layer.*.convolution") {
                    "layer\($0[0] + 1).\($0[1]).conv\($0[2] + 1)"
                },
                Rule("encoder.stages.*.layers.*.layer.*.normalization") {
                    "layer\($0[0] + 1).\($0[1]).bn\($0[2] + 1)"
                },
                Rule("classifier.1", "fc"),
            ]),
        WeightConvention(
            "torchvision DenseNet",
            ["norm", "conv"].map { kind in
                Rule("features.denseblock*.denselayer*.\(kind).*") {
                    "features.denseblock\($0[0]).denselayer\($0[1]).\(kind)\($0[2])"
                }
            }),
        WeightConvention(
            "timm VGG",
            [
                Rule("pre_logits.fc1", "classifier.0"), Rule("pre_logits.fc2", "classifier.3"),
                Rule("head.fc", "classifier.6"),
            ]),
        convNeXt(
            "timm ConvNeXt", stem: ("stem.0", "stem.1"), downsampling: "stages.*.downsample.*",
            block: "stages.*.blocks.*", parts: ["conv_dw", "norm", "mlp.fc1", "mlp.fc2", "gamma"],
            head: ("head.norm", "head.fc")),
        convNeXt(
            "Hugging Face ConvNeXt", prefixes: ["convnext."],
            stem: ("embeddings.patch_embeddings", "embeddings.layernorm"),
            downsampling: "encoder.stages.*.downsampling_layer.*",
            block: "encoder.stages.*.layers.*",
            parts: ["dwconv", "layernorm", "pwconv1", "pwconv2", "layer_scale_parameter"],
            head: ("layernorm", "classifier")),
        convNeXt(
            "the authors' ConvNeXt", stem: ("downsample_layers.0.0", "downsample_layers.0.1"),
            downsampling: "downsample_layers.*.*", block: "stages.*.*",
            parts: ["dwconv", "norm", "pwconv1", "pwconv2", "gamma"], head: ("norm", "head")),
    ]

    /// - Parameter parts: the convolution, the normalisation, both linear layers and the scale.
    private static func convNeXt(
        _ name: String, prefixes: [String] = [], stem: (String, String), downsampling: String,
        block: String, parts: [String], head: (String, String)
    ) -> WeightConvention {
        let ours = ["block.0", "block.2", "block.3", "block.5", "layer_scale"]
        return WeightConvention(
            name, prefixes: prefixes,
            [Rule(stem.0, "features.0.0"), Rule(stem.1, "features.0.1")]
                + [Rule(downsampling) { "features.\(2 * $0[0]).\($0[1])" }]
                + zip(parts, ours).map { part, ours in
                    Rule("\(block).\(part)") { "features.\(2 * $0[0] + 1).\($0[1]).\(ours)" }
                } + [Rule(head.0, "classifier.0"), Rule(head.1, "classifier.2")])
    }
}
