import OneDNN

/// Maximum or average over windows.
struct Pooling: Operation {
    let kind: PoolingConfiguration.Kind
    let window: Window
    /// Which element of each window was the greatest.
    private let workspace = SavedStorage()

    init(kind: PoolingConfiguration.Kind, window: Window) {
        self.kind = kind
        self.window = window
    }

    var name: String { kind == .maximum ? "maxPool2d" : "avgPool2d" }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let x = inputs[0]
        guard x.rank == 4 else {
            throw TensorError(
                .shape, name, "images have four axes", expected: "[N, C, H, W]", got: "\(x.shape)")
        }
        guard x.dtype == .float32 else {
            throw TensorError(
                .dtype, name, "pooling computes in float32",
                expected: "float32, as cast(to: .float32) makes it", got: "\(x.dtype)")
        }
        let place = try window.placement(on: Array(x.shape[2...]), name)
        if case .each(let padding) = window.padding,
            zip(padding, window.kernel).contains(where: { $0 * 2 > $1 })
        {
            throw TensorError(
                .value, name, "padding is more than half the kernel",
                expected: "at most \(window.kernel.map { $0 / 2 })", got: "\(padding)")
        }
        return [TensorSpec(Array(x.shape[..<2]) + place.output)]
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
        guard spec.count > 0 else { return [try Tensor.zeros(spec.shape)] }
        try Allocator.shared.checkRoom(byteCount: spec.byteCount)
        let source = try inputs[0].described()
        let primitive = try configuration(
            isForward: true, source.descriptor, try .any(shape: spec.shape)
        ).primitive()
        let packed = try inputs[0].packed(as: primitive.required(.source))
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
        return [output.tensor(spec)]
    }

    var savesForBackward: SavedTensors { [] }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil] }
        let formats = workspace.formats
        guard gradient.count > 0, formats.count == 2 else {
            return [try Tensor.zeros(inputs[0].shape)]
        }
        let primitive = try configuration(isForward: false, formats[0], formats[1]).primitive()
        let given = try gradient.packed(as: primitive.required(.destinationGradient))
        let output = try OutputBuffer(primitive, .sourceGradient)
        var buffers: [(Role, UnsafeMutableRawPointer)] = [
            (.destinationGradient, given.pointer), (.sourceGradient, output.storage.pointer),
        ]
        if let storage = workspace.storage { buffers.append((.workspace, storage.pointer)) }
        try primitive.execute(buffers)
        withExtendedLifetime((given.storage, workspace.storage)) {}
        return [output.tensor(inputs[0].spec)]
    }
}

/// What one forward pass leaves for its backward pass beside tensors. An operation that has one is
/// made anew for every call.
final class SavedStorage: @unchecked Sendable {
    // Invariant: written by one forward pass, read by its backward pass, on one thread.
    var storage: Storage?
    var formats: [MemoryDescriptor] = []
}

/// The greatest element of each window: `[N, C, H, W]` gives `[N, C, H', W']` with
/// `H' = (H + 2 padding - kernel) / stride + 1`, rounded down. The stride is the kernel unless given.
public func maxPool2d(
    _ x: Tensor, _ kernel: some IntOrPair, stride: (any IntOrPair)? = nil,
    padding: some PaddingSize = 0
) throws -> Tensor {
    let window = Window(
        kernel: kernel.windowSizes, stride: (stride ?? kernel).windowSizes,
        padding: padding.windowPadding)
    return try apply(Pooling(kind: .maximum, window: window), to: x)
}

/// The mean of each window, padding counted as zeros as in PyTorch; shapes as in `maxPool2d`.
public func avgPool2d(
    _ x: Tensor, _ kernel: some IntOrPair, stride: (any IntOrPair)? = nil,
    padding: some PaddingSize = 0
) throws -> Tensor {
    let window = Window(
        kernel: kernel.windowSizes, stride: (stride ?? kernel).windowSizes,
        padding: padding.windowPadding)
    return try apply(Pooling(kind: .averageWithPadding, window: window), to: x)
}
