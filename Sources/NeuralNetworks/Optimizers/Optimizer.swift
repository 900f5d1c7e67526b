import Tensors

/// Changes weights along their gradients.
///
///     let optimizer = SGD(learningRate: 0.05, momentum: 0.9)
///     loss.backward(); optimizer.step(model); model.zeroGradients()
public protocol Optimizer: AnyObject, CustomStringConvertible {
    /// The step size; a schedule sets it before every step.
    var learningRate: Double { get set }

    /// Throws where an argument is out of its range; every step and `fit` ask.
    func validate() throws

    /// One step of the given parameters, those without a gradient or frozen being left alone.
    func step(_ parameters: [(name: String, parameter: Parameter)]) throws
}

extension Optimizer {
    /// One step of every weight of the model that is trainable and has a gradient.
    public func step(_ model: any Layer) throws { try step(model.namedWeights) }

    /// One step of the given parameters, which have no names.
    public func step(_ parameters: [Parameter]) throws { try step(parameters.map { ("", $0) }) }
}

/// Weights that train with a learning rate or a weight decay of their own.
///
///     AdamW(
///         learningRate: 0.001, weightDecay: 0.05,
///         groups: [
///             .biasesAndNorms(weightDecay: 0),
///             ParameterGroup(learningRate: 0.0001) { name, _ in name.hasPrefix("features") },
///         ])
///
/// A weight belongs to the first group that it fits; what a group leaves out is the optimizer's.
public struct ParameterGroup: CustomStringConvertible {
    /// The step size of these weights, at the learning rate that the optimizer was made with: where
    /// a schedule changes that, this changes in proportion.
    public let learningRate: Double?
    /// The weight decay of these weights.
    public let weightDecay: Double?
    let contains: (_ name: String, _ shape: [Int]) throws -> Bool

    /// The weights for whose full name and shape `contains` is true.
    public init(
        learningRate: Double? = nil, weightDecay: Double? = nil,
        where contains: @escaping (_ name: String, _ shape: [Int]) throws -> Bool
    ) {
        self.learningRate = learningRate
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

    public var description: String {
        let arguments =
            (learningRate.map { ["learningRate: \($0)"] } ?? [])
            + (weightDecay.map { ["weightDecay: \($0)"] } ?? [])
        return "ParameterGroup(\(arguments.joined(separator: ", ")))"
    }
}

/// What an optimizer remembers from step to step, of itself and of each parameter.
struct OptimizerState<Memory> {
    private struct Entry {
        /// Kept so that its identity stays its own.
        let parameter: Parameter
        /// The position of its group; `nil` where it belongs to none.
        let group: Int?
        var memory: Memory
    }

    let groups: [ParameterGroup]
    /// The learning rate that the groups' own are meant beside.
    private let baseRate: Double
    private var entries: [ObjectIdentifier: Entry] = [:]

    init(groups: [ParameterGroup], baseRate: Double) {
        self.groups = groups
        self.baseRate = baseRate
    }

    /// Does `update` to every parameter that is trainable and has a gradient, with the learning rate
    /// and the weight decay that are its own. The memory is taken out while it changes.
    mutating func step(
        _ parameters: [(name: String, parameter: Parameter)], learningRate: Double,
        weightDecay: Double, initial: @autoclosure () -> Memory,
        _ update: (
            _ weight: inout Tensor, _ gradient: Tensor, _ memory: inout Memory, _ rate: Double,
            _ decay: Double
        ) throws -> Void
    ) throws {
        let scale = baseRate > 0 ? learningRate / baseRate : 1
        for (name, parameter) in parameters where parameter.isTrainable {
            guard let gradient = parameter.gradient else { continue }
            let key = ObjectIdentifier(parameter)
            var entry =
                try entries.removeValue(forKey: key)
                ?? Entry(
                    parameter: parameter, group: group(of: parameter, name: name),
                    memory: initial())
            defer { entries[key] = entry }
            let group = entry.group.map { groups[$0] }
            let rate = group?.learningRate.map { $0 * scale } ?? learningRate
            let decay = group?.weightDecay ?? weightDecay
            try parameter.update { weight in
                try update(&weight, gradient, &entry.memory, rate, decay)
            }
        }
    }

    private func group(of parameter: Parameter, name: String) throws -> Int? {
        try groups.firstIndex { try $0.contains(name, parameter.shape) }
    }

    /// Throws unless the groups' numbers are from 0.
    func validate(_ optimizer: String) throws {
        for group in groups {
            for (name, value) in [
                ("learningRate", group.learningRate), ("weightDecay", group.weightDecay),
            ] {
                guard let value else { continue }
                try LayerError.requireFromZero("\(optimizer): ParameterGroup", name, value)
            }
        }
    }

    /// The groups as the end of an optimizer's arguments.
    var details: String {
        groups.isEmpty ? "" : ", groups: [\(groups.map(\.description).joined(separator: ", "))]"
    }
}

/// Throws unless an optimizer's rate of forgetting is in 0..<1.
func requireBelowOne(_ optimizer: String, _ name: String, _ value: Double) throws {
    guard (0..<1).contains(value) else {
        throw LayerError(
            layer: optimizer, problem: "'\(name)' is out of range", expected: "a number in 0..<1",
            got: "\(value)")
    }
}
