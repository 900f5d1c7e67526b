import Hosting
import OneDNN

/// One operation on tensors: everything the engine knows about it in one value.
///
///     struct Doubled: Operation {
///         let name = "doubled"
///         func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] { [inputs[0]] }
///         func forward(_ inputs: [Tensor]) throws -> [Tensor] {
///             [try Tensor.multiplying(inputs[0], 2)]
///         }
///         func backward(
///             _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
///         ) throws -> [Tensor?] {
///             [try gradients[0].map { try Tensor.multiplying($0, 2) }]
///         }
///     }
public protocol Operation: Sendable {
    /// What errors and the trace call it.
    var name: String { get }

    /// The shape rule: the outputs' specs, or a `TensorError` that says what does not fit.
    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec]

    /// Computes the outputs; the inputs have passed the shape rule.
    func forward(_ inputs: [Tensor]) throws -> [Tensor]

    /// The gradients with respect to the inputs, given those of the outputs (`nil` where nothing
    /// flowed back). Only inputs with `needs` are looked at. Inputs and outputs that
    /// `savesForBackward` leaves out are symbolic.
    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?]

    /// Multiply-accumulates and bytes.
    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost

    /// Which tensors `backward` reads; what it does not read is freed after the forward pass.
    var savesForBackward: SavedTensors { get }

    /// Whether what comes out went through a rectifier last, which lets only positive numbers pass.
    var rectifies: Bool { get }

    /// What an output's numbers are, given inputs of which one at least is known; `nil`, which is
    /// the default, where that is not sure.
    func meaning(of output: Tensor, at index: Int, from inputs: [Tensor]) -> TensorMeaning?

    /// How much of an image the outputs depend on, given that of the inputs which depend on one at
    /// all; `nil` where that is not known.
    func receptiveField(
        _ fields: [ReceptiveField], inputs: [TensorSpec], outputs: [TensorSpec]
    ) -> ReceptiveField?

    /// A formula for each size of each output, given those of inputs of which one at least depends
    /// on names; `nil` where that is not known. By default outputs have the sizes of the first
    /// input where they have its shape.
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]?

    /// What must hold of the inputs' sizes where they depend on names; by default nothing.
    func requirements(_ inputs: [SizedSpec]) -> [SizeRequirement]
}

/// Which of an operation's tensors its backward pass reads.
public struct SavedTensors: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// What the operation was given.
    public static let inputs = SavedTensors(rawValue: 1)
    /// What it gave.
    public static let outputs = SavedTensors(rawValue: 2)
    /// Inputs and outputs, which is the default of an operation.
    public static let all: SavedTensors = [.inputs, .outputs]
}

extension Operation {
    public func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        inputs.map { _ in nil }
    }

    public func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost {
        Cost(bytes: (inputs + outputs).reduce(0) { $0 &+ $1.byteCount })
    }

    public var savesForBackward: SavedTensors { .all }

    public var rectifies: Bool { false }
}

/// Runs an operation: polls the cancellation, applies the shape rule, writes the trace, computes,
/// and puts the operation on the tape when an input needs it.
///
/// With a symbolic input nothing is computed and the outputs are symbolic. Errors carry the
/// operands and the layer path.
public func apply(_ operation: some Operation, _ inputs: [Tensor]) throws -> [Tensor] {
    try Host.current.cancellation.check()
    let context = Context.current
    do {
        let inputSpecs = context.trace?.specs(inputs) ?? inputs.map(\.spec)
        operation.record(requirementsOf: inputs, in: context)
        let outputSpecs = try operation.outputSpecs(inputSpecs)
        for spec in outputSpecs { try spec.validate(operation.name) }
        context.trace?.record(
            Trace.Entry(
                operation: operation.name, layerPath: context.layerPath, inputs: inputSpecs,
                outputs: outputSpecs, cost: operation.cost(inputSpecs, outputSpecs),
                sources: inputs.map(\.handle.producer)))
        if inputs.contains(where: \.isSymbolic) {
            let outputs = operation.symbolicOutputs(outputSpecs, from: inputs)
            if let trace = context.trace {
                for output in outputs { output.handle.producer = trace.entries.count - 1 }
            }
            return outputs
        }
        let outputs = try operation.forward(inputs)
        if context.watchesOperations {
            try context.show(
                ComputedOperation(
                    name: operation.name, layerPath: context.layerPath, isBackward: false,
                    inputs: inputs, outputs: outputs))
        }
        if inputs.contains(where: { $0.handle.meaning != nil }) {
            operation.carryMeaning(from: inputs, to: outputs)
        }
        if context.isGradientEnabled, inputs.contains(where: { $0.handle.isTracked }) {
            Node.record(operation, inputs: inputs, outputs: outputs)
        }
        return outputs
    } catch {
        throw located(error, operation: operation, inputs: inputs, in: context)
    }
}

/// Runs an operation with one output.
func apply(_ operation: some Operation, to inputs: Tensor...) throws -> Tensor {
    try apply(operation, inputs)[0]
}

/// The same error, with the operation, the operands and the layer path where it has none yet.
private func located(
    _ error: any Error, operation: some Operation, inputs: [Tensor], in context: Context
) -> any Error {
    var located: TensorError
    switch error {
    case let error as TensorError: located = error
    case let error as OneDNNError: located = TensorError(error, operation: operation.name)
    default: return error
    }
    if located.operands.isEmpty {
        located.operands = inputs.map(\.spec)
        located.rule = { try operation.outputSpecs($0) }
    }
    if located.layerPath.isEmpty { located.layerPath = context.layerPath }
    return located
}
