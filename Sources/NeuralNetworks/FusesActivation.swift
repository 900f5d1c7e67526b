import Tensors

/// A layer that can do the activation after it in the same pass over memory, with the same values
/// and gradients as the two layers one after the other.
protocol FusesActivation: Layer {
    /// The output for `x` after `activation`.
    func forward(_ x: Tensor, activation: Activation) throws -> Tensor
}

/// A layer that does nothing but an activation that others can do for it.
protocol ActivationLayer: Layer {
    /// What it does.
    var activation: Activation { get }
}

extension ActivationLayer {
    /// What another layer has made of this one's input in its place, shown to who watches this one.
    func passed(_ output: Tensor, _ name: String?) throws -> Tensor {
        let context = Context.current
        guard let name, context.watchesOutputs else { return output }
        return try context.inLayer(name, kind: kind) { output }
    }
}

extension FusesActivation {
    /// The output for `x` after `activation`, with errors that tell the layer they happened in.
    func call(_ x: Tensor, activation: Activation, as name: String) throws -> Tensor {
        try located(as: name) { try forward(x, activation: activation) }
    }
}

extension Layer {
    /// Runs `body`, which does what this layer does, with errors that tell it happened in it.
    func located(as name: String, _ body: () throws -> Tensor) throws -> Tensor {
        let context = Context.current
        do {
            return try context.inLayer(name, kind: kind, body)
        } catch var error as TensorError {
            if error.layerPath.isEmpty {
                error.layerPath = context.layerPath + [LayerScope(name: name, kind: signature)]
            }
            throw error
        }
    }
}
