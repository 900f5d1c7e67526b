import Tensors

extension Layer {
    /// Puts a fresh layer for other classes in the place of the last `Linear` layer, which tells
    /// classes apart; everything before it keeps what it has learned.
    ///
    ///     let net = try pretrained("efficientnet_lite0")
    ///     net.freeze()
    ///     try net.replaceHead(classes: 6)  // the new head alone is trainable
    ///
    /// The new weights are drawn as those of `Linear`. Heads in the middle of a network
    /// (`DeeplySupervised`) are replaced too, and the names of the old classes are forgotten. Throws
    /// where `classes` is not positive, the model has no linear layer, or it is known that its last
    /// one does not give the scores.
    public func replaceHead(classes: Int) throws {
        try LayerError.require("replaceHead", "classes", classes, atLeast: 1)
        let head = try classifier()
        try head.replaceOutputs(classes)
        for other in (self as? any DeeplySupervised)?.auxiliaryHeads ?? [] {
            try other.lastLinear?.replaceOutputs(classes)
        }
        guard var known = info else { return }
        known.classes = []
        info = known
    }

    /// The `Linear` layer that tells classes apart: the last one that an input comes through where
    /// the model knows what its inputs are, else the last one of all.
    package func classifier() throws -> Linear {
        if let shape = info?.inputShape {
            let shapes = trace(TensorSpec([1] + shape))
            if shapes.failure == nil, let path = shapes.lastLinear {
                guard shapes.output?.shape.last == path.layer.outputs else {
                    throw LayerError(
                        layer: kind, problem: "its last Linear layer does not give the scores",
                        expected: "\(path.layer.outputs) numbers an input",
                        got: "\(shapes.output?.shape ?? [])")
                }
                return path.layer
            }
        }
        guard let last = lastLinear else { throw noClassifier }
        return last
    }

    /// The last `Linear` layer in the order of the layers.
    package var lastLinear: Linear? {
        if let linear = self as? Linear { return linear }
        if let named = self as? NamedLayer { return named.layer.lastLinear }
        return children.reversed().lazy.compactMap { $0.layer.lastLinear }.first
    }

    /// The error of a model that has no layer to tell classes apart by.
    var noClassifier: LayerError {
        LayerError(
            layer: kind, problem: "it has no layer that tells classes apart by features",
            expected: "a Linear layer", got: "none")
    }
}

extension ModelTrace {
    /// The last `Linear` layer that the input came to, with its path.
    var lastLinear: (path: [String], layer: Linear)? {
        visits.lazy.reversed().compactMap { visit in
            (visit.layer as? Linear).map { (visit.path, $0) }
        }.first
    }
}
