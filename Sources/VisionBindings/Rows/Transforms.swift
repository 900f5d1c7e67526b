import Language
import VisionEngine

private let cat = "let photo = try Image(\"cat.jpg\")\n"

/// Pipelines, and the transforms that move pixels.
@RowBuilder func transformRows() -> [Binding] {
    Binding.initializer(
        of: Compose.self, arg("transforms", Builder<TransformItems>.self, label: nil),
        summary: "Transforms one after the other: a pipeline.",
        example: cat + "let pipeline = Compose { RandomCrop(32); RandomFlip() }\npipeline(photo)"
    ) { items in try Compose(transforms: items.values.flatMap(\.transforms)) }
    Binding.initializer(
        of: RandomApply.self, arg("probability", Double.self, default: 0.5),
        arg("transforms", Builder<TransformItems>.self, label: nil),
        summary: "Runs the transforms in the braces with a probability.",
        example: "RandomApply(probability: 0.3) { GaussianBlur(0.1...2) }"
    ) { probability, items in
        try RandomApply(
            probability: probability, transforms: items.values.flatMap(\.transforms))
    }
    Binding.initializer(
        of: Resize.self, arg("shortSide", Int.self),
        arg("interpolation", Interpolation.self, default: .bilinear),
        summary: "A size whose shorter side is given.", example: "Resize(shortSide: 256)"
    ) { side, interpolation in try Resize(shortSide: side, interpolation: interpolation) }
    Binding.initializer(
        of: Resize.self, arg("width", Int.self, label: nil), arg("height", Int.self, label: nil),
        arg("interpolation", Interpolation.self, default: .bilinear),
        summary: "One size for all pictures.", example: "Resize(224, 224)"
    ) { width, height, interpolation in
        try Resize(width, height, interpolation: interpolation)
    }
    Binding.initializer(
        of: CenterCrop.self, arg("size", Int.self, label: nil),
        summary: "The square in the middle.", example: "CenterCrop(224)"
    ) { size in try CenterCrop(size) }
    Binding.initializer(
        of: RandomCrop.self, arg("size", Int.self, label: nil),
        arg("padding", Int.self, default: 0, "pixels added on each side first"),
        arg("mode", PadMode.self, default: .constant),
        summary: "A square at a random place.", example: "RandomCrop(32, padding: 4)"
    ) { size, padding, mode in try RandomCrop(size, padding: padding, mode: mode) }
    Binding.initializer(
        of: RandomResizedCrop.self, arg("size", Int.self, label: nil),
        arg("scale", RangeArgument.self, default: RangeArgument(0.08...1), "share of the area"),
        arg(
            "ratio", RangeArgument.self, default: RangeArgument(0.75...1.3333),
            "width over height"),
        arg("interpolation", Interpolation.self, default: .bilinear),
        summary: "A part of random size and proportions, brought to a square.",
        example: cat + "RandomResizedCrop(24, scale: 0.5...1).preview(photo)"
    ) { size, scale, ratio, interpolation in
        try RandomResizedCrop(
            size, scale: scale.range, ratio: ratio.range, interpolation: interpolation)
    }
    Binding.initializer(
        of: Pad.self, arg("count", Int.self, label: nil),
        arg("mode", PadMode.self, default: .constant),
        summary: "More pixels on each side.", example: "Pad(4, mode: .reflect)"
    ) { count, mode in try Pad(count, mode: mode) }
    Binding.initializer(
        of: RandomFlip.self, arg("axis", FlipAxis.self, label: nil, default: .horizontal),
        arg("probability", Double.self, default: 0.5),
        summary: "The mirror image with a probability.",
        example: "RandomFlip(.vertical, probability: 0.2)"
    ) { axis, probability in try RandomFlip(axis, probability: probability) }
    for axis in FlipAxis.allCases {
        Binding.staticProperty(
            axis.rawValue, of: FlipAxis.self, summary: "Which sides a flip exchanges.",
            example: "RandomFlip(.\(axis.rawValue))"
        ) { axis }
    }
}

/// Transforms that turn and bend.
@RowBuilder func transformWarpRows() -> [Binding] {
    let interpolation = arg("interpolation", Interpolation.self, default: .bilinear)
    let border = arg("border", PadMode.self, default: .constant, "what comes in from outside")
    Binding.initializer(
        of: RandomRotation.self, arg("degrees", Double.self, label: nil, "at most, either way"),
        interpolation, border, summary: "A random turn.",
        example: cat + "RandomRotation(15, border: .reflect)(photo)"
    ) { degrees, interpolation, border in
        try RandomRotation(degrees, interpolation: interpolation, border: border)
    }
    Binding.initializer(
        of: RandomAffine.self, arg("degrees", Double.self, default: 0),
        arg("translation", Double.self, default: 0, "at most this share of a side"),
        arg("scale", RangeArgument.self, default: RangeArgument(1...1)),
        arg("shear", Double.self, default: 0, "degrees at most"), interpolation, border,
        summary: "A random turn, magnification, lean and shift.",
        example: "RandomAffine(degrees: 10, translation: 0.1, scale: 0.9...1.1)"
    ) { degrees, translation, scale, shear, interpolation, border in
        try RandomAffine(
            degrees: degrees, translation: translation, scale: scale.range, shear: shear,
            interpolation: interpolation, border: border)
    }
    Binding.initializer(
        of: RandomPerspective.self,
        arg("distortion", Double.self, label: nil, default: 0.5, "0..<1"),
        arg("probability", Double.self, default: 0.5), interpolation, border,
        summary: "A view from a random place, with a probability.",
        example: "RandomPerspective(0.3)"
    ) { distortion, probability, interpolation, border in
        try RandomPerspective(
            distortion, probability: probability, interpolation: interpolation, border: border)
    }
    Binding.initializer(
        of: ElasticTransform.self, arg("alpha", Double.self, default: 50, "how strong"),
        arg("sigma", Double.self, default: 5, "how smooth, in pixels"), interpolation,
        arg("border", PadMode.self, default: .reflect, "what comes in from outside"),
        summary: "The picture bent like a sheet of rubber.",
        example: cat + "ElasticTransform(alpha: 40, sigma: 4)(photo)"
    ) { alpha, sigma, interpolation, border in
        try ElasticTransform(
            alpha: alpha, sigma: sigma, interpolation: interpolation, border: border)
    }
}
