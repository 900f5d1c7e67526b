import Glibc
import Tensors
import Testing

/// `(x - mean) / sqrt(variance + epsilon)` over lines of `size` neighbouring values.
private func normalized(_ x: Naive, size: Int, epsilon: Double = 1e-5) -> Naive {
    var values = x.values
    for start in stride(from: 0, to: values.count, by: size) {
        let line = x.values[start..<start + size]
        let mean = line.reduce(0, +) / Double(size)
        let variance = line.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(size)
        for i in start..<start + size {
            values[i] = (x.values[i] - mean) / (variance + epsilon).squareRoot()
        }
    }
    return Naive(x.shape, values)
}

@Suite struct LayerNormalizationTests {
    @Test(arguments: [
        ([3, 5], 1), ([2, 3, 17], 1), ([4, 64], 1), ([2, 3, 4], 2), ([3, 2, 1, 5], 3), ([7], 1),
        ([5, 2], 2),
    ])
    func matchesTheDefinition(_ shape: [Int], _ axes: Int) throws {
        let inner = Array(shape.suffix(axes))
        let size = inner.reduce(1, *)
        let x = Naive.sample(shape, low: -2, high: 3)
        let scale = Naive.sample(inner, low: 0.5, high: 1.5, salt: 1)
        let shift = Naive.sample(inner, salt: 2)
        try checkGradients([x, scale, shift], tolerance: 1e-3) {
            try layerNorm($0[0], axes: axes, scale: $0[1], shift: $0[2])
        } reference: { i in
            let z = normalized(i[0], size: size)
            return Naive(
                shape,
                z.values.enumerated().map {
                    $1 * i[1].values[$0 % size] + i[2].values[$0 % size]
                })
        }
        try checkGradients([x, scale], tolerance: 1e-3) {
            try layerNorm($0[0], axes: axes, scale: $0[1], epsilon: 0.1)
        } reference: { i in
            let z = normalized(i[0], size: size, epsilon: 0.1)
            return Naive(shape, z.values.enumerated().map { $1 * i[1].values[$0 % size] })
        }
        try checkGradients([x], tolerance: 1e-3) {
            try layerNorm($0[0], axes: axes)
        } reference: {
            normalized($0[0], size: size)
        }
    }

    @Test func readsViews() throws {
        let x = Naive.sample([6, 3, 4], low: -2, high: 3)
        let view = try x.tensor().transposed(2, 1, 0)[.stride(from: 0, to: 4, by: 3), 1]
        let expected = normalized(
            Naive([2, 6]) { x[$0[1], 1, $0[0] * 3] }, size: 6)
        try expectClose(layerNorm(view), expected)
    }

    @Test func aTrainingSizeIsReproducibleBitForBit() throws {
        func run() throws -> [[Float]] {
            let x = try Naive.sample([130, 192]).tensor()
            let scale = try Naive.sample([192], salt: 1).tensor()
            let shift = try Naive.sample([192], salt: 2).tensor()
            for tensor in [x, scale, shift] { tensor.requiresGradient = true }
            let y = try layerNorm(x, scale: scale, shift: shift)
            try Tensor.multiplying(y, y).sum().backward()
            return try [x, scale, shift].map { try $0.gradient?.scalars() ?? [] }
        }
        #expect(try run() == run())
    }

    @Test func bfloat16KeepsItsTypeAndScalesInFloat32() throws {
        let x = Naive.sample([4, 3, 40], low: -2, high: 3)
        let scale = try Naive.sample([40], low: 0.5, high: 1.5, salt: 1).tensor()
        scale.requiresGradient = true
        let low = try x.tensor().cast(to: .bfloat16)
        low.requiresGradient = true
        let y = try layerNorm(low, scale: scale)
        #expect(y.dtype == .bfloat16)
        let full = try low.detached().cast(to: .float32)
        full.requiresGradient = true
        let other = scale.detached()
        other.requiresGradient = true
        let z = try layerNorm(full, scale: other)
        try expectClose(y.cast(to: .float32), Naive(z.shape, z.scalars()), tolerance: 1e-2)
        try y.sum().backward()
        try z.sum().backward()
        #expect(low.gradient?.dtype == .bfloat16)
        #expect(scale.gradient?.dtype == .float32)
        try expectClose(
            #require(scale.gradient), Naive([40], #require(other.gradient).scalars()),
            tolerance: 1e-2)
    }

    @Test func emptyAndUnfitTensors() throws {
        #expect(try layerNorm(Tensor.zeros([0, 4])).shape == [0, 4])
        let scale = try Tensor.ones([4])
        scale.requiresGradient = true
        try layerNorm(Tensor.zeros([0, 4]), scale: scale).sum().backward()
        #expect(try scale.gradient?.scalars(as: Float.self) == [0, 0, 0, 0])
        #expect(try layerNorm(Tensor.zeros([3, 0])).shape == [3, 0])
        #expect(try layerNorm(Tensor([[Double.nan, 1]])).scalars(as: Float.self)[1].isNaN)
        #expect(
            thrownText { try layerNorm(Tensor.zeros([2, 3]), scale: Tensor.ones([2])) }
                == "layerNorm: scale has one number for each normalised element of [2, 3], "
                + "expected [3], got [2]")
        #expect(
            thrownText { try layerNorm(Tensor.zeros([2, 3]), axes: 3) }
                == "layerNorm: the last axes of [2, 3] are normalised, expected axes in 1...2, "
                + "got 3")
        #expect(
            thrownText { try layerNorm(Tensor([1, 2], dtype: .int32)) }
                == "layerNorm: the operands are not all real numbers, expected float32, as "
                + "cast(to: .float32) makes it, got int32")
    }
}

@Suite struct GroupNormalizationTests {
    @Test(arguments: [
        ([2, 6, 3, 5], 2), ([1, 4, 2, 2], 4), ([3, 4, 3], 1), ([2, 9], 3), ([2, 32, 9, 7], 8),
    ])
    func matchesTheDefinition(_ shape: [Int], _ groups: Int) throws {
        let c = shape[1]
        let pixels = shape[2...].reduce(1, *)
        let inputs = [
            Naive.sample(shape, low: -2, high: 3), Naive.sample([c], low: 0.5, high: 1.5, salt: 1),
            Naive.sample([c], salt: 2),
        ]
        try checkGradients(inputs, tolerance: 1e-3) {
            try groupNorm($0[0], groups: groups, scale: $0[1], shift: $0[2])
        } reference: { i in
            let z = normalized(i[0], size: c / groups * pixels)
            return Naive(shape) { z[at: $0] * i[1][$0[1]] + i[2][$0[1]] }
        }
        try checkGradients([inputs[0], inputs[2]], tolerance: 1e-3) {
            try groupNorm($0[0], groups: groups, shift: $0[1], epsilon: 0.1)
        } reference: { i in
            let z = normalized(i[0], size: c / groups * pixels, epsilon: 0.1)
            return Naive(shape) { z[at: $0] + i[1][$0[1]] }
        }
    }

    @Test func typesAndMistakes() throws {
        let x = try Naive.sample([2, 4, 3, 3]).tensor()
        let low = try groupNorm(x.cast(to: .bfloat16), groups: 2)
        #expect(low.dtype == .bfloat16)
        try expectClose(
            low.cast(to: .float32), Naive(x.shape, groupNorm(x, groups: 2).scalars()),
            tolerance: 3e-2)
        #expect(try groupNorm(Tensor.zeros([0, 4, 2, 2]), groups: 2).shape == [0, 4, 2, 2])
        #expect(try groupNorm(Tensor.zeros([2, 4, 0]), groups: 2).shape == [2, 4, 0])
        #expect(
            thrownText { try groupNorm(x, groups: 3) }
                == "groupNorm: groups divide the channels of [2, 4, 3, 3], expected a divisor of "
                + "4, got 3")
        #expect(
            thrownText { try groupNorm(x, groups: 2, scale: Tensor.ones([2])) }
                == "groupNorm: scale has one number for each channel of [2, 4, 3, 3], expected "
                + "[4], got [2]")
        #expect(
            thrownText { try groupNorm(Tensor.ones([4]), groups: 1) }
                == "groupNorm: groups are of channels, expected [N, C, ...], got [4]")
    }
}

@Suite struct LocalResponseNormalizationTests {
    @Test(arguments: [
        ([2, 7, 3, 4], 5), ([1, 17, 3, 3], 3), ([2, 6, 2, 3], 4), ([1, 3, 5], 2),
        ([1, 2, 2, 2], 9),
        ([1, 3, 2, 2], 1),
    ])
    func matchesTheDefinition(_ shape: [Int], _ size: Int) throws {
        let (alpha, beta, k) = (0.6, 0.75, 1.5)
        try checkGradients([Naive.sample(shape, low: -2, high: 2)], tolerance: 1e-3) {
            try localResponseNorm($0[0], size: size, alpha: alpha, beta: beta, k: k)
        } reference: { i in
            Naive(shape) { index in
                var sum = 0.0
                for c in index[1] - size / 2...index[1] + (size - 1) / 2
                where c >= 0 && c < shape[1] {
                    var other = index
                    other[1] = c
                    sum += pow(i[0][at: other], 2)
                }
                return i[0][at: index] / pow(k + alpha / Double(size) * sum, beta)
            }
        }
    }

    @Test func keepsBlockedLayoutsAndTypes() throws {
        let x = try Naive.sample([1, 3, 6, 6]).tensor()
        let w = try Naive.sample([16, 3, 3, 3], salt: 1).tensor()
        let y = try conv2d(x, w, padding: 1).relu()
        let dense = try Tensor(y.scalars(as: Float.self), shape: y.shape)
        let expected = try localResponseNorm(dense, size: 5)
        try expectClose(localResponseNorm(y, size: 5), Naive(y.shape, expected.scalars()))
        for size in [4, 5] {
            let low = try localResponseNorm(dense.cast(to: .bfloat16), size: size)
            #expect(low.dtype == .bfloat16)
            try expectClose(
                low.cast(to: .float32),
                Naive(y.shape, localResponseNorm(dense, size: size).scalars()), tolerance: 2e-2)
        }
        #expect(try localResponseNorm(Tensor.zeros([0, 4, 2, 2]), size: 3).shape == [0, 4, 2, 2])
        #expect(
            thrownText { try localResponseNorm(x, size: 0) }
                == "localResponseNorm: size is a number of channels, expected at least 1, got 0")
    }
}
