import Tensors

/// What an optimizer remembers from step to step, of itself and of each parameter.
struct OptimizerState<Memory: StepMemory> {
    private struct Entry {
        /// Kept so that its identity stays its own.
        let parameter: Parameter
        let settings: ParameterSettings
        var memory: Memory
    }

    let groups: [ParameterGroup]
    /// The learning rate that the groups' own are meant beside.
    let baseRate: Double
    private var entries: [ObjectIdentifier: Entry] = [:]

    init(groups: [ParameterGroup], baseRate: Double) {
        self.groups = groups
        self.baseRate = baseRate
    }

    /// Does `update` to every parameter that is trainable and has a gradient, with the learning
    /// rate and the weight decay that are its own. The memory is taken out while it changes.
    mutating func step(
        _ parameters: [(name: String, parameter: Parameter)], learningRate: Double,
        weightDecay: Double,
        _ update: (
            _ weight: inout Tensor, _ gradient: Tensor, _ memory: inout Memory, _ rate: Double,
            _ decay: Double
        ) throws -> Void
    ) throws {
        for (name, parameter) in parameters where parameter.isTrainable {
            guard let gradient = parameter.gradient else { continue }
            let key = ObjectIdentifier(parameter)
            var entry = try entries.removeValue(forKey: key) ?? entry(parameter, name, Memory())
            defer { entries[key] = entry }
            let rate = entry.settings.rate(learningRate, base: baseRate)
            let decay = entry.settings.weightDecay ?? weightDecay
            try parameter.update { weight in
                try update(&weight, gradient, &entry.memory, rate, decay)
            }
        }
    }

    private func entry(
        _ parameter: Parameter, _ name: String, _ memory: Memory
    ) throws -> Entry {
        Entry(
            parameter: parameter,
            settings: try ParameterSettings(groups, name: name, shape: parameter.shape),
            memory: memory)
    }

    /// What is remembered of the parameters, as `part/name`.
    func memory(
        of parameters: [(name: String, parameter: Parameter)]
    ) throws -> [String: Tensor] {
        var memory: [String: Tensor] = [:]
        for (name, parameter) in parameters {
            guard let entry = entries[ObjectIdentifier(parameter)] else { continue }
            for (part, tensor) in entry.memory.parts {
                memory["\(part)/\(name)"] = try copied(tensor)
            }
        }
        return memory
    }

    /// Elements of its own: steps change what they remember in place.
    private func copied(_ tensor: Tensor) throws -> Tensor {
        guard tensor.dtype == .float32 else { return tensor }
        return try Tensor(tensor.scalars(as: Float.self), shape: tensor.shape)
    }

    /// Forgets everything and takes back what `memory` gave.
    mutating func restore(
        _ memory: [String: Tensor], of parameters: [(name: String, parameter: Parameter)],
        _ optimizer: String
    ) throws {
        var rest = memory
        var restored: [ObjectIdentifier: Entry] = [:]
        for (name, parameter) in parameters {
            var parts: [String: Tensor] = [:]
            for part in Memory.partNames {
                parts[part] = try rest.removeValue(forKey: "\(part)/\(name)").map(copied)
            }
            guard !parts.isEmpty else { continue }
            guard let own = Memory(parts, shape: parameter.shape) else {
                throw LayerError(
                    layer: optimizer, problem: "what it remembers of \"\(name)\" does not fit",
                    expected: "tensors of \(parameter.shape)",
                    got: parts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.shape)" }
                        .joined(separator: ", "))
            }
            restored[ObjectIdentifier(parameter)] = try entry(parameter, name, own)
        }
        if let unknown = rest.keys.min() {
            throw LayerError(
                layer: optimizer, problem: "it remembers no such thing",
                expected: Memory.partNames.sorted().joined(separator: ", ") + " of the weights",
                got: "\"\(unknown)\"")
        }
        entries = restored
    }

    /// Throws unless the groups' numbers are from 0.
    func validate(_ optimizer: String) throws {
        for group in groups { try group.validate(optimizer) }
    }

    /// The groups as the end of an optimizer's arguments.
    var details: String {
        groups.isEmpty ? "" : ", groups: [\(groups.map(\.description).joined(separator: ", "))]"
    }
}
