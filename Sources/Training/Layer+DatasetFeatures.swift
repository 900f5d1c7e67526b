import Hosting
import NeuralNetworks
import Tensors
import VisionData

extension Layer {
    /// What the model makes of every picture of a data set, [N, D], computed once: rows that heads
    /// and classifiers can be trained on again and again while the model itself stays frozen.
    ///
    ///     let features = try net.features(of: data.train)                      // [N, 1280]
    ///     try LinearSVM().fit(features, data.train.labels)
    ///     try net.features(of: data.train, upTo: "blocks")                     // [N, 320 * 7 * 7]
    ///
    /// Without `upTo` these are what goes into the last `Linear` layer (`embedding`), else what
    /// comes out of the layer of that name. Pictures are normalised as the model's training data
    /// was; the model runs in evaluation mode, without gradients. Throws where the data is empty,
    /// the model has no such layer, and where shapes do not fit.
    public func features(
        of data: ImageDataset, upTo name: String? = nil, batchSize: Int = 64
    ) throws -> Tensor {
        try features(of: data, upTo: name, batchSize: batchSize, title: "Features")
    }

    func features(
        of data: ImageDataset, upTo name: String? = nil, batchSize: Int = 64, title: String
    ) throws -> Tensor {
        guard data.count > 0 else {
            throw TrainingError("\(title): the data is empty, expected at least 1 image")
        }
        var rows: [Tensor] = []
        let progress = ProgressReporter(title, total: data.count, unit: "images")
        let pictures = PictureBatches(data: data, normalization: try info?.normalization)
        let pass = try pictures.pass(batchSize: batchSize, order: nil, from: 0)
        try forEachBatch(
            of: [pass],
            { inputs in
                try name.map { try features(of: inputs[0], upTo: $0) } ?? embedding(inputs[0])
            }
        ) { output, batch in
            rows.append(try output.reshaped(batch.count, -1))
            progress.advance(by: batch.count)
        }
        progress.finish()
        return try concatenated(rows, axis: 0)
    }
}
