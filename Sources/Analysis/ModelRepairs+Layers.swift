import NeuralNetworks
import Tensors

/// What may stand in the place of a layer that failed.
extension ModelRepairs {
    /// Changes at the failure of a trace, the most likely first.
    func candidates(
        _ trace: ModelTrace, _ changes: ModelChanges = ModelChanges()
    ) -> [Candidate] {
        guard let visit = trace.failedVisit else { return [] }
        let place = Place(visit: visit, changes: changes)
        let shape = visit.input.shape
        switch visit.layer {
        case let layer as Linear:
            return linear(layer, shape, at: place)
        case let layer as Conv2d: return convolution(layer, shape, at: place)
        case let layer as BatchNorm2d:
            guard shape.count == 4 else { return [] }
            return place.use(
                try? BatchNorm2d(
                    features: shape[1], epsilon: layer.epsilon, momentum: layer.momentum,
                    affine: layer.weight != nil))
        case is MaxPool2d, is AvgPool2d:
            guard shape.count == 4, let least = shape[2...].min() else { return [] }
            return stride(from: min(least, 3), to: 1, by: -1).flatMap { size in
                place.use(
                    visit.layer is MaxPool2d
                        ? try? MaxPool2d(kernel: size) : try? AvgPool2d(kernel: size))
            } + place.leaveOut
        case let layer as ConvTranspose2d:
            guard shape.count == 4, shape[1] != layer.inputs else { return [] }
            return place.use(try? layer.accepting(channels: shape[1]))
        case let layer as Residual: return shortcuts(layer, trace, at: place)
        case let layer as LayerNorm: return layerNorm(layer, shape, at: place)
        case let layer as GroupNorm:
            guard shape.count >= 2 else { return [] }
            let groups = (1...layer.groups).last { shape[1] % $0 == 0 } ?? 1
            return place.use(
                try? GroupNorm(
                    groups: groups, channels: shape[1], epsilon: layer.epsilon,
                    affine: layer.weight != nil))
        case let layer as MultiHeadAttention:
            return tokens(layer.embedding, shape, at: place) { features in
                let heads = (1...layer.heads).last { features % $0 == 0 } ?? 1
                return try MultiHeadAttention(
                    features: features, heads: heads, bias: layer.inputBias != nil,
                    dropout: layer.dropout)
            }
        case let layer as TransformerEncoderLayer:
            return tokens(layer.attention.embedding, shape, at: place, layer.accepting)
        case let layer as TransformerEncoder:
            return tokens(layer.layers[0].attention.embedding, shape, at: place, layer.accepting)
        case let layer as PatchEmbedding: return patches(layer, shape, at: place)
        case let layer as SqueezeExcitation:
            guard shape.count == 4, shape[1] != layer.channels else { return [] }
            return place.use(
                try? SqueezeExcitation(channels: shape[1], squeezed: layer.squeezed))
        case is Parallel: return keepingSize(trace, visit, changes)
        case let layer as LayerScale:
            let axis = layer.axis < 0 ? layer.axis + shape.count : layer.axis
            guard shape.indices.contains(axis) else { return [] }
            return place.use(
                try? LayerScale(features: shape[axis], initial: layer.initial, axis: layer.axis))
        default: return visit.hasInnerVisits ? sums(trace, visit, changes) : []
        }
    }

    private func linear(_ layer: Linear, _ shape: [Int], at place: Place) -> [Candidate] {
        guard let features = shape.last else { return [] }
        func taking(_ count: Int) -> Linear? {
            count == layer.inputs
                ? layer
                : try? Linear(inputs: count, outputs: layer.outputs, bias: layer.bias != nil)
        }
        if shape.count == 4 {
            let other = taking(shape[1...].reduce(1, *))
            let means =
                shape[1] == layer.inputs ? place.put(GlobalAvgPool2d(), "GlobalAvgPool2d()") : []
            return means
                + place.put(
                    Flatten(), "Flatten()", before: other,
                    also: other === layer ? "" : " and use \(other?.signature ?? "")")
        }
        var found: [Candidate] = []
        if shape.count == 3, shape[1] == layer.inputs {
            found += place.swapTokens
        }
        return found + (features == layer.inputs ? [] : place.use(taking(features)))
    }

    /// A layer on tokens that gets images, tokens in the wrong order, or tokens of other features.
    private func tokens(
        _ features: Int, _ shape: [Int], at place: Place,
        _ accepting: (Int) throws -> any Layer
    ) -> [Candidate] {
        switch shape.count {
        case 4:
            if shape[1] == features { return place.imagesAsTokens }
            return shape[3] == features
                ? place.put(Flatten(startAxis: 1, endAxis: 2), "Flatten(startAxis: 1, endAxis: 2)")
                : []
        case 3:
            return (shape[1] == features ? place.swapTokens : [])
                + place.use(try? accepting(shape[2]))
        default: return []
        }
    }

    private func patches(
        _ layer: PatchEmbedding, _ shape: [Int], at place: Place
    ) -> [Candidate] {
        guard shape.count == 4 else { return [] }
        let size = Array(shape[2...])
        func changed(patch: [Int]) -> PatchEmbedding? {
            try? PatchEmbedding(
                inputs: shape[1], embedding: layer.projection.outputs, patch: patch,
                imageSize: layer.imageSize == nil ? nil : size,
                classToken: layer.classToken != nil)
        }
        let divides = size[0] % layer.patch[0] == 0 && size[1] % layer.patch[1] == 0
        if divides { return place.use(changed(patch: layer.patch)) }
        // The patch nearest to the one asked for that divides the image.
        let usual = layer.patch[0]
        let patch = (1...max(1, min(usual * 2, size[0], size[1]))).filter {
            size[0] % $0 == 0 && size[1] % $0 == 0
        }.min { abs($0 - usual) < abs($1 - usual) }
        return patch.map { place.use(changed(patch: [$0, $0])) } ?? []
    }

    private func layerNorm(_ layer: LayerNorm, _ shape: [Int], at place: Place) -> [Candidate] {
        guard layer.shape.count == 1, let features = shape.last else { return [] }
        if shape.count == 4 {
            // Normalising columns alone would fit, and be nothing that anyone wants.
            return shape[1] == layer.shape[0]
                ? place.use(try? GroupNorm(groups: 1, channels: shape[1], epsilon: layer.epsilon))
                : []
        }
        var found: [Candidate] = []
        if shape.count == 3, shape[1] == layer.shape[0] { found += place.swapTokens }
        return found
            + place.use(
                try? LayerNorm(
                    shape: [features], epsilon: layer.epsilon, affine: layer.weight != nil,
                    bias: layer.bias != nil))
    }

    private func convolution(_ layer: Conv2d, _ shape: [Int], at place: Place) -> [Candidate] {
        guard shape.count == 4 else { return [] }
        func changed(
            inputs: Int? = nil, outputs: Int? = nil, padding: (any PaddingSize)? = nil,
            kernel: [Int]? = nil, groups: Int? = nil
        ) -> Conv2d? {
            try? Conv2d(
                inputs: inputs ?? layer.inputs, outputs: outputs ?? layer.outputs,
                kernel: kernel ?? layer.kernel, stride: layer.stride,
                padding: padding ?? layer.padding, dilation: layer.dilation,
                groups: groups ?? layer.groups, bias: layer.bias != nil)
        }
        if shape[1] != layer.inputs {
            var found: [Candidate] = []
            if shape[3] == layer.inputs {
                found += place.put(
                    Reordered([0, 3, 1, 2]), "Lambda { $0.transposed(0, 3, 1, 2) }")
            }
            guard layer.groups > 1 else { return found + place.use(changed(inputs: shape[1])) }
            // Depthwise stays depthwise; other groups stay where they divide the channels.
            if layer.groups == layer.inputs {
                let outputs = layer.outputs / layer.inputs * shape[1]
                found += place.use(changed(inputs: shape[1], outputs: outputs, groups: shape[1]))
            }
            let groups = (1...layer.groups).reversed().first {
                shape[1] % $0 == 0 && layer.outputs % $0 == 0
            }
            return found + place.use(changed(inputs: shape[1], groups: groups))
        }
        // The window is larger than the image.
        let reach = zip(layer.kernel, layer.dilation).map { ($0 - 1) * $1 }
        let keeping = reach.map { $0 / 2 }
        let fitting = zip(layer.kernel, shape[2...]).map { min($0, $1) }
        return place.use(changed(padding: keeping)) + place.use(changed(kernel: fitting))
    }
}

/// Where a model failed, as the start of changes.
struct Place {
    let visit: ModelTrace.Visit
    /// What was changed before.
    let changes: ModelChanges

    /// Another layer instead.
    func use(_ layer: (any Layer)?) -> [Candidate] {
        guard let layer else { return [] }
        return [Candidate(changes, replace: visit, layer, "use \(layer.signature)")]
    }

    /// A layer before the one that failed, or before another in its place.
    func put(
        _ first: any Layer, _ text: String, before layer: (any Layer)? = nil, also more: String = ""
    ) -> [Candidate] {
        [
            Candidate(
                changes, replace: visit, Preceded(first, layer ?? visit.layer),
                "put \(text) before it\(more)")
        ]
    }

    /// Tokens and features in the other order before it.
    var swapTokens: [Candidate] {
        put(Reordered([0, 2, 1]), "Lambda { $0.transposed(0, 2, 1) }")
    }

    /// The places of images as tokens before it: `[N, C, H, W]` to `[N, H * W, C]`.
    var imagesAsTokens: [Candidate] {
        put(
            Preceded(Flatten(startAxis: 2), Reordered([0, 2, 1])),
            "Flatten(startAxis: 2); Lambda { $0.transposed(0, 2, 1) }")
    }

    /// Nothing in its place.
    var leaveOut: [Candidate] { [Candidate(changes, replace: visit, LeftOut(), "leave it out")] }
}
