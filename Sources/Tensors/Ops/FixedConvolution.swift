import Hosting
import OneDNN

/// A convolution whose weights stay as they are, for evaluation without gradients: what it finds out
/// about an image's shape, it knows for the next image.
package final class FixedConvolution {
    private var weights: Tensor
    /// What the rows of the weights are still to be multiplied by.
    private var factors: Tensor?
    private let bias: Tensor
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

    /// Weights `[K, C/groups, h, w]`, of which each row is to be multiplied by one of `factors` `[K]`,
    /// and a bias `[K]`, all float32.
    package init(
        weights: Tensor, times factors: Tensor, bias: Tensor, stride: [Int],
        padding: WindowPadding, dilation: [Int], groups: Int
    ) {
        self.weights = weights
        self.factors = factors
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
        if let new = try prepared(convolution, x.spec, addend?.spec) {
            ready = new
            return try Context.current.withoutGradient { try run(new, x, addend) }
        }
        try multiplyWeights(as: nil)
        return try Context.current.withoutGradient {
            try apply(convolution, [x, weights, bias] + (addend.map { [$0] } ?? []))[0]
        }
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

    /// The kernel for images like this one; `nil` where the result is looked at before it is taken,
    /// for nothing to multiply and for what does not fit.
    private func prepared(
        _ convolution: Convolution, _ image: TensorSpec, _ addend: TensorSpec?
    ) throws -> Ready? {
        let specs = [image, weights.spec, bias.spec] + (addend.map { [$0] } ?? [])
        guard image.dtype == .float32, image.count > 0, weights.count > 0,
            let result = try? convolution.outputSpecs(specs)[0], result.count > 0,
            let run = try convolution.kernel(image, weights.spec).plainRun(
                hasAddend: convolution.hasAddend, activation: convolution.activation)
        else { return nil }
        let format = try run.format(.weights)
        try multiplyWeights(as: format)
        return Ready(
            image: image, result: result, hasAddend: convolution.hasAddend,
            activation: convolution.activation, run: run, source: try run.format(.source),
            destination: try run.format(.destination),
            weights: try weights.packed(as: format, adopting: true),
            bias: try bias.packed(as: run.format(.bias)))
    }

    /// Multiplies the weights, once, into the format in which they are needed first.
    private func multiplyWeights(as format: MemoryDescriptor?) throws {
        guard let factors else { return }
        weights = try Context.current.withoutGradient {
            try weights.scaledRows(factors, as: format)
        }
        self.factors = nil
    }
}
