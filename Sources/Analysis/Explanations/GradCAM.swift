import Hosting
import NeuralNetworks
import Tensors

extension Layer {
    /// Where in the picture a layer found what speaks for a class: its maps, each weighted by the
    /// mean gradient of the class's score on it, summed, and what is negative left out.
    ///
    ///     let why = try net.gradCAM(photo)
    ///     why.layer         // the last layer with maps
    ///     why.values.shape  // [7, 7]
    ///
    /// `at` is the layer's full name, by default the last with maps of more than one place; in a
    /// vision transformer, whose tokens count as the places of a grid, what goes into the last
    /// attention. Throws where there is no such layer or it gives no maps, and where the model
    /// gives no row of scores or has no such class.
    /// Source: Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via
    /// Gradient-based Localization", 2017.
    public func gradCAM(
        _ photo: any ModelPicture, at layer: String? = nil, target: Int? = nil
    ) throws -> Explanation {
        let run = try Questioned("gradCAM", self, photo)
        return try run.asking {
            let layer = try MapLayer(layer, in: run)
            let found = try run.gradient(atLayer: layer.name, target)
            let maps = try layer.layout.maps(found.activation.withoutBatch())
            let weights = try layer.layout.maps(found.gradient.withoutBatch())
                .mean(axes: [1, 2], keepDims: true)
            let values = try Tensor.multiplying(maps, weights).sum(axis: 0).relu()
            return Explanation(
                "Grad-CAM", run, found.answer, layer: layer.name, values: values,
                map: try run.enlarged(values))
        }
    }

    /// Grad-CAM without gradients: each map of the layer weighted by the score that the class still
    /// gets where the picture is dimmed to what the map covers.
    ///
    ///     let why = try net.scoreCAM(photo, channels: 64)
    ///
    /// Maps, brought to the picture's size and to 0...1, multiply the normalised picture; the
    /// softmax of the scores over the maps gives their weights. With `channels` only so many maps
    /// are tried, those with the greatest sums; each takes a run of the model. Throws as `gradCAM`
    /// does, and where `channels` is not positive.
    /// Source: Wang et al., "Score-CAM: Score-Weighted Visual Explanations for Convolutional Neural
    /// Networks", 2020.
    public func scoreCAM(
        _ photo: any ModelPicture, at layer: String? = nil, target: Int? = nil,
        channels: Int? = nil
    ) throws -> Explanation {
        if let channels { try requirePositive("scoreCAM", "channels", channels) }
        let run = try Questioned("scoreCAM", self, photo)
        return try run.asking {
            try withoutGradient {
                let layer = try MapLayer(layer, in: run)
                let activation = try features(of: run.input, upTo: layer.name).withoutBatch()
                var maps = try layer.layout.maps(activation)
                if let channels, channels < maps.shape[0] {
                    let sums = try maps.sum(axes: [1, 2]).scalars(as: Double.self)
                    let chosen = sums.indices.sorted { (sums[$0], $1) > (sums[$1], $0) }
                    maps = try stacked(
                        chosen.prefix(channels).map { try maps.indexed(by: [$0]) }, axis: 0)
                }
                let answer = try run.answer(run.scores(run.input), target)
                let weights = try run.scores(under: maps, answer.target).softmax(axis: 0)
                    .reshaped(maps.shape[0], 1, 1)
                let values = try Tensor.multiplying(maps, weights).sum(axis: 0).relu()
                return Explanation(
                    "Score-CAM", run, answer, layer: layer.name, values: values,
                    map: try run.enlarged(values), figures: [("maps", Double(maps.shape[0]))])
            }
        }
    }
}

extension Questioned {
    /// The score of a class for the input under each of some maps `[K, h, w]`, `[K]`.
    fileprivate func scores(under maps: Tensor, _ target: Int) throws -> Tensor {
        let count = maps.shape[0]
        let batch = batchSize(most: count)
        let progress = ProgressReporter("Score-CAM", total: count, unit: "maps")
        var scores: [Tensor] = []
        for first in stride(from: 0, to: count, by: batch) {
            let range = first..<min(count, first + batch)
            let large = try upsample(
                maps.indexed(by: [range]).expandedDimensions(axis: 1), size: [height, width],
                mode: .bilinear)
            let low = try large.min(axes: [2, 3], keepDims: true)
            let spread = try Tensor.subtracting(large.max(axes: [2, 3], keepDims: true), low)
            // A map that is the same everywhere covers nothing.
            let masks = try Tensor.dividing(
                Tensor.subtracting(large, low), Tensor.adding(spread, .real(1e-7)))
            let output = try self.scores(Tensor.multiplying(input, masks))
            scores.append(try output.indexed(by: [0..., target]))
            progress.advance(by: range.count)
        }
        progress.finish()
        return try concatenated(scores, axis: 0)
    }
}
