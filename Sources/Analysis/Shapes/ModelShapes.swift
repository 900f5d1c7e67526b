import Hosting
import NeuralNetworks
import Tensors

/// What every layer of a model makes of an input with named sizes:
/// `shapes(model, input: [3, h, w])`.
///
/// A formula is carried from operation to operation and is exact for every input that the model
/// takes; it is compared with the shapes of other inputs, and where it does not hold for those, or
/// an operation has no rule, it is left out.
public struct ModelShapes: Sendable {
    /// One layer.
    public struct Row: Sendable {
        /// The full name, as in the names of its parameters; empty for the model itself.
        public let name: String
        /// Its type without arguments, such as `Conv2d`.
        public let kind: String
        /// How deep it lies inside the model; the model's own layers are at 0.
        public let depth: Int
        /// A formula for each size of what comes out, without the batch axis where the input had
        /// none; `nil` where they are not known.
        public let output: [Size]?
        /// What comes out for `ModelShapes.example`.
        public let exampleOutput: [Int]
    }

    /// Something that must hold of the input for a layer to take it.
    public struct Condition: Sendable, CustomStringConvertible {
        /// What must hold of a size of the input, such as `h ≥ 63`.
        public let requirement: SizeRequirement
        /// The full name of the layer that requires it; empty for the model itself.
        public let layer: String
        /// The layer as one writes it: `MaxPool2d(3, stride: 2)`.
        public let signature: String

        /// `h ≥ 63 for MaxPool2d(3, stride: 2) features.12`.
        public var description: String {
            "\(requirement) for \(signature)" + (layer.isEmpty ? "" : " \(layer)")
        }
    }

    /// Where and why an input is refused.
    public struct Refusal: Sendable {
        /// The shape of the input.
        public let input: [Int]
        /// The full name of the layer; empty for the model itself.
        public let layer: String
        /// The layer as one writes it, such as `MaxPool2d(3, stride: 2)`.
        public let signature: String
        /// What it says.
        public let reason: String
    }

    /// The kind of the model.
    public let kind: String
    /// The sizes asked about.
    public let input: [Size]
    /// The formulas of what comes out; `nil` where they are not known.
    public let output: [Size]?
    /// The layers, in the order in which the input goes through them.
    public let rows: [Row]
    /// What must hold of the named sizes: for each name the least size that all windows fit, then
    /// whatever else layers require.
    public let conditions: [Condition]
    /// The smallest input that the model takes, with one number for all names; `nil` where nothing
    /// is named or none was found.
    public let smallest: [Int]?
    /// Why the next smaller input is refused; `nil` where every size from 1 is taken.
    public let refusal: Refusal?
    /// An input that the model takes.
    public let example: [Int]
}

/// What every layer of `model` makes of an input `[C, H, W]` with named sizes, as formulas, which
/// inputs it takes, and where smaller ones fail; nothing is computed.
///
///     let h = Size("h"), w = Size("w")
///     let shapes = try shapes(AlexNet(), input: [3, h, w])
///     shapes.rows[0].output      // [64, ⌊(h - 3)/4⌋, ⌊(w - 3)/4⌋]
///     shapes.smallest            // [3, 63, 63]
///     shapes.refusal?.layer      // "features.12"
///
/// An input with a batch axis, `[N, C, H, W]`, gives outputs with one. Batch and channels are
/// numbers. Throws the model's error where no sizes up to 1024 are found that it takes.
public func shapes(_ model: any Layer, input: [Size]) throws -> ModelShapes {
    for (axis, size) in input.enumerated() {
        if let number = size.known, number < 1 {
            throw TensorError(
                .shape, "shapes", "the input has no elements", expected: "sizes from 1",
                got: "\(input)")
        }
        guard size.known != nil || axis >= input.count - 2 && input.count >= 3 else {
            throw TensorError(
                .shape, "shapes", "batch and channels are numbers",
                expected: "names for height and width, as in [3, h, w]", got: "\(input)")
        }
    }
    guard !input.isEmpty else {
        throw TensorError(
            .shape, "shapes", "the input has no axes", expected: "[C, H, W] or [N, C, H, W]",
            got: "[]")
    }
    let isSingle = input.count == 3
    var search = SizeSearch(model: model, input: isSingle ? [1] + input : input)
    let (trace, numbers) = try search.legalTrace()
    let smallest = try search.smallest()
    let example = try search.usualTrace() ?? trace
    // Sizes that leave other remainders: what holds for one by chance fails for another.
    let other = search.fitting(Array(331...SizeSearch.largest))
    let sizes = [numbers, smallest.map { search.all($0.side) }, other].compactMap(\.self)
    let checks = sizes.compactMap { numbers in
        search.trace(numbers).flatMap { $0.failure == nil ? ($0, numbers) : nil }
    }
    return ModelShapes(
        model: model, input: input, isSingle: isSingle, trace: trace, numbers: numbers,
        example: example, checks: checks, search: search, smallest: smallest)
}

extension ModelShapes {
    fileprivate init(
        model: any Layer, input: [Size], isSingle: Bool, trace: ModelTrace, numbers: [String: Int],
        example exampleTrace: ModelTrace,
        checks: [(trace: ModelTrace, numbers: [String: Int])], search: SizeSearch,
        smallest: (side: Int, trace: ModelTrace, below: ModelTrace?)?
    ) {
        let drop = isSingle ? 1 : 0
        let formulas = trace.visits.indices.map { index -> [Size]? in
            let visit = trace.visits[index]
            let constant = visit.output.map { $0.shape.map { Size($0) } }
            let isNamed = !numbers.isEmpty
            guard let sizes = visit.outputSizes ?? (isNamed ? nil : constant) else { return nil }
            let holds = checks.allSatisfy { check in
                guard check.trace.visits.indices.contains(index),
                    check.trace.visits[index].path == visit.path
                else { return false }
                return check.trace.visits[index].output?.shape
                    == sizes.map { $0.evaluated(check.numbers) ?? -1 }
            }
            return holds ? Array(sizes.dropFirst(drop)) : nil
        }
        kind = model.kind
        self.input = input
        output = formulas.first ?? nil
        rows = trace.visits.indices.dropFirst(model.children.isEmpty ? 0 : 1).map { index in
            let visit = trace.visits[index]
            return Row(
                name: visit.path.joined(separator: "."), kind: visit.layer.kind,
                depth: max(0, visit.path.count - 1), output: formulas[index],
                exampleOutput: Array(
                    (exampleTrace.visits.indices.contains(index)
                        ? exampleTrace.visits[index].output?.shape ?? [] : []).dropFirst(drop)))
        }
        example = Array(exampleTrace.input.shape.dropFirst(drop))
        conditions = Self.conditions(search, trace, numbers)
        self.smallest = smallest.map { smallest in
            Array(smallest.trace.input.shape.dropFirst(drop))
        }
        refusal = smallest?.below.flatMap { below in
            below.failure.map { failure in
                Refusal(
                    input: Array(below.input.shape.dropFirst(drop)),
                    layer: below.failedPath.map(\.name).joined(separator: "."),
                    signature: below.failedPath.last?.kind ?? model.kind, reason: failure.summary)
            }
        }
    }

    /// For each name the window that needs the most of it, then all other requirements that do not
    /// follow from these.
    private static func conditions(
        _ search: SizeSearch, _ trace: ModelTrace, _ numbers: [String: Int]
    ) -> [Condition] {
        let signatures = Dictionary(
            trace.visits.map { ($0.path, $0.layer.signature) }, uniquingKeysWith: { a, _ in a })
        func condition(_ requirement: SizeRequirement, _ source: Trace.Condition) -> Condition {
            let path = source.layerPath.map(\.name).filter { !$0.isEmpty }
            return Condition(
                requirement: requirement, layer: path.joined(separator: "."),
                signature: signatures[path] ?? source.layerPath.last?.kind ?? source.operation)
        }
        var least: [Condition] = []
        var rest: [Condition] = []
        var windows: [String: [Trace.Condition]] = [:]
        for source in search.conditions {
            let names = source.requirement.size.variables
            if case .atLeast = source.requirement.relation, names.count == 1 {
                windows[names[0], default: []].append(source)
            } else {
                rest.append(condition(source.requirement, source))
            }
        }
        for (name, sources) in windows.sorted(by: { $0.key < $1.key }) {
            var size = 1
            var last: Trace.Condition?
            while size <= SizeSearch.largest,
                let failing = sources.first(where: { $0.requirement.holds([name: size]) == false })
            {
                last = failing
                size += 1
            }
            if let last {
                least.append(condition(SizeRequirement(Size(name), .atLeast(size)), last))
            }
        }
        return least + rest
    }
}
