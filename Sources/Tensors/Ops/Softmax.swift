import Glibc
import OneDNN

/// Softmax along an axis, or its logarithm.
struct Softmax: Operation {
    /// Counted from the front.
    let axis: Int
    let isLogarithm: Bool
    var name: String { isLogarithm ? "logSoftmax" : "softmax" }

    /// Elements from which on calling a kernel takes less time than a loop.
    private static let kernelCount = 1024

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        guard inputs[0].dtype.isFloatingPoint else {
            throw TensorError(
                .dtype, name, "probabilities are real",
                expected: "float32 or bfloat16, as cast(to: .float32) makes it",
                got: "\(inputs[0].dtype)")
        }
        return inputs
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = inputs[0].spec
        let source = try inputs[0].dense()
        let storage = try Storage(byteCount: spec.byteCount)
        let lines = Lines(spec.shape, axis)
        if lines.inner == 1, !isLogarithm, spec.count >= Self.kernelCount,
            let type = spec.dtype.compiledType
        {
            let primitive = try SoftmaxConfiguration(
                isForward: true, rows: lines.outer, columns: lines.size, type: type
            ).primitive()
            try primitive.execute([
                (.source, source.start(spec.dtype)), (.destination, storage.pointer),
            ])
            if spec.dtype == .bfloat16 {
                repair(BFloat16.self, source, storage, lines)
            } else {
                repair(Float.self, source, storage, lines)
            }
        } else if spec.dtype == .bfloat16 {
            run(BFloat16.self, source, storage, lines)
        } else {
            run(Float.self, source, storage, lines)
        }
        return withExtendedLifetime(source.storage) { [Tensor(spec, dense: storage)] }
    }

    var savesForBackward: SavedTensors { .outputs }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil] }
        let given = try gradient.dense()
        let result = try outputs[0].dense()
        let spec = gradient.spec
        let storage = try Storage(byteCount: spec.byteCount)
        let lines = Lines(spec.shape, axis)
        if lines.inner == 1, !isLogarithm, spec.count >= Self.kernelCount,
            let type = spec.dtype.compiledType
        {
            let primitive = try SoftmaxConfiguration(
                isForward: false, rows: lines.outer, columns: lines.size, type: type
            ).primitive()
            try primitive.execute([
                (.destination, result.start(spec.dtype)),
                (.destinationGradient, given.start(spec.dtype)),
                (.sourceGradient, storage.pointer),
            ])
        } else if spec.dtype == .bfloat16 {
            runGradient(BFloat16.self, given, result, storage, lines)
        } else {
            runGradient(Float.self, given, result, storage, lines)
        }
        return withExtendedLifetime((given.storage, result.storage)) {
            [Tensor(spec, dense: storage)]
        }
    }

    /// The kernel gives 0 beside NaN and infinity, where every element is NaN. Only lines that start
    /// with 0 or NaN can be such.
    private func repair<E: LaneElement>(
        _: E.Type, _ source: StridedElements, _ storage: Storage, _ lines: Lines
    ) {
        let output = storage.pointer.assumingMemoryBound(to: E.self)
        for line in 0..<lines.outer {
            let own = output + line * lines.size
            if own[0].float > 0 { continue }
            let isUndefined = (0..<lines.size).contains { own[$0] != own[$0] }
            if isUndefined { own.update(repeating: E(Float.nan), count: lines.size) }
        }
    }

    private func run<E: LaneElement>(
        _: E.Type, _ source: StridedElements, _ storage: Storage, _ lines: Lines
    ) {
        let x = source.pointer(E.self)
        let y = storage.pointer.assumingMemoryBound(to: E.self)
        let isLogarithm = isLogarithm
        let step = lines.inner
        lines.forEach { start, lanes in
            let x = x + start
            let y = y + start
            if step == 1 {
                softmaxRow(x, y, lines.size, isLogarithm)
            } else if lanes == FloatLanes.width {
                softmaxColumns(x, y, lines.size, step, isLogarithm)
            } else {
                for lane in 0..<lanes {
                    softmaxColumn(x + lane, y + lane, lines.size, step, isLogarithm)
                }
            }
        }
    }

    private func runGradient<E: LaneElement>(
        _: E.Type, _ given: StridedElements, _ result: StridedElements, _ storage: Storage,
        _ lines: Lines
    ) {
        let g = given.pointer(E.self)
        let y = result.pointer(E.self)
        let d = storage.pointer.assumingMemoryBound(to: E.self)
        let size = lines.size
        let step = lines.inner
        let isLogarithm = isLogarithm
        lines.forEach { start, lanes in
            if step != 1, lanes == FloatLanes.width {
                var total = FloatLanes.zero
                for i in 0..<size {
                    let place = start &+ i &* step
                    let own = E.lanes(at: g + place)
                    total += isLogarithm ? own : own * E.lanes(at: y + place)
                }
                for i in 0..<size {
                    let place = start &+ i &* step
                    let own = E.lanes(at: g + place)
                    let value = E.lanes(at: y + place)
                    let slope =
                        isLogarithm ? own - exponential(value) * total : value * (own - total)
                    E.store(slope, at: d + place)
                }
                return
            }
            for lane in 0..<lanes {
                let first = start + lane
                var total: Float = 0
                for i in 0..<size {
                    let place = first &+ i &* step
                    total += isLogarithm ? g[place].float : g[place].float * y[place].float
                }
                for i in 0..<size {
                    let place = first &+ i &* step
                    d[place] = E(
                        isLogarithm
                            ? g[place].float - expf(y[place].float) * total
                            : y[place].float * (g[place].float - total))
                }
            }
        }
    }

    /// A dense tensor seen as `[outer, size, inner]` with lines along the middle.
    private struct Lines {
        let outer, size, inner: Int

        init(_ shape: [Int], _ axis: Int) {
            size = shape[axis]
            inner = shape[(axis + 1)...].reduce(1, *)
            outer = shape[..<axis].reduce(1, *)
        }

        /// Calls `body` with the first element of one line, or of up to eight lines side by side.
        func forEach(_ body: (_ start: Int, _ lanes: Int) -> Void) {
            guard size > 0 else { return }
            let width = inner == 1 ? 1 : FloatLanes.width
            let groups = (inner + width - 1) / width
            Parallel.forEach(
                count: outer * groups, grain: Swift.max(1, 4096 / (size * width))
            ) { range in
                for index in range {
                    let first = index % groups * width
                    body(
                        index / groups * size * inner + first, Swift.min(width, inner - first))
                }
            }
        }
    }
}

/// One line whose elements follow on one another.
@inline(__always)
private func softmaxRow<E: LaneElement>(
    _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>, _ size: Int, _ isLogarithm: Bool
) {
    let width = FloatLanes.width
    var most = FloatLanes(repeating: -.infinity)
    var i = 0
    while i &+ width <= size {
        most = GreatestLanes.combine(most, E.lanes(at: x + i))
        i &+= width
    }
    var greatest = -Float.infinity
    for lane in 0..<width { greatest = wider(greatest, most[lane]) }
    while i < size {
        greatest = wider(greatest, x[i].float)
        i &+= 1
    }
    var sums = FloatLanes.zero
    i = 0
    while i &+ width <= size {
        sums += exponential(E.lanes(at: x + i) - greatest)
        i &+= width
    }
    var total = sums.sum()
    while i < size {
        total += expf(x[i].float - greatest)
        i &+= 1
    }
    let scale = 1 / total
    let shift = logf(total)
    i = 0
    while i &+ width <= size {
        let distance = E.lanes(at: x + i) - greatest
        E.store(isLogarithm ? distance - shift : exponential(distance) * scale, at: y + i)
        i &+= width
    }
    while i < size {
        let distance = x[i].float - greatest
        y[i] = E(isLogarithm ? distance - shift : expf(distance) * scale)
        i &+= 1
    }
}

/// Eight lines side by side.
@inline(__always)
private func softmaxColumns<E: LaneElement>(
    _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>, _ size: Int, _ step: Int,
    _ isLogarithm: Bool
) {
    var greatest = FloatLanes(repeating: -.infinity)
    for i in 0..<size { greatest = GreatestLanes.combine(greatest, E.lanes(at: x + i &* step)) }
    var total = FloatLanes.zero
    for i in 0..<size { total += exponential(E.lanes(at: x + i &* step) - greatest) }
    let scale = 1 / total
    var shift = FloatLanes.zero
    for lane in 0..<FloatLanes.width { shift[lane] = logf(total[lane]) }
    for i in 0..<size {
        let distance = E.lanes(at: x + i &* step) - greatest
        E.store(isLogarithm ? distance - shift : exponential(distance) * scale, at: y + i &* step)
    }
}

/// One line with a step between its elements.
private func softmaxColumn<E: LaneElement>(
    _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>, _ size: Int, _ step: Int,
    _ isLogarithm: Bool
) {
    var greatest = -Float.infinity
    for i in 0..<size { greatest = wider(greatest, x[i &* step].float) }
    var total: Float = 0
    for i in 0..<size { total += expf(x[i &* step].float - greatest) }
    let scale = 1 / total
    let shift = logf(total)
    for i in 0..<size {
        let distance = x[i &* step].float - greatest
        y[i &* step] = E(isLogarithm ? distance - shift : expf(distance) * scale)
    }
}

/// The greater number; NaN wins.
@inline(__always)
private func wider(_ a: Float, _ b: Float) -> Float { b > a || b.isNaN ? b : a }

extension Tensor {
    /// `exp(x) / sum(exp(x))` along an axis. A line with NaN or plus infinity in it is NaN.
    public func softmax(axis: Int = -1) throws -> Tensor {
        try apply(
            Softmax(axis: spec.resolve(axis: axis, "softmax"), isLogarithm: false), to: self)
    }

    /// The logarithm of `softmax`, computed without loss.
    public func logSoftmax(axis: Int = -1) throws -> Tensor {
        try apply(
            Softmax(axis: spec.resolve(axis: axis, "logSoftmax"), isLogarithm: true), to: self)
    }
}
