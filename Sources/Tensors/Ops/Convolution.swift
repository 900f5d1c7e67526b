import OneDNN

/// Two-dimensional convolution (cross-correlation, as everywhere in deep learning).
struct Convolution: Operation {
    /// Without the kernel's size, which the weights give.
    let stride: [Int]
    let padding: WindowPadding
    let dilation: [Int]
    let groups: Int
    /// Applied to the result.
    var activation: Activation?
    /// Whether the last input is added to the result before the activation; such a convolution has
    /// a bias and is not recorded.
    var hasAddend = false
    let name = "conv2d"

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let x = inputs[0]
        let w = inputs[1]
        guard x.rank == 4, w.rank == 4 else {
            throw TensorError(
                .shape, name, "images and weights have four axes",
                expected: "x [N, C, H, W] and weights [K, C/groups, h, w]",
                got: "\(x.shape) and \(w.shape)")
        }
        try requireReal(inputs, name)
        guard groups >= 1, w.shape[0] % groups == 0, x.shape[1] % groups == 0 else {
            throw TensorError(
                .value, name, "groups divide input and output channels",
                expected: "a divisor of \(x.shape[1]) and \(w.shape[0])", got: "\(groups)")
        }
        guard x.shape[1] == w.shape[1] * groups else {
            throw TensorError(
                .shape, name,
                "weights \(w.shape) do not take the channels of \(x.shape)",
                expected: "\(w.shape[1] * groups) channels", got: "\(x.shape[1])")
        }
        if inputs.count > 2, inputs[2].shape != [w.shape[0]] {
            throw TensorError(
                .shape, name, "bias has one number for each output channel",
                expected: "\([w.shape[0]])", got: "\(inputs[2].shape)")
        }
        let place = try placement(x, w)
        let result = TensorSpec([x.shape[0], w.shape[0]] + place.output, x.dtype)
        if hasAddend, let addend = inputs.last, addend != result {
            throw TensorError(
                .shape, name, "what is added has another shape or type", expected: "\(result)",
                got: "\(addend)")
        }
        return [result]
    }

    func window(_ w: TensorSpec) -> Window {
        Window(kernel: Array(w.shape[2...]), stride: stride, padding: padding, dilation: dilation)
    }

    private func placement(_ x: TensorSpec, _ w: TensorSpec) throws -> Window.Placement {
        try window(w).placement(on: Array(x.shape[2...]), name)
    }

    func receptiveField(
        _ fields: [ReceptiveField], inputs: [TensorSpec], outputs: [TensorSpec]
    ) -> ReceptiveField? {
        ReceptiveField.union(fields)?.seen(
            through: window(inputs[1]), on: inputs[0], output: outputs[0])
    }

    func kernel(_ x: TensorSpec, _ w: TensorSpec) throws -> ConvolutionKernel {
        let place = try placement(x, w)
        return ConvolutionKernel(
            image: x.shape, result: [x.shape[0], w.shape[0]] + place.output, weights: w,
            dtype: x.dtype, groups: groups, stride: stride, dilation: dilation,
            paddingLow: place.low, paddingHigh: place.high)
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        let x = inputs[0]
        let w = inputs[1]
        let bias = inputs.count > 2 ? inputs[2] : nil
        guard spec.count > 0, x.count > 0, w.count > 0 else {
            return try Context.current.withoutGradient {
                let empty = try emptyResult(spec, bias)
                let addend = hasAddend ? inputs[3] : nil
                return [try finished(empty, addend: addend, activation: activation)]
            }
        }
        try Allocator.shared.checkRoom(byteCount: spec.byteCount)
        return [
            try kernel(x.spec, w.spec).convolved(
                x, w, bias: bias, addend: hasAddend ? inputs[3] : nil, activation: activation,
                keepsFormats: true)
        ]
    }

    /// Nothing to multiply: the bias alone, or nothing at all.
    private func emptyResult(_ spec: TensorSpec, _ bias: Tensor?) throws -> Tensor {
        guard let bias else { return try Tensor.zeros(spec.shape, dtype: spec.dtype) }
        return try bias.cast(to: spec.dtype).reshaped(1, spec.shape[1], 1, 1)
            .broadcast(to: spec.shape).contiguous()
    }

    var rectifies: Bool { activation == .relu || activation == .relu6 }

    var savesForBackward: SavedTensors { activation == nil ? .inputs : .all }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard var gradient = gradients[0] else { return inputs.map { _ in nil } }
        if activation == .relu {
            gradient = try Activation.reluGradient(gradient, result: outputs[0])
        }
        let x = inputs[0]
        let w = inputs[1]
        guard gradient.count > 0, x.count > 0, w.count > 0 else {
            return try inputs.map { try Tensor.zeros($0.shape, dtype: $0.dtype) }
        }
        var result: [Tensor?] = inputs.map { _ in nil }
        let needsBias = inputs.count > 2 && needs[2]
        let kernel = try kernel(x.spec, w.spec)
        if needs[1] || needsBias {
            let gradients = try kernel.weightsGradient(
                x, gradient, bias: needsBias ? inputs[2].spec : nil, keepsFormats: true)
            if needs[1] { result[1] = gradients.weights }
            if needsBias { result[2] = gradients.bias }
        }
        if needs[0] { result[0] = try kernel.imageGradient(gradient, w) }
        return result
    }

    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost {
        let perOutput = inputs[1].shape[1...].reduce(1, &*)
        return Cost(
            multiplyAccumulates: outputs[0].count &* perOutput,
            bytes: (inputs + outputs).reduce(0) { $0 &+ $1.byteCount })
    }
}

/// Two-dimensional convolution: x `[N, C, H, W]` and weights `[K, C/groups, h, w]` give
/// `[N, K, H', W']` with `H' = (H + 2 padding - dilation (h - 1) - 1) / stride + 1`, rounded down.
///
/// In float32, 3x3 windows with stride 1 over 32 channels or more are computed by Winograd's
/// algorithm where that is faster: the result differs from the plain sum by some 1e-6 of its
/// typical element, at most about 1e-5.
///
///     let y = try conv2d(x, weights, bias: bias, stride: 2, padding: 1)
public func conv2d(
    _ x: Tensor, _ weights: Tensor, bias: Tensor? = nil, stride: some IntOrPair = 1,
    padding: some PaddingSize = 0, dilation: some IntOrPair = 1, groups: Int = 1
) throws -> Tensor {
    try conv2d(
        x, weights, bias: bias, stride: stride, padding: padding, dilation: dilation,
        groups: groups, activation: nil)
}

/// The same with an activation function after it.
package func conv2d(
    _ x: Tensor, _ weights: Tensor, bias: Tensor?, stride: some IntOrPair,
    padding: some PaddingSize, dilation: some IntOrPair, groups: Int, activation: Activation?
) throws -> Tensor {
    let x = try Context.current.lowered(x)
    return try apply(
        activation,
        after: { activation in
            Convolution(
                stride: stride.windowSizes, padding: padding.windowPadding,
                dilation: dilation.windowSizes, groups: groups, activation: activation)
        }, bias.map { [x, weights, $0] } ?? [x, weights])
}
