import Glibc
import Tensors

/// Weights that train with a learning rate or a weight decay of their own.
///
///     AdamW(
///         learningRate: 0.001, weightDecay: 0.05,
///         groups: [
///             .layerwise(model, decay: 0.8), .biasesAndNorms(weightDecay: 0),
///             ParameterGroup(learningRate: 0.0001) { name, _ in name.hasPrefix("features") },
///         ])
///
/// A weight takes each setting from the first group that it fits and that says it; what no group
/// says is the optimizer's.
public struct ParameterGroup: CustomStringConvertible {
    /// The step size of these weights, at the learning rate that the optimizer was made with: where
    /// a schedule changes that, this changes in proportion.
    public let learningRate: Double?
    /// What the learning rate of these weights is multiplied by.
    public let scale: Double?
    /// The weight decay of these weights.
    public let weightDecay: Double?
    /// The group as one writes it.
    public let description: String
    private let contains: (_ name: String, _ shape: [Int]) throws -> Bool
    /// The factors of weights that have one each, by their names.
    private var scales: [String: Double]?

    /// The weights for whose full name and shape `contains` is true.
    public init(
        learningRate: Double? = nil, scale: Double? = nil, weightDecay: Double? = nil,
        where contains: @escaping (_ name: String, _ shape: [Int]) throws -> Bool
    ) {
        let arguments = [
            ("learningRate", learningRate), ("scale", scale), ("weightDecay", weightDecay),
        ].compactMap { name, value in value.map { "\(name): \($0)" } }
        self.init(
            "ParameterGroup(\(arguments.joined(separator: ", ")))", learningRate, scale,
            weightDecay, contains)
    }

    private init(
        _ description: String, _ learningRate: Double?, _ scale: Double?, _ weightDecay: Double?,
        _ contains: @escaping (_ name: String, _ shape: [Int]) throws -> Bool
    ) {
        self.description = description
        self.learningRate = learningRate
        self.scale = scale
        self.weightDecay = weightDecay
        self.contains = contains
    }

    /// The weights with fewer than two axes: biases, and what normalisations scale and shift by.
    public static func biasesAndNorms(
        learningRate: Double? = nil, weightDecay: Double? = nil
    ) -> ParameterGroup {
        ParameterGroup(learningRate: learningRate, weightDecay: weightDecay) { _, shape in
            shape.count < 2
        }
    }

    /// Learning rates that fall from the head of a model to its input: what the first layers have
    /// learned is the most general and shall change least.
    ///
    ///     try SGD(learningRate: 0.01, momentum: 0.9, groups: [.layerwise(net, decay: 0.8)])
    ///
    /// The rate of the last unit of the model is the optimizer's; that of each unit before it is
    /// `decay` times that of the unit behind it. Units are the children of the model, one that holds
    /// more than half of the weights being taken apart: `layer1`, `layer2`, `layer3`, `layer4.0`,
    /// `layer4.1` of a ResNet-18. Throws unless `decay` is above 0 and at most 1.
    ///
    /// Source: Howard and Ruder, "Universal Language Model Fine-tuning", 2018.
    public static func layerwise(_ model: any Layer, decay: Double = 0.8) throws -> ParameterGroup {
        guard decay > 0, decay <= 1 else {
            throw LayerError(
                layer: "ParameterGroup.layerwise", problem: "'decay' is out of range",
                expected: "a number above 0 and at most 1", got: "\(decay)")
        }
        var scales: [String: Double] = [:]
        for (distance, unit) in LayerUnits(model).units.reversed().enumerated() {
            for (name, _) in unit.state { scales[name] = pow(decay, Double(distance)) }
        }
        var group = ParameterGroup(".layerwise(\(model.kind), decay: \(decay))", nil, nil, nil) {
            [scales] name, _ in scales[name] != nil
        }
        group.scales = scales
        return group
    }

    /// Throws unless its numbers are from 0.
    func validate(_ optimizer: String) throws {
        for (name, value) in [
            ("learningRate", learningRate), ("scale", scale), ("weightDecay", weightDecay),
        ] {
            guard let value else { continue }
            try LayerError.requireFromZero("\(optimizer): ParameterGroup", name, value)
        }
    }
}

/// What one weight trains with in place of the optimizer's settings.
struct ParameterSettings {
    /// At the learning rate that the optimizer was made with.
    private(set) var learningRate: Double?
    private(set) var scale: Double?
    private(set) var weightDecay: Double?

    /// The settings of a weight that may belong to some of the groups.
    init(_ groups: [ParameterGroup], name: String, shape: [Int]) throws {
        for group in groups where try group.fits(name, shape) {
            learningRate = learningRate ?? group.learningRate
            scale = scale ?? group.factor(of: name)
            weightDecay = weightDecay ?? group.weightDecay
        }
    }

    /// The learning rate, where the optimizer's is `present` and was `base` first.
    func rate(_ present: Double, base: Double) -> Double {
        let own = learningRate.map { $0 * (base > 0 ? present / base : 1) } ?? present
        return own * (scale ?? 1)
    }
}

extension ParameterGroup {
    fileprivate func fits(_ name: String, _ shape: [Int]) throws -> Bool {
        try contains(name, shape)
    }

    fileprivate func factor(of name: String) -> Double? { scales?[name] ?? scale }
}
