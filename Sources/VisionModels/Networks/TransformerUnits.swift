import NeuralNetworks
import Tensors

/// How the images of a vision transformer are cut into patches.
struct PatchGrid {
    let name: String
    let imageSize: Int
    /// How many patches an image has.
    let tokens: Int

    /// Throws where the patches do not divide the images, or there are no blocks.
    init(_ name: String, imageSize: Int, patch: Int, depth: Int) throws {
        try LayerError.require(name, "patch", patch, atLeast: 1)
        try LayerError.require(name, "imageSize", imageSize, atLeast: 1)
        guard imageSize % patch == 0, imageSize < 1 << 20 else {
            throw LayerError(
                layer: name, problem: "'imageSize' cannot be split into patches",
                expected: "a multiple of \(patch)", got: "\(imageSize)")
        }
        guard (1...4096).contains(depth) else {
            throw LayerError(
                layer: name, problem: "'depth' is out of range", expected: "1...4096",
                got: "\(depth)")
        }
        self.name = name
        self.imageSize = imageSize
        tokens = (imageSize / patch) * (imageSize / patch)
    }

    /// Gives the images it is given, and throws where they have another size.
    func check(channels: Int) -> Lambda {
        Lambda("image size") { [name, imageSize] x in
            for axis in 2..<4 { x.note(.equal(Size(imageSize)), axis: axis, by: name) }
            guard x.rank == 4, x.shape[2] == imageSize, x.shape[3] == imageSize else {
                throw TensorError(
                    .shape, name, "its positions are those of images of another size",
                    expected: "[N, \(channels), \(imageSize), \(imageSize)]", got: "\(x.shape)",
                    operands: [x.spec])
            }
            return x
        }
    }
}

/// The pixels of `[N, D, h, w]` as tokens behind a learned one: `[N, 1 + h * w, D]`.
func classToken(
    _ name: String, _ embedding: Int, _ initializer: Initializer
) throws -> LearnedFunction {
    LearnedFunction(name, try Parameter([1, 1, embedding], initializer)) { planes, token in
        let tokens = try planes.flattened(startAxis: 2).transposed(0, 2, 1)
        let first = try token.cast(to: tokens.dtype).broadcast(to: [planes.shape[0], 1, embedding])
        return try concatenated([first, tokens], axis: 1)
    }
}

/// A learned position added to each token of `[N, T, D]`.
func positions(
    _ name: String, _ tokens: Int, _ embedding: Int, _ initializer: Initializer
) throws -> LearnedFunction {
    LearnedFunction(name, try Parameter([1, tokens, embedding], initializer)) {
        try Tensor.adding($0, $1)
    }
}

/// The network that a transformer block applies to each token, named by position; torchvision's
/// `MLP`.
func perceptron(_ embedding: Int, _ hidden: Int, dropout: Double = 0) throws -> Sequential {
    try Sequential {
        try Linear(inputs: embedding, outputs: hidden)
        GELU()
        try Dropout(probability: dropout)
        try Linear(inputs: hidden, outputs: embedding)
        try Dropout(probability: dropout)
    }
}

/// Attention and then a network on each token, both after a norm and added to what came in. The
/// norms have the given names, attention and perceptron bring theirs.
func transformerBlock(
    norms: (String, String), attention: NamedLayer, perceptron: NamedLayer, embedding: Int,
    epsilon: Double, dropout: Double = 0, dropPath: Double
) throws -> Sequential {
    try Sequential {
        try Residual(kind: "Attention") {
            try LayerNorm(shape: [embedding], epsilon: epsilon).named(norms.0)
            attention
            if dropout > 0 { try Dropout(probability: dropout).named("dropout") }
            if dropPath > 0 { try DropPath(probability: dropPath).named("drop_path1") }
        }.spread()
        try Residual(kind: "Perceptron") {
            try LayerNorm(shape: [embedding], epsilon: epsilon).named(norms.1)
            perceptron
            if dropPath > 0 { try DropPath(probability: dropPath).named("drop_path2") }
        }.spread()
    }
}
