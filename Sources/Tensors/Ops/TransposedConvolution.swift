import OneDNN

/// Transposed two-dimensional convolution: what sends a convolution's gradient back to its input.
///
/// Its forward pass is a convolution's data gradient, its gradients are a convolution and a
/// convolution's weight gradient, so the kernels are those of `conv2d`.
struct TransposedConvolution: Operation {
    let stride: [Int]
    let padding: WindowPadding
    let outputPadding: [Int]
    let groups: Int
    let dilation: [Int]
    let name = "convTranspose2d"

    /// Where the convolution that this one transposes goes on its image, which is our output.
    private struct Placement {
        var low = [0, 0]
        var high = [0, 0]
        /// The output's size.
        var output = [0, 0]
        /// Rows and columns at the end of the output that no window reaches.
        var trailing = [0, 0]
        /// The image of the convolution: the output without the trailing part.
        var image: [Int] { [output[0] - trailing[0], output[1] - trailing[1]] }
    }

    /// How far the pixels reach depends on where they lie.
    func receptiveField(
        _ fields: [ReceptiveField], inputs: [TensorSpec], outputs: [TensorSpec]
    ) -> ReceptiveField? {
        nil
    }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let x = inputs[0]
        let w = inputs[1]
        guard x.rank == 4, w.rank == 4 else {
            throw TensorError(
                .shape, name, "images and weights have four axes",
                expected: "x [N, C, H, W] and weights [C, K/groups, h, w]",
                got: "\(x.shape) and \(w.shape)")
        }
        try requireReal(inputs, name)
        guard groups >= 1, x.shape[1] % groups == 0 else {
            throw TensorError(
                .value, name, "groups divide the input channels",
                expected: "a divisor of \(x.shape[1])", got: "\(groups)")
        }
        guard x.shape[1] == w.shape[0] else {
            throw TensorError(
                .shape, name, "weights \(w.shape) do not take the channels of \(x.shape)",
                expected: "\(w.shape[0]) channels", got: "\(x.shape[1])")
        }
        let (channels, overflow) = w.shape[1].multipliedReportingOverflow(by: groups)
        guard !overflow else {
            throw TensorError(
                .memory, name, "too many channels", expected: "a shape that fits memory",
                got: "\(groups) groups of \(w.shape[1])")
        }
        if inputs.count > 2, inputs[2].shape != [channels] {
            throw TensorError(
                .shape, name, "bias has one number for each output channel",
                expected: "\([channels])", got: "\(inputs[2].shape)")
        }
        let place = try placement(x, w)
        return [TensorSpec([x.shape[0], channels] + place.output, x.dtype)]
    }

    private func placement(_ x: TensorSpec, _ w: TensorSpec) throws -> Placement {
        func check(_ label: String, _ sizes: [Int], atLeast least: Int) throws {
            guard sizes.count == 2, sizes.allSatisfy({ $0 >= least && $0 < 1 << 24 }) else {
                throw TensorError(
                    .value, name, "\(label) is a number or [height, width]",
                    expected: "sizes of at least \(least)", got: "\(sizes)")
            }
        }
        try check("kernel", Array(w.shape[2...]), atLeast: 1)
        try check("stride", stride, atLeast: 1)
        try check("dilation", dilation, atLeast: 1)
        try check("outputPadding", outputPadding, atLeast: 0)
        if case .each(let padding) = padding { try check("padding", padding, atLeast: 0) }
        guard x.shape[2] > 0, x.shape[3] > 0 else {
            throw TensorError(
                .shape, name, "the images have no pixels", expected: "H and W of at least 1",
                got: "\(x.shape)")
        }
        try TensorSpec([x.shape[2], stride[0]]).validate(name)
        try TensorSpec([x.shape[3], stride[1]]).validate(name)
        var place = Placement()
        for axis in 0..<2 {
            guard outputPadding[axis] < max(stride[axis], dilation[axis]) else {
                throw TensorError(
                    .value, name, "outputPadding chooses among the sizes that the stride allows",
                    expected: "less than the stride or the dilation, "
                        + "\(max(stride[axis], dilation[axis]))", got: "\(outputPadding[axis])")
            }
            let reach = dilation[axis] * (w.shape[2 + axis] - 1) + 1
            var extra = outputPadding[axis]
            switch padding {
            case .each(let padding):
                place.low[axis] = padding[axis]
                place.high[axis] = padding[axis]
            case .keepSize:
                let total = max(0, reach - stride[axis])
                place.low[axis] = total / 2
                place.high[axis] = total - total / 2
                extra += max(0, stride[axis] - reach)
            }
            let whole = (x.shape[2 + axis] - 1) * stride[axis] + reach + extra
            place.output[axis] = whole - place.low[axis] - place.high[axis]
            guard place.output[axis] >= 1 else {
                throw TensorError(
                    .shape, name, "padding leaves nothing of the output",
                    expected: "\(axis == 0 ? "height" : "width") of more than "
                        + "\(place.low[axis] + place.high[axis]) before padding", got: "\(whole)")
            }
            // The convolution rounds fewer than a stride of extra pixels away by itself.
            if extra >= stride[axis] {
                place.trailing[axis] = max(0, extra - place.high[axis])
                place.high[axis] = max(0, place.high[axis] - extra)
            }
            if place.output[axis] <= place.trailing[axis] { place.trailing[axis] = 0 }
        }
        return place
    }

    /// The kernels of the convolution that this one transposes.
    private func kernel(
        _ x: TensorSpec, _ w: TensorSpec, _ place: Placement
    ) -> ConvolutionKernel {
        ConvolutionKernel(
            image: [x.shape[0], w.shape[1] * groups] + place.image, result: x.shape, weights: w,
            dtype: x.dtype, groups: groups, stride: stride, dilation: dilation,
            paddingLow: place.low, paddingHigh: place.high)
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        let x = inputs[0]
        let w = inputs[1]
        let place = try placement(x.spec, w.spec)
        var result: Tensor
        if spec.count > 0, x.count > 0, w.count > 0 {
            try Allocator.shared.checkRoom(byteCount: spec.byteCount)
            result = try kernel(x.spec, w.spec, place).imageGradient(x, w, keepsFormats: true)
            if place.trailing != [0, 0] { result = try result.extended(to: spec.shape) }
        } else {
            result = try Tensor.zeros(spec.shape, dtype: spec.dtype)
        }
        guard inputs.count > 2 else { return [result] }
        let bias = try Reshape(shape: [1, spec.shape[1], 1, 1]).forward([inputs[2]])[0]
        return [
            try Binary(kind: .adding).forward([result, bias.converted(to: spec.dtype)])[0]
                .converted(to: spec.dtype)
        ]
    }

    var savesForBackward: SavedTensors { .inputs }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        var result: [Tensor?] = inputs.map { _ in nil }
        guard let gradient = gradients[0] else { return result }
        let x = inputs[0]
        let w = inputs[1]
        if inputs.count > 2, needs[2] {
            result[2] = try gradient.converted(to: .float32).sum(axes: [0, 2, 3])
        }
        guard gradient.count > 0, x.count > 0, w.count > 0 else {
            for index in 0..<2 { result[index] = try Tensor.zeros(inputs[index].shape) }
            return result
        }
        let place = try placement(x.spec, w.spec)
        let kernel = kernel(x.spec, w.spec, place)
        let given =
            place.trailing == [0, 0]
            ? gradient : try gradient.cut(to: Array(gradient.shape[..<2]) + place.image)
        if needs[0] { result[0] = try kernel.convolved(given, w) }
        if needs[1] { result[1] = try kernel.weightsGradient(given, x).weights }
        return result
    }

    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost {
        Cost(
            multiplyAccumulates: inputs[0].count &* inputs[1].shape[1...].reduce(1, &*),
            bytes: (inputs + outputs).reduce(0) { $0 &+ $1.byteCount })
    }
}

extension Tensor {
    /// Images with zeros below and to the right.
    fileprivate func extended(to shape: [Int]) throws -> Tensor {
        let result = try Tensor.zeros(shape)
        let source = try converted(to: .float32).dense()
        let target = try result.dense()
        let from = source.pointer(Float.self)
        let to = target.pointer(Float.self)
        for row in 0..<self.shape[0] * self.shape[1] * self.shape[2] {
            let (plane, line) = row.quotientAndRemainder(dividingBy: self.shape[2])
            (to + (plane * shape[2] + line) * shape[3])
                .update(from: from + row * self.shape[3], count: self.shape[3])
        }
        return try withExtendedLifetime((source.storage, target.storage)) {
            try result.converted(to: dtype)
        }
    }

    /// The top left part of images, as a view.
    fileprivate func cut(to shape: [Int]) throws -> Tensor {
        let elements = try strided()
        return Tensor(
            TensorSpec(shape, dtype), elements.storage,
            .strided(offset: elements.offset, strides: elements.strides))
    }
}

/// Transposed two-dimensional convolution (Zeiler et al. 2010): x `[N, C, H, W]` and weights
/// `[C, K/groups, h, w]` give `[N, K, H', W']` with
/// `H' = (H - 1) stride - 2 padding + dilation (h - 1) + outputPadding + 1`.
///
/// It maps shapes as the gradient of `conv2d` with the same weights and arguments does;
/// `outputPadding`, less than the stride or the dilation, adds rows and columns at the end.
/// `padding: .same` gives `H' = H stride`.
///
///     let y = try convTranspose2d(x, weights, stride: 2)  // twice the size, with a 2x2 kernel
public func convTranspose2d(
    _ x: Tensor, _ weights: Tensor, bias: Tensor? = nil, stride: some IntOrPair = 1,
    padding: some PaddingSize = 0, outputPadding: some IntOrPair = 0, groups: Int = 1,
    dilation: some IntOrPair = 1
) throws -> Tensor {
    let operation = TransposedConvolution(
        stride: stride.windowSizes, padding: padding.windowPadding,
        outputPadding: outputPadding.windowSizes, groups: groups, dilation: dilation.windowSizes)
    return try apply(
        operation, [Context.current.lowered(x), weights] + [bias].compactMap(\.self))[0]
}
