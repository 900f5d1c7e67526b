import OneDNN

/// Which of oneDNN's kernels a convolution runs; `conv2d` and its transpose run the same ones in
/// another order.
struct ConvolutionKernel {
    /// Shapes of what is convolved and of what comes out.
    let image, result: [Int]
    /// `[K, C/groups, h, w]`; gradients have their type.
    let weights: TensorSpec
    /// The type of the images, in which is computed where there is such a kernel.
    let dtype: DType
    let groups: Int
    let stride, dilation, paddingLow, paddingHigh: [Int]

    /// The kernel for a direction, in float32 where there is none in bfloat16.
    func primitive(
        _ direction: Direction, hasBias: Bool = false, postOperation: PostOperation? = nil
    ) throws -> Primitive {
        func make(_ type: ElementType) throws -> Primitive {
            try configuration(direction, type, hasBias, postOperation).primitive()
        }
        let type = dtype.kernelType
        do {
            return try make(type)
        } catch let error as OneDNNError where error.isUnimplemented && type == .bfloat16 {
            return try make(.float32)
        }
    }

    private func configuration(
        _ direction: Direction, _ type: ElementType, _ hasBias: Bool,
        _ postOperation: PostOperation?
    ) throws -> ConvolutionConfiguration {
        let shape = weights.shape
        // Gradients of float32 weights are not rounded to the type that is computed in.
        let isRounded = type == .bfloat16 && direction == .backwardWeights
        return ConvolutionConfiguration(
            direction, source: try .any(shape: image, type: type),
            weights: try .any(
                shape: groups == 1 ? shape : [groups, shape[0] / groups] + shape[1...],
                type: isRounded ? weights.dtype.kernelType : type),
            bias: hasBias ? try MemoryDescriptor(shape: [shape[0]]) : nil,
            destination: try .any(shape: result, type: type), strides: stride,
            dilation: dilation, paddingLow: paddingLow, paddingHigh: paddingHigh,
            postOperation: postOperation)
    }
}
