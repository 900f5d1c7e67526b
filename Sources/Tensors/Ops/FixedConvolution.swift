import Hosting
import OneDNN

/// A convolution whose weights stay as they are, for evaluation without gradients: what it finds out
/// about an image's shape, it knows for the next image.
package final class FixedConvolution {
    private let weights, bias: Tensor
    private let stride, dilation: [Int]
    private let padding: WindowPadding
    private let groups: Int
    private var ready: Ready?

    /// A kernel for images of one shape, and the weights as it wants them.
    private struct Ready {
        let image: TensorSpec
        let result: TensorSpec
        let hasAddend: Bool
        let activation: Activation?
        let run: ConvolutionRun
        let source, destination: MemoryDescriptor
        let weights, bias: PackedElements
    }

    /// Weights `[K, C/groups, h, w]` and a bias `[K]`, both float32.
    package init(
        weights: Tensor, bias: Tensor, stride: [Int], padding: WindowPadding, dilation: [Int],
        groups: Int
    ) {
        self.weights = weights
        self.bias = bias
        self.stride = stride
        self.padding = padding
        self.dilation = dilation
        self.groups = groups
    }

    /// The convolution of `x`, to which `addend` is added before the activation.
    ///
    /// Throws where the channels do not fit, or what is added has another shape than the result.
    package func callAsFunction(
        _ x: Tensor, adding addend: Tensor?, activation: Activation?
    ) throws -> Tensor {
        if let ready, ready.image == x.spec, ready.activation == activation,
            ready.hasAddend ? addend?.spec == ready.result : addend == nil
        {
            return try Context.current.withoutGradient { try run(ready, x, addend) }
        }
        var convolution = Convolution(
            stride: stride, padding: padding, dilation: dilation, groups: groups,
            activation: activation)
        convolution.hasAddend = addend != nil
        let result = try Context.current.withoutGradient {
            try apply(convolution, [x, weights, bias] + (addend.map { [$0] } ?? []))[0]
        }
        ready = try prepared(convolution, x.spec, result.spec)
        return result
    }

    private func run(_ ready: Ready, _ x: Tensor, _ addend: Tensor?) throws -> Tensor {
        try Host.current.cancellation.check()
        let output = try OutputBuffer(ready.destination)
        let source = try x.packed(as: ready.source)
        let added = try addend?.packed(as: ready.destination)
        var buffers: [(Role, UnsafeMutableRawPointer)] = [
            (.source, source.pointer), (.weights, ready.weights.pointer),
            (.bias, ready.bias.pointer), (.destination, output.storage.pointer),
        ]
        if let added { buffers.append((.addend, added.pointer)) }
        try ready.run.execute(buffers)
        withExtendedLifetime((source.storage, added?.storage, ready.weights, ready.bias)) {}
        return try output.tensor(ready.result)
    }

    /// The kernel that has just run; `nil` where the result is looked at before it is taken, and for
    /// nothing to multiply.
    private func prepared(
        _ convolution: Convolution, _ image: TensorSpec, _ result: TensorSpec
    ) throws -> Ready? {
        guard image.dtype == .float32, image.count > 0, result.count > 0, weights.count > 0,
            let run = try convolution.kernel(image, weights.spec)
                .plainRun(hasAddend: convolution.hasAddend, activation: convolution.activation)
        else { return nil }
        return Ready(
            image: image, result: result, hasAddend: convolution.hasAddend,
            activation: convolution.activation, run: run, source: try run.format(.source),
            destination: try run.format(.destination),
            weights: try weights.packed(as: run.format(.weights), adopting: true),
            bias: try bias.packed(as: run.format(.bias)))
    }
}
