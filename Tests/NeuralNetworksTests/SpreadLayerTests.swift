import NeuralNetworks
import Tensors
import Testing

/// Blocks whose inner layers have the names that published weights give them.
@Suite struct SpreadLayerTests {
    private func block() throws -> Residual {
        try Residual(
            kind: "Block", shortcut: Conv2d(2, 3, kernel: 1).named("downsample"),
            activation: ReLU().named("relu")
        ) {
            Conv2d(2, 4, kernel: 3, padding: 1).named("conv1")
            ReLU().named("relu1")
            Parallel {
                Conv2d(4, 1, kernel: 1).named("left")
                Sequential { Conv2d(4, 2, kernel: 1).named("right") }.spread()
            }.spread()
        }
    }

    @Test func innerLayersHaveNamesOfTheBlock() throws {
        let block = try block()
        #expect(
            block.parameters.map(\.name) == [
                "conv1.weight", "conv1.bias", "left.weight", "left.bias", "right.weight",
                "right.bias", "downsample.weight", "downsample.bias",
            ])
        #expect(block.kind == "Block")
        #expect(
            block.description.split(separator: "\n").map { $0.prefix(14) }.first == "Block {")
    }

    @Test func theBlockComputesWhatItsLayersDo() throws {
        seed(5)
        let block = try block()
        let x = try Tensor.randn([2, 2, 4, 4])
        func conv(_ x: Tensor, _ name: String, padding: Int = 0) throws -> Tensor {
            try conv2d(x, block["\(name).weight"], bias: block["\(name).bias"], padding: padding)
        }
        let inner = try conv(x, "conv1", padding: 1).relu()
        let branch = try concatenated([conv(inner, "left"), conv(inner, "right")], axis: 1)
        let expected = try Tensor.adding(branch, conv(x, "downsample")).relu()
        try expectElements(block.call(x), expected.scalars(as: Double.self))
        let clone = try block.copy()
        try expectElements(clone.call(x), expected.scalars(as: Double.self))
        try clone.parameter(named: "left.bias").setValue(Tensor([9]))
        try expectElements(block.call(x), expected.scalars(as: Double.self))
    }

    @Test func featuresAreWhatALayerInsideGives() throws {
        seed(6)
        let block = try block()
        let model = Sequential {
            block.named("block")
            Flatten()
            Linear(48, 2)
        }
        let x = try Tensor.randn([1, 2, 4, 4])
        let conv = try conv2d(x, block["conv1.weight"], bias: block["conv1.bias"], padding: 1)
        try expectElements(
            model.features(of: x, upTo: "block.conv1"), conv.relu().scalars(as: Double.self))
        try expectElements(
            model.features(of: x, upTo: "block"), block.call(x).scalars(as: Double.self),
            shape: [1, 3, 4, 4])
        #expect(
            errorText { _ = try model.features(of: x, upTo: "blok") }
                == "Sequential: the input goes through no layer of that name, "
                + "expected one such as block, 1, 2, or one inside them, joined by dots, "
                + "got \"blok\"")
    }

    @Test func namesThatComeTwiceAreErrors() {
        #expect(
            errorText {
                _ = try Residual(kind: "Block", shortcut: Identity().named("conv")) {
                    Conv2d(2, 2, kernel: 1).named("conv")
                }
            }
                == "Block: two layers have the same name, expected a name for each, "
                + "got \"conv\" twice")
        #expect(
            errorText {
                _ = try Sequential(layers: [
                    ReLU().named("a"), Sequential { ReLU().named("a") }.spread(),
                ])
            }.contains("got \"a\" twice"))
    }
}
