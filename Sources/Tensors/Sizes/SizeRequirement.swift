/// What must hold of a size for an operation to take it: `⌊(h - 3)/8⌋ ≥ 3`.
public struct SizeRequirement: Hashable, Sendable, CustomStringConvertible {
    /// What a size is compared with.
    public enum Relation: Hashable, Sendable {
        /// No less than the number.
        case atLeast(Int)
        /// The same as another size.
        case equal(Size)
        /// Divisible by the number.
        case multiple(Int)
    }

    /// A formula in the names of the input's sizes, such as `⌊(h - 3)/8⌋`.
    public let size: Size
    /// What must hold of the formula's value.
    public let relation: Relation

    package init(_ size: Size, _ relation: Relation) {
        self.size = size
        self.relation = relation
    }

    /// Whether it holds for given sizes; `nil` where that is not known.
    package func holds(_ sizes: [String: Int]) -> Bool? {
        guard let value = size.evaluated(sizes) else { return nil }
        switch relation {
        case .atLeast(let least): return value >= least
        case .equal(let other): return other.evaluated(sizes).map { $0 == value }
        case .multiple(let divisor): return value % divisor == 0
        }
    }

    /// Whether it holds or not without a name that it depends on.
    package var isConstant: Bool {
        guard size.known != nil else { return false }
        if case .equal(let other) = relation { return other.known != nil }
        return true
    }

    public var description: String {
        switch relation {
        case .atLeast(let least): "\(size) ≥ \(least)"
        case .equal(let other): "\(size) = \(other)"
        case .multiple(let divisor): "\(size) is a multiple of \(divisor)"
        }
    }
}

extension Trace {
    /// A requirement with the operation and the layers that have it.
    public struct Condition: Sendable {
        /// What must hold, in the names of the traced input.
        public let requirement: SizeRequirement
        /// The operation that has it, such as `maxPool2d`.
        public let operation: String
        /// The layers around the operation, outermost first.
        public let layerPath: [LayerScope]
    }
}
