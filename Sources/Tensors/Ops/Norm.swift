import OneDNN

/// The square root of the sum of all squares.
struct Norm: Operation {
    let name = "norm"

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        [TensorSpec([], inputs[0].dtype.real)]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        let flat = try FlatElements(
            inputs[0].dtype.isFloatingPoint ? inputs[0] : inputs[0].converted(to: .float32),
            keepsZero: true)
        let sum =
            spec.dtype == .bfloat16
            ? try squares(BFloat16.self, flat) : try squares(Float.self, flat)
        return [try Tensor.full([], sum.squareRoot(), dtype: spec.dtype)]
    }

    /// The squares are summed as double, so that large numbers do not overflow.
    private func squares<E: RealElement>(_: E.Type, _ flat: FlatElements) throws -> Double {
        let input = flat.elements.pointer(E.self)
        let length = 32_768
        let pieces = (flat.count + length - 1) / length
        let partial = try Storage(byteCount: pieces * MemoryLayout<Double>.size)
        let sums = partial.pointer.assumingMemoryBound(to: Double.self)
        Parallel.forEach(count: pieces, grain: 1) { range in
            for piece in range {
                let end = Swift.min(flat.count, (piece + 1) * length)
                var lanes = SIMD8<Double>.zero
                var index = piece * length
                while index &+ 8 <= end {
                    for lane in 0..<8 {
                        let x = Double(input[index &+ lane].float)
                        lanes[lane] += x * x
                    }
                    index &+= 8
                }
                var sum = lanes.sum()
                while index < end {
                    let x = Double(input[index].float)
                    sum += x * x
                    index &+= 1
                }
                sums[piece] = sum
            }
        }
        return withExtendedLifetime((flat.elements.storage, partial)) {
            (0..<pieces).reduce(0) { $0 + sums[$1] }
        }
    }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil] }
        let norm = try outputs[0].item()
        let share = norm == 0 ? 0 : try gradient.item() / norm
        return [try Tensor.multiplying(inputs[0], .real(share))]
    }
}
