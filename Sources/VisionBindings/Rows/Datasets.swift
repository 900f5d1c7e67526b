import Language
import VisionEngine

private let digits = "let data = try FashionMNIST()\n"

/// Data sets, samples and batches.
@RowBuilder func datasetRows() -> [Binding] {
    Binding.initializer(
        of: FashionMNIST.self,
        arg("path", String?.self, default: nil, "its folder; the system's unless given"),
        summary: "70,000 pictures of clothes, 28x28, in ten classes.",
        example: "let data = try FashionMNIST()\ndata.train.count"
    ) { path in try FashionMNIST(path: path) }
    Binding.property(
        "train", of: FashionMNIST.self, summary: "60,000 pictures to learn from.",
        example: digits + "data.train.count"
    ) { $0.train }
    Binding.property(
        "test", of: FashionMNIST.self, summary: "10,000 pictures to test with.",
        example: digits + "data.test.count"
    ) { $0.test }
    Binding.property(
        "classes", of: FashionMNIST.self, summary: "The names of the classes.",
        example: digits + "data.classes"
    ) { $0.classes }
    Binding.property(
        "count", of: ImageDataset.self, summary: "The number of pictures.",
        example: digits + "data.train.count"
    ) { $0.count }
    Binding.property(
        "classes", of: ImageDataset.self, summary: "The names of the classes.",
        example: digits + "data.test.classes"
    ) { $0.classes }
    Binding.property(
        "labels", of: ImageDataset.self, summary: "The label of every picture, by class index.",
        example: digits + "data.test.prefix(5).labels"
    ) { $0.labels }
    Binding.property(
        "imageShape", of: ImageDataset.self, summary: "The shape of a picture, [C, H, W].",
        example: digits + "data.test.imageShape"
    ) { $0.imageShape }
    Binding.property(
        "normalization", of: ImageDataset.self,
        summary: "What brings the training pictures to mean 0 and deviation 1.",
        example: digits + "data.train.batches(64, normalized: data.train.normalization)"
    ) { try $0.normalization }
    Binding.subscript(
        of: ImageDataset.self, arg("index", Int.self, label: nil, "negative from the end"),
        summary: "The picture and label at a position.",
        example: digits + "data.train[0].image"
    ) { data, index in try data.sample(index) }
    Binding.method(
        "prefix", of: ImageDataset.self, arg("count", Int.self, label: nil),
        summary: "The first pictures.", example: digits + "data.train.prefix(1000)"
    ) { data, count in data.prefix(count) }
    Binding.method(
        "inMemory", of: ImageDataset.self, summary: "The pictures, read once and kept in memory.",
        example: digits + "data.train.prefix(16).transformed(Resize(14, 14)).inMemory()"
    ) { data in try data.inMemory() }
    Binding.method(
        "split", of: ImageDataset.self, arg("fraction", Double.self, label: "validation"),
        arg("stratified", Bool.self, default: false, "each class gives its share"),
        arg("seed", Int.self, default: 0),
        summary: "Two parts drawn at random.",
        example: digits + "let parts = data.test.split(validation: 0.1)\nparts.validation.count"
    ) { data, fraction, stratified, seed in
        let parts = try data.split(
            validation: fraction, stratified: stratified, seed: UInt64(bitPattern: Int64(seed)))
        return DatasetParts(train: parts.train, validation: parts.validation)
    }
    Binding.method(
        "split", of: ImageDataset.self, arg("validation", Double.self), arg("test", Double.self),
        arg("stratified", Bool.self, default: false, "each class gives its share"),
        arg("seed", Int.self, default: 0),
        summary: "Three parts drawn at random.",
        example: digits
            + "data.test.split(validation: 0.1, test: 0.2, stratified: true).test.classCounts"
    ) { data, validation, test, stratified, seed in
        ThreeDatasetParts(
            try data.split(
                validation: validation, test: test, stratified: stratified,
                seed: UInt64(bitPattern: Int64(seed))))
    }
    Binding.method(
        "batches", of: ImageDataset.self, arg("size", Int.self, label: nil),
        arg("shuffled", Bool.self, default: false),
        arg("normalized", Normalization?.self, default: nil, "0...1 unless given"),
        summary: "The pictures in batches, prepared ahead, for a loop by hand.",
        example: digits
            + "for batch in data.train.prefix(8).batches(4) { print(batch.images.shape) }"
    ) { data, size, shuffled, normalized in
        try data.batches(size, shuffled: shuffled, normalized: normalized)
    }
}

/// What data sets are made of.
@RowBuilder func sampleRows() -> [Binding] {
    Binding.property(
        "image", of: Sample.self, summary: "The picture.", example: digits + "data.test[0].image"
    ) { $0.image }
    Binding.property(
        "label", of: Sample.self, summary: "Its class index.",
        example: digits + "data.classes[data.test[0].label]"
    ) { $0.label }
    Binding.property(
        "images", of: Batch.self, summary: "The pictures, [N, C, H, W] float32.",
        example: digits
            + "for batch in data.test.prefix(4).batches(2) { print(batch.images.shape) }"
    ) { $0.images }
    Binding.property(
        "labels", of: Batch.self, summary: "Their class indices, [N] int64.",
        example: digits + "for batch in data.test.prefix(4).batches(2) { print(batch.labels) }"
    ) { $0.labels }
    Binding.property(
        "count", of: Batch.self, summary: "The number of pictures.",
        example: digits + "for batch in data.test.prefix(4).batches(2) { print(batch.count) }"
    ) { $0.count }
    Binding.property(
        "count", of: BatchLoader.self, summary: "The number of batches.",
        example: digits + "data.train.batches(64).count"
    ) { $0.count }
    Binding.initializer(
        of: Normalization.self, arg("means", [Double].self, "one a channel"),
        arg("deviations", [Double].self, "one a channel"),
        summary: "(value - mean) / deviation, channel by channel.",
        example: "Normalization(means: [0.5], deviations: [0.25])"
    ) { means, deviations in try Normalization(means: means, deviations: deviations) }
    Binding.staticProperty(
        "imageNet", of: Normalization.self,
        summary: "The statistics of ImageNet, which published networks were trained with.",
        example: "Normalization.imageNet"
    ) { Normalization.imageNet }
    Binding.property(
        "means", of: Normalization.self, summary: "The mean of each channel.",
        example: "Normalization.imageNet.means"
    ) { $0.means }
    Binding.property(
        "deviations", of: Normalization.self, summary: "The deviation of each channel.",
        example: "Normalization.imageNet.deviations"
    ) { $0.deviations }
}
