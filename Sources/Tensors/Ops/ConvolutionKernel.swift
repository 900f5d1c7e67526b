import OneDNN

/// A convolution over exact shapes and the three things that are computed of it; `conv2d` and its
/// transpose run the same ones in another order.
struct ConvolutionKernel {
    /// Shapes of what is convolved and of what comes out.
    let image: [Int]
    var result: [Int]
    /// `[K, C/groups, h, w]`; gradients have their type.
    var weights: TensorSpec
    /// The type of the images, in which is computed where there is such a kernel.
    let dtype: DType
    let groups: Int
    let stride, dilation, paddingLow, paddingHigh: [Int]

    /// The convolution of `x`, with `addend` added to it and an activation after that.
    func convolved(
        _ x: Tensor, _ w: Tensor, bias: Tensor? = nil, addend: Tensor? = nil,
        activation: Activation? = nil, keepsFormats: Bool = false
    ) throws -> Tensor {
        // After Winograd's algorithm the rest would hide elements that are not finite.
        let isApart = prefersWinograd
        let output = try run(
            .forward, hasBias: bias != nil, hasAddend: !isApart && addend != nil,
            postOperation: isApart ? nil : activation?.postOperation
        ) { run in
            let output = try OutputBuffer(run.primitive, .destination)
            let source = try x.packed(
                as: run.format(.source), adopting: keepsFormats && x.handle.isTracked)
            let weights = try w.packed(as: run.format(.weights), adopting: keepsFormats)
            var buffers: [(Role, UnsafeMutableRawPointer)] = [
                (.source, source.pointer), (.weights, weights.pointer),
                (.destination, output.storage.pointer),
            ]
            let offsets = try bias?.packed(as: run.format(.bias))
            if let offsets { buffers.append((.bias, offsets.pointer)) }
            let added = isApart ? nil : try addend?.packed(as: run.format(.addend))
            if let added { buffers.append((.addend, added.pointer)) }
            try run.execute(buffers)
            withExtendedLifetime((source.storage, weights.storage, offsets, added)) {}
            return [output]
        }
        let tensor = try output[0].tensor(TensorSpec(result, dtype))
        guard isApart else { return tensor }
        return try Context.current.withoutGradient {
            try finished(tensor, addend: addend, activation: activation)
        }
    }

    /// What `convolved` runs with a bias in float32; `nil` where its result is looked at afterwards.
    func plainRun(hasAddend: Bool, activation: Activation?) throws -> ConvolutionRun? {
        guard !prefersWinograd else { return nil }
        var wanted = try configuration(
            .forward, .float32, .direct, true, activation?.postOperation)
        wanted.hasAddend = hasAddend
        return try ConvolutionRun(wanted, productsAnImage: productsAnImage)
    }

    /// The gradient of what is convolved, given that of what comes out.
    func imageGradient(
        _ gradient: Tensor, _ w: Tensor, keepsFormats: Bool = false
    ) throws -> Tensor {
        let output = try run(.backwardData) { run in
            let given = try gradient.packed(as: run.format(.destinationGradient))
            let weights = try w.packed(as: run.format(.weights), adopting: keepsFormats)
            let output = try OutputBuffer(run.primitive, .sourceGradient)
            try run.execute([
                (.destinationGradient, given.pointer), (.weights, weights.pointer),
                (.sourceGradient, output.storage.pointer),
            ])
            withExtendedLifetime((given.storage, weights.storage)) {}
            return [output]
        }
        return try output[0].tensor(TensorSpec(image, dtype))
    }

    /// The gradients of the weights and, where a specification of it is given, of the bias.
    func weightsGradient(
        _ x: Tensor, _ gradient: Tensor, bias: TensorSpec? = nil, keepsFormats: Bool = false
    ) throws -> (weights: Tensor, bias: Tensor?) {
        if let wide = try WideImages(self, x, gradient, keepsFormats: keepsFormats) {
            return try wide.kernel.weightsGradient(wide.x, wide.gradient, bias: bias)
        }
        if let parts = try partedWeightsGradient(x, gradient, bias: bias) { return parts }
        let outputs = try run(.backwardWeights, hasBias: bias != nil) { run in
            let source = try x.packed(as: run.format(.source))
            let given = try gradient.packed(
                as: run.format(.destinationGradient), adopting: keepsFormats)
            var outputs = [try OutputBuffer(run.primitive, .weightsGradient)]
            if bias != nil { outputs.append(try OutputBuffer(run.primitive, .biasGradient)) }
            let roles: [Role] = [.weightsGradient, .biasGradient]
            try run.execute(
                [(.source, source.pointer), (.destinationGradient, given.pointer)]
                    + zip(roles, outputs).map { ($0, $1.storage.pointer) })
            withExtendedLifetime((source.storage, given.storage)) {}
            return outputs
        }
        return (try outputs[0].tensor(weights), try bias.map { try outputs[1].tensor($0) })
    }

    /// Runs the kernel for a direction; again by plain sums where Winograd's algorithm gave
    /// infinity or NaN, which it spreads to neighbours that they do not belong to.
    private func run(
        _ direction: Direction, hasBias: Bool = false, hasAddend: Bool = false,
        postOperation: PostOperation? = nil,
        _ body: (ConvolutionRun) throws -> [OutputBuffer]
    ) throws -> [OutputBuffer] {
        func prepared(
            _ type: ElementType, _ algorithm: ConvolutionAlgorithm
        ) throws -> ConvolutionRun {
            var wanted = try configuration(direction, type, algorithm, hasBias, postOperation)
            wanted.hasAddend = hasAddend
            return try ConvolutionRun(wanted, productsAnImage: productsAnImage)
        }
        guard dtype.kernelType == .float32 else {
            do {
                let own = try prepared(.bfloat16, .direct)
                guard own.primitive.copiesWindows else { return try body(own) }
                // A gradient of the weights of one channel takes ten times as long as in float32.
                let wide = try prepared(.float32, .direct)
                return try body(wide.primitive.copiesWindows ? own : wide)
            } catch let error as OneDNNError where error.isUnimplemented {
                return try body(prepared(.float32, .direct))
            }
        }
        guard prefersWinograd else { return try body(prepared(.float32, .direct)) }
        let fast = try prepared(.float32, .winogradOrDirect)
        let outputs = try body(fast)
        if !fast.primitive.usesWinograd || outputs[0].holdsFiniteFloats { return outputs }
        return try body(prepared(.float32, .direct))
    }

    /// Multiply-accumulates for one image of the batch.
    var productsAnImage: Double {
        (result[1...] + weights.shape[1...]).reduce(1) { $0 * Double($1) }
    }

    func configuration(
        _ direction: Direction, _ type: ElementType, _ algorithm: ConvolutionAlgorithm,
        _ hasBias: Bool, _ postOperation: PostOperation? = nil
    ) throws -> ConvolutionConfiguration {
        let shape = weights.shape
        // Gradients of float32 weights are not rounded to the type that is computed in.
        let isRounded = type == .bfloat16 && direction == .backwardWeights
        return ConvolutionConfiguration(
            direction, algorithm, source: try .any(shape: image, type: type),
            weights: try .any(
                shape: groups == 1 ? shape : [groups, shape[0] / groups] + shape[1...],
                type: isRounded ? weights.dtype.kernelType : type),
            bias: hasBias ? try MemoryDescriptor(shape: [shape[0]]) : nil,
            destination: try .any(shape: result, type: type), strides: stride,
            dilation: dilation, paddingLow: paddingLow, paddingHigh: paddingHigh,
            postOperation: postOperation)
    }

    /// Whether 36 products for sixteen results of a 3x3 window, instead of 144, pay for the
    /// transformations around them (Lavin and Gray 2016, F(4x4, 3x3)).
    ///
    /// Times of both on AVX-512, over 1 to 32 images of 16 to 512 channels and 4 to 56 pixels, are
    /// in the ratio estimated here within a tenth where it is below 1: the products, the weights'
    /// transformation shared by all tiles, and those of images and results shared by channels, all
    /// growing with what the tiles at the edge cover in vain. Few channels keep to plain sums, which
    /// are exact for whole numbers, as in filters for pictures.
    private var prefersWinograd: Bool {
        let shape = weights.shape
        let isPlain = stride == [1, 1] && dilation == [1, 1] && groups == 1
        guard hasWinogradKernels, dtype.kernelType == .float32, isPlain,
            shape[2...] == [3, 3], shape[0] >= 32, shape[1] >= 32
        else { return false }
        let rows = (result[2] + 3) / 4
        let columns = (result[3] + 3) / 4
        let tiles = Double(result[0]) * Double(rows) * Double(columns)
        let covered = Double(rows * columns * 16) / Double(result[2] * result[3])
        let transformed = 1 / Double(shape[0]) + 1 / Double(shape[1])
        return covered * (0.4 + 8.5 / tiles + 2.5 * transformed) < 0.9
    }
}

extension OutputBuffer {
    /// Whether a buffer of float32 holds neither infinity nor NaN.
    fileprivate var holdsFiniteFloats: Bool {
        let pointer = UnsafeRawPointer(storage.pointer).assumingMemoryBound(to: Float.self)
        return withExtendedLifetime(storage) {
            areFinite(pointer, descriptor.byteCount / MemoryLayout<Float>.stride)
        }
    }
}
