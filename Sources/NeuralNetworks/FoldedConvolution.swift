import Tensors

/// A convolution and the batch normalisation after it, computed as one convolution in evaluation
/// without gradients.
///
/// A normalisation by running statistics multiplies each channel by `s = scale / sqrt(variance +
/// epsilon)` and shifts it, which weights `s w` and a bias `s (b - mean) + shift` do as well. They
/// are kept until a parameter changes.
final class FoldedConvolution {
    let convolution: Conv2d
    let norm: BatchNorm2d
    /// The name of the convolution in the composite around it.
    let name: String
    private let parameters: [Parameter]
    private var folded: FixedConvolution?
    private var versions: [Int] = []

    /// `nil` for layers that are no such pair.
    init?(_ first: Part, _ second: Part) {
        guard let convolution = first.layer as? Conv2d, let norm = second.layer as? BatchNorm2d,
            let name = first.name, norm.trackRunningStatistics,
            norm.features == convolution.outputs
        else { return nil }
        self.convolution = convolution
        self.norm = norm
        self.name = name
        parameters = (convolution.ownParameters + norm.ownParameters).map(\.parameter)
    }

    /// The normalised convolution of `x` after `ending`; `nil` where the weights would become
    /// too large.
    func call(_ x: Tensor, ending: Ending) throws -> Tensor? {
        guard let folded = try current() else { return nil }
        return try convolution.located(as: name) {
            try folded(x, adding: ending.addend, activation: ending.activation)
        }
    }

    /// The convolution by the parameters' present values.
    private func current() throws -> FixedConvolution? {
        if isCurrent { return folded }
        let (factors, biases) = try norm.factorsAndShifts(bias: convolution.bias)
        let isModest = factors.allSatisfy { abs($0) < Self.limit } && biases.allSatisfy(\.isFinite)
        folded =
            isModest
            ? FixedConvolution(
                weights: try convolution.weight.current(),
                times: try Tensor(factors, shape: [factors.count]),
                bias: try Tensor(biases, shape: [biases.count]), stride: convolution.stride,
                padding: convolution.padding,
                dilation: convolution.dilation, groups: convolution.groups) : nil
        // The first time a value is asked for it is drawn, which is a change.
        versions = parameters.map(\.version)
        return folded
    }

    /// What weights are not multiplied by beforehand, lest they become infinite: such a channel hardly
    /// varied in training.
    private static let limit: Float = 0x1p40

    private var isCurrent: Bool {
        guard versions.count == parameters.count else { return false }
        for (parameter, version) in zip(parameters, versions) where parameter.version != version {
            return false
        }
        return true
    }
}
