import NeuralNetworks
import Tensors
import VisionData

extension ModelInfo {
    /// What the model's inputs are brought to; `nil` where it was trained on samples in 0...1.
    ///
    /// Throws where a file gave figures that are none.
    public var normalization: Normalization? {
        get throws {
            guard !channelMeans.isEmpty || !channelDeviations.isEmpty else { return nil }
            return try Normalization(means: channelMeans, deviations: channelDeviations)
        }
    }

    /// What a data set's samples are brought to: what the weights were trained with before, where
    /// that is known, else the data's own statistics; a channel that never changes is only shifted.
    static func usual(
        _ data: ImageDataset, normalized: Bool, before: ModelInfo?
    ) throws -> ModelInfo {
        var info = try ModelInfo(
            classes: data.classes, inputShape: data.imageShape, channels: data.channelNames)
        let channels = data.imageShape[0]
        if data.isNormalized || normalized {
            if let before, !data.isNormalized, before.channelMeans.count == channels,
                before.channelDeviations.count == channels
            {
                info.channelMeans = before.channelMeans
                info.channelDeviations = before.channelDeviations
            } else {
                info.channelMeans = try data.channelMeans
                info.channelDeviations = try data.channelDeviations.map { $0 > 0 ? $0 : 1 }
            }
        }
        // Photographs are cut as the data's own were: the middle of what just covers the size.
        if before?.resizedShortSide != nil {
            info.resizedShortSide = data.imageShape[1...].max()
        }
        return info
    }
}

/// A picture as the model's training images were: size, channels, normalisation. `[1, C, H, W]`.
package func modelInput(_ image: Image, _ info: ModelInfo?) throws -> Tensor {
    let image = try fitted(image, to: info)
    var samples = image.bytes.map { Float($0) / 255 }
    if let normalization = try info?.normalization {
        guard normalization.means.count == image.channels else {
            throw TrainingError(
                "predict: the model was trained on images of another kind, expected "
                    + "\(normalization.means.count) channels, got \(image.channels)")
        }
        for index in samples.indices {
            let channel = index % image.channels
            samples[index] =
                (samples[index] - Float(normalization.means[channel]))
                / Float(normalization.deviations[channel])
        }
    }
    let pixels = image.width * image.height
    let planes = (0..<image.channels).flatMap { channel in
        (0..<pixels).map { samples[$0 * image.channels + channel] }
    }
    return try Tensor(planes, shape: [1, image.channels, image.height, image.width])
}

/// The picture in the size and with the channels of `[C, H, W]`, its centre where the model was
/// trained on centres.
package func fitted(_ image: Image, to info: ModelInfo?) throws -> Image {
    guard let info, let shape = info.inputShape, shape.count == 3 else { return image }
    var image = image
    let space = ColorSpace.allCases.first { $0.channelNames == info.channels }
    if shape[0] == 1, image.channels != 1 { image = image.converted(to: space ?? .gray) }
    if shape[0] == 3, image.channels != 3 || image.colorSpace != space ?? .rgb {
        image = image.converted(to: space ?? .rgb)
    }
    let interpolation = info.interpolation.flatMap { Interpolation(rawValue: $0) } ?? .bilinear
    if let shortSide = info.resizedShortSide {
        // At least what is cut out, whatever a file says.
        image = try image.resized(
            shortSide: max(shortSide, shape[1], shape[2]), interpolation: interpolation)
        return try image.cropped(
            x: middle(shape[2], of: image.width), y: middle(shape[1], of: image.height),
            width: shape[2], height: shape[1])
    }
    if image.width != shape[2] || image.height != shape[1] {
        image = try image.resized(shape[2], shape[1], interpolation: interpolation)
    }
    return image
}

/// Where the middle `size` of `extent` pixels start, rounded half to even as torchvision does.
private func middle(_ size: Int, of extent: Int) -> Int {
    Int((Double(extent - size) / 2).rounded(.toNearestOrEven))
}
