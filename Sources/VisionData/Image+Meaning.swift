import Hosting
import Tensors

// What tensors of pictures remember, and how pictures are made of tensors that do.

extension ColorSpace {
    /// The name of each channel of a picture with so many, alpha among them.
    func names(channels: Int) -> [String] {
        channelNames + (channels > channelNames.count ? ["alpha"] : [])
    }

    /// The space whose channels have these names; red, green and blue in any order are RGB.
    init?(names: [String]) {
        let match = Self.allCases.first { space in
            space != .bgr && names == space.names(channels: names.count)
        }
        guard let match else { return nil }
        self = match
    }
}

extension TensorMeaning {
    /// Samples of pictures as networks take them: [C, H, W], or [N, C, H, W], in 0...1 unless they
    /// are normalised.
    init(
        planes shape: [Int], _ space: ColorSpace, normalized: Normalization? = nil
    ) {
        let roles: [Role] = [.batch, .channel, .height, .width]
        let channels = shape[shape.count - 3]
        self.init(
            Array(roles.suffix(shape.count)), shape: shape,
            channels: space.names(channels: channels),
            values: normalized.map { SampleValues(means: $0.means, deviations: $0.deviations) }
                ?? SampleValues(top: 1, channels: channels))
    }
}

extension Image {
    /// What `pixels` are.
    var pixelMeaning: TensorMeaning {
        TensorMeaning(
            [.height, .width, .channel], shape: [height, width, channels],
            channels: colorSpace.names(channels: channels),
            values: SampleValues(top: bitDepth == 16 ? 65_535 : 255, channels: channels))
    }

    /// What `tensor` is.
    var tensorMeaning: TensorMeaning {
        TensorMeaning(planes: [channels, height, width], colorSpace)
    }

    /// The colour space of the tensor's numbers, where it remembers another than grey or RGB.
    ///
    /// The channels of RGB in another order are taken as they stand, with a warning.
    static func colorSpace(of tensor: Tensor) -> ColorSpace? {
        guard let meaning = tensor.meaning, meaning.restoration != nil,
            let places = meaning.places, let axis = places.channel
        else { return nil }
        if meaning.isBGR {
            Host.current.warn(
                Warning(
                    "the channels are blue, green and red, and are shown as red, green and blue",
                    suggestion: "flipped(axis: \(axis)) puts red first"))
        }
        let space = ColorSpace(names: meaning.channels)
        return space == .rgb || space == .gray ? nil : space
    }

    /// A tensor that knows where its rows, columns and channels are as [C, H, W], or [N, C, H, W]
    /// where it is several pictures, and back in 0...1 where it knows how it left that; other
    /// tensors, and those that are so already, as they are.
    static func arranged(_ tensor: Tensor) throws -> Tensor {
        guard let meaning = tensor.meaning, let places = meaning.places else { return tensor }
        let shape = tensor.shape
        let pictures = places.batch.map { [$0] } ?? []
        let kept = pictures + (places.channel.map { [$0] } ?? []) + [places.height, places.width]
        let isOneOfOne = places.batch.map { shape[$0] == 1 } ?? true
        let order = isOneOfOne ? kept.filter { $0 != places.batch } : kept
        let ones = shape.indices.filter { !order.contains($0) }
        var result = tensor.meaning(nil)
        if ones + order != Array(shape.indices) || !ones.isEmpty {
            result = try result.transposed(ones + order).reshaped(order.map { shape[$0] })
        }
        guard let samples = meaning.restoration else { return result }
        let isDirect =
            result.dtype == .uint8
            || samples.scale.allSatisfy { $0 == 1 }
                && samples.shift.allSatisfy { $0 == 0 }
        guard !isDirect else { return result }
        let axes = [places.channel == nil ? 1 : samples.scale.count, 1, 1]
        let (scale, shift) = (
            try Tensor(samples.scale.map { Float($0) }, shape: axes),
            try Tensor(samples.shift.map { Float($0) }, shape: axes)
        )
        let back = try Tensor.adding(
            Tensor.multiplying(result.cast(to: .float32), scale), shift
        ).clipped(0, 1)
        return places.channel == nil ? try back.reshaped(result.shape) : back
    }
}

extension ImageDataset {
    /// What the channels of the pictures mean before they are changed.
    var storedColorSpace: ColorSpace {
        if case .stored(let pictures) = source, let space = pictures.colorSpace { return space }
        return imageShape[0] == 1 ? .gray : .rgb
    }

    /// The name of each channel that networks are given. Throws where the first picture cannot be
    /// read.
    package var channelNames: [String] {
        get throws {
            let space = try change == nil || isEmpty ? storedColorSpace : sample(0).image.colorSpace
            return space.names(channels: imageShape[0])
        }
    }
}
