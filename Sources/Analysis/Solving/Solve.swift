import Hosting
import NeuralNetworks
import Tensors

/// The layers that turn one shape into another, the simplest first: what `solve(_:from:to:)` lists.
public struct LayerSolutions: Sendable {
    /// The numbers in the place of `.any`, for height and width.
    public struct Solution: Hashable, Sendable {
        /// Height and width of the window.
        public let kernel: [Int]
        /// How far the window moves down and to the right, in pixels.
        public let stride: [Int]
        /// `nil` where it was given as `.same`.
        public let padding: [Int]?
        /// Rows and columns that a transposed convolution adds at the bottom and the right.
        public let outputPadding: [Int]
    }

    /// The layer asked about: `Conv2d(3, 64, kernel: .any, stride: .any, padding: .any)`.
    public let asked: String
    /// The shape that goes in, as it was given to `solve(_:from:to:)`.
    public let from: [Int]
    /// The shape that comes out of every solution.
    public let to: [Int]
    /// All solutions, the simplest first.
    public let all: [Solution]
    /// Makes the layer of a solution.
    private let make: @Sendable (Solution) throws -> any Layer

    init(
        asked: String, from: [Int], to: [Int], all: [Solution],
        make: @escaping @Sendable (Solution) throws -> any Layer
    ) {
        (self.asked, self.from, self.to, self.all) = (asked, from, to, all)
        self.make = make
    }

    /// How many there are.
    public var count: Int { all.count }

    /// The simplest, with fresh weights; `nil` where there is none.
    public var first: (any Layer)? { all.first.flatMap { try? make($0) } }

    /// The layer of a solution, with fresh weights; throws where there is none at the position.
    public subscript(position: Int) -> any Layer {
        get throws {
            guard all.indices.contains(position) else {
                throw LayerError(
                    layer: "solve", problem: "there is no solution \(position)",
                    expected: all.isEmpty ? "none: nothing fits" : "0...\(count - 1)",
                    got: "\(position)")
            }
            return try make(all[position])
        }
    }
}

/// Every choice of the arguments given as `.any` with which a layer turns images of one shape into
/// another, the simplest first.
///
///     let layer = Conv2d(3, 64, kernel: .any, stride: .any, padding: .any)
///     let solutions = try solve(layer, from: [3, 224, 224], to: [64, 112, 112])
///     solutions.count
///     print(solutions)   // Conv2d(3, 64, kernel: 2, stride: 2), then kernel: 3, padding: 1 ...
///
/// The layer is a `Conv2d`, `ConvTranspose2d`, `MaxPool2d` or `AvgPool2d`; shapes are `[C, H, W]`.
/// Kernels and strides up to `limit` are tried, with paddings smaller than the window (at most half
/// of the kernel for pooling, as the layers ask for). One number serves both axes where any does;
/// where none does, each axis has its own. Simple is what leaves no pixel out, then a small kernel,
/// stride and padding. Throws where a shape does not have the layer's channels.
public func solve(
    _ layer: any Layer, from: [Int], to: [Int], limit: Int = 32
) throws -> LayerSolutions {
    guard let layer = unnamed(layer) as? any WindowLayer else {
        throw LayerError(
            layer: "solve", problem: "\(layer.kind) has no window",
            expected: "a Conv2d, ConvTranspose2d, MaxPool2d or AvgPool2d", got: layer.signature)
    }
    guard (1...256).contains(limit) else {
        throw LayerError(
            layer: "solve", problem: "'limit' is out of range", expected: "1...256",
            got: "\(limit)")
    }
    for (name, shape) in [("from", from), ("to", to)] {
        guard shape.count == 3, shape.allSatisfy({ (1..<1 << 24).contains($0) }) else {
            throw TensorError(
                .shape, "solve", "'\(name)' is not the shape of an image",
                expected: "[C, H, W], sizes from 1", got: "\(shape)")
        }
    }
    let channels = layer.channels ?? (from[0], from[0])
    for (name, shape, count) in [("from", from, channels.inputs), ("to", to, channels.outputs)]
    where shape[0] != count {
        throw TensorError(
            .shape, "solve", "'\(name)' has other channels than \(layer.signature)",
            expected: "\([count] + shape.dropFirst())", got: "\(shape)")
    }
    let window = layer.window
    let axes = try (0..<2).map { axis in
        try Host.current.cancellation.check()
        return AxisSearch(window: window, axis: axis, limit: limit)
            .solutions(from: from[1 + axis], to: to[1 + axis])
    }
    let sure = UncheckedLayer(layer)
    return LayerSolutions(
        asked: layer.signature, from: from, to: to, all: joined(axes, window)
    ) { solution in
        var closed = window
        closed.open = []
        closed.kernel = solution.kernel
        closed.stride = solution.stride
        if let padding = solution.padding { closed.padding = .each(padding) }
        closed.outputPadding = solution.outputPadding
        return try sure.layer.closed(closed)
    }
}

private func unnamed(_ layer: any Layer) -> any Layer { (layer as? NamedLayer)?.layer ?? layer }

private struct UncheckedLayer: @unchecked Sendable {
    // Invariant: only its arguments are read, which never change.
    let layer: any WindowLayer
    init(_ layer: any WindowLayer) { self.layer = layer }
}

/// The solutions of both axes: alike in what was open where that is possible.
private func joined(
    _ axes: [[AxisSolution]], _ window: OpenWindow
) -> [LayerSolutions.Solution] {
    func open(_ solution: AxisSolution) -> [Int] {
        [
            window.open.contains(.kernel) ? solution.kernel : 0,
            window.open.contains(.stride) ? solution.stride : 0,
            window.open.contains(.padding) ? solution.padding : 0,
            window.open.contains(.outputPadding) ? solution.outputPadding : 0,
        ]
    }
    var columns: [[Int]: AxisSolution] = [:]
    for solution in axes[1] { columns[open(solution)] = solution }
    var pairs = axes[0].compactMap { row in columns[open(row)].map { (row, $0) } }
    if pairs.isEmpty {
        pairs = axes[0].flatMap { row in axes[1].map { (row, $0) } }
            .sorted { ($0.0.rank + $0.1.rank).lexicographicallyPrecedes($1.0.rank + $1.1.rank) }
    }
    return pairs.map { row, column in
        LayerSolutions.Solution(
            kernel: [row.kernel, column.kernel], stride: [row.stride, column.stride],
            padding: window.padding == .keepSize ? nil : [row.padding, column.padding],
            outputPadding: [row.outputPadding, column.outputPadding])
    }
}
