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
        /// Its type without arguments, such as `Conv2d`.
        public let kind: String
        /// How deep it lies inside the model; the model's own layers are at 0.
        public let depth: Int
        /// The shape of what comes out, without the batch axis where the input had none.
        public let output: [Int]
        /// Numbers in its own weights, those of layers inside it not counted.
        public let parameters: Int
        /// How many of them training changes.
        public let trainable: Int
        /// What its own operations cost for the input, those of layers inside it not counted.
        public let cost: Cost
        /// The bytes that its own operations give, views left out.
        public let activationBytes: Int
        /// How much of an image what comes out depends on; `nil` where that is not known.
        public let receptiveField: ReceptiveField?
        /// Its own share of the time of a forward pass, in 0...1; `nil` where that was not
        /// measured.
        public internal(set) var timeShare: Double?

        /// Multiply-accumulates for the input, those of layers inside it not counted.
        public var multiplyAccumulates: Int { cost.multiplyAccumulates }
        /// How many of its parameters are frozen.
        public var frozen: Int { parameters - trainable }
    }

    /// The kind of the model.
    public let kind: String
    /// The shape asked about.
    public let input: [Int]
    /// The shape of what comes out, without the batch axis where the input had none.
    public let output: [Int]
    /// The layers, in the order in which the input goes through them.
    public internal(set) var rows: [Row]
    /// Numbers in all weights, shared ones once.
    public let parameterCount: Int
    /// How many of them training changes.
    public let trainableCount: Int
    /// What the input costs.
    let cost: Cost
    /// What the model itself did between its layers.
    let ownCost: Cost
    /// The bytes of all activations for the input, views left out: about what training holds.
    public let activationBytes: Int
    /// How much of an image what comes out depends on, up to a mean over the last map; `nil` where
    /// that is not known.
    public let receptiveField: ReceptiveField?

    /// Multiply-accumulates for the input; convolutions, linear layers and matrix products count,
    /// as in torchvision's figures.
    public var multiplyAccumulates: Int { cost.multiplyAccumulates }
    /// The same with normalisations, as in timm's figures: 2 for each element of batch
    /// normalisation, 5 for each element of the others.
    public var multiplyAccumulatesWithNormalizations: Int {
        cost.multiplyAccumulates &+ cost.normalizations
    }
}

extension Layer {
    /// What every layer makes of an input of the given shape: output shapes, parameters,
    /// multiply-accumulates, memory and receptive fields, found without computing anything.
    ///
    /// The shape is that of one image, `[C, H, W]`, or of a batch, `[N, C, H, W]`; a shape of three
    /// sizes gets a batch axis of 1, which is left out of what is shown. Without one it is the
    /// shape the model was made for. With `measured` each layer's share of the time is measured,
    /// too.
    ///
    ///     print(try model.summary(input: [1, 28, 28]))
    ///     print(try ResNet50().summary().costs(convention: .fvcore))
    ///
    /// Throws where the model cannot take such an input, saying which layer and why.
    public func summary(input: [Int]? = nil, measured: Bool = false) throws -> ModelSummary {
        let input = try input ?? usualInput()
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
        var summary = ModelSummary(model: self, trace: trace, input: input, isSingle: isSingle)
        if measured { try summary.addTimes(of: self) }
        return summary
    }
}

extension ModelSummary {
    init(model: any Layer, trace: ModelTrace, input: [Int], isSingle: Bool) {
        var counted: Set<ObjectIdentifier> = []
        let skipped = model.children.isEmpty ? 0 : 1
        rows = trace.visits.enumerated().dropFirst(skipped).map { index, visit in
            let own = visit.layer.ownParameters.map(\.parameter).filter {
                $0.kind == .weight && counted.insert(ObjectIdentifier($0)).inserted
            }
            let shape = visit.output?.shape ?? []
            return Row(
                name: visit.path.joined(separator: "."), kind: visit.layer.kind,
                depth: max(0, visit.path.count - 1),
                output: isSingle ? Array(shape.dropFirst()) : shape,
                parameters: own.reduce(0) { $0 + $1.count },
                trainable: own.reduce(0) { $0 + ($1.isTrainable ? $1.count : 0) },
                cost: trace.ownCost(ofVisit: index),
                activationBytes: trace.ownActivationBytes(ofVisit: index),
                receptiveField: visit.receptiveField)
        }
        kind = model.kind
        self.input = input
        let shape = trace.output?.shape ?? []
        output = isSingle ? Array(shape.dropFirst()) : shape
        parameterCount = model.parameterCount
        trainableCount = model.weights.reduce(0) { $0 + ($1.isTrainable ? $1.count : 0) }
        cost = trace.cost
        ownCost = skipped == 0 ? .zero : trace.ownCost(ofVisit: 0)
        activationBytes = trace.activationBytes
        receptiveField = trace.receptiveField
    }
}
