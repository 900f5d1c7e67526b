import NeuralNetworks
import Tensors

/// A function of the input and one learned tensor, for what is too little to be a layer of its own:
/// a class token, positions, a scale of a branch.
final class LearnedFunction: Layer {
    private let name: String
    private let parameter: Parameter
    private let function: (Tensor, Tensor) throws -> Tensor

    /// `function` of the input and of `parameter`, which is called `name`.
    init(
        _ name: String, _ parameter: Parameter,
        _ function: @escaping (_ x: Tensor, _ value: Tensor) throws -> Tensor
    ) {
        self.name = name
        self.parameter = parameter
        self.function = function
    }

    func forward(_ x: Tensor) throws -> Tensor { try function(x, parameter.value(for: x)) }

    var children: [(name: String, layer: any Layer)] { [] }
    var ownParameters: [(name: String, parameter: Parameter)] { [(name, parameter)] }
    var kind: String { "LearnedFunction" }
    var details: String { "\"\(name)\", \(parameter.shape)" }
    func copy() -> LearnedFunction { LearnedFunction(name, parameter.copy(), function) }
}
