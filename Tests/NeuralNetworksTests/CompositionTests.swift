import NeuralNetworks
import Tensors
import Testing

@Suite struct CompositionTests {
    @Test func aResidualAddsItsBranch() throws {
        seed(1)
        let conv = Conv2d(2, 2, kernel: 3, padding: 1)
        let block = Residual(activation: ReLU()) { conv }
        let x = try Tensor.randn([2, 2, 4, 4])
        try expectElements(
            block.call(x),
            Tensor.adding(conv.call(x), x).relu().scalars(as: Double.self), tolerance: 1e-6)
        #expect(block.parameters.map(\.name) == ["body.0.weight", "body.0.bias"])
        let wide = Residual(shortcut: Conv2d(2, 4, kernel: 1).named("other")) {
            Conv2d(2, 4, kernel: 1, bias: false)
        }
        #expect(
            wide.parameters.map(\.name) == ["body.0.weight", "other.weight", "other.bias"])
        #expect(try wide.copy().parameterCount == wide.parameterCount)
    }

    @Test func aBranchOfAnotherShapeAsksForAShortcut() {
        let block = Sequential { Residual { Conv2d(2, 4, kernel: 1) } }
        let text = errorText { _ = try block.call(Tensor.zeros([1, 2, 4, 4])) }
        #expect(text.contains("the branch has another shape than what it is added to"))
        #expect(
            text.contains(
                "expected [1, 2, 4, 4], or a shortcut that makes the input [1, 4, 4, 4], got "
                    + "[1, 4, 4, 4]"))
    }

    @Test func branchesAreJoinedOrAdded() throws {
        seed(2)
        let a = Conv2d(2, 3, kernel: 1), b = Conv2d(2, 4, kernel: 3, padding: 1)
        let x = try Tensor.randn([2, 2, 3, 3])
        let both = Parallel {
            a.named("left")
            b
        }
        try expectElements(
            both.call(x),
            concatenated([a.call(x), b.call(x)], axis: 1).scalars(as: Double.self),
            shape: [2, 7, 3, 3])
        #expect(both.parameters.map(\.name).first == "left.weight")
        let sum = Parallel(.add) {
            Identity()
            Tanh()
        }
        try expectElements(
            sum.call(x), Tensor.adding(x, x.tanh()).scalars(as: Double.self))
        #expect(
            errorText { _ = try Parallel(branches: [a, b], joining: .add).call(x) }
                .contains("branch 1 has another shape than the first"))
        #expect(
            errorText { _ = try Parallel(branches: []) }
                == "Parallel: there is no branch, expected at least 1, got 0")
    }

    @Test func squeezeExcitationScalesChannels() throws {
        seed(3)
        let layer = SqueezeExcitation(4, squeezed: 2)
        #expect(
            layer.parameters.map { "\($0.name) \($0.value.shape)" } == [
                "fc1.weight [2, 4, 1, 1]", "fc1.bias [2]", "fc2.weight [4, 2, 1, 1]",
                "fc2.bias [4]",
            ])
        let x = try Tensor.randn([2, 4, 3, 5])
        let mean = try x.mean(axes: [2, 3], keepDims: true)
        let hidden = try (layer.children[0].layer).call(mean).relu()
        let scale = try (layer.children[2].layer).call(hidden).sigmoid()
        try expectElements(
            layer.call(x), Tensor.multiplying(x, scale).scalars(as: Double.self),
            tolerance: 1e-6)
    }

    @Test func lambdaAndIdentityHoldNothing() throws {
        let model = Sequential {
            Identity()
            Lambda { try Tensor.multiplying($0, 2) }
        }
        try expectElements(model.call(Tensor.ones([2])), [2, 2])
        #expect(model.parameterCount == 0)
        #expect("\(Lambda("double") { $0 })" == "Lambda(\"double\")")
    }
}
