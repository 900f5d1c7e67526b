// Sources: the state dictionaries of timm 1.0, transformers 4.57, torchvision 0.29 and
// efficientnet-pytorch 0.7.

extension WeightConvention {
    /// Networks of inverted bottlenecks: MobileNet, EfficientNet.
    static let mobileNetworks = [
        mobileNetV2,
        hubMobileNetV2,
        mobileNetV3(
            "timm MobileNetV3 large", blocks: [1, 2, 3, 4, 2, 3],
            squeezed: [false, false, true, false, true, true]),
        mobileNetV3(
            "timm MobileNetV3 small", blocks: [1, 2, 3, 2, 3],
            squeezed: [true, false, true, true, true]),
        efficientNet,
        numberedEfficientNet(
            "efficientnet-pytorch", stem: ("_conv_stem", "_bn0"), block: "_blocks.*",
            parts: Bottleneck(
                expansion: ("_expand_conv", "_bn0"), depthwise: ("_depthwise_conv", "_bn1"),
                squeeze: ("_se_reduce", "_se_expand"), projection: ("_project_conv", "_bn2")),
            head: ("_conv_head", "_bn1", "_fc")),
        numberedEfficientNet(
            "Hugging Face EfficientNet", prefixes: ["efficientnet."],
            stem: ("embeddings.convolution", "embeddings.batchnorm"), block: "encoder.blocks.*",
            parts: Bottleneck(
                expansion: ("expansion.expand_conv", "expansion.expand_bn"),
                depthwise: ("depthwise_conv.depthwise_conv", "depthwise_conv.depthwise_norm"),
                squeeze: ("squeeze_excite.reduce", "squeeze_excite.expand"),
                projection: ("projection.project_conv", "projection.project_bn")),
            head: ("encoder.top_conv", "encoder.top_bn", "classifier")),
        lite,
    ]

    /// What the parts of an inverted bottleneck are called: a convolution and its normalisation each,
    /// and both convolutions of the attention between channels.
    struct Bottleneck {
        var expansion = ("conv_pw", "bn1")
        var depthwise = ("conv_dw", "bn2")
        var squeeze = ("se.conv_reduce", "se.conv_expand")
        var projection = ("conv_pwl", "bn3")

        static let timm = Bottleneck()
        /// One without expansion: its first convolution is the depthwise one.
        static let timmUnexpanded = Bottleneck(
            depthwise: ("conv_dw", "bn1"), projection: ("conv_pw", "bn2"))
    }

    /// How many blocks stand before each stage.
    private static func starts(_ blocks: [Int]) -> [Int] {
        blocks.indices.map { blocks[..<$0].reduce(0, +) }
    }

    /// The rules of a block's parts, numbered as torchvision does: expansion where there is one,
    /// depthwise convolution, attention where there is one, projection.
    private static func blockRules(
        _ pattern: String, _ parts: Bottleneck, expanded: Bool, squeezed: Bool,
        _ block: @escaping @Sendable ([Int]) -> String?
    ) -> [Rule] {
        func rule(_ part: String, _ name: String) -> Rule {
            Rule("\(pattern).\(part)") { numbers in block(numbers).map { "\($0).block.\(name)" } }
        }
        var rules: [Rule] = []
        var index = 0
        if expanded {
            rules += [rule(parts.expansion.0, "0.0"), rule(parts.expansion.1, "0.1")]
            index = 1
        }
        rules += [
            rule(parts.depthwise.0, "\(index).0"), rule(parts.depthwise.1, "\(index).1"),
        ]
        index += 1
        if squeezed {
            rules += [rule(parts.squeeze.0, "\(index).fc1"), rule(parts.squeeze.1, "\(index).fc2")]
            index += 1
        }
        return rules + [
            rule(parts.projection.0, "\(index).0"), rule(parts.projection.1, "\(index).1"),
        ]
    }

    private static let mobileNetV2 = WeightConvention(
        "timm MobileNetV2",
        [
            Rule("conv_stem", "features.0.0"), Rule("bn1", "features.0.1"),
            Rule("blocks.0.0.conv_dw", "features.1.conv.0.0"),
            Rule("blocks.0.0.bn1", "features.1.conv.0.1"),
            Rule("blocks.0.0.conv_pw", "features.1.conv.1"),
            Rule("blocks.0.0.bn2", "features.1.conv.2"),
            Rule("conv_head", "features.18.0"), Rule("bn2", "features.18.1"),
            Rule("classifier", "classifier.1"),
        ]
            + [
                ("conv_pw", "0.0"), ("bn1", "0.1"), ("conv_dw", "1.0"), ("bn2", "1.1"),
                ("conv_pwl", "2"), ("bn3", "3"),
            ].map { part, name in
                Rule("blocks.*.*.\(part)") {
                    let starts = starts([1, 2, 3, 4, 3, 3, 1])
                    guard starts.indices.contains($0[0]) else { return nil }
                    return "features.\(1 + starts[$0[0]] + $0[1]).conv.\(name)"
                }
            })

    private static let hubMobileNetV2 = WeightConvention(
        "Hugging Face MobileNetV2", prefixes: ["mobilenet_v2."],
        [
            Rule("conv_stem.first_conv.convolution", "features.0.0"),
            Rule("conv_stem.first_conv.normalization", "features.0.1"),
            Rule("conv_stem.conv_3x3.convolution", "features.1.conv.0.0"),
            Rule("conv_stem.conv_3x3.normalization", "features.1.conv.0.1"),
            Rule("conv_stem.reduce_1x1.convolution", "features.1.conv.1"),
            Rule("conv_stem.reduce_1x1.normalization", "features.1.conv.2"),
            Rule("conv_1x1.convolution", "features.18.0"),
            Rule("conv_1x1.normalization", "features.18.1"), Rule("classifier", "classifier.1"),
        ]
            + [
                ("expand_1x1.convolution", "0.0"), ("expand_1x1.normalization", "0.1"),
                ("conv_3x3.convolution", "1.0"), ("conv_3x3.normalization", "1.1"),
                ("reduce_1x1.convolution", "2"), ("reduce_1x1.normalization", "3"),
            ].map { part, name in
                Rule("layer.*.\(part)") { "features.\($0[0] + 2).conv.\(name)" }
            })

    private static func mobileNetV3(
        _ name: String, blocks: [Int], squeezed: [Bool]
    ) -> WeightConvention {
        let starts = starts(blocks)
        let last = blocks.reduce(0, +) + 1
        var rules = [
            Rule("conv_stem", "features.0.0"), Rule("bn1", "features.0.1"),
            Rule("blocks.\(blocks.count).0.conv", "features.\(last).0"),
            Rule("blocks.\(blocks.count).0.bn1", "features.\(last).1"),
            Rule("conv_head", "classifier.0"), Rule("classifier", "classifier.3"),
        ]
        for stage in blocks.indices {
            let isExpanded = stage > 0
            rules += blockRules(
                "blocks.\(stage).*", isExpanded ? .timm : .timmUnexpanded, expanded: isExpanded,
                squeezed: squeezed[stage]
            ) { "features.\(1 + starts[stage] + $0[0])" }
        }
        return WeightConvention(name, rules)
    }

    private static let efficientNet = WeightConvention(
        "timm EfficientNet",
        [
            Rule("conv_stem", "features.0.0"), Rule("bn1", "features.0.1"),
            Rule("conv_head", "features.8.0"), Rule("bn2", "features.8.1"),
            Rule("classifier", "classifier.1"),
        ]
            + blockRules(
                "blocks.0.*", .timmUnexpanded, expanded: false, squeezed: true
            ) { "features.1.\($0[0])" }
            + blockRules("blocks.*.*", .timm, expanded: true, squeezed: true) {
                "features.\($0[0] + 1).\($0[1])"
            })

    /// The stage of B0 and Lite0 that a block of a number belongs to, and its place there.
    private static func place(_ block: Int) -> (stage: Int, index: Int)? {
        let blocks = [1, 2, 2, 3, 3, 4, 1]
        guard block < blocks.reduce(0, +) else { return nil }
        let starts = starts(blocks)
        let stage = starts.lastIndex { $0 <= block } ?? 0
        return (stage, block - starts[stage])
    }

    /// An EfficientNet-B0 whose blocks are numbered from the first to the last.
    private static func numberedEfficientNet(
        _ name: String, prefixes: [String] = [], stem: (String, String), block: String,
        parts: Bottleneck, head: (String, String, String)
    ) -> WeightConvention {
        WeightConvention(
            name, prefixes: prefixes,
            [
                Rule(stem.0, "features.0.0"), Rule(stem.1, "features.0.1"),
                Rule(head.0, "features.8.0"), Rule(head.1, "features.8.1"),
                Rule(head.2, "classifier.1"),
            ]
                + blockRules(block, parts, expanded: false, squeezed: true) {
                    $0[0] == 0 ? "features.1.0" : nil
                }
                + blockRules(block, parts, expanded: true, squeezed: true) {
                    place($0[0]).map { "features.\($0.stage + 1).\($0.index)" }
                })
    }

    /// EfficientNet-Lite0, which we name as timm does.
    private static let lite = WeightConvention(
        "efficientnet-pytorch Lite",
        [
            Rule("_conv_stem", "conv_stem"), Rule("_bn0", "bn1"), Rule("_conv_head", "conv_head"),
            Rule("_bn1", "bn2"), Rule("_fc", "classifier"),
            Rule("_blocks.0._depthwise_conv", "blocks.0.0.conv_dw"),
            Rule("_blocks.0._bn1", "blocks.0.0.bn1"),
            Rule("_blocks.0._project_conv", "blocks.0.0.conv_pw"),
            Rule("_blocks.0._bn2", "blocks.0.0.bn2"),
        ]
            + [
                ("_expand_conv", "conv_pw"), ("_bn0", "bn1"), ("_depthwise_conv", "conv_dw"),
                ("_bn1", "bn2"), ("_project_conv", "conv_pwl"), ("_bn2", "bn3"),
            ].map { part, name in
                Rule("_blocks.*.\(part)") {
                    place($0[0]).map { "blocks.\($0.stage).\($0.index).\(name)" }
                }
            })
}
