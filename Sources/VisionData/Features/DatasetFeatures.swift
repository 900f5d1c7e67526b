import Hosting
import Tensors

extension ImageDataset {
    /// `count` numbers of every picture, [N, count]: pictures are read and `body` finds their
    /// numbers on all processors.
    ///
    /// Reports progress under `title` where there is much to do; throws `Interrupted`.
    func features(
        _ title: String, count: Int,
        _ body: @escaping @Sendable (Image, UnsafeMutablePointer<Float>) -> Void
    ) throws -> Tensor {
        // Long enough to be worth a thread's while, short enough to end soon.
        let samples = imageShape.reduce(1, *)
        let stretch = Swift.max(1, Swift.min(64, 1 << 18 / Swift.max(1, samples)))
        let work = OrderedWork(count: (self.count + stretch - 1) / stretch) { number in
            let range = number * stretch..<Swift.min(self.count, (number + 1) * stretch)
            var features = [Float](repeating: 0, count: range.count * count)
            try features.withUnsafeMutableBufferPointer { features in
                guard let out = features.baseAddress else { return }
                for (row, position) in range.enumerated() {
                    body(try self.image(position, seed: 0), out + row * count)
                }
            }
            return features
        }
        let reporter =
            self.count >= 1000 || samples * self.count > 1 << 26
            ? ProgressReporter(title, total: self.count, unit: "pictures") : nil
        let features = try Tensor.unsafeUninitialized(
            shape: [self.count, count], dtype: .float32
        ) { buffer in
            guard var out = buffer.bindMemory(to: Float.self).baseAddress else { return }
            while let part = try work.next() {
                part.withUnsafeBufferPointer { part in
                    if let base = part.baseAddress { out.update(from: base, count: part.count) }
                }
                out += part.count
                reporter?.advance(by: part.count / Swift.max(1, count))
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
