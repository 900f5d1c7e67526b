import Tensors
import Testing

private func nearest(_ x: Naive, _ size: [Int]) -> Naive {
    Naive(Array(x.shape[..<2]) + size) {
        x[$0[0], $0[1], $0[2] * x.shape[2] / size[0], $0[3] * x.shape[3] / size[1]]
    }
}

private func bilinear(_ x: Naive, _ size: [Int], alignCorners: Bool) -> Naive {
    func place(_ index: Int, _ axis: Int) -> (Int, Int, Double) {
        let (input, output) = (x.shape[2 + axis], size[axis])
        let at: Double
        if alignCorners {
            at = output > 1 ? Double(index * (input - 1)) / Double(output - 1) : 0
        } else {
            at = max(0, (Double(index) + 0.5) * Double(input) / Double(output) - 0.5)
        }
        let first = min(Int(at), input - 1)
        return (first, min(first + 1, input - 1), at - Double(first))
    }
    return Naive(Array(x.shape[..<2]) + size) { index in
        let (top, bottom, v) = place(index[2], 0)
        let (left, right, u) = place(index[3], 1)
        let (n, c) = (index[0], index[1])
        return (1 - v) * ((1 - u) * x[n, c, top, left] + u * x[n, c, top, right])
            + v * ((1 - u) * x[n, c, bottom, left] + u * x[n, c, bottom, right])
    }
}

@Suite struct UpsamplingTests {
    @Test(arguments: [
        ([1, 2, 3, 4], [6, 8]), ([2, 3, 2, 3], [6, 6]), ([1, 17, 3, 3], [9, 6]),
        ([1, 2, 5, 7], [2, 3]), ([1, 1, 4, 4], [1, 9]), ([1, 2, 3, 4], [7, 5]),
        ([1, 2, 6, 6], [3, 2]), ([1, 1, 1, 1], [3, 4]), ([1, 3, 4, 5], [4, 5]),
    ])
    func matchesTheDefinition(_ shape: [Int], _ size: [Int]) throws {
        let x = Naive.sample(shape)
        try checkGradients([x], { try upsample($0[0], size: size) }) { nearest($0[0], size) }
        for corners in [false, true] {
            try checkGradients([x]) {
                try upsample($0[0], size: size, mode: .bilinear, alignCorners: corners)
            } reference: {
                bilinear($0[0], size, alignCorners: corners)
            }
        }
    }

    @Test func scaleMultipliesTheSize() throws {
        let x = Naive.sample([1, 2, 3, 5])
        try expectClose(upsample(x.tensor(), scale: [2, 3]), nearest(x, [6, 15]))
        try expectClose(
            upsample(x.tensor(), scale: 2, mode: .bilinear),
            bilinear(x, [6, 10], alignCorners: false))
    }

    @Test func followsABlockedLayoutAndTypes() throws {
        let x = try Naive.sample([1, 3, 5, 5]).tensor()
        let w = try Naive.sample([16, 3, 3, 3], salt: 1).tensor()
        let y = try conv2d(x, w)
        let dense = Naive(y.shape, try y.scalars())
        try expectClose(upsample(y, scale: 2), nearest(dense, [6, 6]))
        try expectClose(
            upsample(y, size: [7, 4], mode: .bilinear),
            bilinear(dense, [7, 4], alignCorners: false))
        for (mode, corners) in [
            (UpsamplingMode.nearest, false), (.bilinear, false), (.bilinear, true),
        ] {
            let low = try x.cast(to: .bfloat16)
            low.requiresGradient = true
            let z = try upsample(low, scale: 2, mode: mode, alignCorners: corners)
            #expect(z.dtype == .bfloat16)
            let full = try upsample(
                low.detached().cast(to: .float32), scale: 2, mode: mode, alignCorners: corners)
            try expectClose(
                z.cast(to: .float32), Naive(full.shape, full.scalars()), tolerance: 1e-2)
            try z.sum().backward()
            let sum = try #require(low.gradient).cast(to: .float32).sum().item()
            #expect(abs(sum - 300) < 3)
        }
    }

    @Test func emptyTensorsAndMistakes() throws {
        #expect(try upsample(Tensor.zeros([0, 3, 2, 2]), scale: 2).shape == [0, 3, 4, 4])
        let x = try Tensor.ones([1, 1, 2, 2])
        #expect(
            thrownText { try upsample(x, size: [0, 3]) }
                == "upsample: size is a number or [height, width], expected sizes of at least 1, "
                + "got [0, 3]")
        #expect(
            thrownText { try upsample(x, scale: 0) }
                == "upsample: scale is a number or [height, width], expected factors of at least "
                + "1, got [0, 0]")
        #expect(
            thrownText { try upsample(x, scale: 2, alignCorners: true) }
                == "upsample: the nearest pixel has no corners to align, expected mode .bilinear, "
                + "or alignCorners: false, got mode .nearest")
        #expect(
            thrownText { try upsample(x, scale: 1 << 22) }.hasPrefix("upsample: no room for "))
        #expect(
            thrownText { try upsample(Tensor.ones([2, 2]), scale: 2) }
                == "upsample: images have four axes, expected [N, C, H, W], got [2, 2]")
    }
}
