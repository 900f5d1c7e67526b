/// The operations of one run in order, with where they happened, their shapes and their cost.
///
/// Summaries, cost counts and explanations of errors are all read from it.
public final class Trace {
    public struct Entry: Sendable {
        /// The operation's name, such as `conv2d`.
        public var operation: String
        /// The layers around it, outermost first.
        public var layerPath: [LayerScope]
        public var inputs: [TensorSpec]
        public var outputs: [TensorSpec]
        public var cost: Cost
    }

    public private(set) var entries: [Entry] = []

    /// Other shapes for the operands of operations, by the number of the operation and of the
    /// operand: repairs are tried with them.
    private let substitutes: [Int: [Int: TensorSpec]]

    public init() { substitutes = [:] }

    package init(substituting substitutes: [Int: [Int: TensorSpec]]) {
        self.substitutes = substitutes
    }

    /// The operands of the next operation as its shape rule shall see them.
    func specs(_ inputs: [Tensor]) -> [TensorSpec] {
        var specs = inputs.map(\.spec)
        for (operand, spec) in substitutes[entries.count] ?? [:] where operand < specs.count {
            specs[operand] = spec
        }
        return specs
    }

    /// The cost of everything.
    public var total: Cost { entries.reduce(.zero) { $0 + $1.cost } }

    func record(_ entry: Entry) { entries.append(entry) }
}

/// What an operation costs.
public struct Cost: Hashable, Sendable {
    /// Multiply-accumulates of convolutions, linear layers and matrix products; nothing else counts.
    public var multiplyAccumulates: Int
    /// What normalisations cost as fvcore counts it: 2 for each element of batch normalisation in
    /// evaluation, 5 for each element of layer and group normalisation.
    public var normalizations: Int
    /// Bytes read and written at least once.
    public var bytes: Int

    public init(multiplyAccumulates: Int = 0, normalizations: Int = 0, bytes: Int = 0) {
        self.multiplyAccumulates = multiplyAccumulates
        self.normalizations = normalizations
        self.bytes = bytes
    }

    public static let zero = Cost()

    public static func + (left: Cost, right: Cost) -> Cost {
        Cost(
            multiplyAccumulates: left.multiplyAccumulates &+ right.multiplyAccumulates,
            normalizations: left.normalizations &+ right.normalizations,
            bytes: left.bytes &+ right.bytes)
    }
}
