import Hosting
import Tensors

extension Tensor {
    /// Colours in another colour space, exact: [C, H, W] or [N, C, H, W] of float32, C of 3, or 1
    /// for `.gray` and `.luminance`.
    ///
    /// The numbers are those of scikit-image: RGB, grey and HSV in 0...1, L* in 0...100, Y in
    /// 16...235. Throws for other shapes and dtypes. Nothing is recorded for gradients.
    ///
    ///     let lab = try photo.tensor.converted(from: .rgb, to: .lab)
    public func converted(from source: ColorSpace, to target: ColorSpace) throws -> Tensor {
        guard dtype == .float32 else {
            throw ImageError(
                .argument, "converted: wrong dtype, expected float32, got \(dtype)")
        }
        guard shape.count == 3 || shape.count == 4,
            shape[shape.count - 3] == source.channels
        else {
            throw ImageError(
                .argument,
                "converted: wrong shape, expected [C, H, W] or [N, C, H, W] with C of "
                    + "\(source.channels) for \(source.title), got \(shape)")
        }
        var newShape = shape
        newShape[shape.count - 3] = target.channels
        let pixels = shape[shape.count - 2] * shape[shape.count - 1]
        let pictures = shape.count == 4 ? shape[0] : 1
        let cancellation = Host.current.cancellation
        return try withUnsafeBytes { buffer in
            let values = buffer.bindMemory(to: Float.self)
            return try Tensor.unsafeUninitialized(shape: newShape, dtype: .float32) { buffer in
                let out = buffer.bindMemory(to: Float.self)
                for picture in 0..<pictures {
                    try cancellation.check()
                    let from = picture * source.channels * pixels
                    let to = picture * target.channels * pixels
                    for pixel in 0..<pixels {
                        var color = SIMD4(repeating: values[from + pixel])
                        if source.channels == 3 {
                            color.y = values[from + pixels + pixel]
                            color.z = values[from + 2 * pixels + pixel]
                        }
                        let result = target.color(rgb: source.rgb(color))
                        for channel in 0..<target.channels {
                            out[to + channel * pixels + pixel] = result[channel]
                        }
                    }
                }
            }
        }.meaning(meaning(in: target, shape: newShape))
    }

    /// What the result is: pictures, if this tensor was known to be some. The numbers of L*a*b* and
    /// YCbCr are no samples in 0...1.
    private func meaning(in space: ColorSpace, shape: [Int]) -> TensorMeaning? {
        guard let places = meaning?.places, places.channel == shape.count - 3,
            places.height == shape.count - 2, meaning?.restoration != nil
        else { return nil }
        let known = TensorMeaning(planes: shape, space)
        return space == .lab || space == .ycbcr ? known.withoutValues : known
    }
}
