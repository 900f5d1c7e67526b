import Tensors

extension ModelTrace {
    /// One step from the input towards the output: a layer without layers inside, one whose inner
    /// layers are its own affair, or an operation done between layers.
    public struct Step {
        /// `Conv2d 0`, or the operation's name.
        public let name: String
        /// What came out of it.
        public let shape: [Int]
    }

    /// The steps that succeeded, in order.
    public var steps: [Step] {
        var steps: [(position: Int, order: Int, step: Step)] = []
        var covered: Set<Int> = []
        var closed: [String]?
        for (order, visit) in visits.enumerated() where order > 0 {
            if let closed, visit.path.count > closed.count, visit.path.starts(with: closed) {
                continue
            }
            let isClosed = visit.layer.isClosed && visit.output != nil
            guard isClosed || !visit.hasInnerVisits else { continue }
            if isClosed { closed = visit.path }
            covered.formUnion(visit.operations)
            guard let output = visit.output else { continue }
            let name = "\(visit.layer.kind) \(visit.path.joined(separator: "."))"
            steps.append(
                (visit.operations.lowerBound, order, Step(name: name, shape: output.shape)))
        }
        for (index, entry) in operations.enumerated() where !covered.contains(index) {
            guard let output = entry.outputs.first else { continue }
            steps.append((index, visits.count, Step(name: entry.operation, shape: output.shape)))
        }
        return steps.sorted { ($0.position, $0.order) < ($1.position, $1.order) }.map(\.step)
    }

    /// What one visit cost, the layers inside it not counted.
    public func ownCost(ofVisit index: Int) -> Cost {
        ownOperations(ofVisit: index).reduce(Cost.zero) { $0 + operations[$1].cost }
    }

    /// The bytes that a visit's operations give, those of layers inside it and views left out.
    public func ownActivationBytes(ofVisit index: Int) -> Int {
        ownOperations(ofVisit: index).reduce(0) { sum, position in
            let entry = operations[position]
            guard entry.cost != .zero else { return sum }
            return entry.outputs.reduce(sum) { $0 &+ $1.byteCount }
        }
    }

    /// The operations of a visit that no layer inside it did.
    private func ownOperations(ofVisit index: Int) -> [Int] {
        let range = visits[index].operations
        guard visits[index].hasInnerVisits else { return Array(range) }
        var inner: Set<Int> = []
        for visit in visits[(index + 1)...].prefix(while: {
            $0.operations.lowerBound < range.upperBound
        })
        where visit.operations.upperBound <= range.upperBound {
            inner.formUnion(visit.operations)
        }
        return range.filter { !inner.contains($0) }
    }

    /// The failure as the error that calling the model throws; `nil` where nothing failed.
    public func modelError(of model: any Layer) -> ModelError? {
        failure.map { ModelError($0, model: model, trace: self) }
    }

    /// How the shape came to be, in lines of at most 96 characters:
    /// `input [64, 1, 28, 28] -> Conv2d 0 [64, 6, 28, 28] -> ... -> Flatten 6 [64, 256]`.
    public var chain: [String] {
        var parts = ["input \(input.shape)"] + steps.map { "\($0.name) \($0.shape)" }
        if parts.count > 14 { parts.replaceSubrange(3..<(parts.count - 10), with: ["..."]) }
        var lines = [parts[0]]
        for part in parts.dropFirst() {
            if lines[lines.count - 1].count + part.count + 4 <= 96 {
                lines[lines.count - 1] += " -> \(part)"
            } else {
                lines.append("-> \(part)")
            }
        }
        return lines
    }
}

extension Layer {
    /// Whether its inner layers are its own affair: one writes it down, and thinks of it, as one.
    package var isClosed: Bool {
        switch self {
        case is MultiHeadAttention, is TransformerEncoderLayer, is TransformerEncoder,
            is PatchEmbedding, is SqueezeExcitation, is WindowAttention:
            true
        default: false
        }
    }
}
