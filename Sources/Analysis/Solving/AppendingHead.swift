import NeuralNetworks
import Tensors

extension Layer {
    /// This model with a classifier behind it: the `Linear` layer that fits what comes out, after a
    /// mean over each feature map where maps come out.
    ///
    ///     let features = Sequential { Conv2d(3, 16, kernel: 3); ReLU(); MaxPool2d(2) }
    ///     let net = try features.appendingHead(classes: 10)
    ///     // ..., GlobalAvgPool2d(), Linear(16, 10)
    ///
    /// How many features come out is found without computing anything; `input` is the shape of an
    /// image, `[C, H, W]`, and is needed only where that depends on the image's size, or where the
    /// first layer does not say how many channels it takes. A model that is not a `Sequential`
    /// keeps its names. The weights before the head are shared with this model. Throws where the
    /// model takes no such image, or gives neither maps nor features.
    public func appendingHead(classes: Int, input: [Int]? = nil) throws -> Sequential {
        try LayerError.require("appendingHead", "classes", classes, atLeast: 1)
        let sizes = try headSizes(input)
        let head: [any Layer]
        switch sizes.count {
        case 3:
            head = [
                GlobalAvgPool2d(), try Linear(inputs: features(sizes[0]), outputs: classes),
            ]
        case 1: head = [try Linear(inputs: features(sizes[0]), outputs: classes)]
        default:
            throw LayerError(
                layer: "appendingHead", problem: "\(kind) gives neither maps nor features",
                expected: "[C, H, W] or [F] for an image", got: "\(sizes)")
        }
        if let model = self as? Sequential { return try model.appending(head) }
        return try Sequential(layers: [spread()]).appending(head)
    }

    /// What comes out for one image; formulas where no size was given.
    private func headSizes(_ input: [Int]?) throws -> [Size] {
        if let input = input ?? info?.inputShape {
            let shapes = try shapes(self, input: input.map { Size($0) })
            return shapes.output ?? []
        }
        guard let channels = firstChannels else {
            throw LayerError(
                layer: "appendingHead", problem: "no layer says how many channels come in",
                expected: "'input', the shape of an image [C, H, W]", got: "none")
        }
        let shapes = try shapes(self, input: [Size(channels), Size("h"), Size("w")])
        guard let output = shapes.output else {
            throw LayerError(
                layer: "appendingHead", problem: "what comes out depends on the image's size",
                expected: "'input', the shape of an image [C, H, W]", got: "none")
        }
        return output
    }

    private func features(_ size: Size) throws -> Int {
        guard let number = size.known else {
            throw LayerError(
                layer: "appendingHead", problem: "the features depend on the image's size",
                expected: "'input', the shape of an image [C, H, W]", got: "\(size) features")
        }
        return number
    }
}

extension Layer {
    /// The channels that the first layer with a fixed number of them takes; `nil` where none says.
    package var firstChannels: Int? {
        if let known = info?.inputShape, known.count == 3 { return known[0] }
        switch self {
        case let layer as NamedLayer: return layer.layer.firstChannels
        case let layer as any WindowLayer where layer.channels != nil: return layer.channels?.inputs
        case let layer as BatchNorm2d: return layer.features
        case is Linear: return nil
        default: return children.lazy.compactMap { $0.layer.firstChannels }.first
        }
    }

    /// The shape of an image that the model takes, `[C, H, W]`: the one it was trained on, or else
    /// one near 224 that its layers allow.
    ///
    /// Throws where no layer says how many channels come in, or no size is found.
    package func usualInput() throws -> [Int] {
        if let known = info?.inputShape { return known }
        guard let channels = firstChannels else {
            throw LayerError(
                layer: kind, problem: "no layer says how many channels come in",
                expected: "'input', the shape of an image [C, H, W]", got: "none")
        }
        var search = SizeSearch(
            model: self, input: [1, Size(channels), Size("s"), Size("s")])
        let found = try search.legalTrace().trace
        return Array((try search.usualTrace() ?? found).input.shape.dropFirst())
    }
}
