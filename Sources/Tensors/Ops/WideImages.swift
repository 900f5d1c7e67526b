import OneDNN

/// Small images and the gradients of their results, several of each side by side in one wide image,
/// zeros between them.
///
/// For the gradient of the weights oneDNN reads and writes the whole of it once for each row of
/// results: rows of two to four pixels cost more in sums that come and go than in products. The
/// wide rows give the same sums of the same products, and others that are zero.
struct WideImages {
    /// The convolution of the wide images.
    let kernel: ConvolutionKernel
    let x, gradient: Tensor

    /// Results in a row from which on rows pay for themselves.
    private static let columns = 48
    private static let block = 16

    /// `nil` where rows are long enough, or where an element that is not finite would reach its
    /// neighbour's windows: times zero it is not zero.
    init?(
        _ small: ConvolutionKernel, _ x: Tensor, _ gradient: Tensor, keepsFormats: Bool
    ) throws {
        let (image, result, window) = (small.image, small.result, small.weights.shape)
        guard result[3] <= 4, result[0] > 1, small.groups == 1, window[2] * window[3] > 1,
            image[1] % Self.block == 0, result[1] % Self.block == 0,
            x.count + gradient.count <= 2 * small.weights.count
        else { return nil }
        let stride = small.stride[1]
        // How far the windows of one image reach beyond it, to the right and to the left.
        let reach = stride * (result[3] - 1) + small.dilation[1] * (window[3] - 1) + 1
        let margin = max(small.paddingLow[1], reach - small.paddingLow[1] - image[3], 0)
        let step = max((image[3] + margin + stride - 1) / stride, result[3])
        let rows = (result[0] * step + Self.columns - 1) / Self.columns
        let perRow = (result[0] + rows - 1) / rows
        guard perRow > 1,
            let wideX = try Self.joined(
                x, small.dtype, perRow, step: step * stride, adopting: false),
            let wideGradient = try Self.joined(
                gradient, small.dtype, perRow, step: step, adopting: keepsFormats)
        else { return nil }
        self.x = wideX
        self.gradient = wideGradient
        kernel = ConvolutionKernel(
            image: wideX.shape, result: wideGradient.shape, weights: small.weights,
            dtype: wideX.dtype, groups: 1, stride: small.stride, dilation: small.dilation,
            paddingLow: small.paddingLow, paddingHigh: small.paddingHigh)
    }

    /// Images side by side, each `step` columns after the one before it, in blocks of channels.
    private static func joined(
        _ images: Tensor, _ dtype: DType, _ perRow: Int, step: Int, adopting: Bool
    ) throws -> Tensor? {
        let shape = images.shape
        let source = try images.packed(
            as: .channelBlocks(of: block, shape: shape, type: dtype.kernelType),
            adopting: adopting)
        let isFinite = withExtendedLifetime(source.storage) {
            dtype.kernelType == .bfloat16
                ? areAllFinite(
                    UnsafePointer(source.pointer.assumingMemoryBound(to: BFloat16.self)),
                    images.count)
                : areAllFinite(
                    UnsafePointer(source.pointer.assumingMemoryBound(to: Float.self)),
                    images.count)
        }
        guard isFinite else { return nil }
        let wide = TensorSpec(
            [(shape[0] + perRow - 1) / perRow, shape[1], shape[2], step * (perRow - 1) + shape[3]],
            dtype.kernelDType)
        let format = try MemoryDescriptor.channelBlocks(
            of: block, shape: wide.shape, type: dtype.kernelType)
        let target = try Storage(byteCount: format.byteCount)
        target.pointer.initializeMemory(as: UInt8.self, repeating: 0, count: format.byteCount)
        let pixel = block * dtype.kernelType.byteCount
        let planes = shape[1] / block * shape[2]
        for number in 0..<shape[0] {
            let from = source.pointer + number * planes * shape[3] * pixel
            let (row, place) = number.quotientAndRemainder(dividingBy: perRow)
            let to = target.pointer + (row * planes * wide.shape[3] + place * step) * pixel
            for plane in 0..<planes {
                (to + plane * wide.shape[3] * pixel)
                    .copyMemory(
                        from: from + plane * shape[3] * pixel, byteCount: shape[3] * pixel)
            }
        }
        withExtendedLifetime(source.storage) {}
        return Tensor(wide, target, format)
    }
}
