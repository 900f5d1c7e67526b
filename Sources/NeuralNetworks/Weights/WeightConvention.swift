import Tensors

/// The names that another program gives to the weights of a network, as rules that turn them into
/// torchvision's, which are ours.
///
///     WeightConvention("timm ViT", [Rule("blocks.*.mlp.fc1") { "mlp.\($0[0]).0" }])
struct WeightConvention: Sendable {
    /// How the names of one part of a network begin, and how ours do.
    struct Rule: Sendable {
        /// The parts between dots; `*` in one stands for a number.
        let pattern: [String]
        /// Our name for the numbers that stood for `*`; `nil` where there is no such part. What came
        /// after the pattern follows it.
        let name: @Sendable ([Int]) -> String?
        /// Which of how many parts along the first axis this is, for what we keep in one.
        let part: (index: Int, count: Int)?

        init(
            _ pattern: String, part: (index: Int, count: Int)? = nil,
            _ name: @escaping @Sendable ([Int]) -> String?
        ) {
            self.pattern = pattern.split(separator: ".").map(String.init)
            self.part = part
            self.name = name
        }

        /// A part with a name of its own.
        init(_ pattern: String, _ name: String) { self.init(pattern) { _ in name } }

        /// The name that begins as the pattern does in ours; `nil` where it does not begin so.
        func translated(_ parts: [Substring]) -> String? {
            guard parts.count >= pattern.count else { return nil }
            var numbers: [Int] = []
            for (part, wanted) in zip(parts, pattern) where part != wanted {
                guard wanted.last == "*", part.hasPrefix(wanted.dropLast()),
                    let number = Int(part.dropFirst(wanted.count - 1)), (0..<10_000) ~= number
                else { return nil }
                numbers.append(number)
            }
            guard let name = name(numbers) else { return nil }
            let rest = parts[pattern.count...].joined(separator: ".")
            return rest.isEmpty || name.hasSuffix("_") ? name + rest : "\(name).\(rest)"
        }
    }

    let name: String
    /// What may stand in front of every name.
    let prefixes: [String]
    let rules: [Rule]

    init(_ name: String, prefixes: [String] = [], _ rules: [Rule]) {
        self.name = name
        self.prefixes = prefixes
        self.rules = rules
    }

    /// What wrappers for several devices and compiled models put in front of every name.
    private static let wrappers = ["module.", "_orig_mod."]

    /// Ends of names of what is computed from the sizes of a network and no weight.
    private static let derived = ["relative_position_index", "attn_mask", "position_ids"]

    /// All conventions; the first only takes wrappers away.
    static let all =
        [WeightConvention("a wrapper", [])] + residualNetworks + mobileNetworks + transformers

    /// The convention that gives most tensors a name of the model's; `nil` where their names are the
    /// model's own, or none knows better.
    static func best(
        for tensors: [String: Tensor], model: [String: [Int]]
    ) -> WeightConvention? {
        let own = tensors.keys.count { model[$0] != nil }
        guard own < tensors.count else { return nil }
        let names = tensors.keys.sorted()
        var best: (convention: WeightConvention, count: Int)?
        for convention in all {
            let known = Set(names.map { convention.translated($0)?.name ?? $0 })
            let count = known.count { model[$0] != nil }
            if count > max(own, best?.count ?? 0) { best = (convention, count) }
        }
        // Derived tensors are all that an own file may hold beside its weights.
        if best == nil, names.contains(where: { isDerived($0) && model[$0] == nil }) {
            return all.first
        }
        return best?.convention
    }

    private static func isDerived(_ name: String) -> Bool {
        derived.contains { name.hasSuffix($0) }
    }

    /// The tensors under the model's names, those in parts joined, those that only differ in axes of
    /// size 1 or in joined axes in the model's shape.
    func translated(
        _ tensors: [String: Tensor], model: [String: [Int]]
    ) throws -> [String: Tensor] {
        var result: [String: Tensor] = [:]
        var parts: [String: [Int: Tensor]] = [:]
        var counts: [String: Int] = [:]
        for (key, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
            guard let (name, part) = translated(key) else {
                if !Self.isDerived(key) || model[key] != nil { result[key] = tensor }
                continue
            }
            if Self.isDerived(name), model[name] == nil { continue }
            if let part {
                parts[name, default: [:]][part.index] = tensor
                counts[name] = part.count
            } else if result[name] == nil {
                result[name] = try fitted(tensor, model[name])
            } else {
                // Two names for one weight: the second stays under its own, which is then unknown.
                result[key] = tensor
            }
        }
        for (name, parts) in parts where parts.count == counts[name] {
            let ordered = parts.sorted { $0.key < $1.key }.map(\.value)
            result[name] = try fitted(concatenated(ordered, axis: 0), model[name])
        }
        return result
    }

    private func fitted(_ tensor: Tensor, _ shape: [Int]?) throws -> Tensor {
        guard let shape, shape != tensor.shape, shape.reduce(1, *) == tensor.count else {
            return tensor
        }
        let isSame = shape.filter { $0 != 1 } == tensor.shape.filter { $0 != 1 }
        let isFlattened = shape.count == 2 && shape.first == tensor.shape.first
        return isSame || isFlattened ? try tensor.reshaped(shape) : tensor
    }

    /// Our name for a name, and which part of ours it is.
    func translated(_ name: String) -> (name: String, part: (index: Int, count: Int)?)? {
        var name = name[...]
        var isStripped = false
        for prefix in Self.wrappers + prefixes where name.hasPrefix(prefix) {
            name = name.dropFirst(prefix.count)
            isStripped = true
        }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        for rule in rules {
            if let translated = rule.translated(parts) { return (translated, rule.part) }
        }
        return isStripped ? (String(name), nil) : nil
    }
}
