import Tensors

/// Attention inside windows of an image: every pixel looks at those of its own window, with a learned
/// preference for each distance. `[N, H, W, D]` keeps its shape.
///
/// With a `shift` the windows lie shifted over the image, which joins what the windows of the layer
/// before kept apart; windows that would reach over the image's edge are cut there. Images that do
/// not divide into windows are padded. Parameters, as torchvision's: `relative_position_bias_table`
/// `[(2 h - 1) (2 w - 1), heads]`, `qkv` and `proj`; buffer: `relative_position_index`.
/// Source: Liu et al., "Swin Transformer", 2021.
///
///     let x = try Tensor.zeros([1, 56, 56, 96])
///     WindowAttention(embedding: 96, heads: 3, window: 7, shift: 3)(x).shape  // [1, 56, 56, 96]
public final class WindowAttention: Layer {
    /// The number of features of a pixel, D.
    public let embedding: Int
    /// How many heads share them.
    public let heads: Int
    /// Height and width of a window.
    public let window: [Int]
    /// By how much windows are shifted down and to the right.
    public let shift: [Int]
    /// What is added to the scores of two pixels, by their distance and for each head.
    public let biasTable: Parameter
    private let distances: Parameter
    private let packing: Linear
    private let projection: Linear

    /// Attention over `embedding` features with `heads` heads in windows of the given size; stops
    /// the program where the arguments make no layer.
    public convenience init(
        embedding: Int, heads: Int, window: any IntOrPair, shift: any IntOrPair = 0
    ) {
        do {
            try self.init(features: embedding, heads: heads, window: window, shift: shift)
        } catch { preconditionFailure(String(describing: error)) }
    }

    /// The same, throwing where a size is not positive, the features do not split into heads or the
    /// shift is not smaller than the window.
    public init(
        features embedding: Int, heads: Int, window: any IntOrPair, shift: any IntOrPair = 0
    ) throws {
        try LayerError.require("WindowAttention", "embedding", embedding, atLeast: 1)
        try LayerError.require("WindowAttention", "heads", heads, atLeast: 1)
        guard embedding % heads == 0, embedding < .max / 3 else {
            throw LayerError.indivisible(
                "WindowAttention", "embedding", embedding, into: heads, called: "heads")
        }
        self.embedding = embedding
        self.heads = heads
        self.window = try windowSizes("WindowAttention", "window", window)
        self.shift = try windowSizes("WindowAttention", "shift", shift, atLeast: 0)
        guard self.window[0] <= 64, self.window[1] <= 64,
            self.shift[0] < self.window[0], self.shift[1] < self.window[1]
        else {
            throw LayerError(
                layer: "WindowAttention", problem: "'window' and 'shift' do not fit together",
                expected: "a window of at most 64 and a smaller shift",
                got: "\(written(self.window)) and \(written(self.shift))")
        }
        biasTable = try Parameter(
            [(2 * self.window[0] - 1) * (2 * self.window[1] - 1), heads],
            .truncatedNormal(standardDeviation: 0.02))
        distances = try Parameter(Self.distances(in: self.window), kind: .buffer)
        packing = try Linear(inputs: embedding, outputs: 3 * embedding)
        projection = try Linear(inputs: embedding, outputs: embedding)
    }

    private init(copying other: WindowAttention) {
        embedding = other.embedding
        heads = other.heads
        window = other.window
        shift = other.shift
        biasTable = other.biasTable.copy()
        distances = other.distances.copy()
        packing = other.packing.copy()
        projection = other.projection.copy()
    }

    /// For each pair of a window's pixels, the row of the table for their distance: `[T * T]`.
    private static func distances(in window: [Int]) throws -> Tensor {
        let tokens = window[0] * window[1]
        var rows: [Int] = []
        rows.reserveCapacity(tokens * tokens)
        for from in 0..<tokens {
            for to in 0..<tokens {
                let down = from / window[1] - to / window[1] + window[0] - 1
                let right = from % window[1] - to % window[1] + window[1] - 1
                rows.append(down * (2 * window[1] - 1) + right)
            }
        }
        return try Tensor(rows, shape: [rows.count])
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        guard x.rank == 4, x.shape[3] == embedding else {
            throw TensorError(
                .shape, "WindowAttention", "'x' is not an image of its embedding",
                expected: "[N, H, W, \(embedding)]", got: "\(x.shape)", operands: [x.spec])
        }
        let size = [x.shape[1], x.shape[2]]
        var image = try x.padded(toMultiplesOf: [1, window[0], window[1], 1])
        let padded = [image.shape[1], image.shape[2]]
        // Where one window covers the image there is nothing to join.
        let shift = (0..<2).map { window[$0] >= padded[$0] ? 0 : self.shift[$0] }
        for axis in 0..<2 { image = try image.rolled(by: -shift[axis], axis: axis + 1) }

        let count = (0..<2).map { padded[$0] / window[$0] }
        let windows =
            try image
            .reshaped([x.shape[0], count[0], window[0], count[1], window[1], embedding])
            .transposed(0, 1, 3, 2, 4, 5)
            .reshaped([x.shape[0], count[0] * count[1], window[0] * window[1], embedding])
        let mixed = try selfAttention(
            packing.call(windows, as: "qkv"), heads: heads,
            mask: scoreBias(for: x, padded, shift))
        image = try projection.call(mixed, as: "proj")
            .reshaped([x.shape[0], count[0], count[1], window[0], window[1], embedding])
            .transposed(0, 1, 3, 2, 4, 5)
            .reshaped([x.shape[0], padded[0], padded[1], embedding])

        for axis in 0..<2 { image = try image.rolled(by: shift[axis], axis: axis + 1) }
        guard padded != size else { return image.sized(as: x) }
        return try image.indexed(by: [0..., 0..<size[0], 0..<size[1], 0...]).sized(as: x)
    }

    /// What is added to the scores: for the distance of two pixels, and -100 where a shift has
    /// brought together parts of the image that do not touch.
    private func scoreBias(for x: Tensor, _ size: [Int], _ shift: [Int]) throws -> Tensor {
        let tokens = window[0] * window[1]
        let bias = try biasTable.value(for: x).indexed(by: [distances.value(for: x)])
            .reshaped([tokens, tokens, heads]).transposed(2, 0, 1)
        guard shift != [0, 0] else { return bias }
        return try Tensor.adding(separation(size, shift), bias)
    }

    /// -100 for pixels of one window from different parts of the image, `[windows, 1, T, T]`.
    private func separation(_ size: [Int], _ shift: [Int]) throws -> Tensor {
        // Behind a shift the last window of an axis holds the image's end and its beginning.
        func part(_ position: Int, _ axis: Int) -> Int {
            if position < size[axis] - window[axis] { return 0 }
            return shift[axis] > 0 && position >= size[axis] - shift[axis] ? 2 : 1
        }
        let tokens = window[0] * window[1]
        var values: [Float] = []
        values.reserveCapacity(size[0] * size[1] * tokens)
        for top in stride(from: 0, to: size[0], by: window[0]) {
            for left in stride(from: 0, to: size[1], by: window[1]) {
                let parts = (0..<tokens).map {
                    3 * part(top + $0 / window[1], 0) + part(left + $0 % window[1], 1)
                }
                for from in parts { for to in parts { values.append(from == to ? 0 : -100) } }
            }
        }
        return try Tensor(values, shape: [values.count / (tokens * tokens), 1, tokens, tokens])
    }

    public func copy() -> WindowAttention { WindowAttention(copying: self) }
    public var kind: String { "WindowAttention" }

    public var children: [(name: String, layer: any Layer)] {
        [("qkv", packing), ("proj", projection)]
    }

    public var ownParameters: [(name: String, parameter: Parameter)] {
        [("relative_position_bias_table", biasTable), ("relative_position_index", distances)]
    }

    public var details: String {
        "embedding: \(embedding), heads: \(heads), window: \(written(window))"
            + (shift == [0, 0] ? "" : ", shift: \(written(shift))")
    }

    /// In one line although there are layers inside.
    public var description: String { "\(kind)(\(details))" }
}
