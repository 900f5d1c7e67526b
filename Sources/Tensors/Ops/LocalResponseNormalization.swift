import Glibc
import OneDNN

/// Normalisation of each pixel by its neighbours along the channels.
struct LocalResponseNormalization: Operation {
    let size: Int
    let alpha: Float
    let beta: Float
    let k: Float
    let name = "localResponseNorm"
    /// The primitive's workspace, or `k + alpha / size * sum(x^2)` for each element.
    private let saved = SavedStorage()

    init(size: Int, alpha: Float, beta: Float, k: Float) {
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.k = k
    }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let x = inputs[0]
        guard x.rank >= 3 else {
            throw TensorError(
                .shape, name, "neighbours are channels of images", expected: "[N, C, ...]",
                got: "\(x.shape)")
        }
        try requireReal(inputs, name)
        guard size >= 1 else {
            throw TensorError(
                .value, name, "size is a number of channels", expected: "at least 1", got: "\(size)"
            )
        }
        return [x]
    }

    /// oneDNN's window is centred, so that its size is odd.
    private func configuration(isForward: Bool, _ data: MemoryDescriptor)
        -> LocalResponseNormalizationConfiguration
    {
        LocalResponseNormalizationConfiguration(
            isForward: isForward, data: data, size: size, alpha: alpha, beta: beta, k: k)
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = inputs[0].spec
        guard spec.count > 0 else { return [try Tensor.zeros(spec.shape, dtype: spec.dtype)] }
        guard size % 2 == 1, size < 1 << 16, spec.rank == 4 else { return [try plain(inputs[0])] }
        let x = try inputs[0].converted(to: spec.dtype.kernelDType)
        let data = try x.described().descriptor
        let primitive = try configuration(isForward: true, data).primitive()
        let source = try x.packed(as: primitive.required(.source))
        let output = try OutputBuffer(primitive, .destination)
        var buffers: [(Role, UnsafeMutableRawPointer)] = [
            (.source, source.pointer), (.destination, output.storage.pointer),
        ]
        if let format = primitive.workspace {
            let storage = try Storage(byteCount: format.byteCount)
            buffers.append((.workspace, storage.pointer))
            saved.storage = storage
        }
        saved.formats = [data]
        try primitive.execute(buffers)
        withExtendedLifetime(source.storage) {}
        return [try output.tensor(spec)]
    }

    var savesForBackward: SavedTensors { .inputs }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil] }
        let spec = inputs[0].spec
        guard spec.count > 0 else { return [try Tensor.zeros(spec.shape, dtype: spec.dtype)] }
        guard let data = saved.formats.first else {
            return [try plainGradient(gradient, inputs[0])]
        }
        let primitive = try configuration(isForward: false, data).primitive()
        let source = try inputs[0].packed(as: primitive.required(.source))
        let given = try gradient.packed(as: primitive.required(.destinationGradient))
        let output = try OutputBuffer(primitive, .sourceGradient)
        var buffers: [(Role, UnsafeMutableRawPointer)] = [
            (.source, source.pointer), (.destinationGradient, given.pointer),
            (.sourceGradient, output.storage.pointer),
        ]
        if let storage = saved.storage { buffers.append((.workspace, storage.pointer)) }
        try primitive.execute(buffers)
        withExtendedLifetime((source.storage, given.storage, saved.storage)) {}
        return [try output.tensor(spec)]
    }

    /// Channels before and after the own one; an even window has one more before, as in PyTorch.
    private var reach: (before: Int, after: Int) { (size / 2, (size - 1) / 2) }

    private func plain(_ input: Tensor) throws -> Tensor {
        let spec = input.spec
        let source = try input.converted(to: .float32).dense()
        let bytes = spec.count * MemoryLayout<Float>.size
        let storage = try Storage(byteCount: bytes)
        let bases = try Storage(byteCount: bytes)
        let x = source.pointer(Float.self)
        let y = storage.pointer.assumingMemoryBound(to: Float.self)
        let base = bases.pointer.assumingMemoryBound(to: Float.self)
        let share = alpha / Float(size)
        forEachLine(spec.shape) { start, step, channels in
            for c in 0..<channels {
                var sum: Float = 0
                for other in neighbours(c, channels, reach.before, reach.after) {
                    sum += x[start + other * step] * x[start + other * step]
                }
                let at = start + c * step
                base[at] = k + share * sum
                y[at] = x[at] * powf(base[at], -beta)
            }
        }
        withExtendedLifetime(source.storage) {}
        saved.storage = bases
        return try Tensor(TensorSpec(spec.shape), dense: storage).converted(to: spec.dtype)
    }

    /// `dx_j = g_j b_j^-beta - 2 alpha beta / size x_j sum_i g_i x_i b_i^(-beta - 1)` over the
    /// channels `i` whose window holds `j`.
    private func plainGradient(_ gradient: Tensor, _ input: Tensor) throws -> Tensor {
        let spec = input.spec
        guard let bases = saved.storage else { return try Tensor.zeros(spec.shape) }
        let source = try input.converted(to: .float32).dense()
        let given = try gradient.converted(to: .float32).dense()
        let storage = try Storage(byteCount: spec.count * MemoryLayout<Float>.size)
        let x = source.pointer(Float.self)
        let g = given.pointer(Float.self)
        let base = bases.pointer.assumingMemoryBound(to: Float.self)
        let d = storage.pointer.assumingMemoryBound(to: Float.self)
        let factor = -2 * alpha * beta / Float(size)
        forEachLine(spec.shape) { start, step, channels in
            for c in 0..<channels {
                var sum: Float = 0
                for other in neighbours(c, channels, reach.after, reach.before) {
                    let at = start + other * step
                    sum += g[at] * x[at] * powf(base[at], -beta - 1)
                }
                let at = start + c * step
                d[at] = g[at] * powf(base[at], -beta) + factor * x[at] * sum
            }
        }
        withExtendedLifetime((source.storage, given.storage, bases)) {}
        return try Tensor(TensorSpec(spec.shape), dense: storage).converted(to: spec.dtype)
    }

    private func neighbours(_ c: Int, _ channels: Int, _ before: Int, _ after: Int) -> Range<Int> {
        max(0, c - before)..<(after < channels - 1 - c ? c + after + 1 : channels)
    }

    /// Calls `body` with the first element, step and length of the channels at each pixel.
    private func forEachLine(_ shape: [Int], _ body: (Int, Int, Int) -> Void) {
        let channels = shape[1]
        let pixels = shape[2...].reduce(1, *)
        Parallel.forEach(count: shape[0] * pixels, grain: max(1, 1024 / channels)) { range in
            for line in range {
                body(line / pixels * channels * pixels + line % pixels, pixels, channels)
            }
        }
    }
}

/// Local response normalisation (Krizhevsky et al. 2012) of x `[N, C, ...]`, as in PyTorch:
/// `x / (k + alpha / size * sum(x'^2))^beta`, summed over `size` neighbouring channels x' with
/// zeros beyond the first and the last.
///
///     let y = try localResponseNorm(x, size: 5, alpha: 1e-4, beta: 0.75, k: 2)  // AlexNet
public func localResponseNorm(
    _ x: Tensor, size: Int, alpha: Double = 1e-4, beta: Double = 0.75, k: Double = 1
) throws -> Tensor {
    try apply(
        LocalResponseNormalization(
            size: size, alpha: Float(alpha), beta: Float(beta), k: Float(k)), to: x)
}
