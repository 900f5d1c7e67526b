import Glibc
import OneDNN

/// Softmax along an axis, or its logarithm.
struct Softmax: Operation {
    /// Counted from the front.
    let axis: Int
    let isLogarithm: Bool
    var name: String { isLogarithm ? "logSoftmax" : "softmax" }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        guard inputs[0].dtype == .float32 else {
            throw TensorError(
                .dtype, name, "probabilities are real",
                expected: "float32, as cast(to: .float32) makes it", got: "\(inputs[0].dtype)")
        }
        return inputs
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = inputs[0].spec
        let source = try inputs[0].dense()
        let storage = try Storage(byteCount: spec.byteCount)
        let x = source.pointer(Float.self)
        let y = storage.pointer.assumingMemoryBound(to: Float.self)
        let isLogarithm = isLogarithm
        forEachLine(spec.shape) { start, size, step in
            let x = x + start
            let y = y + start
            var greatest = -Float.infinity
            for i in 0..<size { greatest = max(greatest, x[i &* step]) }
            var total: Float = 0
            for i in 0..<size {
                let value = expf(x[i &* step] - greatest)
                y[i &* step] = value
                total += value
            }
            if isLogarithm {
                let shift = greatest + logf(total)
                for i in 0..<size { y[i &* step] = x[i &* step] - shift }
            } else {
                let scale = 1 / total
                for i in 0..<size { y[i &* step] *= scale }
            }
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
        let storage = try Storage(byteCount: gradient.spec.byteCount)
        let g = given.pointer(Float.self)
        let y = result.pointer(Float.self)
        let d = storage.pointer.assumingMemoryBound(to: Float.self)
        let isLogarithm = isLogarithm
        forEachLine(gradient.shape) { start, size, step in
            let g = g + start
            let y = y + start
            let d = d + start
            var total: Float = 0
            if isLogarithm {
                for i in 0..<size { total += g[i &* step] }
                for i in 0..<size { d[i &* step] = g[i &* step] - expf(y[i &* step]) * total }
            } else {
                for i in 0..<size { total += g[i &* step] * y[i &* step] }
                for i in 0..<size { d[i &* step] = y[i &* step] * (g[i &* step] - total) }
            }
        }
        withExtendedLifetime((given.storage, result.storage)) {}
        return [Tensor(gradient.spec, dense: storage)]
    }

    /// Calls `body` with the first element, length and step of every line along the axis.
    private func forEachLine(_ shape: [Int], _ body: (Int, Int, Int) -> Void) {
        let size = shape[axis]
        let step = shape[(axis + 1)...].reduce(1, *)
        let lines = size == 0 ? 0 : shape.reduce(1, *) / size
        Parallel.forEach(count: lines, grain: max(1, 4096 / max(1, size))) { range in
            for line in range { body(line / step * size * step + line % step, size, step) }
        }
    }
}

extension Tensor {
    /// `exp(x) / sum(exp(x))` along an axis.
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
