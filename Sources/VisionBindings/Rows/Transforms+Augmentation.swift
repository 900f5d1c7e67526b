import Language
import VisionEngine

private let cat = "let photo = try Image(\"cat.jpg\")\n"
private let batch =
    "let data = try FashionMNIST()\nfor batch in data.train.prefix(8).batches(8) {\n"

/// Transforms that change colours and details.
@RowBuilder func augmentationRows() -> [Binding] {
    let probability = arg("probability", Double.self, default: 1)
    Binding.initializer(
        of: GaussianBlur.self,
        arg("sigma", RangeArgument.self, label: nil, default: RangeArgument(0.1...2), "pixels"),
        summary: "A blur of random width.", example: "GaussianBlur(0.1...2)"
    ) { sigma in try GaussianBlur(sigma.range) }
    Binding.initializer(
        of: Sharpen.self, arg("amount", Double.self, label: nil, default: 1),
        arg("sigma", Double.self, default: 1, "pixels"),
        summary: "Emphasised edges.", example: "Sharpen(1.5)"
    ) { amount, sigma in try Sharpen(amount, sigma: sigma) }
    Binding.initializer(
        of: ColorJitter.self,
        arg("brightness", Double.self, default: 0, "factors in 1 - x...1 + x"),
        arg("contrast", Double.self, default: 0), arg("saturation", Double.self, default: 0),
        arg("hue", Double.self, default: 0, "turns, at most 0.5"),
        summary: "Random brightness, contrast, saturation and hue.",
        example: cat + "ColorJitter(brightness: 0.4, saturation: 0.4, hue: 0.1).preview(photo)"
    ) { brightness, contrast, saturation, hue in
        try ColorJitter(
            brightness: brightness, contrast: contrast, saturation: saturation, hue: hue)
    }
    Binding.initializer(
        of: Grayscale.self, probability, summary: "Grey with a probability, channels as before.",
        example: "Grayscale(probability: 0.2)"
    ) { probability in try Grayscale(probability: probability) }
    Binding.initializer(
        of: AutoContrast.self,
        arg("cutoff", Double.self, default: 0, "share of pixels passed over at each end"),
        probability, summary: "Each channel stretched to its full range.",
        example: "AutoContrast(cutoff: 0.01)"
    ) { cutoff, probability in try AutoContrast(cutoff: cutoff, probability: probability) }
    Binding.initializer(
        of: Equalize.self, probability, summary: "Each channel's histogram made flat.",
        example: "Equalize(probability: 0.5)"
    ) { probability in try Equalize(probability: probability) }
    Binding.initializer(
        of: Invert.self, probability, summary: "The negative.", example: "Invert(probability: 0.1)"
    ) { probability in try Invert(probability: probability) }
    Binding.initializer(
        of: Posterize.self, arg("bits", Int.self, "1 to 8"), probability,
        summary: "Only the upper bits of each value.", example: "Posterize(bits: 3)"
    ) { bits, probability in try Posterize(bits: bits, probability: probability) }
    Binding.initializer(
        of: Solarize.self, arg("threshold", Int.self, default: 128), probability,
        summary: "Values of at least a threshold inverted.", example: "Solarize(threshold: 128)"
    ) { threshold, probability in try Solarize(threshold: threshold, probability: probability) }
    Binding.initializer(
        of: RandomErasing.self, arg("probability", Double.self, default: 0.5),
        arg("scale", RangeArgument.self, default: RangeArgument(0.02...0.33), "share of the area"),
        arg("ratio", RangeArgument.self, default: RangeArgument(0.3...3.3), "width over height"),
        arg("noise", Bool.self, default: false, "random numbers instead of black"),
        summary: "A rectangle covered with a probability.",
        example: cat + "RandomErasing(probability: 1, noise: true)(photo)"
    ) { probability, scale, ratio, noise in
        try RandomErasing(
            probability: probability, scale: scale.range, ratio: ratio.range, noise: noise)
    }
    Binding.initializer(
        of: RandAugment.self, arg("operations", Int.self, default: 2),
        arg("magnitude", Int.self, default: 9, "0 to 30"),
        summary: "Some of fourteen changes drawn at random, all of one strength.",
        example: cat + "RandAugment(operations: 2, magnitude: 9).preview(photo)"
    ) { operations, magnitude in
        try RandAugment(operations: operations, magnitude: magnitude)
    }
    Binding.initializer(
        of: Normalize.self, arg("normalization", Normalization.self, label: nil),
        summary: "Numbers with mean 0 and deviation 1; the last step of a pipeline.",
        example: cat + "Compose { Resize(32, 32); Normalize(.imageNet) }.tensor(photo).shape"
    ) { normalization in Normalize(normalization) }
}

/// What every transform can do, what it says it did, and the mixing of batches.
@RowBuilder func transformMemberRows() -> [Binding] {
    let seed = arg("seed", Int?.self, default: nil, "one seed gives one picture")
    Binding.method(
        "callAsFunction", of: AnyTransform.self, arg("image", Image.self, label: nil), seed,
        summary: "The changed picture.",
        example: cat + "let model = RandomFlip()\nmodel(photo, seed: 3)"
    ) { transform, image, seed in try transform.transform(image, seed: seed) }
    Binding.method(
        "callAsFunction", of: AnyTransform.self,
        arg("path", String.self, label: nil, "a file, which is read only as far as needed"), seed,
        summary: "The changed picture of a file.",
        example: "let model = CenterCrop(32)\nmodel(\"cat.jpg\")"
    ) { transform, path, seed in try transform.transform(path, seed: seed) }
    Binding.method(
        "run", of: AnyTransform.self, arg("image", Image.self, label: nil), seed,
        summary: "The changed picture with the steps that ran and what they drew.",
        example: cat + "RandomRotation(15).run(photo, seed: 1)"
    ) { transform, image, seed in try transform.transform.run(image, seed: seed) }
    Binding.method(
        "tensor", of: AnyTransform.self, arg("image", Image.self, label: nil), seed,
        summary: "The changed picture for a network, [C, H, W] float32, normalised if it says so.",
        example: cat + "Compose { CenterCrop(32); Normalize(.imageNet) }.tensor(photo).shape"
    ) { transform, image, seed in try transform.transform.tensor(image, seed: seed) }
    Binding.method(
        "tensor", of: AnyTransform.self,
        arg("path", String.self, label: nil, "a file, which is read only as far as needed"), seed,
        summary: "The changed picture of a file for a network.",
        example: "Compose { Resize(shortSide: 64); CenterCrop(32) }.tensor(\"cat.jpg\").shape"
    ) { transform, path, seed in try transform.transform.tensor(path, seed: seed) }
    Binding.method(
        "preview", of: AnyTransform.self, arg("image", Image.self, label: nil),
        arg("count", Int.self, default: 7), arg("seed", Int.self, default: 0, "the first of them"),
        summary: "The picture and what some seeds make of it, as a sheet.",
        example: cat + "RandomAffine(degrees: 20).preview(photo, count: 3)"
    ) { transform, image, count, seed in
        try transform.transform.preview(image, count: count, seed: seed)
    }
    Binding.method(
        "transformed", of: ImageDataset.self, arg("transform", AnyTransform.self, label: nil),
        summary: "The pictures as a transform changes them, anew in every epoch.",
        example: "let data = try FashionMNIST()\ndata.train.transformed(RandomCrop(28, padding: 2))"
    ) { data, transform in try data.transformed(transform.transform) }
    Binding.property(
        "image", of: TransformRun.self, summary: "The changed picture.",
        example: cat + "RandomFlip().run(photo).image"
    ) { $0.image }
    Binding.property(
        "steps", of: TransformRun.self, summary: "The steps that ran, with what they drew.",
        example: cat + "for step in RandomCrop(8).run(photo).steps { print(step) }"
    ) { $0.steps }
    Binding.property(
        "seed", of: TransformRun.self, summary: "The seed that makes this picture again.",
        example: cat + "RandomCrop(8).run(photo).seed"
    ) { $0.seed }
    Binding.property(
        "name", of: TransformStep.self, summary: "The transform's name.",
        example: cat + "RandomCrop(8).run(photo).steps[0].name"
    ) { $0.name }
    Binding.initializer(
        of: MixUp.self, arg("alpha", Double.self, default: 0.2),
        summary: "Adds to each picture of a batch another one, and mixes the labels alike.",
        example: "MixUp(alpha: 0.2)"
    ) { alpha in try MixUp(alpha: alpha) }
    Binding.initializer(
        of: CutMix.self, arg("alpha", Double.self, default: 1),
        summary: "Puts a part of another picture into each of a batch, and mixes the labels.",
        example: "CutMix(alpha: 1)"
    ) { alpha in try CutMix(alpha: alpha) }
    Binding.method(
        "callAsFunction", of: AnyMixing.self, arg("batch", Batch.self, label: nil),
        arg("classes", Int.self), seed, summary: "The mixed batch; its labels are probabilities.",
        example: batch
            + "    let model = CutMix()\n    print(model(batch, classes: 10).labels.shape) }"
    ) { mixing, batch, classes, seed in
        try mixing.mixing(batch, classes: classes, seed: seed)
    }
}
