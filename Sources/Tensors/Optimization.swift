import Glibc
import OneDNN

/// What one parameter keeps between steps of stochastic gradient descent.
public struct SGDState: Sendable {
    var momentum: Tensor?
    public init() {}
}

/// What one parameter keeps between steps of Adam.
public struct AdamState: Sendable {
    var mean: Tensor?
    var square: Tensor?
    /// Steps taken.
    public internal(set) var step = 0
    public init() {}

    mutating func advance() { step += 1 }
}

/// What one parameter keeps between steps of RMSProp.
public struct RMSPropState: Sendable {
    var square: Tensor?
    var mean: Tensor?
    var momentum: Tensor?
    public init() {}
}

/// One step of stochastic gradient descent on `parameter`, in one pass over memory and in the
/// layout in which the parameter is kept.
///
/// As in PyTorch: `g += weightDecay * p; v = momentum * v + g; p -= rate * (nesterov ? g +
/// momentum * v : v)`. The parameter is changed in place unless another tensor shares its elements.
/// Throws when the gradient has another shape or either is not float32.
public func sgdStep(
    _ parameter: inout Tensor, gradient: Tensor, state: inout SGDState, learningRate: Double,
    momentum: Double = 0, nesterov: Bool = false, weightDecay: Double = 0
) throws {
    let inPlace = parameter.ownsElementsAlone()
    let work = try ParameterUpdate("sgdStep", parameter, gradient, inPlace: inPlace)
    let isFirst = state.momentum == nil
    let velocity = momentum == 0 ? nil : try work.state(&state.momentum)
    let target = try work.target(&parameter)
    let p = work.parameter
    let g = work.gradient.pointer.assumingMemoryBound(to: Float.self)
    let v = velocity?.pointer.assumingMemoryBound(to: Float.self)
    let rate = Float(learningRate)
    let momentum = Float(momentum)
    let decay = Float(weightDecay)
    // Pieces stay in the cache from one loop to the next.
    let piece = 2048
    Parallel.forEach(count: work.count, grain: 8192) { whole in
        for start in stride(from: whole.lowerBound, to: whole.upperBound, by: piece) {
            let range = start..<min(start + piece, whole.upperBound)
            guard let v else {
                for i in range { target[i] = p[i] - rate * (g[i] + decay * p[i]) }
                continue
            }
            if isFirst {
                for i in range { v[i] = g[i] + decay * p[i] }
            } else {
                for i in range { v[i] = momentum * v[i] + (g[i] + decay * p[i]) }
            }
            if nesterov {
                for i in range {
                    target[i] = p[i] - rate * ((g[i] + decay * p[i]) + momentum * v[i])
                }
            } else {
                for i in range { target[i] = p[i] - rate * v[i] }
            }
        }
    }
    withExtendedLifetime((parameter, work.gradient.storage, work.source, velocity)) {}
}

/// One step of Adam (Kingma and Ba 2015) on `parameter`, in one pass over memory.
///
/// As in PyTorch, with the bias-corrected averages; `decoupled` weight decay shrinks the parameter
/// itself (AdamW, Loshchilov and Hutter 2019), otherwise it is added to the gradient.
public func adamStep(
    _ parameter: inout Tensor, gradient: Tensor, state: inout AdamState, learningRate: Double,
    betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8, weightDecay: Double = 0,
    decoupled: Bool = false
) throws {
    let inPlace = parameter.ownsElementsAlone()
    let work = try ParameterUpdate("adamStep", parameter, gradient, inPlace: inPlace)
    let mean = try work.state(&state.mean)
    let square = try work.state(&state.square)
    let target = try work.target(&parameter)
    state.advance()
    let correction = 1 - pow(betas.0, Double(state.step))
    let squareCorrection = Float((1 - pow(betas.1, Double(state.step))).squareRoot())
    let rate = Float(learningRate / correction)
    let epsilon = Float(epsilon)
    let shrink = decoupled ? Float(1 - learningRate * weightDecay) : 1
    let decay = decoupled ? 0 : Float(weightDecay)
    let beta1 = Float(betas.0)
    let beta2 = Float(betas.1)
    let rest1 = Float(1 - betas.0)
    let rest2 = Float(1 - betas.1)
    let p = work.parameter
    let g = work.gradient.pointer.assumingMemoryBound(to: Float.self)
    let m = mean.pointer.assumingMemoryBound(to: Float.self)
    let s = square.pointer.assumingMemoryBound(to: Float.self)
    Parallel.forEach(count: work.count, grain: 4096) { range in
        for i in range {
            let slope = g[i] + decay * p[i]
            m[i] = beta1 * m[i] + rest1 * slope
            s[i] = beta2 * s[i] + rest2 * slope * slope
            let denominator = s[i].squareRoot() / squareCorrection + epsilon
            target[i] = shrink * p[i] - rate * m[i] / denominator
        }
    }
    withExtendedLifetime((parameter, work.gradient.storage, work.source, mean, square)) {}
}

/// One step of RMSProp (Tieleman and Hinton 2012) on `parameter`, in one pass over memory.
///
/// As in PyTorch: `g += weightDecay * p; s = alpha * s + (1 - alpha) * g * g`; with `centered` the
/// square of the gradient's running mean is taken from `s`; `v = momentum * v + g / (sqrt(s) +
/// epsilon); p -= rate * v`.
public func rmspropStep(
    _ parameter: inout Tensor, gradient: Tensor, state: inout RMSPropState, learningRate: Double,
    alpha: Double = 0.99, epsilon: Double = 1e-8, weightDecay: Double = 0, momentum: Double = 0,
    centered: Bool = false
) throws {
    let inPlace = parameter.ownsElementsAlone()
    let work = try ParameterUpdate("rmspropStep", parameter, gradient, inPlace: inPlace)
    let square = try work.state(&state.square)
    let mean = centered ? try work.state(&state.mean) : nil
    let velocity = momentum == 0 ? nil : try work.state(&state.momentum)
    let target = try work.target(&parameter)
    let rate = Float(learningRate)
    let keep = Float(alpha)
    let rest = Float(1 - alpha)
    let epsilon = Float(epsilon)
    let decay = Float(weightDecay)
    let momentum = Float(momentum)
    let p = work.parameter
    let g = work.gradient.pointer.assumingMemoryBound(to: Float.self)
    let s = square.pointer.assumingMemoryBound(to: Float.self)
    let m = mean?.pointer.assumingMemoryBound(to: Float.self)
    let v = velocity?.pointer.assumingMemoryBound(to: Float.self)
    Parallel.forEach(count: work.count, grain: 4096) { range in
        for i in range {
            let slope = g[i] + decay * p[i]
            s[i] = keep * s[i] + rest * slope * slope
            var spread = s[i]
            if let m {
                m[i] += rest * (slope - m[i])
                spread -= m[i] * m[i]
            }
            var move = slope / (spread.squareRoot() + epsilon)
            if let v {
                v[i] = momentum * v[i] + move
                move = v[i]
            }
            target[i] = p[i] - rate * move
        }
    }
    withExtendedLifetime((parameter, work.gradient.storage, work.source, square, mean, velocity)) {}
}

/// Moves a running average towards a value: `average = decay * average + (1 - decay) * value`, in
/// one pass over memory and in place where nobody else refers to the average's elements.
public func averageStep(_ average: inout Tensor, value: Tensor, decay: Double) throws {
    let inPlace = average.ownsElementsAlone()
    let work = try ParameterUpdate("averageStep", average, value, inPlace: inPlace)
    let target = try work.target(&average)
    let keep = Float(decay)
    let rest = Float(1 - decay)
    let a = work.parameter
    let x = work.gradient.pointer.assumingMemoryBound(to: Float.self)
    Parallel.forEach(count: work.count, grain: 8192) { range in
        for i in range { target[i] = keep * a[i] + rest * x[i] }
    }
    withExtendedLifetime((average, work.gradient.storage, work.source)) {}
}

/// The square root of the sum of the squares of all elements of all tensors, in double precision.
///
/// The sum is made of parts of one size, added in order: the number of threads does not change it.
public func globalNorm(_ tensors: [Tensor]) throws -> Double {
    let grain = 16384
    var total = 0.0
    for tensor in tensors {
        guard tensor.dtype == .float32 else {
            throw TensorError(
                .dtype, "globalNorm", "gradients are real", expected: "float32",
                got: "\(tensor.dtype)", operands: [tensor.spec])
        }
        var flat = tensor
        if case .strided(_, let strides) = try tensor.representation().layout,
            !isDensePermutation(tensor.shape, strides)
        {
            flat = try tensor.contiguous()
        }
        // The order of the elements does not matter, and padding is zero.
        let elements = try flat.described()
        let x = elements.storage.pointer.assumingMemoryBound(to: Float.self) + elements.offset
        let count = elements.descriptor.bufferCount
        var parts = [Double](repeating: 0, count: (count + grain - 1) / grain)
        parts.withUnsafeMutableBufferPointer { parts in
            nonisolated(unsafe) let parts = parts
            Parallel.forEach(count: parts.count, grain: 1) { range in
                for part in range {
                    var sums = SIMD8<Double>.zero
                    var index = part * grain
                    let end = min(count, index + grain)
                    while index + 8 <= end {
                        let lanes = SIMD8<Double>(
                            UnsafeRawPointer(x + index).loadUnaligned(as: SIMD8<Float>.self))
                        sums += lanes * lanes
                        index += 8
                    }
                    var sum = sums.sum()
                    while index < end {
                        sum += Double(x[index]) * Double(x[index])
                        index += 1
                    }
                    parts[part] = sum
                }
            }
        }
        withExtendedLifetime(elements.storage) {}
        total += parts.reduce(0, +)
    }
    return total.squareRoot()
}

/// A parameter, its gradient and its optimizer state brought to the parameter's own layout, so that
/// all are walked as flat memory. Padding stays zero: every update of zeros by zeros is zero.
private struct ParameterUpdate {
    let spec: TensorSpec
    let source: Storage
    let layout: Layout
    let descriptor: MemoryDescriptor
    let parameter: UnsafeMutablePointer<Float>
    let gradient: PackedElements
    let count: Int
    private let inPlace: Bool

    init(
        _ operation: String, _ parameter: Tensor, _ gradient: Tensor, inPlace: Bool
    ) throws {
        guard parameter.dtype == .float32, gradient.dtype == .float32 else {
            throw TensorError(
                .dtype, operation, "parameters and gradients are real", expected: "float32",
                got: "\(parameter.dtype) and \(gradient.dtype)",
                operands: [parameter.spec, gradient.spec])
        }
        guard parameter.shape == gradient.shape else {
            throw TensorError(
                .shape, operation, "the gradient has another shape",
                expected: "\(parameter.shape)", got: "\(gradient.shape)",
                operands: [parameter.spec, gradient.spec])
        }
        spec = parameter.spec
        // A parameter that no kernel has packed yet takes the format in which its gradients come.
        if case .strided = try parameter.representation().layout,
            case .blocked(let format) = try gradient.representation().layout
        {
            _ = try parameter.packed(as: format, adopting: true)
        }
        let representation = try parameter.representation()
        var isFlat = true
        if case .strided(_, let strides) = representation.layout {
            isFlat = isDensePermutation(parameter.shape, strides)
        }
        let own = isFlat ? parameter : try parameter.contiguous()
        let described = try own.described()
        source = described.storage
        descriptor = described.descriptor
        layout = Layout(descriptor, rank: spec.rank)
        self.parameter =
            described.storage.pointer.assumingMemoryBound(to: Float.self) + described.offset
        count = descriptor.bufferCount
        self.inPlace = inPlace && isFlat
        self.gradient = try gradient.packed(as: descriptor)
    }

    /// Where the new parameter goes: the old place where nobody else refers to it.
    func target(_ parameter: inout Tensor) throws -> UnsafeMutablePointer<Float> {
        if inPlace {
            source.version += 1
            return self.parameter
        }
        let storage = try Storage(byteCount: count * MemoryLayout<Float>.size)
        let handle = TensorHandle(spec, Representation(storage: storage, layout: layout))
        handle.requiresGradient = parameter.handle.requiresGradient
        handle.gradient = parameter.handle.gradient
        parameter = Tensor(handle: handle)
        return storage.pointer.assumingMemoryBound(to: Float.self)
    }

    /// The state's buffer in the parameter's layout; zeros at first.
    func state(_ state: inout Tensor?) throws -> PackedElements {
        if let state {
            return try state.packed(as: descriptor, adopting: true)
        }
        let storage = try Storage(byteCount: count * MemoryLayout<Float>.size)
        fill(storage, count: count, 0, .float32)
        state = Tensor(spec, storage, layout)
        return PackedElements(storage: storage, pointer: storage.pointer)
    }
}
