import OneDNN
import Tensors
import Testing

@Suite struct AutogradTests {
    private func leaf(_ values: [Double]) throws -> Tensor {
        let x = try Tensor(values, shape: [values.count])
        x.requiresGradient = true
        return x
    }

    @Test func gradientsOfReusedTensorsAddUp() throws {
        let x = try leaf([2, 3])
        let y = try Tensor.multiplying(x, x)
        try Tensor.adding(y, Tensor.multiplying(y, x)).sum().backward()
        // 2x + 3x^2
        #expect(try x.gradient?.scalars(as: Float.self) == [16, 33])
        try x.sum().backward()
        #expect(try x.gradient?.scalars(as: Float.self) == [17, 34])
        x.clearGradient()
        #expect(x.gradient == nil)
    }

    @Test func onlyWhatNeedsAGradientGetsOne() throws {
        let x = try leaf([1])
        let constant = try Tensor([5])
        let y = try Tensor.multiplying(x, constant)
        #expect(y.isTracked)
        #expect(try !Tensor.multiplying(constant, constant).isTracked)
        #expect(try !withoutGradient { try Tensor.multiplying(x, x) }.isTracked)
        #expect(!y.detached().isTracked)
        try y.backward(from: Tensor([1]))
        #expect(constant.gradient == nil)
        #expect(try x.gradient?.item() == 5)
    }

    @Test func aTapeIsUsedOnce() throws {
        let x = try leaf([1])
        let y = try Tensor.multiplying(x, x)
        try y.backward()
        #expect(
            thrownText { try y.backward() }
                == "backward: the tape was already used and freed, expected one backward() a "
                + "result")
        #expect(
            thrownText { try Tensor([1, 2]).backward() }.hasPrefix(
                "backward: only a tensor of one element has a gradient by itself"))
        #expect(
            thrownText { try Tensor([1]).backward() }.hasPrefix(
                "backward: nothing it was computed from requires a gradient"))
    }

    @Test func longChainsNeitherRecurseNorLeak() throws {
        let before = Memory.used
        do {
            let x = try leaf([1])
            var y = x
            for _ in 0..<100_000 { y = try Tensor.adding(y, y.exp()).sin() }
            y = x
            _ = y
        }
        #expect(Memory.used == before)
        do {
            let x = try leaf([1])
            var y = x
            for _ in 0..<20_000 { y = try Tensor.multiplying(y, 1) }
            try y.backward()
            #expect(try x.gradient?.item() == 1)
        }
        #expect(Memory.used == before)
    }

    @Test func trainingLeavesNoMemoryBehind() throws {
        func step(_ w: inout Tensor, _ v: inout Tensor, _ state: inout [SGDState]) throws {
            let x = try Tensor.ones([4, 3, 8, 8])
            let h = try maxPool2d(conv2d(x, w, padding: 1).relu(), 2).flattened(startAxis: 1)
            let loss = try crossEntropy(linear(h, v), Tensor.zeros([4], dtype: .int64))
            try loss.backward()
            if let g = w.gradient {
                try sgdStep(
                    &w, gradient: g, state: &state[0], learningRate: 0.1, momentum: 0.9)
            }
            if let g = v.gradient {
                try sgdStep(
                    &v, gradient: g, state: &state[1], learningRate: 0.1, momentum: 0.9)
            }
            w.clearGradient()
            v.clearGradient()
        }
        let start = Memory.used
        do {
            var w = try Tensor.randn([5, 3, 3, 3])
            var v = try Tensor.randn([7, 80])
            w.requiresGradient = true
            v.requiresGradient = true
            var state = [SGDState(), SGDState()]
            try step(&w, &v, &state)
            let settled = Memory.used
            for _ in 0..<5 { try step(&w, &v, &state) }
            #expect(Memory.used == settled)
        }
        #expect(Memory.used == start)
    }

    @Test func aBackwardPassNoticesChangedTensors() throws {
        let x = try leaf([3])
        var w = try Tensor([2.0], shape: [1])
        w.requiresGradient = true
        let y = try Tensor.multiplying(x, w)
        // The tape holds the old elements, so the step makes new ones.
        var state = SGDState()
        try sgdStep(&w, gradient: Tensor([1]), state: &state, learningRate: 1)
        try y.backward()
        #expect(try x.gradient?.item() == 2)
        #expect(try w.item() == 1)
    }

    @Test func errorsNameTheLayer() throws {
        let text = thrownText {
            try Context.current.withLayer("net", kind: "Sequential") {
                try Context.current.withLayer("3", kind: "Linear") {
                    try linear(Tensor.zeros([1, 2]), Tensor.zeros([3, 4]))
                }
            }
        }
        #expect(text.hasSuffix("\n  in layer net.3 (Linear)"))
    }
}
