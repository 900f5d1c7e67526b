import Hosting
import NeuralNetworks
import Tensors

/// Finds sizes of an input with named sizes that a model takes, from what its operations require.
struct SizeSearch {
    let model: any Layer
    /// With the batch axis.
    let input: [Size]
    /// Sizes beyond this are not tried.
    static let largest = 1024
    /// Sizes tried first, in this order, then all others.
    private let usual: [Int]

    /// What must hold, in the order in which it was found.
    private(set) var conditions: [Trace.Condition] = []
    private var known: Set<SizeRequirement> = []
    private let names: [String]

    init(model: any Layer, input: [Size]) {
        self.model = model
        self.input = input
        names = Set(input.flatMap(\.variables)).sorted()
        let own = model.info?.inputShape?.last.map { [$0] } ?? []
        usual = own + [224, 28, 32]
    }

    /// The trace of sizes that fit, with formulas; throws the model's own error where none is
    /// found.
    mutating func legalTrace() throws -> (trace: ModelTrace, numbers: [String: Int]) {
        var first: ModelTrace?
        var tried: Set<[Int]> = []
        for round in 0..<(12 + usual.count) {
            try Host.current.cancellation.check()
            // What is required says where to look; where it says nothing, the usual sizes. Axes of
            // large images rarely shrink to 1, where one could not tell which was which.
            let start = round < 12 ? 480 : usual[round - 12]
            let order = [start] + Array(start...max(start, Self.largest)) + Self.below(start)
            guard let numbers = fitting(order),
                tried.insert(names.map { numbers[$0] ?? 0 }).inserted,
                let trace = model.trace(input, numbers: numbers)
            else { continue }
            for condition in trace.conditions
            where known.insert(condition.requirement).inserted {
                conditions.append(condition)
            }
            if trace.failure == nil { return (trace, numbers) }
            first = first ?? trace
        }
        guard let error = first?.modelError(of: model) else {
            throw TensorError(
                .shape, "shapes", "no sizes were found that \(model.kind) takes",
                expected: "an input it was made for", got: "\(input.dropFirst())")
        }
        throw error
    }

    private static func below(_ size: Int) -> [Int] { Array((1...max(1, size)).reversed()) }

    /// Numbers for the names that meet all that is known to be required, the first of `order` that
    /// does; different ones for different names where that is possible, so that formulas can be
    /// told apart.
    func fitting(_ order: [Int]) -> [String: Int]? {
        guard !names.isEmpty else { return [:] }
        guard let same = order.first(where: { isMet(all($0)) }) else { return nil }
        var numbers = all(same)
        for (place, name) in names.enumerated().dropFirst() {
            let others = (1...64).flatMap { [same + 7 * place + $0, same - $0] }
            for other in others where other >= 1 {
                var changed = numbers
                changed[name] = other
                if isMet(changed) {
                    numbers = changed
                    break
                }
            }
        }
        return numbers
    }

    /// A size as people use them that the model takes, the same for all names, or else the
    /// smallest; its trace has no formulas.
    func usualTrace() throws -> ModelTrace? {
        for side in usual + Array(1...Self.largest) where isMet(all(side)) {
            try Host.current.cancellation.check()
            guard let trace = trace(side) else { return nil }
            if trace.failure == nil { return trace }
        }
        return nil
    }

    /// The same number for every name.
    func all(_ number: Int) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: names.map { ($0, number) })
    }

    /// Whether all that is known to be required holds.
    func isMet(_ numbers: [String: Int]) -> Bool {
        conditions.allSatisfy { $0.requirement.holds(numbers) ?? true }
    }

    /// The smallest number for every name that the model takes, and why it does not take the next
    /// smaller one; `nil` where none is found.
    func smallest() throws -> (side: Int, trace: ModelTrace, below: ModelTrace?)? {
        guard !names.isEmpty else { return nil }
        var trials = 0
        for side in 1...Self.largest where isMet(all(side)) {
            try Host.current.cancellation.check()
            guard trials < 48, let trace = trace(side) else { return nil }
            trials += 1
            guard trace.failure == nil else { continue }
            var (side, smallest) = (side, trace)
            // A requirement that does not hold after all may have kept smaller ones out.
            while side > 1, let below = self.trace(side - 1) {
                if below.failure != nil { return (side, smallest, below) }
                (side, smallest) = (side - 1, below)
            }
            return (side, smallest, nil)
        }
        return nil
    }

    /// What the model does with one size for all names, without formulas.
    func trace(_ side: Int) -> ModelTrace? { trace(all(side)) }

    func trace(_ numbers: [String: Int]) -> ModelTrace? {
        let shape = input.compactMap { $0.evaluated(numbers) }
        return shape.count == input.count ? model.trace(TensorSpec(shape)) : nil
    }
}
