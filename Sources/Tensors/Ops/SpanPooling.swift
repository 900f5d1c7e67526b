import OneDNN

/// Maximum or average over windows that differ in size (adaptive pooling) or have gaps (dilation).
struct SpanPooling: Operation {
    enum Kind { case maximum, average }

    enum Windows {
        /// So many along each axis, over all of the image.
        case adaptive([Int])
        /// A window that moves.
        case window(Window)
    }

    let kind: Kind
    let windows: Windows
    let name: String
    /// For each output the pixel that was the greatest, or -1.
    private let positions = SavedStorage()

    init(_ kind: Kind, _ windows: Windows, name: String) {
        self.kind = kind
        self.windows = windows
        self.name = name
    }

    /// The pixels of one window along one axis.
    private struct Span {
        var start, count, step: Int
    }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let x = inputs[0]
        try requireImages(x, name)
        let size: [Int]
        switch windows {
        case .adaptive(let output):
            guard output.count == 2, output.allSatisfy({ $0 >= 1 && $0 < 1 << 24 }) else {
                throw TensorError(
                    .value, name, "outputSize is a number or [height, width]",
                    expected: "sizes of at least 1", got: "\(output)")
            }
            size = output
        case .window(let window):
            size = try window.placement(on: Array(x.shape[2...]), name).output
            try window.requireHalfPadding(name)
        }
        return [TensorSpec(Array(x.shape[..<2]) + size, x.dtype)]
    }

    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost {
        var resizing = 0
        if case .adaptive = windows, kind == .average { resizing = inputs[0].count }
        return Cost(resizing: resizing, bytes: inputs[0].byteCount &+ outputs[0].byteCount)
    }

    func receptiveField(
        _ fields: [ReceptiveField], inputs: [TensorSpec], outputs: [TensorSpec]
    ) -> ReceptiveField? {
        guard case .window(let window) = windows else {
            // Windows of several sizes: none for all.
            return nil
        }
        return ReceptiveField.union(fields)?.seen(
            through: window, on: inputs[0], output: outputs[0])
    }

    /// The windows along height and along width.
    private func spans(_ shape: [Int]) throws -> (rows: [Span], columns: [Span]) {
        let spans: [[Span]]
        switch windows {
        case .adaptive(let output):
            spans = (0..<2).map { axis in
                let size = shape[2 + axis]
                return (0..<output[axis]).map { index in
                    let start = index * size / output[axis]
                    let end = ((index + 1) * size + output[axis] - 1) / output[axis]
                    return Span(start: start, count: end - start, step: 1)
                }
            }
        case .window(let window):
            let place = try window.placement(on: Array(shape[2...]), name)
            spans = (0..<2).map { axis in
                let step = window.dilation[axis]
                return (0..<place.output[axis]).map { index in
                    let start = index * window.stride[axis] - place.low[axis]
                    let skipped = start < 0 ? (-start + step - 1) / step : 0
                    let first = start + skipped * step
                    let room =
                        first < shape[2 + axis] ? (shape[2 + axis] - 1 - first) / step + 1 : 0
                    return Span(
                        start: first, count: max(0, min(window.kernel[axis] - skipped, room)),
                        step: step)
                }
            }
        }
        return (spans[0], spans[1])
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        guard spec.count > 0 else { return [try Tensor.zeros(spec.shape, dtype: spec.dtype)] }
        try Allocator.shared.checkRoom(byteCount: spec.byteCount)
        let shape = inputs[0].shape
        let (rows, columns) = try spans(shape)
        let source = try inputs[0].converted(to: .float32).dense()
        let storage = try Storage(byteCount: spec.count * MemoryLayout<Float>.size)
        let found =
            kind == .maximum ? try Storage(byteCount: spec.count * MemoryLayout<Int>.size) : nil
        let x = source.pointer(Float.self)
        let y = storage.pointer.assumingMemoryBound(to: Float.self)
        let places = found?.pointer.assumingMemoryBound(to: Int.self)
        eachPlane(spec, shape) { plane, output in
            let x = x + plane
            var at = output
            for row in rows {
                for column in columns {
                    if let places {
                        (y[at], places[at]) = greatest(x, shape[3], row, column)
                    } else {
                        y[at] = mean(x, shape[3], row, column)
                    }
                    at += 1
                }
            }
        }
        withExtendedLifetime(source.storage) {}
        positions.storage = found
        return [try Tensor(TensorSpec(spec.shape), dense: storage).converted(to: spec.dtype)]
    }

    private func greatest(
        _ x: UnsafeMutablePointer<Float>, _ width: Int, _ row: Span, _ column: Span
    ) -> (Float, Int) {
        var best = -Float.infinity
        var place = -1
        for i in 0..<row.count {
            for j in 0..<column.count {
                let position =
                    (row.start + i * row.step) * width + column.start + j * column.step
                if x[position] > best || place < 0 || x[position].isNaN {
                    best = x[position]
                    place = position
                    if best.isNaN { return (best, place) }
                }
            }
        }
        return (best, place)
    }

    private func mean(
        _ x: UnsafeMutablePointer<Float>, _ width: Int, _ row: Span, _ column: Span
    ) -> Float {
        var sum: Float = 0
        for i in 0..<row.count {
            let line = x + (row.start + i) * width + column.start
            for j in 0..<column.count { sum += line[j] }
        }
        return sum / Float(row.count * column.count)
    }

    /// Calls `body` with the first pixel of each channel's image before and after.
    private func eachPlane(_ spec: TensorSpec, _ shape: [Int], _ body: (Int, Int) -> Void) {
        let before = shape[2] * shape[3]
        let after = spec.shape[2] * spec.shape[3]
        let grain = max(1, 4096 / max(before, after))
        Parallel.forEach(count: spec.shape[0] * spec.shape[1], grain: grain) { planes in
            for plane in planes { body(plane * before, plane * after) }
        }
    }

    var savesForBackward: SavedTensors { [] }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil] }
        let spec = inputs[0].spec
        let result = try Tensor.zeros(spec.shape)
        guard gradient.count > 0 else { return [try result.converted(to: spec.dtype)] }
        let (rows, columns) = try spans(spec.shape)
        let given = try gradient.converted(to: .float32).dense()
        let target = try result.dense()
        let g = given.pointer(Float.self)
        let d = target.pointer(Float.self)
        let places = positions.storage?.pointer.assumingMemoryBound(to: Int.self)
        eachPlane(gradient.spec, spec.shape) { plane, output in
            let d = d + plane
            var at = output
            for row in rows {
                for column in columns {
                    if let places {
                        if places[at] >= 0 { d[places[at]] += g[at] }
                    } else {
                        let share = g[at] / Float(row.count * column.count)
                        for i in 0..<row.count {
                            let line = d + (row.start + i) * spec.shape[3] + column.start
                            for j in 0..<column.count { line[j] += share }
                        }
                    }
                    at += 1
                }
            }
        }
        withExtendedLifetime((given.storage, target.storage, positions.storage)) {}
        return [try result.converted(to: spec.dtype)]
    }
}
