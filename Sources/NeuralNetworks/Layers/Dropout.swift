import Tensors

/// In training, sets each element to 0 with the given probability and scales the others by
/// `1 / (1 - probability)`; in evaluation, does nothing. As `torch.nn.Dropout`.
///
/// Source: Srivastava et al., "Dropout", 2014.
public final class Dropout: Layer {
    /// How often training sets an element to 0, in 0...1; 0.5 by default.
    public let probability: Double

    /// A layer that drops with the given probability; stops the program outside 0...1.
    public convenience init(_ probability: Double = 0.5) {
        do { try self.init(probability: probability) } catch {
            preconditionFailure(String(describing: error))
        }
    }

    /// The same, throwing outside 0...1.
    public init(probability: Double) throws {
        guard (0...1).contains(probability) else {
            throw LayerError(
                layer: "Dropout", problem: "'probability' is out of range", expected: "0...1",
                got: "\(probability)")
        }
        self.probability = probability
    }

    private init(copying other: Dropout) { probability = other.probability }

    public func forward(_ x: Tensor) throws -> Tensor {
        guard Context.current.isTraining else { return x }
        return try dropout(x, probability: probability, training: true)
    }

    public func copy() -> Dropout { Dropout(copying: self) }
    public var kind: String { "Dropout" }
    public var children: [(name: String, layer: any Layer)] { [] }
    public var ownParameters: [(name: String, parameter: Parameter)] { [] }
    public var details: String { "\(probability)" }
}
