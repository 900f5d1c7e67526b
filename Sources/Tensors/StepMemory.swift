/// What an optimizer keeps of one parameter between steps, as tensors by name that a file can hold.
package protocol StepMemory {
    /// Nothing yet.
    init()

    /// What `parts` gave for a parameter of the shape; `nil` where it does not fit.
    init?(_ parts: [String: Tensor], shape: [Int])

    /// What there is by now: tensors of the parameter's shape, and numbers as int64 scalars.
    var parts: [String: Tensor] { get }

    /// The names that `parts` may have.
    static var partNames: [String] { get }
}

extension SGDState: StepMemory {
    package init?(_ parts: [String: Tensor], shape: [Int]) {
        self.init()
        guard Self.fit(parts, shape) else { return nil }
        momentum = parts["momentum"]
    }

    package var parts: [String: Tensor] { momentum.map { ["momentum": $0] } ?? [:] }
    package static var partNames: [String] { ["momentum"] }
}

extension AdamState: StepMemory {
    package init?(_ parts: [String: Tensor], shape: [Int]) {
        self.init()
        guard Self.fit(parts.filter { $0.key != "step" }, shape), let count = parts["step"],
            count.shape.isEmpty, count.dtype == .int64,
            let steps = try? count.scalars(as: Int.self).first, (0...(1 << 52)).contains(steps),
            let mean = parts["mean"], let square = parts["square"]
        else { return nil }
        self.mean = mean
        self.square = square
        step = steps
    }

    package var parts: [String: Tensor] {
        guard let mean, let square, let count = try? Tensor([step], shape: []) else { return [:] }
        return ["mean": mean, "square": square, "step": count]
    }
    package static var partNames: [String] { ["mean", "square", "step"] }
}

extension RMSPropState: StepMemory {
    package init?(_ parts: [String: Tensor], shape: [Int]) {
        self.init()
        guard Self.fit(parts, shape) else { return nil }
        (square, mean, momentum) = (parts["square"], parts["mean"], parts["momentum"])
    }

    package var parts: [String: Tensor] {
        ["square": square, "mean": mean, "momentum": momentum].compactMapValues { $0 }
    }
    package static var partNames: [String] { ["mean", "momentum", "square"] }
}

extension StepMemory {
    fileprivate static func fit(_ parts: [String: Tensor], _ shape: [Int]) -> Bool {
        parts.allSatisfy { $0.value.shape == shape && $0.value.dtype == .float32 }
    }
}
