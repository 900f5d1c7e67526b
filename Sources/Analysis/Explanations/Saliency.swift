import Hosting
import NeuralNetworks
import Tensors

extension Layer {
    /// Which pixels the score of a class depends on most at the picture: the size of its gradient.
    ///
    ///     try net.saliency(photo).map.shape  // [224, 224]
    ///
    /// `values` are the sizes `[C, H, W]`, the map is the greatest over the channels. Without a
    /// class the likeliest counts. Throws where the model gives no row of scores or has no such
    /// class.
    /// Source: Simonyan et al., "Deep Inside Convolutional Networks", 2014.
    public func saliency(
        _ photo: any ModelPicture, target: Int? = nil
    ) throws -> Explanation {
        let run = try Questioned("saliency", self, photo)
        let found = try run.asking { try run.gradient(at: run.input, target) }
        let sizes = try found.gradient.abs().withoutBatch()
        return Explanation(
            "Saliency", run, found.answer, values: sizes, map: try sizes.max(axis: 0))
    }

    /// Saliency without its noise: the mean of the sizes of the gradient at copies of the picture,
    /// each with other random numbers added.
    ///
    /// - Parameters:
    ///   - photo: an `Image`, or a tensor `[C, H, W]` as the model takes it.
    ///   - target: the position of the class; `nil` for the likeliest one.
    ///   - samples: how many copies.
    ///   - noise: the standard deviation of what is added, as a share of the range of the input.
    ///   - seed: decides the random numbers.
    ///
    /// Throws where `samples` is not positive, `noise` is negative, and as `saliency` does.
    /// Source: Smilkov et al., "SmoothGrad: removing noise by adding noise", 2017.
    ///
    ///     try net.smoothGrad(photo, samples: 50)
    public func smoothGrad(
        _ photo: any ModelPicture, target: Int? = nil, samples: Int = 25, noise: Double = 0.15,
        seed: Int = 0
    ) throws -> Explanation {
        try requirePositive("smoothGrad", "samples", samples)
        guard noise >= 0, noise.isFinite else {
            throw TensorError(
                .value, "smoothGrad", "'noise' is out of range", expected: "a number from 0",
                got: "\(noise)")
        }
        let run = try Questioned("smoothGrad", self, photo)
        let range = try run.input.max().item() - run.input.min().item()
        let progress = ProgressReporter("SmoothGrad", total: samples, unit: "samples")
        let (answer, sizes) = try run.asking {
            let answer = try withoutGradient { try run.answer(run.scores(run.input), target) }
            var sum = try Tensor.zeros(run.input.shape)
            try Context.current.withGenerator(seed: seed) {
                for _ in 0..<samples {
                    let added = try Tensor.multiplying(
                        Tensor.randn(run.input.shape), .real(noise * range))
                    let x = try Tensor.adding(run.input, added)
                    let gradient = try run.gradient(at: x, answer.target).gradient
                    sum = try Tensor.adding(sum, gradient.abs())
                    progress.advance()
                }
            }
            return (answer, try Tensor.multiplying(sum, .real(1 / Double(samples))).withoutBatch())
        }
        progress.finish()
        return Explanation(
            "SmoothGrad", run, answer, values: sizes, map: try sizes.max(axis: 0))
    }

    /// Which pixels speak for a class by positive steps alone: the gradient of its score where
    /// every `ReLU` and `ReLU6` lets back only what is positive.
    ///
    ///     try net.guidedBackpropagation(photo).picture
    ///
    /// `values` are the gradient `[C, H, W]`, the map is its size summed over the channels. Throws
    /// as `saliency` does.
    /// Source: Springenberg et al., "Striving for Simplicity: The All Convolutional Net", 2015.
    public func guidedBackpropagation(
        _ photo: any ModelPicture, target: Int? = nil
    ) throws -> Explanation {
        let run = try Questioned("guidedBackpropagation", self, photo)
        let found = try run.asking {
            try Context.current.guidingGradients { try run.gradient(at: run.input, target) }
        }
        let gradient = try found.gradient.withoutBatch()
        return Explanation(
            "Guided backpropagation", run, found.answer, values: gradient,
            map: try gradient.abs().sum(axis: 0))
    }
}

/// Throws unless `value` is at least 1.
func requirePositive(_ operation: String, _ argument: String, _ value: Int) throws {
    guard value < 1 else { return }
    throw TensorError(
        .value, operation, "'\(argument)' is too small", expected: "at least 1", got: "\(value)")
}
