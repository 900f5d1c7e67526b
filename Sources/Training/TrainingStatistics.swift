import NeuralNetworks
import Tensors

/// When `fit` looks at weights, gradients and activations for `history.statistics`.
///
///     let history = try fit(model, train: data.train, statistics: TrainingStatistics())
///     history.statistics.last       // a table
///     history.gradientFlow()        // a chart
///
/// A look goes through the gradients and what every operation gives in one step; between looks
/// training costs what it does without.
public struct TrainingStatistics: Sendable, Hashable, CustomStringConvertible {
    /// After how many steps it looks; `nil` for the first step and the last of every epoch.
    public let everySteps: Int?

    /// Looks at the first step and every so many after it, or at the last of every epoch; `fit`
    /// throws where `everySteps` is not positive.
    public init(everySteps: Int? = nil) { self.everySteps = everySteps }

    /// The choice as one writes it.
    public var description: String {
        "TrainingStatistics(\(everySteps.map { "everySteps: \($0)" } ?? ""))"
    }

    func validate() throws {
        if let everySteps, everySteps < 1 {
            throw TrainingError(
                "TrainingStatistics: 'everySteps' is too small, expected at least 1, got "
                    + "\(everySteps)")
        }
    }

    /// Whether the step that comes now is looked at.
    func isDue(at moment: Schedule.Moment) -> Bool {
        if moment.step == 0 { return true }
        if let everySteps { return moment.step % everySteps == 0 }
        return (moment.step + 1) % max(1, moment.stepsPerEpoch) == 0
    }
}

/// What one step of training looked like inside: the weights, their gradients, and what the layers
/// gave.
public struct StepStatistics: Sendable, Codable {
    /// A weight of the model and its gradient.
    public struct Weight: Sendable, Codable {
        /// Its full name, such as `conv1.weight`.
        public let name: String
        /// The mean of its elements.
        public let mean: Double
        /// Their standard deviation.
        public let deviation: Double
        /// The mean of the gradient's elements without their signs.
        public let gradientMagnitude: Double
        /// The greatest element of the gradient without its sign.
        public let gradientMaximum: Double
        /// The learning rate times the norm of the gradient by the norm of the weight: how far
        /// plain gradient descent would move it.
        public let updateRatio: Double
    }

    /// What a layer gave for the step's last batch.
    public struct Activation: Sendable, Codable {
        /// The layer's name and what it did, such as `conv1 conv2d`.
        public let name: String
        /// The mean of the elements.
        public let mean: Double
        /// Their standard deviation.
        public let deviation: Double
        /// Of units that a rectifier made zero or more, the share that was zero for every image and
        /// everywhere in it; `nil` where there is no rectifier.
        public let deadShare: Double?
    }

    /// The step, counted from 1.
    public let step: Int
    /// The weights that train, from the input on.
    public let weights: [Weight]
    /// What was given, in the order of the forward pass.
    public let activations: [Activation]
}

/// Looks at the steps that are due.
final class StepLook {
    private var activations: [StepStatistics.Activation] = []
    private var isWatching = false

    /// Who is shown the operations of a step; asking for it begins a look.
    var observer: (ComputedOperation) throws -> Void {
        activations = []
        isWatching = true
        return { try self.look(at: $0) }
    }

    /// Takes down weights and gradients, where the step was watched.
    func finish(
        _ weights: [(name: String, parameter: Parameter)], rate: Double, into history: inout History
    ) throws {
        guard isWatching else { return }
        isWatching = false
        let figures = try weights.compactMap { name, parameter -> StepStatistics.Weight? in
            guard let gradient = parameter.gradient else { return nil }
            let value = try Spread(parameter.value)
            let slope = try Spread(gradient)
            return StepStatistics.Weight(
                name: name, mean: value.mean, deviation: value.deviation,
                gradientMagnitude: slope.meanMagnitude, gradientMaximum: slope.greatestMagnitude,
                updateRatio: value.norm > 0 ? rate * slope.norm / value.norm : .nan)
        }
        history.statistics.append(
            StepStatistics(
                step: history.stepLosses.count + 1, weights: figures, activations: activations))
        activations = []
    }

    private static let looked = [
        "conv2d", "convTranspose2d", "linear", "relu", "relu6", "addReLU", "batchNorm2d",
        "layerNorm",
        "groupNorm", "gelu", "silu", "hardSwish", "sigmoid", "tanh", "selfAttention",
    ]

    private func look(at operation: ComputedOperation) throws {
        guard !operation.isBackward, Self.looked.contains(operation.name),
            let output = operation.outputs.first, output.dtype.isFloatingPoint
        else { return }
        let path = operation.layerName
        let spread = try Spread(output)
        activations.append(
            StepStatistics.Activation(
                name: path.isEmpty ? operation.name : "\(path) \(operation.name)",
                mean: spread.mean, deviation: spread.deviation,
                deadShare: spread.least == 0 ? try Self.deadShare(output) : nil))
    }

    /// The share of channels [N, C, H, W], or of the last axis, that are zero throughout.
    private static func deadShare(_ output: Tensor) throws -> Double? {
        let shape = output.shape
        guard output.rank > 1, output.count > 0 else { return nil }
        let axis = output.rank == 4 ? 1 : output.rank - 1
        let units = shape[axis]
        let inner = shape[(axis + 1)...].reduce(1, *)
        var isAlive = [Bool](repeating: false, count: units)
        let values = try output.scalars(as: Float.self)
        for row in 0..<(values.count / inner) where !isAlive[row % units] {
            isAlive[row % units] = values[(row * inner)..<((row + 1) * inner)].contains { $0 != 0 }
        }
        return Double(isAlive.count { !$0 }) / Double(units)
    }
}

/// How the elements of a tensor are spread.
private struct Spread {
    let mean: Double
    let deviation: Double
    let norm: Double
    let meanMagnitude: Double
    let greatestMagnitude: Double
    let least: Double

    init(_ tensor: Tensor) throws {
        let values = try tensor.scalars(as: Float.self)
        var (sum, squares, magnitudes, greatest, least) = (0.0, 0.0, 0.0, Float(0), Float.infinity)
        for value in values {
            let wide = Double(value)
            sum += wide
            squares += wide * wide
            magnitudes += abs(wide)
            greatest = max(greatest, abs(value))
            least = min(least, value)
        }
        let count = Double(max(1, values.count))
        mean = sum / count
        deviation = max(0, squares / count - mean * mean).squareRoot()
        norm = squares.squareRoot()
        meanMagnitude = magnitudes / count
        greatestMagnitude = Double(greatest)
        self.least = Double(least)
    }
}
