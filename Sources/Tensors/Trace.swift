/// The operations of one run in order, with where they happened, their shapes and their cost.
///
/// Summaries, cost counts and explanations of errors are all read from it.
public final class Trace {
    /// One operation that ran, or whose shape rule did.
    public struct Entry: Sendable {
        /// The operation's name, such as `conv2d`.
        public var operation: String
        /// The layers around it, outermost first.
        public var layerPath: [LayerScope]
        /// Shapes and element types of what it was given, parameters included.
        public var inputs: [TensorSpec]
        /// Shapes and element types of what it gave.
        public var outputs: [TensorSpec]
        /// What it costs for these shapes; `.zero` for views.
        public var cost: Cost
        /// For each input which operation gave it, or `Trace.input`; `nil` for parameters and other
        /// tensors from outside.
        public var sources: [Int?]
    }

    /// What stands for the input in the place of an operation.
    public static let input = -1

    /// The operations, in the order in which they ran.
    public private(set) var entries: [Entry] = []
    /// What must hold of sizes with names, each once, in the order of the operations.
    public private(set) var conditions: [Condition] = []
    private var required: Set<SizeRequirement> = []
    /// The numbers that stand for names, where sizes are traced by name.
    var numbers: [String: Int] = [:]
    /// The formulas that were met.
    private(set) var formulas: Set<Size> = []

    /// Other shapes for the operands of operations, by the number of the operation and of the
    /// operand: repairs are tried with them.
    private let substitutes: [Int: [Int: TensorSpec]]

    public init() { substitutes = [:] }

    package init(
        substituting substitutes: [Int: [Int: TensorSpec]], numbers: [String: Int] = [:]
    ) {
        self.substitutes = substitutes
        self.numbers = numbers
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

    func require(_ requirement: SizeRequirement, by operation: String, in path: [LayerScope]) {
        guard !requirement.isConstant, required.insert(requirement).inserted else { return }
        conditions.append(
            Condition(requirement: requirement, operation: operation, layerPath: path))
    }

    func meet(_ sizes: [Size]) {
        for size in sizes where size.known == nil { formulas.insert(size) }
    }
}

/// What an operation costs.
public struct Cost: Hashable, Sendable {
    /// Multiply-accumulates of convolutions, linear layers and matrix products; nothing else counts.
    public var multiplyAccumulates: Int
    /// What normalisations cost as fvcore counts it: 2 for each element of batch normalisation in
    /// evaluation, 5 for each element of layer and group normalisation.
    public var normalizations: Int
    /// What adaptive means and enlargements cost as fvcore counts it: 1 for each element of what
    /// is averaged, 4 for each pixel found between others.
    public var resizing: Int
    /// Bytes read and written at least once.
    public var bytes: Int

    /// A cost; whatever is left out is 0.
    public init(
        multiplyAccumulates: Int = 0, normalizations: Int = 0, resizing: Int = 0, bytes: Int = 0
    ) {
        self.multiplyAccumulates = multiplyAccumulates
        self.normalizations = normalizations
        self.resizing = resizing
        self.bytes = bytes
    }

    /// The cost of a view, which neither computes nor moves anything.
    public static let zero = Cost()

    public static func + (left: Cost, right: Cost) -> Cost {
        Cost(
            multiplyAccumulates: left.multiplyAccumulates &+ right.multiplyAccumulates,
            normalizations: left.normalizations &+ right.normalizations,
            resizing: left.resizing &+ right.resizing,
            bytes: left.bytes &+ right.bytes)
    }
}
