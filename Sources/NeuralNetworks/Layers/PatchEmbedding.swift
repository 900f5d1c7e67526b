import Tensors

/// An image as tokens: a strided convolution makes a token of every patch, `[N, C, H, W]` to
/// `[N, T, D]` with T = H / patch * W / patch, row by row. How a vision transformer begins.
///
/// With `imageSize`, each token gets a learned position, `pos_embed`, added to it; with `classToken`
/// a learned token, `cls_token`, comes first, whose final state stands for the image. The
/// convolution is `proj`. The names are timm's.
/// Source: Dosovitskiy et al., "An Image is Worth 16x16 Words", 2021.
///
///     let x = try Tensor.zeros([8, 3, 32, 32])
///     PatchEmbedding(3, 192, patch: 4)(x).shape  // [8, 64, 192]
///     PatchEmbedding(3, 192, patch: 4, imageSize: 32, classToken: true)(x).shape  // [8, 65, 192]
public final class PatchEmbedding: Layer {
    /// Height and width of a patch.
    public let patch: [Int]
    /// Height and width of the images; `nil` where any will do and tokens get no position.
    public let imageSize: [Int]?
    /// The convolution that makes tokens of patches.
    public let projection: Conv2d
    /// The learned first token, `[1, 1, D]`.
    public let classToken: Parameter?
    /// What is added to each token, `[1, T, D]`.
    public let positions: Parameter?

    /// Patches of images with `inputs` channels as tokens of `embedding` features; stops the program
    /// where the arguments make no layer.
    public convenience init(
        _ inputs: Int, _ embedding: Int, patch: any IntOrPair,
        imageSize: (any IntOrPair)? = nil, classToken: Bool = false
    ) {
        do {
            try self.init(
                inputs: inputs, embedding: embedding, patch: patch, imageSize: imageSize,
                classToken: classToken)
        } catch { preconditionFailure(String(describing: error)) }
    }

    /// The same, throwing where a size is not positive or the patches do not divide the images.
    public init(
        inputs: Int, embedding: Int, patch: any IntOrPair, imageSize: (any IntOrPair)? = nil,
        classToken: Bool = false
    ) throws {
        self.patch = try windowSizes("PatchEmbedding", "patch", patch)
        try LayerError.require("PatchEmbedding", "inputs", inputs, atLeast: 1)
        try LayerError.require("PatchEmbedding", "embedding", embedding, atLeast: 1)
        projection = try Conv2d(
            inputs: inputs, outputs: embedding, kernel: self.patch, stride: self.patch)
        self.imageSize = try imageSize.map { try windowSizes("PatchEmbedding", "imageSize", $0) }
        if let size = self.imageSize,
            size[0] % self.patch[0] != 0 || size[1] % self.patch[1] != 0
        {
            throw LayerError(
                layer: "PatchEmbedding", problem: "'imageSize' cannot be split into patches",
                expected: "a multiple of \(written(self.patch))", got: written(size))
        }
        let small = Initializer.truncatedNormal(standardDeviation: 0.02)
        self.classToken = classToken ? try Parameter([1, 1, embedding], small) : nil
        guard let size = self.imageSize else {
            positions = nil
            return
        }
        let patches = size[0] / self.patch[0] * (size[1] / self.patch[1])
        positions = try Parameter([1, patches + (classToken ? 1 : 0), embedding], small)
    }

    private init(copying other: PatchEmbedding) {
        patch = other.patch
        imageSize = other.imageSize
        projection = other.projection.copy()
        classToken = other.classToken?.copy()
        positions = other.positions?.copy()
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        let size = Array(x.shape.suffix(2))
        if x.rank == 4 {
            for axis in 0..<2 {
                if let imageSize { x.note(.equal(Size(imageSize[axis])), axis: 2 + axis, by: kind) }
                x.note(.multiple(patch[axis]), axis: 2 + axis, by: kind)
            }
            if let imageSize, size != imageSize {
                throw TensorError(
                    .shape, "PatchEmbedding", "its positions are those of images of another size",
                    expected: "[N, \(projection.inputs), \(imageSize[0]), \(imageSize[1])]",
                    got: "\(x.shape)", operands: [x.spec])
            }
            guard size[0] % patch[0] == 0, size[1] % patch[1] == 0 else {
                throw TensorError(
                    .shape, "PatchEmbedding", "the image cannot be split into patches",
                    expected: "a height and width that are multiples of \(written(patch))",
                    got: "\(x.shape)", operands: [x.spec])
            }
        }
        let planes = try projection.call(x, as: "proj")
        var tokens = try planes.flattened(startAxis: 2).transposed(0, 2, 1)
        if let classToken {
            let first = try classToken.value(for: x).cast(to: tokens.dtype)
                .broadcast(to: [x.shape[0], 1, projection.outputs])
            tokens = try concatenated([first, tokens], axis: 1)
        }
        guard let positions else { return tokens }
        return try Tensor.adding(tokens, positions.value(for: x))
    }

    public func copy() -> PatchEmbedding { PatchEmbedding(copying: self) }
    public var kind: String { "PatchEmbedding" }
    public var children: [(name: String, layer: any Layer)] { [("proj", projection)] }

    public var ownParameters: [(name: String, parameter: Parameter)] {
        (classToken.map { [("cls_token", $0)] } ?? [])
            + (positions.map { [("pos_embed", $0)] } ?? [])
    }

    public var details: String {
        var text = "\(projection.inputs), \(projection.outputs), patch: \(written(patch))"
        if let imageSize { text += ", imageSize: \(written(imageSize))" }
        return classToken == nil ? text : text + ", classToken: true"
    }
}
