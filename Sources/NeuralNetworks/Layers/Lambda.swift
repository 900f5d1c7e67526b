import Tensors

/// A function as a layer, for what needs no parameters.
///
///     Lambda("class token") { $0[0..., 0] }
///     Lambda { try $0.mean(axis: 1) }
public final class Lambda: StatelessLayer {
    private let name: String?
    private let function: (Tensor) throws -> Tensor

    /// A layer that does `function`; errors and tables call it by `name`.
    public init(_ name: String? = nil, function: @escaping (Tensor) throws -> Tensor) {
        self.name = name
        self.function = function
    }

    public func forward(_ x: Tensor) throws -> Tensor { try function(x) }
    public var kind: String { "Lambda" }
    public var details: String { name.map { "\"\($0)\"" } ?? "" }
}
