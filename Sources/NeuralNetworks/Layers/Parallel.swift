import Tensors

/// Gives the same input to several branches and joins what they make of it: side by side along an
/// axis, or as a sum. As in Inception.
///
/// Branches are named by position, or by `named(_:)`.
/// Source: Szegedy et al., "Going Deeper with Convolutions", 2015.
///
///     Parallel {
///         Conv2d(192, 64, kernel: 1)
///         Sequential { Conv2d(192, 96, kernel: 1); ReLU(); Conv2d(96, 128, kernel: 3, padding: 1) }
///     }  // [N, 192, H, W] to [N, 64 + 128, H, W]
public final class Parallel: Layer {
    /// How the outputs of branches become one tensor.
    public enum Joining: String, Sendable, CaseIterable {
        /// One after the other along an axis.
        case concatenate
        /// Element by element.
        case add
    }

    /// Whether outputs stand side by side along `axis` or are added.
    public let joining: Joining
    /// Along which axis branches are put side by side.
    public let axis: Int
    private let branches: [Part]

    /// The branches in the braces; stops the program where there is none or two share a name.
    public convenience init(
        _ joining: Joining = .concatenate, axis: Int = 1,
        @LayerBuilder _ branches: () throws -> [any Layer]
    ) rethrows {
        let branches = try branches()
        self.init(
            checked: trapping { try Self.checked(branches) }, joining: joining, axis: axis)
    }

    /// The given branches; throws where there is none, or a name is empty, has a dot or comes twice.
    public convenience init(
        branches: [any Layer], joining: Joining = .concatenate, axis: Int = 1
    ) throws {
        self.init(checked: try Self.checked(branches), joining: joining, axis: axis)
    }

    private init(checked branches: [Part], joining: Joining, axis: Int) {
        self.branches = branches
        self.joining = joining
        self.axis = axis
    }

    private static func checked(_ branches: [any Layer]) throws -> [Part] {
        guard !branches.isEmpty else {
            throw LayerError(
                layer: "Parallel", problem: "there is no branch", expected: "at least 1", got: "0")
        }
        return try Part.parts(of: branches, in: "Parallel")
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        let outputs = try branches.map { try $0.call(x) }
        switch joining {
        case .concatenate: return try concatenated(outputs, axis: axis)
        case .add:
            for output in outputs.dropFirst() {
                output.note(sameShapeAs: outputs[0], by: "Parallel")
            }
            for (position, output) in outputs.enumerated()
            where output.shape != outputs[0].shape {
                let name = branches[position].name ?? "\(position)"
                throw TensorError(
                    .shape, "Parallel", "branch \(name) has another shape than the first",
                    expected: "\(outputs[0].shape)", got: "\(output.shape)",
                    operands: outputs.map(\.spec))
            }
            return try outputs.dropFirst().reduce(outputs[0]) { try Tensor.adding($0, $1) }
        }
    }

    public var children: [(name: String, layer: any Layer)] { branches.flatMap(\.children) }

    public var ownParameters: [(name: String, parameter: Parameter)] {
        branches.flatMap(\.ownParameters)
    }

    public var kind: String { "Parallel" }

    public var details: String {
        switch joining {
        case .concatenate: axis == 1 ? "" : "axis: \(axis)"
        case .add: ".add"
        }
    }

    public func copy() throws -> Parallel {
        Parallel(checked: try branches.map { try $0.copy() }, joining: joining, axis: axis)
    }
}
