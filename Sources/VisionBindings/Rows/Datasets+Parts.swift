import Language
import VisionEngine

private let digits = "let data = try FashionMNIST()\n"

/// What a data set shows of itself.
@RowBuilder func datasetPartRows() -> [Binding] {
    Binding.property(
        "classCounts", of: ImageDataset.self, summary: "How many pictures each class has.",
        example: digits + "data.test.classCounts"
    ) { $0.classCounts }
    Binding.method(
        "classBalance", of: ImageDataset.self, summary: "The pictures of each class as bars.",
        example: digits + "data.test.classBalance()"
    ) { data in data.classBalance() }
    Binding.property(
        "channelMeans", of: ImageDataset.self,
        summary: "The mean of each channel of the training pictures, in 0...1.",
        example: digits + "data.train.channelMeans"
    ) { try $0.channelMeans }
    Binding.property(
        "channelDeviations", of: ImageDataset.self,
        summary: "The deviation of each channel of the training pictures.",
        example: digits + "data.train.channelDeviations"
    ) { try $0.channelDeviations }
    Binding.property(
        "skipped", of: ImageDataset.self, summary: "Why files were left out, each with its name.",
        example: digits + "data.train.skipped"
    ) { $0.skipped }
    Binding.action(
        "showBatch", of: ImageDataset.self,
        arg("count", Int.self, label: nil, default: 16, "up to 100"),
        arg("seed", Int?.self, default: nil),
        summary: "Shows some pictures as training gets them, with their classes.",
        example: digits + "data.train.showBatch(8)"
    ) { data, count, seed in
        try data.showBatch(count, seed: seed.map { UInt64(bitPattern: Int64($0)) })
    }
}
