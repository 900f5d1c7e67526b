import Hosting
import OneDNN
import Tensors

extension ImageDataset {
    /// `count` numbers of every picture, [N, count], found by `body` on all cores.
    ///
    /// Reports progress under `title` where there is much to do; throws `Interrupted`.
    func features(
        _ title: String, count: Int,
        _ body: (Image, UnsafeMutablePointer<Float>) -> Void
    ) throws -> Tensor {
        let cancellation = Host.current.cancellation
        let reporter =
            self.count >= 1000
            ? ProgressReporter(title, total: self.count, unit: "pictures") : nil
        let features = try Tensor.unsafeUninitialized(
            shape: [self.count, count], dtype: .float32
        ) { buffer in
            guard let out = buffer.bindMemory(to: Float.self).baseAddress else { return }
            let stretch = 256
            for start in stride(from: 0, to: self.count, by: stretch) {
                try cancellation.check()
                let length = Swift.min(stretch, self.count - start)
                let images = try (start..<start + length).map { try sample($0).image }
                Parallel.forEach(count: length, grain: 4) { part in
                    for index in part { body(images[index], out + (start + index) * count) }
                }
                reporter?.advance(by: length)
            }
        }
        reporter?.finish()
        return features
    }

    /// The samples of every picture in 0...1 as features, [N, C · H · W].
    ///
    ///     LinearSVM().fit(data.train.pixelFeatures, data.train.labels)
    public var pixelFeatures: Tensor {
        get throws {
            let shape = imageShape
            let conversion = PlaneConversion(channels: shape[0], normalized: nil)
            return try features("Pixels", count: shape.reduce(1, *)) { image, out in
                conversion.run(image.bytes, from: 0, pixels: shape[1] * shape[2], into: out)
            }
        }
    }
}
