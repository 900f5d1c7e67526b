import Tensors

/// The transpose of a convolution, which enlarges images: `[N, inputs, H, W]` to
/// `[N, outputs, H', W']`.
///
/// H' = (H - 1) * stride - 2 * padding + dilation * (kernel - 1) + outputPadding + 1, and W' alike.
/// Parameters: `weight` `[inputs, outputs / groups, kernelHeight, kernelWidth]` and `bias`
/// `[outputs]`. As `torch.nn.ConvTranspose2d`.
///
///     let x = try Tensor.zeros([1, 8, 16, 16])
///     ConvTranspose2d(8, 3, kernel: 2, stride: 2)(x).shape  // [1, 3, 32, 32]
public final class ConvTranspose2d: Layer {
    /// Channels of the images that go in: C of `[N, C, H, W]`.
    public let inputs: Int
    /// Channels K of what comes out.
    public let outputs: Int
    /// `[C, K / groups, kernel height, kernel width]`: inputs first, the other way than `Conv2d`.
    public let weight: Parameter
    /// What is added to each output channel, `[K]`; `nil` for a layer made with `bias: false`.
    public let bias: Parameter?
    let arguments: Arguments

    struct Arguments {
        let kernel: [Int]
        let stride: [Int]
        let padding: [Int]
        let outputPadding: [Int]
        let groups: Int
        let dilation: [Int]
        var open: OpenArguments = []
    }

    /// A transposed convolution from `inputs` to `outputs` channels; stops the program where the
    /// arguments make no layer.
    public convenience init(
        _ inputs: Int, _ outputs: Int, kernel: any IntOrPair, stride: any IntOrPair = 1,
        padding: any IntOrPair = 0, outputPadding: any IntOrPair = 0, groups: Int = 1,
        bias: Bool = true, dilation: any IntOrPair = 1
    ) {
        do {
            try self.init(
                inputs: inputs, outputs: outputs, kernel: kernel, stride: stride,
                padding: padding, outputPadding: outputPadding, groups: groups, bias: bias,
                dilation: dilation)
        } catch { preconditionFailure(String(describing: error)) }
    }

    /// The same, throwing where a size is not positive, a padding is negative, the output padding
    /// reaches the stride and the dilation, or the channels do not split into groups.
    public init(
        inputs: Int, outputs: Int, kernel: any IntOrPair, stride: any IntOrPair = 1,
        padding: any IntOrPair = 0, outputPadding: any IntOrPair = 0, groups: Int = 1,
        bias: Bool = true, dilation: any IntOrPair = 1
    ) throws {
        let kind = "ConvTranspose2d"
        for (name, value) in [("inputs", inputs), ("outputs", outputs), ("groups", groups)] {
            try LayerError.require(kind, name, value, atLeast: 1)
        }
        for (name, channels) in [("inputs", inputs), ("outputs", outputs)]
        where channels % groups != 0 {
            throw LayerError.indivisible(
                kind, name, channels, into: groups, called: "groups",
                beside: name == "inputs" ? outputs : inputs)
        }
        var open: OpenArguments = []
        let kernel = open.noting(.kernel, kernel, standIn: 1)
        let stride = open.noting(.stride, stride, standIn: 1)
        let padding = open.noting(.padding, padding, standIn: 0)
        let outputPadding = open.noting(.outputPadding, outputPadding, standIn: 0)
        let arguments = Arguments(
            kernel: try windowSizes(kind, "kernel", kernel),
            stride: try windowSizes(kind, "stride", stride),
            padding: try windowSizes(kind, "padding", padding, atLeast: 0),
            outputPadding: try windowSizes(kind, "outputPadding", outputPadding, atLeast: 0),
            groups: groups, dilation: try windowSizes(kind, "dilation", dilation), open: open)
        for axis in 0..<2 where !open.contains(.stride) {
            let limit = max(arguments.stride[axis], arguments.dilation[axis])
            guard arguments.outputPadding[axis] < limit else {
                throw LayerError(
                    layer: kind, problem: "'outputPadding' is too large",
                    expected: "less than the stride or the dilation, \(limit)",
                    got: written(arguments.outputPadding))
            }
        }
        self.inputs = inputs
        self.outputs = outputs
        self.arguments = arguments
        let shape = [inputs, outputs / groups] + arguments.kernel
        let initializer = Initializer.usual(fanIn: shape[1...].reduce(1, &*))
        weight = try Parameter(shape, initializer)
        self.bias = bias ? try Parameter([outputs], initializer) : nil
    }

    private init(copying other: ConvTranspose2d) {
        inputs = other.inputs
        outputs = other.outputs
        arguments = other.arguments
        weight = other.weight.copy()
        bias = other.bias?.copy()
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        try arguments.open.requireNone(kind)
        return try convTranspose2d(
            x, weight.value(for: x), bias: bias?.value(for: x), stride: arguments.stride,
            padding: arguments.padding, outputPadding: arguments.outputPadding,
            groups: arguments.groups, dilation: arguments.dilation)
    }

    public func copy() -> ConvTranspose2d { ConvTranspose2d(copying: self) }

    /// The same layer, freshly initialised, for another number of input channels.
    package func accepting(channels: Int) throws -> ConvTranspose2d {
        try ConvTranspose2d(
            inputs: channels, outputs: outputs, kernel: arguments.kernel, stride: arguments.stride,
            padding: arguments.padding, outputPadding: arguments.outputPadding,
            groups: arguments.groups, bias: bias != nil, dilation: arguments.dilation)
    }

    public var kind: String { "ConvTranspose2d" }
    public var children: [(name: String, layer: any Layer)] { [] }

    public var ownParameters: [(name: String, parameter: Parameter)] {
        [("weight", weight)] + (bias.map { [("bias", $0)] } ?? [])
    }

    public var details: String {
        let open = arguments.open
        var text =
            "\(inputs), \(outputs), kernel: "
            + open.written(.kernel, written(arguments.kernel))
        for (name, value, usual) in [
            ("stride", open.written(.stride, written(arguments.stride)), "1"),
            ("padding", open.written(.padding, written(arguments.padding)), "0"),
            ("outputPadding", open.written(.outputPadding, written(arguments.outputPadding)), "0"),
            ("groups", "\(arguments.groups)", "1"), ("bias", "\(bias != nil)", "true"),
            ("dilation", written(arguments.dilation), "1"),
        ] where value != usual { text += ", \(name): \(value)" }
        return text
    }
}
