import Hosting
import NeuralNetworks
import Tensors
import Training
import VisionData

extension Layer {
    /// The picture changed so little that a person hardly sees it, and so that the model is most
    /// mistaken: each number goes `epsilon` up or down, whichever raises the loss (the fast
    /// gradient sign method).
    ///
    ///     let fooled = try net.fgsm(photo, epsilon: 0.01)
    ///     fooled.after.label   // no longer what it was
    ///
    /// With `towards` the change lowers the loss of that class instead. `epsilon` counts in pixels
    /// of 0...1 where the model knows how it normalises, and pixels stay in that range; otherwise
    /// in the numbers of the input. Throws where `epsilon` is not positive, and where the model
    /// gives no row of scores or has no such class.
    /// Source: Goodfellow et al., "Explaining and Harnessing Adversarial Examples", 2015.
    public func fgsm(
        _ photo: any ModelPicture, epsilon: Double = 0.01, towards target: Int? = nil
    ) throws -> AdversarialExample {
        guard epsilon > 0, epsilon.isFinite else {
            throw TensorError(
                .value, "fgsm", "'epsilon' is out of range", expected: "a number above 0",
                got: "\(epsilon)")
        }
        let run = try Questioned("fgsm", self, photo)
        return try run.asking {
            let before = try withoutGradient { try run.answer(run.scores(run.input), nil) }
            if let target {
                _ = try withoutGradient { try run.answer(run.scores(run.input), target) }
            }
            let wanted = try Tensor([target ?? before.target], shape: [1])
            let slope = try gradient(
                of: { try crossEntropy(run.scores($0), wanted) }, at: run.input)
            let zero = try Tensor.zeros(slope.shape)
            let signs = try Tensor.subtracting(
                Tensor.greater(slope, zero).cast(to: .float32),
                Tensor.less(slope, zero).cast(to: .float32))
            let (step, low, high) = try run.pixelSteps(epsilon)
            let moved = try Tensor.adding(
                run.input, Tensor.multiplying(signs, target == nil ? step : step.negated()))
            let changed =
                try low.map { low in
                    let above = try which(Tensor.less(moved, low), low, moved)
                    return try which(Tensor.greater(above, high ?? above), high ?? above, above)
                } ?? moved
            let after = try withoutGradient { try run.answer(run.scores(changed), nil) }
            return AdversarialExample(
                input: changed.detached(),
                difference: try Tensor.subtracting(changed, run.input).withoutBatch(),
                image: try Tensor.shown(changed, info), photo: run.photo, epsilon: epsilon,
                before: .init(before), after: .init(after))
        }
    }
}

extension Questioned {
    /// A step of so many pixel values in the input's numbers, and where known the least and
    /// greatest of these: tensors that broadcast to the input.
    fileprivate func pixelSteps(
        _ epsilon: Double
    ) throws -> (step: Tensor, low: Tensor?, high: Tensor?) {
        let channels = input.shape[1]
        guard let info = model.info, info.channelMeans.count == channels,
            info.channelDeviations.count == channels, !info.channelDeviations.contains(0)
        else { return (try Tensor.full([1, 1, 1, 1], epsilon), nil, nil) }
        func tensor(_ value: (Double, Double) -> Double) throws -> Tensor {
            let values = zip(info.channelMeans, info.channelDeviations).map {
                Float(value($0, $1))
            }
            return try Tensor(values, shape: [1, channels, 1, 1]).broadcast(to: input.shape)
        }
        return (
            try tensor { _, deviation in epsilon / deviation }, try tensor { -$0 / $1 },
            try tensor { (1 - $0) / $1 }
        )
    }
}

/// A picture changed to mislead a model; shown beside the picture as it was and the change, made
/// visible.
public struct AdversarialExample: Sendable {
    /// What a model took a picture for.
    public struct Guess: Sendable, CustomStringConvertible {
        /// The likeliest class, from 0.
        public let target: Int
        /// Its name; its number where classes have no names.
        public let label: String
        /// How likely the model says it is, 0...1.
        public let probability: Double

        init(_ answer: Answer) {
            target = answer.target
            label = answer.label
            probability = answer.probability
        }

        /// The label and its probability.
        public var description: String { "\(label) \(formatted(probability, places: 3))" }
    }

    /// The changed picture as the model takes it, `[1, C, H, W]`.
    public let input: Tensor
    /// What was added, `[C, H, W]`.
    public let difference: Tensor
    /// What the changed picture looks like.
    public let image: Image
    /// The picture as it was.
    public let photo: Image
    /// How far numbers were moved.
    public let epsilon: Double
    /// What the model takes the picture for.
    public let before: Guess
    /// What it takes the changed picture for.
    public let after: Guess

    /// Whether the model takes the changed picture for something else.
    public var succeeded: Bool { before.target != after.target }

    /// The picture, the change and the changed picture side by side.
    public var picture: Image {
        get throws {
            try grid(
                [photo, Image(stretching: difference), image], columns: 3,
                captions: ["\(before)", "the change, stretched", "\(after)"])
        }
    }
}

extension AdversarialExample: CustomStringConvertible, Displayable {
    /// What the model says before and after.
    public var description: String {
        "FGSM, epsilon \(shortNumber(epsilon)): \(before) -> \(after)"
    }

    /// The description, and the three pictures.
    public func mimeBundle() throws -> MIMEBundle {
        try picture.mimeBundle(describedBy: description)
    }
}
