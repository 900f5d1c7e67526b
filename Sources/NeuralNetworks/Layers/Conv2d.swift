import Tensors

/// A convolution over images: `[N, inputs, H, W]` to `[N, outputs, H', W']`.
///
/// H' = (H + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1, rounded down, and W' alike.
/// Parameters: `weight` `[outputs, inputs / groups, kernelHeight, kernelWidth]` and `bias`
/// `[outputs]`. As `torch.nn.Conv2d`.
///
///     let x = try Tensor.zeros([1, 3, 32, 32])
///     Conv2d(3, 8, kernel: 3, stride: 2, padding: 1)(x).shape  // [1, 8, 16, 16]
public final class Conv2d: Layer, FusesActivation {
    /// Channels of the images that go in: C of `[N, C, H, W]`.
    public let inputs: Int
    /// Channels of what comes out, which is the number of filters K.
    public let outputs: Int
    /// `[K, C / groups, kernel height, kernel width]`: one filter a row.
    public let weight: Parameter
    /// What is added to each output channel, `[K]`; `nil` for a layer made with `bias: false`.
    public let bias: Parameter?
    private let arguments: Arguments

    /// Height and width of the window.
    public var kernel: [Int] { arguments.kernel }
    /// How far the window moves down and to the right, in pixels.
    public var stride: [Int] { arguments.stride }
    /// Zeros around the image: `.each([rows, columns])` on both sides, or `.keepSize`.
    public var padding: WindowPadding { arguments.padding }
    /// The distance of neighbouring elements of the window in pixels; 1 leaves no gaps.
    public var dilation: [Int] { arguments.dilation }
    /// Into how many parts channels are split; with C and K groups the layer is depthwise.
    public var groups: Int { arguments.groups }

    private struct Arguments {
        let kernel: [Int]
        let stride: [Int]
        let padding: WindowPadding
        let dilation: [Int]
        let groups: Int
        var open: OpenArguments = []
    }

    /// Which arguments are to be found.
    var open: OpenArguments { arguments.open }

    /// A convolution from `inputs` to `outputs` channels; stops the program where the arguments
    /// make no layer.
    public convenience init(
        _ inputs: Int, _ outputs: Int, kernel: any IntOrPair, stride: any IntOrPair = 1,
        padding: any PaddingSize = 0, dilation: any IntOrPair = 1, groups: Int = 1,
        bias: Bool = true
    ) {
        do {
            try self.init(
                inputs: inputs, outputs: outputs, kernel: kernel, stride: stride, padding: padding,
                dilation: dilation, groups: groups, bias: bias)
        } catch { preconditionFailure(String(describing: error)) }
    }

    /// The same, throwing where a size is not positive, the padding is negative or the channels do
    /// not split into groups.
    public convenience init(
        inputs: Int, outputs: Int, kernel: any IntOrPair, stride: any IntOrPair = 1,
        padding: any PaddingSize = 0, dilation: any IntOrPair = 1, groups: Int = 1,
        bias: Bool = true
    ) throws {
        var open: OpenArguments = []
        let kernel = open.noting(.kernel, kernel, standIn: 1)
        let stride = open.noting(.stride, stride, standIn: 1)
        let padding = open.noting(padding: padding)
        try self.init(
            inputs: inputs, outputs: outputs, bias: bias,
            arguments: Arguments(
                kernel: windowSizes("Conv2d", "kernel", kernel),
                stride: windowSizes("Conv2d", "stride", stride),
                padding: windowPadding("Conv2d", padding),
                dilation: windowSizes("Conv2d", "dilation", dilation), groups: groups, open: open))
    }

    private init(inputs: Int, outputs: Int, bias: Bool, arguments: Arguments) throws {
        try LayerError.require("Conv2d", "inputs", inputs, atLeast: 1)
        try LayerError.require("Conv2d", "outputs", outputs, atLeast: 1)
        let groups = arguments.groups
        try LayerError.require("Conv2d", "groups", groups, atLeast: 1)
        for (name, channels) in [("inputs", inputs), ("outputs", outputs)]
        where channels % groups != 0 {
            throw LayerError.indivisible(
                "Conv2d", name, channels, into: groups, called: "groups",
                beside: name == "inputs" ? outputs : inputs)
        }
        self.inputs = inputs
        self.outputs = outputs
        self.arguments = arguments
        let shape = [outputs, inputs / groups] + arguments.kernel
        let initializer = Initializer.usual(fanIn: shape[1...].reduce(1, &*))
        weight = try Parameter(shape, initializer)
        self.bias = bias ? try Parameter([outputs], initializer) : nil
    }

    private init(copying other: Conv2d) {
        inputs = other.inputs
        outputs = other.outputs
        arguments = other.arguments
        weight = other.weight.copy()
        bias = other.bias?.copy()
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        try open.requireNone(kind)
        return try conv2d(
            x, weight.value(for: x), bias: bias?.value(for: x), stride: arguments.stride,
            padding: arguments.padding, dilation: arguments.dilation, groups: arguments.groups)
    }

    func forward(_ x: Tensor, activation: Activation) throws -> Tensor {
        try open.requireNone(kind)
        return try conv2d(
            x, weight.value(for: x), bias: bias?.value(for: x), stride: arguments.stride,
            padding: arguments.padding, dilation: arguments.dilation, groups: arguments.groups,
            activation: activation)
    }

    public func copy() -> Conv2d { Conv2d(copying: self) }

    /// The same convolution, freshly initialised, for another number of input channels.
    package func accepting(channels: Int) throws -> Conv2d {
        try Conv2d(inputs: channels, outputs: outputs, bias: bias != nil, arguments: arguments)
    }

    public var kind: String { "Conv2d" }
    public var children: [(name: String, layer: any Layer)] { [] }

    public var ownParameters: [(name: String, parameter: Parameter)] {
        [("weight", weight)] + (bias.map { [("bias", $0)] } ?? [])
    }

    public var details: String {
        var text =
            "\(inputs), \(outputs), kernel: "
            + open.written(.kernel, written(arguments.kernel))
        for (name, value, usual) in [
            ("stride", open.written(.stride, written(arguments.stride)), "1"),
            ("padding", open.written(.padding, written(arguments.padding)), "0"),
            ("dilation", written(arguments.dilation), "1"), ("groups", "\(arguments.groups)", "1"),
        ] where value != usual { text += ", \(name): \(value)" }
        return bias == nil ? text + ", bias: false" : text
    }
}
