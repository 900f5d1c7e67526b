import Tensors

extension Image {
    /// The samples as a tensor [H, W, C] of uint8; of a picture of 16 bits, of int32 in 0...65535.
    public var pixels: Tensor {
        get throws {
            if let deep { return try deepPixels(deep).meaning(pixelMeaning) }
            return try Tensor.unsafeUninitialized(shape: [height, width, channels], dtype: .uint8) {
                out in
                bytes.withUnsafeBytes { out.copyMemory(from: $0) }
            }.meaning(pixelMeaning)
        }
    }

    /// The picture as a network sees it: [C, H, W] of float32 in 0...1, one plane a channel.
    public var tensor: Tensor {
        get throws {
            if let deep { return try deepTensor(deep).meaning(tensorMeaning) }
            return try Tensor.unsafeUninitialized(
                shape: [channels, height, width], dtype: .float32
            ) {
                guard let out = $0.bindMemory(to: Float.self).baseAddress else { return }
                PlaneConversion(scale: .init(repeating: 1 / 255, count: channels))
                    .run(bytes, from: 0, pixels: width * height, into: out)
            }.meaning(tensorMeaning)
        }
    }

    /// A picture from a tensor.
    ///
    /// [C, H, W] or [H, W] with C of 1, 3 or 4: float32 in 0...1, or uint8. A uint8 tensor may
    /// also be [H, W, C], as `pixels` is; where both readings fit, it is read as [C, H, W]. A tensor
    /// that remembers what it is (`meaning`) may have its axes in any order and be normalised.
    /// Throws for other shapes and dtypes and for values outside 0...1.
    ///
    ///     Image(photo.tensor.flipped(axis: 2))
    public init(_ tensor: Tensor) throws {
        let image = try Image(planes: try Image.arranged(tensor))
        let space = Image.colorSpace(of: tensor)
        self.init(
            unchecked: image.bytes, width: image.width, height: image.height,
            channels: image.channels,
            colorSpace: space?.channels == image.channels ? space : nil)
    }

    /// A picture from a tensor by its shape and dtype alone.
    private init(planes tensor: Tensor) throws {
        let isBytes = tensor.dtype == .uint8
        let layout = try PlaneLayout(tensor.shape, mayInterleave: isBytes)
        let (channels, height, width) = (layout.channels, layout.height, layout.width)
        guard isBytes || tensor.dtype == .float32 else {
            throw ImageError(
                .argument,
                "Image: wrong dtype, expected float32 in 0...1 or uint8, got \(tensor.dtype)")
        }
        let count = try Image.byteCount(width: width, height: height, channels: channels)
        let pixels = width * height
        if isBytes {
            let values = try tensor.scalars(as: UInt8.self)
            let (pixelStep, channelStep) = layout.isInterleaved ? (channels, 1) : (1, pixels)
            self.init(width: width, height: height, channels: channels, count: count) { out in
                for pixel in 0..<pixels {
                    for channel in 0..<channels {
                        out[pixel * channels + channel] =
                            values[pixel * pixelStep + channel * channelStep]
                    }
                }
            }
        } else {
            self = try tensor.withUnsafeBytes { buffer in
                let values = buffer.bindMemory(to: Float.self)
                try Image.checkRange(values)
                return Image(width: width, height: height, channels: channels, count: count) {
                    for channel in 0..<channels {
                        var target = $0 + channel
                        for pixel in channel * pixels..<(channel + 1) * pixels {
                            target.pointee = UInt8(max(0, min(255, values[pixel] * 255 + 0.5)))
                            target += channels
                        }
                    }
                }
            }
        }
    }

    /// A picture of a tensor whose values may lie anywhere: the least becomes black, the greatest
    /// white. Takes [H, W], [C, H, W], or [N, C, H, W], which becomes a grid; with a number of
    /// channels that is no colour, each channel becomes a picture of the grid.
    ///
    ///     try Image(stretching: model["0.weight"])  // a layer's filters
    public init(stretching tensor: Tensor) throws {
        let tensor = try Image.arranged(tensor)
        let shape = tensor.shape
        guard (2...4).contains(shape.count), !shape.contains(0) else {
            throw ImageError(
                .argument,
                "Image: wrong shape, expected [H, W], [C, H, W] or [N, C, H, W], got \(shape)")
        }
        let values = try tensor.scalars(as: Float.self)
        let finite = values.lazy.filter(\.isFinite)
        let low = finite.min() ?? 0
        let spread = (finite.max() ?? 0) - low
        let factor = spread > 0 && spread.isFinite ? 255 / spread : 0
        let height = shape[shape.count - 2]
        let width = shape[shape.count - 1]
        let stated = shape.count == 2 ? 1 : shape[shape.count - 3]
        let channels = stated == 3 ? 3 : 1
        let pixels = width * height
        let count = try Image.byteCount(width: width, height: height, channels: channels)
        let pictures = stride(from: 0, to: values.count, by: count).map { start in
            Image(width: width, height: height, channels: channels, count: count) { out in
                for pixel in 0..<pixels {
                    for channel in 0..<channels {
                        let value = (values[start + channel * pixels + pixel] - low) * factor
                        out[pixel * channels + channel] =
                            value.isNaN ? 0 : UInt8(max(0, min(255, value.rounded())))
                    }
                }
            }
        }
        self = pictures.count == 1 ? pictures[0] : try grid(pictures)
    }

    private static func checkRange(_ values: UnsafeBufferPointer<Float>) throws {
        var low = Float.infinity
        var high = -Float.infinity
        var isNumber = true
        for value in values {
            low = value < low ? value : low
            high = value > high ? value : high
            isNumber = isNumber && value == value
        }
        guard isNumber, low >= -0.001, high <= 1.001 else {
            let got = isNumber ? "\(low)...\(high)" : "NaN"
            throw ImageError(
                .argument,
                "Image: values out of range, expected float32 in 0...1, got \(got); "
                    + "show(x) stretches any range to a picture")
        }
    }
}
