import Glibc
import OneDNN

/// Softmax along an axis, or its logarithm.
struct Softmax: Operation {
    /// Counted from the front.
    let axis: Int
    let isLogarithm: Bool
    var name: String { isLogarithm ? "logSoftmax" : "softmax" }

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
        if spec.dtype == .bfloat16 {
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
        if spec.dtype == .bfloat16 {
            runGradient(BFloat16.self, given, result, storage, lines)
        } else {
            runGradient(Float.self, given, result, storage, lines)
        }
        return withExtendedLifetime((given.storage, result.storage)) {
            [Tensor(spec, dense: storage)]
        }
    }

    private func run<E: LaneElement>(
        _: E.Type, _ source: StridedElements, _ storage: Storage, _ lines: Lines
    ) {
        let x = source.pointer(E.self)
        let y = storage.pointer.assumingMemoryBound(to: E.self)
        let isLogarithm = isLogarithm
        let step = lines.inner
        if step == 1 {
            lines.forEachRow { softmaxRows(x, y, lines.size, $0, isLogarithm) }
            return
        }
        lines.forEach { start, lanes in
            let x = x + start
            let y = y + start
            if lanes == FloatLanes.width {
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
        if step == 1 {
            lines.forEachRow { gradientRows(g, y, d, size, $0, isLogarithm) }
            return
        }
        lines.forEach { start, lanes in
            if lanes == FloatLanes.width {
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

        /// Calls `body` with ranges of lines whose elements follow on one another.
        func forEachRow(_ body: (Range<Int>) -> Void) {
            guard size > 0 else { return }
            Parallel.forEach(count: outer, grain: Swift.max(1, 4096 / size), body)
        }

        /// Calls `body` with the first element of up to eight lines side by side.
        func forEach(_ body: (_ start: Int, _ lanes: Int) -> Void) {
            guard size > 0 else { return }
            let width = FloatLanes.width
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

/// Lines whose elements follow on one another.
private func softmaxRows<E: LaneElement>(
    _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>, _ size: Int, _ rows: Range<Int>,
    _ isLogarithm: Bool
) {
    let width = FloatLanes.width
    withUnsafeTemporaryAllocation(of: Float.self, capacity: size) { scratch in
        guard let powers = scratch.baseAddress else { return }
        for row in rows {
            let x = x + row &* size
            let y = y + row &* size
            let (top, total) = rowExponentials(x, size, into: powers)
            let scale = 1 / total
            let shift = isLogarithm ? logf(total) : 0
            guard size >= width else {
                for i in 0..<size {
                    y[i] = E(isLogarithm ? x[i].float - top - shift : powers[i] * scale)
                }
                continue
            }
            var i = 0
            while i < size {
                // The last lanes overlap those before them.
                i = min(i, size &- width)
                E.store(
                    isLogarithm
                        ? E.lanes(at: x + i) - top - shift : FloatLanes(at: powers + i) * scale,
                    at: y + i)
                i &+= width
            }
        }
    }
}

/// The gradient of such lines: `y (g - sum(g y))`, or `g - exp(y) sum(g)` for the logarithm.
private func gradientRows<E: LaneElement>(
    _ g: UnsafePointer<E>, _ y: UnsafePointer<E>, _ d: UnsafeMutablePointer<E>, _ size: Int,
    _ rows: Range<Int>, _ isLogarithm: Bool
) {
    let width = FloatLanes.width
    for row in rows {
        let g = g + row &* size
        let y = y + row &* size
        let d = d + row &* size
        let total =
            isLogarithm
            ? laneSum(size, { E.lanes(at: g + $0) }, { g[$0].float })
            : laneSum(
                size, { E.lanes(at: g + $0) * E.lanes(at: y + $0) }, { g[$0].float * y[$0].float })
        var i = 0
        while i &+ width <= size {
            let own = E.lanes(at: g + i)
            let value = E.lanes(at: y + i)
            E.store(
                isLogarithm ? own - exponential(value) * total : value * (own - total), at: d + i)
            i &+= width
        }
        while i < size {
            d[i] = E(
                isLogarithm
                    ? g[i].float - expf(y[i].float) * total : y[i].float * (g[i].float - total))
            i &+= 1
        }
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
