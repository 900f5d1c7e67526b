import OneDNN

/// Maximum or average over windows of one size.
struct Pooling: Operation {
    let kind: PoolingConfiguration.Kind
    let window: Window
    /// What the caller called it.
    let name: String
    /// How many windows there are along each axis, where they cover the image whatever its size.
    let adaptiveSize: [Int]?
    /// Which element of each window was the greatest.
    private let workspace = SavedStorage()
    /// The operation that computed in this one's place.
    private let plain = Saved<SpanPooling>()

    init(
        kind: PoolingConfiguration.Kind, window: Window, name: String,
        adaptiveSize: [Int]? = nil
    ) {
        self.kind = kind
        self.window = window
        self.name = name
        self.adaptiveSize = adaptiveSize
    }

    func receptiveField(
        _ fields: [ReceptiveField], inputs: [TensorSpec], outputs: [TensorSpec]
    ) -> ReceptiveField? {
        let field = ReceptiveField.union(fields)
        if adaptiveSize == [1, 1] { return field?.pooled }
        return field?.seen(through: window, on: inputs[0], output: outputs[0])
    }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let x = inputs[0]
        try requireImages(x, name)
        let place = try window.placement(on: Array(x.shape[2...]), name)
        try window.requireHalfPadding(name)
        return [TensorSpec(Array(x.shape[..<2]) + place.output, x.dtype)]
    }

    private func configuration(
        isForward: Bool, _ source: MemoryDescriptor, _ destination: MemoryDescriptor
    ) throws -> PoolingConfiguration {
        let place = try window.placement(on: Array(source.shape[2...]), name)
        return PoolingConfiguration(
            kind, isForward: isForward, source: source, destination: destination,
            kernel: window.kernel, strides: window.stride, paddingLow: place.low,
            paddingHigh: place.high)
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        guard spec.count > 0 else { return [try Tensor.zeros(spec.shape, dtype: spec.dtype)] }
        try Allocator.shared.checkRoom(byteCount: spec.byteCount)
        // oneDNN's maximum passes NaN over; a wrong number must not look right.
        if kind == .maximum, try inputs[0].hasNotANumber() {
            let operation = SpanPooling(.maximum, .window(window), name: name)
            plain.value = operation
            return try operation.forward(inputs)
        }
        let x = try inputs[0].converted(to: spec.dtype.kernelDType)
        let source = try x.described()
        let primitive = try configuration(
            isForward: true, source.descriptor,
            try .any(shape: spec.shape, type: spec.dtype.kernelType)
        ).primitive()
        let packed = try x.packed(as: primitive.required(.source))
        let output = try OutputBuffer(primitive, .destination)
        var buffers: [(Role, UnsafeMutableRawPointer)] = [
            (.source, packed.pointer), (.destination, output.storage.pointer),
        ]
        if let format = primitive.workspace {
            let storage = try Storage(byteCount: format.byteCount)
            workspace.storage = storage
            buffers.append((.workspace, storage.pointer))
        }
        workspace.formats = [try primitive.required(.source), output.descriptor]
        try primitive.execute(buffers)
        withExtendedLifetime(packed.storage) {}
        return [try scaledByOverhang(output.tensor(spec), inputs[0].shape)]
    }

    var savesForBackward: SavedTensors { [] }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil] }
        if let operation = plain.value {
            return try operation.backward(
                gradients, inputs: inputs, outputs: outputs, needs: needs)
        }
        let spec = inputs[0].spec
        let formats = workspace.formats
        guard gradient.count > 0, formats.count == 2 else {
            return [try Tensor.zeros(spec.shape, dtype: spec.dtype)]
        }
        let primitive = try configuration(isForward: false, formats[0], formats[1]).primitive()
        let given = try scaledByOverhang(gradient, spec.shape)
            .packed(as: primitive.required(.destinationGradient))
        let output = try OutputBuffer(primitive, .sourceGradient)
        var buffers: [(Role, UnsafeMutableRawPointer)] = [
            (.destinationGradient, given.pointer), (.sourceGradient, output.storage.pointer),
        ]
        if let storage = workspace.storage { buffers.append((.workspace, storage.pointer)) }
        try primitive.execute(buffers)
        withExtendedLifetime((given.storage, workspace.storage)) {}
        return [try output.tensor(spec)]
    }

    /// An average that counts padding counts none beyond it, where the last windows of `ceilMode`
    /// reach: there the kernel divided by its whole size, and this makes up for it.
    private func scaledByOverhang(_ x: Tensor, _ shape: [Int]) throws -> Tensor {
        guard kind == .averageWithPadding else { return x }
        let place = try window.placement(on: Array(shape[2...]), name)
        guard place.overhang != [0, 0] else { return x }
        let factors = (0..<2).map { axis in
            let room = shape[2 + axis] + place.low[axis] + place.high[axis] - place.overhang[axis]
            return (0..<place.output[axis]).map { index in
                let inside = min(window.kernel[axis], room - index * window.stride[axis])
                return Float(window.kernel[axis]) / Float(inside)
            }
        }
        let grid = factors[0].flatMap { row in factors[1].map { row * $0 } }
        let scaled = try Binary(kind: .multiplying).forward([
            x, Tensor(grid, shape: [1, 1] + place.output),
        ])[0]
        return try scaled.converted(to: x.dtype)
    }

    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost {
        Cost(
            resizing: adaptiveSize != nil && kind != .maximum ? inputs[0].count : 0,
            bytes: inputs[0].byteCount &+ outputs[0].byteCount)
    }
}

/// What one forward pass leaves for its backward pass beside tensors. An operation that has one is
/// made anew for every call.
final class SavedStorage: @unchecked Sendable {
    // Invariant: written by one forward pass, read by its backward pass, on one thread.
    var storage: Storage?
    var formats: [MemoryDescriptor] = []
}

/// Throws unless `x` holds real images `[N, C, H, W]` with at least one pixel.
func requireImages(_ x: TensorSpec, _ operation: String) throws {
    guard x.rank == 4 else {
        throw TensorError(
            .shape, operation, "images have four axes", expected: "[N, C, H, W]",
            got: "\(x.shape)")
    }
    try requireReal([x], operation)
    guard x.shape[2] > 0, x.shape[3] > 0 else {
        throw TensorError(
            .shape, operation, "the images have no pixels", expected: "H and W of at least 1",
            got: "\(x.shape)")
    }
}

extension Window {
    /// Throws where a window could lie on padding alone.
    func requireHalfPadding(_ operation: String) throws {
        guard case .each(let padding) = padding else { return }
        if zip(padding, reach).contains(where: { $0 * 2 > $1 }) {
            throw TensorError(
                .value, operation, "padding is more than half the kernel",
                expected: "at most \(reach.map { $0 / 2 })", got: "\(padding)")
        }
    }
}

/// The greatest element of each window: `[N, C, H, W]` gives `[N, C, H', W']` with
/// `H' = (H + 2 padding - dilation (kernel - 1) - 1) / stride + 1`, rounded down. The stride is the
/// kernel unless given; padding never wins.
///
/// `ceilMode` rounds up instead, so that no pixel is left out; the last window must begin on the
/// image or on its top or left padding, as in PyTorch.
///
///     let y = try maxPool2d(x, 3, stride: 2, padding: 1)
public func maxPool2d(
    _ x: Tensor, _ kernel: some IntOrPair, stride: (any IntOrPair)? = nil,
    padding: some PaddingSize = 0, dilation: some IntOrPair = 1, ceilMode: Bool = false
) throws -> Tensor {
    let window = Window(
        kernel: kernel.windowSizes, stride: (stride ?? kernel).windowSizes,
        padding: padding.windowPadding, dilation: dilation.windowSizes, ceilMode: ceilMode)
    guard window.dilation == [1, 1] else {
        return try apply(SpanPooling(.maximum, .window(window), name: "maxPool2d"), to: x)
    }
    return try apply(Pooling(kind: .maximum, window: window, name: "maxPool2d"), to: x)
}

/// The mean of each window; shapes and `ceilMode` as in `maxPool2d`.
///
/// Padding counts as zeros, or with `countsPadding: false` not at all. What `ceilMode` adds beyond
/// the padding never counts.
public func avgPool2d(
    _ x: Tensor, _ kernel: some IntOrPair, stride: (any IntOrPair)? = nil,
    padding: some PaddingSize = 0, ceilMode: Bool = false, countsPadding: Bool = true
) throws -> Tensor {
    let window = Window(
        kernel: kernel.windowSizes, stride: (stride ?? kernel).windowSizes,
        padding: padding.windowPadding, ceilMode: ceilMode)
    let counts = countsPadding && window.padding != .each([0, 0])
    return try apply(
        Pooling(
            kind: counts ? .averageWithPadding : .averageWithoutPadding, window: window,
            name: "avgPool2d"), to: x)
}

/// The mean of each of `outputSize` windows, which cover the image as evenly as they can: window
/// `i` of `n` along an axis of size `s` is `i s / n` (rounded down) up to `(i + 1) s / n` (rounded
/// up). `[N, C, H, W]` gives `[N, C] + outputSize`.
///
///     let y = try adaptiveAvgPool2d(x, 1)  // global average pooling, [N, C, 1, 1]
public func adaptiveAvgPool2d(_ x: Tensor, _ outputSize: some IntOrPair) throws -> Tensor {
    try adaptivePool(
        x, outputSize.windowSizes, .averageWithoutPadding, .average, "adaptiveAvgPool2d")
}

/// The greatest element of each of `outputSize` windows, which are those of `adaptiveAvgPool2d`.
public func adaptiveMaxPool2d(_ x: Tensor, _ outputSize: some IntOrPair) throws -> Tensor {
    try adaptivePool(x, outputSize.windowSizes, .maximum, .maximum, "adaptiveMaxPool2d")
}

private func adaptivePool(
    _ x: Tensor, _ size: [Int], _ kind: PoolingConfiguration.Kind, _ other: SpanPooling.Kind,
    _ name: String
) throws -> Tensor {
    // Windows of one size are the kernel library's, in whatever layout the image has.
    if x.rank == 4, size.count == 2,
        (0..<2).allSatisfy({
            size[$0] > 0 && x.shape[2 + $0] > 0 && x.shape[2 + $0] % size[$0] == 0
        })
    {
        let kernel = (0..<2).map { x.shape[2 + $0] / size[$0] }
        let window = Window(kernel: kernel, stride: kernel, padding: .each([0, 0]))
        let pooling = Pooling(
            kind: kind, window: window, name: name, adaptiveSize: size)
        return try apply(pooling, to: x)
    }
    return try apply(SpanPooling(other, .adaptive(size), name: name), to: x)
}
