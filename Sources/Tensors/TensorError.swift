import OneDNN

/// What went wrong in a tensor operation, with the operands that caused it.
///
/// Prints as `operation: problem, expected X, got Y`, followed by the layer it happened in and by
/// how the shape came to be, where those are known.
public struct TensorError: Error, Sendable, CustomStringConvertible {
    /// What to tell errors apart by.
    public enum Kind: String, Sendable {
        /// Shapes do not fit the operation or each other.
        case shape
        /// The operation does not take elements of that type.
        case dtype
        /// An axis, position or label does not exist.
        case index
        /// More elements than memory or an index can hold.
        case memory
        /// An argument is out of its range.
        case value
        /// No gradient can be found: nothing was recorded, or it was changed since.
        case gradient
        /// A file cannot be read or written, or breaks its format's rules.
        case io
        /// oneDNN refused or failed; the text has its call and status.
        case engine
    }

    /// The sort of mistake, for code that treats them differently.
    public var kind: Kind
    /// The operation that was asked for, such as `matmul`.
    public var operation: String
    /// What is wrong, in a few words that name the argument or axis.
    public var problem: String
    /// What would have been right; `nil` where the problem says it.
    public var expected: String?
    /// What was given instead; `nil` where the problem says it.
    public var got: String?
    /// The specs of the operation's inputs.
    public var operands: [TensorSpec]
    /// The layers around the operation, outermost first.
    public var layerPath: [LayerScope]
    /// How the shape came to be: one line for each operation before.
    public var chain: [String]
    /// What the code around the operation reported, where that is not Swift's own and knows the place
    /// better: a script whose closure or layer the engine called.
    public var origin: (any Error)?
    /// The shape rule of the operation, on which repairs are tried: other operands, in the order of
    /// `operands`, give the outputs' specs or an error.
    package var rule: (@Sendable ([TensorSpec]) throws -> [TensorSpec])?

    /// An error outside any layer; layers add themselves as it rises.
    public init(
        _ kind: Kind, _ operation: String, _ problem: String, expected: String? = nil,
        got: String? = nil, operands: [TensorSpec] = []
    ) {
        self.kind = kind
        self.operation = operation
        self.problem = problem
        self.expected = expected
        self.got = got
        self.operands = operands
        layerPath = []
        chain = []
    }

    /// The failure of a call of oneDNN or of the allocator during `operation`.
    init(_ error: OneDNNError, operation: String) {
        switch error.reason {
        case .memory(let requested, let used, let budget):
            self.init(
                .memory, operation, "no room for \(formatBytes(requested))",
                expected: "at most \(formatBytes(max(0, budget - used)))",
                got: "\(formatBytes(requested)) with \(formatBytes(used)) of "
                    + "\(formatBytes(budget)) in use")
        case .status(let status):
            self.init(.engine, operation, "\(error.call) answered '\(status)'")
        }
    }

    /// The first line: what was wrong, without where.
    public var summary: String {
        var text = "\(operation): \(problem)"
        if let expected { text += ", expected \(expected)" }
        if let got { text += ", got \(got)" }
        return text
    }

    public var description: String {
        var lines = [summary]
        if !layerPath.isEmpty {
            let names = layerPath.map(\.name).filter { !$0.isEmpty }
            let kind = layerPath[layerPath.count - 1].kind
            lines.append(
                names.isEmpty
                    ? "  in layer \(kind)"
                    : "  in layer \(names.joined(separator: ".")) (\(kind))")
        }
        if !chain.isEmpty {
            lines.append("  how the shape came to be:")
            lines += chain.map { "    " + $0 }
        }
        return lines.joined(separator: "\n")
    }
}

/// One layer on the path from the model to an operation.
public struct LayerScope: Hashable, Sendable {
    /// The name under which the parent knows it, such as `conv1`; empty for the model itself.
    public var name: String
    /// Its type, such as `Conv2d`.
    public var kind: String

    /// A layer by the name its parent has for it, and by its type.
    public init(name: String, kind: String) {
        self.name = name
        self.kind = kind
    }
}
