import Glibc
import Tensors
import Testing

@Suite struct ConvolutionTests {
    struct Case: CustomStringConvertible, Sendable {
        var x: [Int]
        var w: [Int]
        var stride = [1, 1]
        var padding = [0, 0]
        var dilation = [1, 1]
        var groups = 1
        var description: String { "\(x) \(w) s\(stride) p\(padding) d\(dilation) g\(groups)" }
    }

    @Test(arguments: [
        Case(x: [2, 1, 7, 6], w: [6, 1, 5, 5], padding: [2, 2]),
        Case(x: [1, 3, 5, 5], w: [4, 3, 3, 2], stride: [2, 1], padding: [1, 0]),
        Case(x: [2, 4, 6, 5], w: [6, 2, 3, 3], padding: [1, 1], groups: 2),
        Case(x: [1, 3, 6, 7], w: [3, 1, 3, 3], stride: [2, 2], padding: [1, 1], groups: 3),
        Case(x: [1, 2, 9, 8], w: [3, 2, 3, 2], padding: [2, 1], dilation: [2, 3]),
        Case(x: [1, 16, 3, 3], w: [17, 16, 1, 1]),
        Case(x: [2, 5, 4, 4], w: [1, 5, 4, 4]),
    ])
    func matchesTheDefinition(_ c: Case) throws {
        let inputs = [
            Naive.sample(c.x), Naive.sample(c.w, salt: 1), Naive.sample([c.w[0]], salt: 2),
        ]
        try checkGradients(
            inputs,
            {
                try conv2d(
                    $0[0], $0[1], bias: $0[2], stride: c.stride, padding: c.padding,
                    dilation: c.dilation, groups: c.groups)
            }
        ) {
            Naive.convolution(
                $0[0], $0[1], bias: $0[2], stride: c.stride, low: c.padding, high: c.padding,
                dilation: c.dilation, groups: c.groups)
        }
    }

    @Test func samePaddingPutsTheOddPixelLast() throws {
        let x = Naive.sample([1, 2, 5, 6])
        let w = Naive.sample([3, 2, 3, 4], salt: 1)
        try checkGradients([x, w], { try conv2d($0[0], $0[1], stride: 2, padding: .same) }) {
            Naive.convolution(
                $0[0], $0[1], bias: nil, stride: [2, 2], low: [1, 1], high: [1, 1],
                dilation: [1, 1], groups: 1)
        }
    }

    @Test func aChainOfBlockedLayoutsMatchesTheDefinition() throws {
        let x = Naive.sample([2, 3, 8, 8], salt: 7)
        let w1 = Naive.sample([6, 3, 3, 3], low: -0.3, high: 0.3, salt: 1)
        let w2 = Naive.sample([5, 6, 3, 3], low: -0.2, high: 0.2, salt: 2)
        try checkGradients([x, w1, w2], tolerance: 1e-3) { inputs in
            let h = try conv2d(inputs[0], inputs[1], padding: 1).relu()
            let p = try maxPool2d(h, 2)
            let shortcut = try Tensor.adding(conv2d(p, inputs[2], padding: 1), 0.5)
            return try Tensor.multiplying(
                shortcut.exp(), avgPool2d(shortcut, 3, stride: 1, padding: 1))
        } reference: { inputs in
            let h = Naive.convolution(
                inputs[0], inputs[1], bias: nil, stride: [1, 1], low: [1, 1], high: [1, 1],
                dilation: [1, 1], groups: 1
            ).map { max($0, 0) }
            let p = Naive.pooling(
                h, kernel: [2, 2], stride: [2, 2], padding: [0, 0], maximum: true)
            let s = Naive.convolution(
                p, inputs[2], bias: nil, stride: [1, 1], low: [1, 1], high: [1, 1],
                dilation: [1, 1], groups: 1
            ).map { $0 + 0.5 }
            let a = Naive.pooling(
                s, kernel: [3, 3], stride: [1, 1], padding: [1, 1], maximum: false)
            return Naive(s.shape) { exp(s[at: $0]) * a[at: $0] }
        }
    }

    @Test func emptyBatchesGiveEmptyResults() throws {
        let x = try Tensor.zeros([0, 3, 8, 8])
        let w = try Tensor.ones([4, 3, 3, 3])
        w.requiresGradient = true
        let y = try conv2d(x, w)
        #expect(y.shape == [0, 4, 6, 6])
        try y.sum().backward()
        #expect(try w.gradient?.abs().sum().item() == 0)
        #expect(try maxPool2d(y, 2).shape == [0, 4, 3, 3])
    }

    @Test func mistakesAreNamed() throws {
        let x = try Tensor.zeros([1, 3, 8, 8])
        let w = try Tensor.zeros([4, 2, 3, 3])
        #expect(
            thrownText { try conv2d(x, w) }
                == "conv2d: weights [4, 2, 3, 3] do not take the channels of [1, 3, 8, 8], "
                + "expected 2 channels, got 3")
        #expect(
            thrownText { try conv2d(x, Tensor.zeros([4, 3, 9, 3])) }
                == "conv2d: the window does not fit the padded image, expected height of at "
                + "least 9, got 8")
        #expect(
            thrownText { try conv2d(x, Tensor.zeros([4, 3, 3, 3]), stride: 0) }
                == "conv2d: stride is a number or [height, width], expected sizes of at least "
                + "1, got [0, 0]")
        #expect(
            thrownText { try conv2d(x, Tensor.zeros([4, 3, 3, 3]), padding: [1, 2, 3]) }
                == "conv2d: padding is a number or [height, width], expected sizes of at least "
                + "0, got [1, 2, 3]")
        #expect(
            thrownText { try conv2d(x, Tensor.zeros([4, 3, 3, 3]), padding: 1 << 20) }
                .hasPrefix("conv2d: no room for "))
        #expect(
            thrownText { try maxPool2d(x, 2, padding: 2) }
                == "maxPool2d: padding is more than half the kernel, expected at most [1, 1], "
                + "got [2, 2]")
    }
}

@Suite struct PoolingTests {
    @Test(arguments: [
        ([1, 2, 6, 6], [2, 2], [2, 2], [0, 0]), ([2, 3, 7, 5], [3, 2], [2, 1], [1, 0]),
        ([1, 17, 5, 5], [3, 3], [1, 1], [1, 1]), ([1, 1, 4, 9], [4, 3], [1, 3], [2, 1]),
    ])
    func matchesTheDefinition(
        _ shape: [Int], _ kernel: [Int], _ stride: [Int], _ padding: [Int]
    ) throws {
        let x = Naive.sample(shape)
        try checkGradients(
            [x], { try maxPool2d($0[0], kernel, stride: stride, padding: padding) }
        ) { Naive.pooling($0[0], kernel: kernel, stride: stride, padding: padding, maximum: true) }
        try checkGradients(
            [x], { try avgPool2d($0[0], kernel, stride: stride, padding: padding) }
        ) { Naive.pooling($0[0], kernel: kernel, stride: stride, padding: padding, maximum: false) }
    }
}
