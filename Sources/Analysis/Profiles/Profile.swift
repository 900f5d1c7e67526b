import Hosting
import NeuralNetworks
import Tensors
import Training

/// How long each layer of a model takes on this machine: `profile(net, input: [3, 224, 224])`.
///
/// Layers that another one does in the same pass, such as an activation after a convolution, have
/// no time of their own.
public struct ModelProfile: Sendable {
    /// One layer; figures are its own, those of layers inside it are left out.
    public struct Row: Sendable {
        /// The full name, as in the names of its parameters; empty for the model itself.
        public let name: String
        /// Its type without arguments, such as `Conv2d`.
        public let kind: String
        /// How deep it lies inside the model; the model's own layers are at 0.
        public let depth: Int
        /// Seconds of the forward pass, the median of all repeats.
        public let forward: Double
        /// Seconds of the backward pass; `nil` where that was not measured.
        public let backward: Double?
        /// Multiply-accumulates for the input.
        public let multiplyAccumulates: Int

        /// Floating-point operations a second of the forward pass, two for each
        /// multiply-accumulate, in billions; `nil` for layers without any.
        public var gigaflops: Double? {
            multiplyAccumulates > 0 && forward > 0
                ? 2 * Double(multiplyAccumulates) / forward / 1e9 : nil
        }
    }

    /// The kind of the model.
    public let kind: String
    /// The shape of the input, with the batch axis.
    public let input: [Int]
    /// The model's layers, in the order in which the input goes through them.
    public let rows: [Row]
    /// Seconds of a forward pass, the sum of its layers' medians.
    public let forward: Double
    /// Seconds of a backward pass, the same; `nil` where that was not measured.
    public let backward: Double?
    /// Multiply-accumulates for the input.
    public let multiplyAccumulates: Int
    /// What the machine's float32 matrix product and convolution reach at best, in billions of
    /// operations a second, measured just before.
    public let ceiling: Double

    /// Floating-point operations a second of the forward pass, in billions.
    public var gigaflops: Double { 2 * Double(multiplyAccumulates) / max(forward, 1e-9) / 1e9 }

    /// The layers that take the most time, forward and backward together, the slowest first.
    public func slowest(_ count: Int = 10) -> [Row] {
        func time(_ row: Row) -> Double { row.forward + (row.backward ?? 0) }
        return Array(rows.sorted { time($0) > time($1) }.prefix(max(0, count)))
    }
}

/// Measures how long each layer of a model takes, forward and backward, and how much of what the
/// machine can do it reaches.
///
///     let times = try profile(ResNet18(), input: [3, 224, 224])
///     print(times.slowest(5))
///     times.gigaflops / times.ceiling
///
/// The input is one image, `[C, H, W]`, or a batch, `[N, C, H, W]`; without one it is what the
/// model was made for. Times are medians of `repeats` passes after one that warms up. The forward
/// pass is that of evaluation, where layers may be done together; the backward pass follows one in
/// training on a copy of the model, so that nothing of it changes. Throws where the model does not
/// take the input, or where `backward` is asked for and the model cannot be copied.
public func profile(
    _ model: any Layer, input: [Int]? = nil, backward: Bool = true, repeats: Int = 7
) throws -> ModelProfile {
    guard (1...1000).contains(repeats) else {
        throw TensorError(
            .value, "profile", "'repeats' is out of range", expected: "1...1000", got: "\(repeats)")
    }
    let given = try input ?? model.usualInput()
    guard !given.isEmpty, given.allSatisfy({ $0 > 0 }) else {
        throw TensorError(
            .shape, "profile", "the input has no elements", expected: "sizes from 1",
            got: "\(given)")
    }
    let shape = given.count == 3 ? [1] + given : given
    let trace = model.trace(TensorSpec(shape))
    if let error = trace.modelError(of: model) { throw error }
    let reporter = ProgressReporter(
        "Profiling \(model.kind)", total: repeats * (backward ? 2 : 1) + 1, unit: "passes")
    let (forward, back, ceiling) = try withoutDrawing {
        let x = try Tensor.randn(shape)
        let ceiling = try MachineCeiling.measure()
        reporter.advance()
        var clock = LayerClock(trace)
        let forward = try medians(repeats, reporter) {
            try withTraining(false) {
                try withoutGradient {
                    try clock.measure(isBackward: false) { _ = try model.call(x) }
                }
            }
        }
        guard backward else { return (forward, [Double]?.none, ceiling) }
        let copy = try model.copy()
        var backClock = LayerClock(trace)
        let back = try medians(repeats, reporter) {
            try withTraining {
                try Context.current.withGradient {
                    var y: Tensor?
                    _ = try backClock.measure(isBackward: false) { y = try copy.call(x) }
                    guard let loss = try y?.mean() else { return [] }
                    return try backClock.measure(isBackward: true) { try loss.backward() }
                }
            }
        }
        copy.zeroGradients()
        return (forward, back, ceiling)
    }
    reporter.finish()
    let rows = trace.visits.indices.dropFirst(model.children.isEmpty ? 0 : 1).map { index in
        let visit = trace.visits[index]
        return ModelProfile.Row(
            name: visit.path.joined(separator: "."), kind: visit.layer.kind,
            depth: max(0, visit.path.count - 1), forward: forward[index],
            backward: back?[index],
            multiplyAccumulates: trace.ownCost(ofVisit: index).multiplyAccumulates)
    }
    return ModelProfile(
        kind: model.kind, input: shape, rows: Array(rows), forward: forward.reduce(0, +),
        backward: back?.reduce(0, +), multiplyAccumulates: trace.cost.multiplyAccumulates,
        ceiling: ceiling)
}

/// For each layer the median of several runs, after one that warms up.
private func medians(
    _ repeats: Int, _ reporter: ProgressReporter, _ run: () throws -> [Double]
) throws -> [Double] {
    _ = try run()
    var times: [[Double]] = []
    for _ in 0..<repeats {
        try Host.current.cancellation.check()
        times.append(try run())
        reporter.advance()
    }
    return (times.first ?? []).indices.map { layer in
        times.map { $0[layer] }.sorted()[times.count / 2]
    }
}

/// What the machine reaches at best.
enum MachineCeiling {
    /// Billions of operations a second of a large matrix product or of a plain convolution,
    /// whichever does more.
    static func measure() throws -> Double {
        let a = try Tensor.randn([768, 768])
        let x = try Tensor.randn([1, 128, 56, 56])
        let weights = try Tensor.randn([128, 128, 1, 1])
        return try withoutGradient {
            let product = try quickest { _ = try a.matmul(a) }
            let convolution = try quickest { _ = try conv2d(x, weights) }
            return max(
                2 * 768 * 768 * 768 / product, 2 * 128 * 128 * 56 * 56 / convolution) / 1e9
        }
    }

    private static func quickest(_ body: () throws -> Void) throws -> Double {
        let clock = ContinuousClock()
        try body()
        return try (0..<6).map { _ in
            try Host.current.cancellation.check()
            return try clock.measure(body) / .seconds(1)
        }.min() ?? .infinity
    }
}

extension ModelSummary {
    /// Measures the forward pass and gives each layer its share of the time.
    mutating func addTimes(of model: any Layer) throws {
        let times = try profile(model, input: input, backward: false)
        guard times.rows.count == rows.count, times.forward > 0 else { return }
        for index in rows.indices {
            rows[index].timeShare = times.rows[index].forward / times.forward
        }
    }
}
