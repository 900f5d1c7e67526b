import Tensors

/// Samples of 16 bits, as the files of scanners, microscopes and depth cameras hold them: row by
/// row, pixel by pixel, channel by channel.
///
/// A picture that has them keeps them while it is cut, mirrored, turned by what the camera noted,
/// resized, made a tensor and saved; whatever changes levels sees and gives 8 bits.
extension Image {
    /// A picture of 16-bit samples, whose sizes the caller has already checked.
    init(
        unchecked deep: [UInt16], width: Int, height: Int, channels: Int,
        colorSpace: ColorSpace? = nil
    ) {
        self.init(
            unchecked: deep.map { UInt8(truncatingIfNeeded: $0 >> 8) }, deep: deep, width: width,
            height: height, channels: channels, colorSpace: colorSpace)
    }

    /// A picture of `count` samples of 16 bits, every one of which `fill` writes.
    init(
        deepWidth width: Int, height: Int, channels: Int, count: Int,
        fill: (UnsafeMutablePointer<UInt16>) throws -> Void
    ) rethrows {
        let samples = try [UInt16](unsafeUninitializedCapacity: count) { buffer, filled in
            if let base = buffer.baseAddress { try fill(base) }
            filled = count
        }
        self.init(unchecked: samples, width: width, height: height, channels: channels)
    }

    /// Bits a sample: 8, or 16 for a picture read from a file that has more than 8 or made with
    /// `Image(_:bitDepth:)`.
    ///
    /// A picture of 16 bits keeps them while it is cut, mirrored, resized, made a tensor and saved
    /// as PNG, TIFF, PPM or PGM. Whatever changes colours or levels, data sets and other files take
    /// the upper 8 bits.
    ///
    ///     let depth = try Image("depth.png")
    ///     depth.bitDepth  // 16
    ///     depth.pixels    // [H, W, 1] int32 in 0...65535
    public var bitDepth: Int { deep == nil ? 8 : 16 }

    /// A picture of 8 or 16 bits a sample from a tensor.
    ///
    /// With 16 bits, `tensor` is [C, H, W] or [H, W] with C of 1, 3 or 4: float32 in 0...1, which is
    /// rounded to 65535 levels, or int32 in 0...65535, which may also be [H, W, C], as `pixels` is.
    /// With 8 bits it is what `Image(_:)` takes. Throws for other depths, shapes and dtypes and for
    /// values out of range.
    ///
    ///     try Image(depth.tensor.flipped(axis: 2), bitDepth: 16).save("mirrored.png")
    public init(_ tensor: Tensor, bitDepth: Int) throws {
        guard bitDepth == 16 else {
            guard bitDepth == 8 else {
                throw ImageError(
                    .argument, "Image: expected a bit depth of 8 or 16, got \(bitDepth)")
            }
            try self.init(tensor)
            return
        }
        guard tensor.dtype == .float32 || tensor.dtype == .int32 else {
            throw ImageError(
                .argument,
                "Image: wrong dtype for 16 bits, expected float32 in 0...1 or int32 in 0...65535, "
                    + "got \(tensor.dtype)")
        }
        let isWhole = tensor.dtype == .int32
        let layout = try PlaneLayout(tensor.shape, mayInterleave: isWhole)
        let count = try Image.byteCount(
            width: layout.width, height: layout.height, channels: layout.channels)
        let values = try tensor.scalars(as: Double.self)
        let (factor, greatest) = isWhole ? (1.0, 65_535.0) : (65_535.0, 1.0)
        let slack = isWhole ? 0.0 : 0.001
        if let wrong = values.first(where: { !($0 >= -slack && $0 <= greatest + slack) }) {
            throw ImageError(
                .argument,
                "Image: values out of range for 16 bits, expected \(tensor.dtype) in "
                    + "0...\(isWhole ? 65_535 : 1), got \(wrong)")
        }
        self.init(
            deepWidth: layout.width, height: layout.height, channels: layout.channels, count: count
        ) { out in
            for index in 0..<count {
                let value = values[layout.position(of: index)] * factor
                out[index] = UInt16(max(0, min(65_535, value.rounded())))
            }
        }
    }

    /// The samples as the tensor [H, W, C] of int32.
    func deepPixels(_ deep: [UInt16]) throws -> Tensor {
        try Tensor.unsafeUninitialized(shape: [height, width, channels], dtype: .int32) {
            let out = $0.bindMemory(to: Int32.self)
            for index in deep.indices { out[index] = Int32(deep[index]) }
        }
    }

    /// The samples as the tensor [C, H, W] of float32 in 0...1.
    func deepTensor(_ deep: [UInt16]) throws -> Tensor {
        let pixels = width * height
        return try Tensor.unsafeUninitialized(
            shape: [channels, height, width], dtype: .float32
        ) {
            let out = $0.bindMemory(to: Float.self)
            for channel in 0..<channels {
                for pixel in 0..<pixels {
                    out[channel * pixels + pixel] =
                        Float(deep[pixel * channels + channel]) / 65_535
                }
            }
        }
    }
}

/// Where the samples of a picture stand in a tensor.
struct PlaneLayout {
    let channels: Int
    let height: Int
    let width: Int
    /// Whether it is [H, W, C].
    let isInterleaved: Bool

    /// Throws for a shape that no picture has.
    init(_ shape: [Int], mayInterleave: Bool) throws {
        let isChannel: (Int) -> Bool = { $0 == 1 || $0 == 3 || $0 == 4 }
        if shape.count == 2 {
            (channels, height, width) = (1, shape[0], shape[1])
            isInterleaved = false
        } else if shape.count == 3, isChannel(shape[0]) {
            (channels, height, width) = (shape[0], shape[1], shape[2])
            isInterleaved = false
        } else if shape.count == 3, mayInterleave, isChannel(shape[2]) {
            (channels, height, width) = (shape[2], shape[0], shape[1])
            isInterleaved = true
        } else {
            throw ImageError(
                .argument,
                "Image: wrong shape, expected [C, H, W] with C of 1, 3 or 4, or [H, W], "
                    + "got \(shape)")
        }
    }

    /// The tensor's element that is the picture's sample `index`.
    func position(of index: Int) -> Int {
        isInterleaved ? index : index % channels * height * width + index / channels
    }
}
