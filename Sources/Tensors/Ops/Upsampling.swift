import Glibc
import OneDNN

/// How pixels between the given ones are found.
public enum UpsamplingMode: String, Sendable, CaseIterable {
    /// The nearest pixel above and to the left.
    case nearest
    /// Linear between the four pixels around.
    case bilinear
}

/// Images at another size.
struct Upsampling: Operation {
    let size: [Int]
    let mode: UpsamplingMode
    /// Whether the outermost pixels' centres, not their edges, stay where they are.
    let alignCorners: Bool
    /// By how much height and width are multiplied, where that is how the size came to be.
    let factors: [Int]?
    let name = "upsample"
    private let formats = SavedStorage()

    init(size: [Int], mode: UpsamplingMode, alignCorners: Bool, factors: [Int]? = nil) {
        self.factors = factors
        self.size = size
        self.mode = mode
        self.alignCorners = alignCorners
    }

    /// The two pixels that one coordinate lies between, and the share of the second.
    private struct Place {
        var first, second: Int
        var share: Float
    }

    /// How far the pixels reach depends on where they lie.
    func receptiveField(
        _ fields: [ReceptiveField], inputs: [TensorSpec], outputs: [TensorSpec]
    ) -> ReceptiveField? {
        nil
    }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let x = inputs[0]
        try requireImages(x, name)
        guard size.count == 2, size.allSatisfy({ $0 >= 1 && $0 < 1 << 24 }) else {
            throw TensorError(
                .value, name, "size is a number or [height, width]",
                expected: "sizes of at least 1", got: "\(size)")
        }
        guard mode == .bilinear || !alignCorners else {
            throw TensorError(
                .value, name, "the nearest pixel has no corners to align",
                expected: "mode .bilinear, or alignCorners: false", got: "mode .nearest")
        }
        return [TensorSpec(Array(x.shape[..<2]) + size, x.dtype)]
    }

    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost {
        Cost(
            resizing: mode == .bilinear ? 4 &* outputs[0].count : 0,
            bytes: inputs[0].byteCount &+ outputs[0].byteCount)
    }

    /// Whether oneDNN's coordinates, with centres at halves, are the ones wanted.
    private func suitsKernel(_ shape: [Int]) -> Bool {
        mode == .bilinear
            ? !alignCorners : (0..<2).allSatisfy { size[$0] % shape[2 + $0] == 0 }
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        guard spec.count > 0 else { return [try Tensor.zeros(spec.shape, dtype: spec.dtype)] }
        try Allocator.shared.checkRoom(byteCount: spec.byteCount)
        guard suitsKernel(inputs[0].shape) else { return [try interpolated(inputs[0], spec)] }
        let x = try inputs[0].converted(to: spec.dtype.kernelDType)
        let primitive = try ResamplingConfiguration(
            mode == .nearest ? .nearest : .linear, isForward: true,
            source: x.described().descriptor,
            destination: .any(shape: spec.shape, type: spec.dtype.kernelType)
        ).primitive()
        let source = try x.packed(as: primitive.required(.source))
        let output = try OutputBuffer(primitive, .destination)
        formats.formats = [try primitive.required(.source), output.descriptor]
        try primitive.execute([
            (.source, source.pointer), (.destination, output.storage.pointer),
        ])
        withExtendedLifetime(source.storage) {}
        return [try output.tensor(spec)]
    }

    var savesForBackward: SavedTensors { [] }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil] }
        let spec = inputs[0].spec
        guard gradient.count > 0 else { return [try Tensor.zeros(spec.shape, dtype: spec.dtype)] }
        guard formats.formats.count == 2 else { return [try gathered(gradient, spec)] }
        let primitive = try ResamplingConfiguration(
            mode == .nearest ? .nearest : .linear, isForward: false, source: formats.formats[0],
            destination: formats.formats[1]
        ).primitive()
        let given = try gradient.packed(as: primitive.required(.destinationGradient))
        let output = try OutputBuffer(primitive, .sourceGradient)
        try primitive.execute([
            (.destinationGradient, given.pointer), (.sourceGradient, output.storage.pointer),
        ])
        withExtendedLifetime(given.storage) {}
        return [try output.tensor(spec)]
    }

    /// Where each row or column of the output lies on the input, in float32 as PyTorch computes it.
    private func places(_ axis: Int, _ input: Int) -> [Place] {
        let output = size[axis]
        if mode == .nearest {
            let scale = Float(input) / Float(output)
            return (0..<output).map { index in
                let at = min(Int(floorf(Float(index) * scale)), input - 1)
                return Place(first: at, second: at, share: 0)
            }
        }
        let scale =
            alignCorners
            ? (output > 1 ? Float(input - 1) / Float(output - 1) : 0)
            : Float(input) / Float(output)
        return (0..<output).map { index in
            let at =
                alignCorners
                ? Float(index) * scale : max(0, (Float(index) + 0.5) * scale - 0.5)
            let first = min(Int(at), input - 1)
            return Place(
                first: first, second: min(first + 1, input - 1), share: min(at - Float(first), 1))
        }
    }

    private func interpolated(_ input: Tensor, _ spec: TensorSpec) throws -> Tensor {
        let source = try input.converted(to: .float32).dense()
        let storage = try Storage(byteCount: spec.count * MemoryLayout<Float>.size)
        let x = source.pointer(Float.self)
        let y = storage.pointer.assumingMemoryBound(to: Float.self)
        let width = input.shape[3]
        eachPlane(input.shape) { before, after, rows, columns in
            var y = y + after
            for row in rows {
                let upper = x + before + row.first * width
                let lower = x + before + row.second * width
                for (index, column) in columns.enumerated() {
                    let top = between(upper[column.first], upper[column.second], column.share)
                    let bottom = between(lower[column.first], lower[column.second], column.share)
                    y[index] = between(top, bottom, row.share)
                }
                y += columns.count
            }
        }
        withExtendedLifetime(source.storage) {}
        return try Tensor(TensorSpec(spec.shape), dense: storage).converted(to: spec.dtype)
    }

    /// A pixel that does not count is not looked at, so that infinity beside it stays there.
    @inline(__always)
    private func between(_ a: Float, _ b: Float, _ share: Float) -> Float {
        share == 0 ? a : (1 - share) * a + share * b
    }

    private func gathered(_ gradient: Tensor, _ spec: TensorSpec) throws -> Tensor {
        let result = try Tensor.zeros(spec.shape)
        let given = try gradient.converted(to: .float32).dense()
        let target = try result.dense()
        let g = given.pointer(Float.self)
        let d = target.pointer(Float.self)
        let width = spec.shape[3]
        eachPlane(spec.shape) { before, after, rows, columns in
            var g = g + after
            for row in rows {
                let upper = d + before + row.first * width
                let lower = d + before + row.second * width
                for (index, column) in columns.enumerated() {
                    let bottom = g[index] * row.share
                    let top = g[index] - bottom
                    upper[column.first] += top * (1 - column.share)
                    upper[column.second] += top * column.share
                    lower[column.first] += bottom * (1 - column.share)
                    lower[column.second] += bottom * column.share
                }
                g += columns.count
            }
        }
        withExtendedLifetime((given.storage, target.storage)) {}
        return try result.converted(to: spec.dtype)
    }

    /// Calls `body` with the first pixel of each channel's image before and after, and the places.
    private func eachPlane(_ shape: [Int], _ body: (Int, Int, [Place], [Place]) -> Void) {
        let rows = places(0, shape[2])
        let columns = places(1, shape[3])
        let before = shape[2] * shape[3]
        let after = size[0] * size[1]
        Parallel.forEach(count: shape[0] * shape[1], grain: max(1, 4096 / after)) { planes in
            for plane in planes { body(plane * before, plane * after, rows, columns) }
        }
    }
}

/// Images at `scale` times their size, one factor or `[height, width]`: `[N, C, H, W]` gives
/// `[N, C, H scale, W scale]`. See `upsample(_:size:mode:alignCorners:)`.
///
///     let y = try upsample(x, scale: 2, mode: .bilinear)
public func upsample(
    _ x: Tensor, scale: some IntOrPair, mode: UpsamplingMode = .nearest,
    alignCorners: Bool = false
) throws -> Tensor {
    let factors = scale.windowSizes
    guard factors.count == 2, factors.allSatisfy({ $0 >= 1 && $0 < 1 << 24 }) else {
        throw TensorError(
            .value, "upsample", "scale is a number or [height, width]",
            expected: "factors of at least 1", got: "\(factors)", operands: [x.spec])
    }
    // Where x has no such axes, the shape rule says so.
    let size = x.rank == 4 ? (0..<2).map { min(x.shape[2 + $0], 1 << 24) * factors[$0] } : factors
    return try apply(
        Upsampling(size: size, mode: mode, alignCorners: alignCorners, factors: factors), to: x)
}

/// Images `[N, C, H, W]` at another size `[h, w]`, larger or smaller, with PyTorch's coordinates.
///
/// `.nearest` takes pixel `i H / h`, rounded down. `.bilinear` takes place `(i + 0.5) H / h - 0.5`
/// between pixels, at least 0, or with `alignCorners` place `i (H - 1) / (h - 1)`, so that corners
/// fall on corners.
///
///     let y = try upsample(x, size: [64, 48], mode: .bilinear)
public func upsample(
    _ x: Tensor, size: some IntOrPair, mode: UpsamplingMode = .nearest, alignCorners: Bool = false
) throws -> Tensor {
    try apply(
        Upsampling(size: size.windowSizes, mode: mode, alignCorners: alignCorners), to: x)
}
