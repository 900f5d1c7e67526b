// Sources: the state dictionaries of timm 1.0, transformers 4.57 and torchvision 0.29.

extension WeightConvention {
    /// ViT, DeiT and Swin.
    static let transformers = [
        WeightConvention(
            "timm ViT",
            [
                Rule("cls_token", "class_token"), Rule("pos_embed", "encoder.pos_embedding"),
                Rule("patch_embed.proj", "conv_proj"), Rule("norm", "encoder.ln"),
                Rule("head", "heads.head"),
            ]
                + block(
                    "blocks.*", .timm, to: { "encoder.layers.encoder_layer_\($0[0])" },
                    .torchvision)),
        WeightConvention(
            "torchvision ViT",
            ["1": "0", "2": "3"].map { number, ours in
                Rule("encoder.layers.encoder_layer_*.mlp.linear_\(number)") {
                    "encoder.layers.encoder_layer_\($0[0]).mlp.\(ours)"
                }
            }),
        WeightConvention(
            "Hugging Face ViT", prefixes: ["vit.", "deit."],
            hub("class_token", "encoder.pos_embedding", "conv_proj", "encoder.ln", "heads.head")
                + block(
                    "encoder.layer.*", .hub, to: { "encoder.layers.encoder_layer_\($0[0])" },
                    .torchvision)),
        WeightConvention(
            "Hugging Face DeiT", prefixes: ["vit.", "deit."],
            hub("cls_token", "pos_embed", "patch_embed.proj", "norm", "head")
                + block("encoder.layer.*", .hub, to: { "blocks.\($0[0])" }, .timm)),
        WeightConvention(
            "timm Swin",
            [
                Rule("patch_embed.proj", "features.0.0"), Rule("patch_embed.norm", "features.0.2"),
                Rule("layers.*.downsample") { "features.\(2 * $0[0])" }, Rule("head.fc", "head"),
            ] + swinBlock("layers.*.blocks.*", .timm)),
        WeightConvention(
            "the authors' Swin",
            [
                Rule("patch_embed.proj", "features.0.0"), Rule("patch_embed.norm", "features.0.2"),
                Rule("layers.*.downsample") { "features.\(2 * $0[0] + 2)" },
            ] + swinBlock("layers.*.blocks.*", .timm)),
        WeightConvention(
            "Hugging Face Swin", prefixes: ["swin."],
            [
                Rule("embeddings.patch_embeddings.projection", "features.0.0"),
                Rule("embeddings.norm", "features.0.2"),
                Rule("encoder.layers.*.downsample") { "features.\(2 * $0[0] + 2)" },
                Rule("layernorm", "norm"), Rule("classifier", "head"),
            ] + swinBlock("encoder.layers.*.blocks.*", .hubSwin)),
    ]

    /// What the parts of a transformer block are called.
    struct Attention {
        var firstNorm: String
        /// Query, key and value: one name where they are kept together, three where not.
        var inputs: [String]
        var output: String
        var secondNorm: String
        var mlp: (String, String)
        /// Learned biases by relative position.
        var positions = "attn"

        static let timm = Attention(
            firstNorm: "norm1", inputs: ["attn.qkv"], output: "attn.proj", secondNorm: "norm2",
            mlp: ("mlp.fc1", "mlp.fc2"))
        static let torchvision = Attention(
            firstNorm: "ln_1", inputs: ["self_attention.in_proj_"],
            output: "self_attention.out_proj", secondNorm: "ln_2", mlp: ("mlp.0", "mlp.3"))
        static let torchvisionSwin = Attention(
            firstNorm: "norm1", inputs: ["attn.qkv"], output: "attn.proj", secondNorm: "norm2",
            mlp: ("mlp.0", "mlp.3"))
        static let hub = Attention(
            firstNorm: "layernorm_before",
            inputs: ["query", "key", "value"].map { "attention.attention.\($0)" },
            output: "attention.output.dense", secondNorm: "layernorm_after",
            mlp: ("intermediate.dense", "output.dense"))
        static let hubSwin = Attention(
            firstNorm: "layernorm_before",
            inputs: ["query", "key", "value"].map { "attention.self.\($0)" },
            output: "attention.output.dense", secondNorm: "layernorm_after",
            mlp: ("intermediate.dense", "output.dense"), positions: "attention.self")
    }

    private static func block(
        _ pattern: String, _ theirs: Attention,
        to name: @escaping @Sendable ([Int]) -> String, _ ours: Attention
    ) -> [Rule] {
        func rule(_ part: String, _ ours: String, _ index: Int = 0, of count: Int = 1) -> Rule {
            Rule("\(pattern).\(part)", part: count > 1 ? (index, count) : nil) {
                "\(name($0)).\(ours)"
            }
        }
        return theirs.inputs.enumerated().map {
            rule($1, ours.inputs[0], $0, of: theirs.inputs.count)
        } + [
            rule(theirs.firstNorm, ours.firstNorm), rule(theirs.output, ours.output),
            rule(theirs.secondNorm, ours.secondNorm), rule(theirs.mlp.0, ours.mlp.0),
            rule(theirs.mlp.1, ours.mlp.1),
        ]
    }

    private static func swinBlock(_ pattern: String, _ theirs: Attention) -> [Rule] {
        block(pattern, theirs, to: { "features.\(2 * $0[0] + 1).\($0[1])" }, .torchvisionSwin)
            + ["relative_position_bias_table", "relative_position_index"].map { kind in
                Rule("\(pattern).\(theirs.positions).\(kind)") {
                    "features.\(2 * $0[0] + 1).\($0[1]).attn.\(kind)"
                }
            }
    }

    /// What stands around the blocks of Hugging Face's ViT.
    private static func hub(
        _ token: String, _ positions: String, _ patches: String, _ norm: String, _ head: String
    ) -> [Rule] {
        [
            Rule("embeddings.cls_token", token), Rule("embeddings.position_embeddings", positions),
            Rule("embeddings.patch_embeddings.projection", patches), Rule("layernorm", norm),
            Rule("classifier", head), Rule("cls_classifier", head),
        ]
    }
}
