import Tensors
import Testing

/// Pooling as PyTorch defines it, window by window.
private func pooled(
    _ x: Naive, kernel: [Int], stride: [Int], padding: [Int], dilation: [Int] = [1, 1],
    ceilMode: Bool, countsPadding: Bool? = nil
) -> Naive {
    let size = (0..<2).map { (axis: Int) -> Int in
        let input = x.shape[2 + axis]
        let free = input + 2 * padding[axis] - dilation[axis] * (kernel[axis] - 1) - 1
        var last = ceilMode ? (free + stride[axis] - 1) / stride[axis] : free / stride[axis]
        if ceilMode, last * stride[axis] >= input + padding[axis] { last -= 1 }
        return last + 1
    }
    return Naive(Array(x.shape[..<2]) + size) { index in
        var inside: [Double] = []
        var places = 0
        for i in 0..<kernel[0] {
            for j in 0..<kernel[1] {
                let row = index[2] * stride[0] - padding[0] + i * dilation[0]
                let column = index[3] * stride[1] - padding[1] + j * dilation[1]
                // Beyond the padding nothing counts.
                if row >= x.shape[2] + padding[0] || column >= x.shape[3] + padding[1] { continue }
                places += 1
                if row >= 0, row < x.shape[2], column >= 0, column < x.shape[3] {
                    inside.append(x[index[0], index[1], row, column])
                }
            }
        }
        guard let countsPadding else { return inside.max() ?? -.infinity }
        return inside.reduce(0, +) / Double(countsPadding ? places : inside.count)
    }
}

private func adaptive(_ x: Naive, _ size: [Int], maximum: Bool) -> Naive {
    Naive(Array(x.shape[..<2]) + size) { index in
        func range(_ axis: Int) -> Range<Int> {
            let (i, n, s) = (index[2 + axis], size[axis], x.shape[2 + axis])
            return i * s / n..<((i + 1) * s + n - 1) / n
        }
        let values = range(0).flatMap { row in
            range(1).map { x[index[0], index[1], row, $0] }
        }
        return maximum ? values.max() ?? 0 : values.reduce(0, +) / Double(values.count)
    }
}

@Suite struct CeilModeTests {
    struct Case: CustomStringConvertible, Sendable {
        var x, kernel, stride, padding: [Int]
        var dilation = [1, 1]
        var description: String { "\(x) k\(kernel) s\(stride) p\(padding) d\(dilation)" }
    }

    @Test(arguments: [
        Case(x: [1, 2, 6, 7], kernel: [3, 3], stride: [2, 2], padding: [0, 0]),
        Case(x: [2, 3, 6, 6], kernel: [3, 2], stride: [2, 3], padding: [1, 1]),
        Case(x: [1, 17, 4, 4], kernel: [2, 2], stride: [2, 2], padding: [1, 1]),
        Case(x: [1, 2, 5, 8], kernel: [2, 2], stride: [3, 3], padding: [0, 0]),
        Case(x: [1, 1, 1, 9], kernel: [2, 4], stride: [2, 5], padding: [0, 2]),
        Case(x: [1, 2, 7, 5], kernel: [3, 3], stride: [3, 1], padding: [1, 1]),
    ])
    func lastWindowsBeginOnTheImage(_ c: Case) throws {
        let x = Naive.sample(c.x)
        try checkGradients([x]) {
            try maxPool2d(
                $0[0], c.kernel, stride: c.stride, padding: c.padding, ceilMode: true)
        } reference: {
            pooled($0[0], kernel: c.kernel, stride: c.stride, padding: c.padding, ceilMode: true)
        }
        for ceilMode in [true, false] where ceilMode || c.x[2] >= c.kernel[0] {
            for counts in [true, false] {
                try checkGradients([x]) {
                    try avgPool2d(
                        $0[0], c.kernel, stride: c.stride, padding: c.padding,
                        ceilMode: ceilMode, countsPadding: counts)
                } reference: {
                    pooled(
                        $0[0], kernel: c.kernel, stride: c.stride, padding: c.padding,
                        ceilMode: ceilMode, countsPadding: counts)
                }
            }
        }
    }

    @Test(arguments: [
        Case(
            x: [1, 2, 9, 9], kernel: [3, 3], stride: [1, 1], padding: [1, 1], dilation: [2, 2]),
        Case(
            x: [2, 3, 9, 8], kernel: [2, 3], stride: [2, 2], padding: [0, 1], dilation: [2, 3]),
        Case(
            x: [1, 2, 7, 11], kernel: [3, 2], stride: [3, 2], padding: [2, 0], dilation: [2, 5]),
    ])
    func dilatedMaximaMatchTheDefinition(_ c: Case) throws {
        for ceilMode in [true, false] {
            try checkGradients([Naive.sample(c.x)]) {
                try maxPool2d(
                    $0[0], c.kernel, stride: c.stride, padding: c.padding, dilation: c.dilation,
                    ceilMode: ceilMode)
            } reference: {
                pooled(
                    $0[0], kernel: c.kernel, stride: c.stride, padding: c.padding,
                    dilation: c.dilation, ceilMode: ceilMode)
            }
        }
    }
}

@Suite struct AdaptivePoolingTests {
    @Test func aDilatedWindowBesideTheImageIsEmpty() throws {
        let x = Naive.sample([1, 1, 3, 4])
        let found = try x.tensor()
        found.requiresGradient = true
        let y = try maxPool2d(found, 2, stride: 1, padding: 2, dilation: [4, 3])
        let expected = pooled(
            x, kernel: [2, 2], stride: [1, 1], padding: [2, 2], dilation: [4, 3], ceilMode: false)
        #expect(expected.values.contains(-.infinity))
        try expectClose(y, expected)
        try y.backward(from: Tensor.ones(y.shape))
        let filled = expected.values.filter(\.isFinite).count
        #expect(try found.gradient?.sum().item() == Double(filled))
    }

    @Test(arguments: [
        ([2, 3, 6, 8], [1, 1]), ([1, 3, 7, 9], [3, 2]), ([1, 2, 7, 5], [5, 4]),
        ([1, 2, 3, 4], [3, 4]), ([1, 2, 3, 2], [5, 7]), ([2, 17, 7, 7], [7, 1]),
        ([1, 4, 6, 6], [3, 2]),
    ])
    func matchesTheDefinition(_ shape: [Int], _ size: [Int]) throws {
        let x = Naive.sample(shape)
        try checkGradients([x], { try adaptiveAvgPool2d($0[0], size) }) {
            adaptive($0[0], size, maximum: false)
        }
        try checkGradients([x], { try adaptiveMaxPool2d($0[0], size) }) {
            adaptive($0[0], size, maximum: true)
        }
    }

    @Test func bfloat16KeepsItsType() throws {
        let x = try Naive.sample([2, 17, 7, 6]).tensor().cast(to: .bfloat16)
        x.requiresGradient = true
        let full = try x.detached().cast(to: .float32)
        let results = try [
            (maxPool2d(x, 2), maxPool2d(full, 2)), (avgPool2d(x, 3), avgPool2d(full, 3)),
            (
                avgPool2d(x, 2, padding: 1, ceilMode: true),
                avgPool2d(full, 2, padding: 1, ceilMode: true)
            ),
            (maxPool2d(x, 2, dilation: 2), maxPool2d(full, 2, dilation: 2)),
            (adaptiveAvgPool2d(x, 1), adaptiveAvgPool2d(full, 1)),
            (adaptiveAvgPool2d(x, [3, 4]), adaptiveAvgPool2d(full, [3, 4])),
            (adaptiveMaxPool2d(x, 3), adaptiveMaxPool2d(full, 3)),
        ]
        for (low, high) in results {
            #expect(low.dtype == .bfloat16)
            try expectClose(
                low.cast(to: .float32), Naive(high.shape, high.scalars()), tolerance: 1e-2)
            x.clearGradient()
            try low.sum().backward()
            #expect(x.gradient?.dtype == .bfloat16)
        }
    }

    @Test func notANumberIsTheGreatest() throws {
        var x = try Naive.sample([1, 1, 5, 5]).tensor()
        x[0, 0, 2, 2] = try Tensor.full([], .nan)
        let dilated = try maxPool2d(x, 2, stride: 1, dilation: 2).scalars(as: Float.self)
        #expect(dilated[0].isNaN && !dilated[4].isNaN)
        #expect(try adaptiveMaxPool2d(x, 3).scalars(as: Float.self)[4].isNaN)
        #expect(try maxPool2d(x, 3, stride: 1).scalars(as: Float.self).allSatisfy(\.isNaN))
        #expect(try adaptiveMaxPool2d(x, 1).item().isNaN)
        #expect(try avgPool2d(x, 5).item().isNaN)
    }

    @Test func emptyTensorsAndMistakes() throws {
        #expect(try adaptiveAvgPool2d(Tensor.zeros([0, 3, 5, 5]), 2).shape == [0, 3, 2, 2])
        #expect(try adaptiveMaxPool2d(Tensor.zeros([2, 0, 5, 5]), 1).shape == [2, 0, 1, 1])
        #expect(
            thrownText { try adaptiveAvgPool2d(Tensor.zeros([2, 3, 0, 5]), 1) }
                == "adaptiveAvgPool2d: the images have no pixels, expected H and W of at least 1, "
                + "got [2, 3, 0, 5]")
        #expect(
            thrownText { try adaptiveAvgPool2d(Tensor.zeros([2, 3, 4, 5]), 0) }
                == "adaptiveAvgPool2d: outputSize is a number or [height, width], expected sizes "
                + "of at least 1, got [0, 0]")
        #expect(
            thrownText { try adaptiveMaxPool2d(Tensor.zeros([3, 4]), [1, 2, 3]) }
                == "adaptiveMaxPool2d: images have four axes, expected [N, C, H, W], got [3, 4]")
        #expect(
            thrownText { try adaptiveAvgPool2d(Tensor.ones([1, 1, 4, 4]), 1 << 23) }
                .hasPrefix("adaptiveAvgPool2d: no room for "))
        #expect(
            thrownText { try maxPool2d(Tensor.ones([1, 1, 4, 4]), 2, dilation: [4, 1]) }
                == "maxPool2d: the window does not fit the padded image, expected height of at "
                + "least 5, got 4")
    }
}
