import NeuralNetworks
import Tensors

/// What to change so that what failed works, where a change was tried on the shapes and works;
/// `nil` where none is sure.
///
/// For an error inside a model, whether its layers are the engine's or one's own, the whole model
/// is tried with the change: another layer in the place of the one that failed, a layer before it,
/// or another input. For an error of an operation alone its shape rule is tried with other
/// operands.
///
///     do { _ = try model.call(images) } catch { print(explain(error) ?? "no idea") }
///     // Linear(400, 120) receives 256 features: MaxPool2d 5 outputs 16x4x4; use Linear(256, 120)
public func explain(_ error: any Error) -> String? {
    switch error {
    case let error as ModelError:
        guard [.shape, .dtype, .value].contains(error.error.kind) else { return nil }
        var repairs = ModelRepairs(model: error.model, input: error.input)
        return repairs.text
    case let error as TensorError: return OperandRepairs(error).text
    case let error as LayerError: return error.repair
    default: return nil
    }
}
