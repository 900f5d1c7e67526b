import Hosting
import NeuralNetworks
import Tensors
import Training

/// The layers of a model with what each makes of an input: `model.summary(input: [1, 28, 28])`.
public struct ModelSummary: Sendable {
    /// One layer.
    public struct Row: Sendable {
        /// The full name, as in the names of its parameters; empty for the model itself.
        public let name: String
        public let kind: String
        /// How deep it lies inside the model; the model's own layers are at 0.
        public let depth: Int
        /// The shape of what comes out, without the batch axis where the input had none.
        public let output: [Int]
        /// Numbers in its own weights, those of layers inside it not counted.
        public let parameters: Int
        /// Multiply-accumulates for the input, those of layers inside it not counted.
        public let multiplyAccumulates: Int
    }

    /// The kind of the model.
    public let kind: String
    /// The shape asked about.
    public let input: [Int]
    /// The shape of what comes out, without the batch axis where the input had none.
    public let output: [Int]
    /// The layers, in the order in which the input goes through them.
    public let rows: [Row]
    /// Numbers in all weights, shared ones once.
    public let parameterCount: Int
    /// How many of them training changes.
    public let trainableCount: Int
    /// Multiply-accumulates for the input; convolutions, linear layers and matrix products count,
    /// as in torchvision's figures.
    public let multiplyAccumulates: Int
    /// The same with normalisations, as in the figures of fvcore and timm: 2 for each element of
    /// batch normalisation, 5 for each element of the others.
    public let multiplyAccumulatesWithNormalizations: Int
    /// The bytes of all activations for the input, views left out: about what training holds.
    public let activationBytes: Int
    /// How much of an image what comes out depends on, up to a mean over the last map; `nil` where
    /// that is not known.
    public let receptiveField: ReceptiveField?
}

extension Layer {
    /// What every layer makes of an input of the given shape: output shapes, parameters and
    /// multiply-accumulates, found without computing anything.
    ///
    /// The shape is that of one image, `[C, H, W]`, or of a batch, `[N, C, H, W]`; a shape of three
    /// sizes gets a batch axis of 1, which is left out of what is shown.
    ///
    ///     print(try model.summary(input: [1, 28, 28]))
    ///
    /// Throws where the model cannot take such an input, saying which layer and why.
    public func summary(input: [Int]) throws -> ModelSummary {
        guard input.allSatisfy({ $0 > 0 }), !input.isEmpty else {
            throw TensorError(
                .shape, "summary", "the input has no elements", expected: "sizes from 1",
                got: "\(input)")
        }
        let isSingle = input.count == 3
        let spec = TensorSpec(isSingle ? [1] + input : input)
        let trace = trace(spec)
        try Host.current.cancellation.check()
        if let error = trace.modelError(of: self) { throw error }
        return ModelSummary(model: self, trace: trace, input: input, isSingle: isSingle)
    }
}

extension ModelSummary {
    init(model: any Layer, trace: ModelTrace, input: [Int], isSingle: Bool) {
        var counted: Set<ObjectIdentifier> = []
        rows = trace.visits.enumerated().dropFirst(model.children.isEmpty ? 0 : 1).map {
            index, visit in
            let own = visit.layer.ownParameters.map(\.parameter).filter {
                $0.kind == .weight && counted.insert(ObjectIdentifier($0)).inserted
            }
            let shape = visit.output?.shape ?? []
            return Row(
                name: visit.path.joined(separator: "."), kind: visit.layer.kind,
                depth: max(0, visit.path.count - 1),
                output: isSingle ? Array(shape.dropFirst()) : shape,
                parameters: own.reduce(0) { $0 + $1.count },
                multiplyAccumulates: trace.ownCost(ofVisit: index).multiplyAccumulates)
        }
        kind = model.kind
        self.input = input
        let shape = trace.output?.shape ?? []
        output = isSingle ? Array(shape.dropFirst()) : shape
        parameterCount = model.parameterCount
        trainableCount = model.weights.reduce(0) { $0 + ($1.isTrainable ? $1.count : 0) }
        let cost = trace.cost
        multiplyAccumulates = cost.multiplyAccumulates
        activationBytes = trace.activationBytes
        receptiveField = trace.receptiveField
        multiplyAccumulatesWithNormalizations = cost.multiplyAccumulates &+ cost.normalizations
    }
}
